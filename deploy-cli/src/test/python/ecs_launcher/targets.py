"""The targets of target groups: who is asked how it is, and who gets requests."""

import http.client
import itertools
import threading
import time

REASONS = {
    "Elb.InitialHealthChecking": "Initial health checks in progress",
    "Target.ResponseCodeMismatch": "Health checks failed with these codes: [{}]",
    "Target.Timeout": "Request timed out",
    "Target.FailedHealthChecks": "Health checks failed",
    "Target.DeregistrationInProgress": "Target deregistration is in progress",
    "Target.NotInUse": "Target group is not configured to receive traffic from the load balancer",
    "Target.NotRegistered": "Target is not registered to the target group",
}


class Targets:
    """All targets of all groups, by group, address and port."""

    def __init__(self, world):
        self.world = world
        self.known = {}
        self.turns = itertools.count()

    def register(self, group, address, port):
        """`group` is the group as moto has it."""
        with self.world.lock:
            key = (group.arn, address, port)
            if key not in self.known or self.known[key].draining:
                self.known[key] = Target(self.world, group, address, port)

    def deregister(self, group, address, port):
        """No new requests from now on; those under way have the deregistration delay."""
        with self.world.lock:
            target = self.known.get((group.arn, address, port))
            if target is None or target.draining:
                return
            target.drain()
        delay = self.world.seconds(float(group.attributes["deregistration_delay.timeout_seconds"]))
        threading.Timer(delay, self.forget, (target,)).start()

    def forget(self, target):
        with self.world.lock:
            if self.known.get(target.key) is target:
                del self.known[target.key]

    def of(self, group):
        with self.world.lock:
            return [one for one in self.known.values() if one.group.arn == group.arn]

    def get(self, group, address, port):
        with self.world.lock:
            return self.known.get((group.arn, address, port))

    def next(self):
        """Who gets the next request. Where nobody is well, all but those who leave are tried."""
        with self.world.lock:
            there = [one for one in self.known.values() if not one.draining]
            choice = [one for one in there if one.state == "healthy"] or there
            return choice[next(self.turns) % len(choice)] if choice else None

    def close(self):
        for target in list(self.known.values()):
            target.drain()


class Target:
    """One of them. It is asked all the time, from its registration until it leaves."""

    def __init__(self, world, group, address, port):
        self.world = world
        self.group = group
        self.address = address
        self.port = port
        self.key = (group.arn, address, port)
        self.draining = False
        self.passed = 0
        self.failed = 0
        self.ended = threading.Event()
        self.become("initial", "Elb.InitialHealthChecking")
        threading.Thread(target=self.watch, daemon=True).start()

    def become(self, state, reason=None, status=None):
        self.state = state
        self.reason = reason
        self.status = status

    def health(self):
        """As AWS tells it."""
        state, reason = self.state, self.reason
        if not self.group.load_balancer_arns and not self.draining:
            state, reason = "unused", "Target.NotInUse"
        told = {"State": state}
        if reason:
            told |= {"Reason": reason, "Description": REASONS[reason].format(self.status)}
        return told

    def drain(self):
        self.draining = True
        self.become("draining", "Target.DeregistrationInProgress")
        self.ended.set()

    def watch(self):
        while True:
            began = time.monotonic()
            problem, status = self.probe()
            with self.world.lock:
                if self.draining:
                    return
                self.judge(problem, status)
            pause = self.world.seconds(float(self.group.health_check_interval_seconds))
            if self.ended.wait(max(0.01, pause - (time.monotonic() - began))):
                return

    def probe(self):
        """What is wrong, and which status came."""
        asked = self.group.health_check_port
        connection = http.client.HTTPConnection(
            self.address, self.port if asked in (None, "traffic-port") else int(asked),
            timeout=float(self.group.health_check_timeout_seconds))
        try:
            connection.request("GET", self.group.health_check_path or "/",
                               headers={"User-Agent": "ELB-HealthChecker/2.0"})
            status = connection.getresponse().status
        except TimeoutError:
            return "Target.Timeout", None
        except (OSError, http.client.HTTPException):
            return "Target.FailedHealthChecks", None
        finally:
            connection.close()
        return None if self.accepts(status) else "Target.ResponseCodeMismatch", status

    def accepts(self, status):
        ranges = (one.partition("-") for one in str(self.group.matcher["HttpCode"]).split(","))
        return any(int(low) <= status <= int(high or low) for low, _, high in ranges)

    def judge(self, problem, status):
        self.passed, self.failed = (0, self.failed + 1) if problem else (self.passed + 1, 0)
        # A new target needs to pass once, one that was unhealthy as often as the group says.
        needed = 1 if self.state == "initial" else int(self.group.healthy_threshold_count)
        if self.passed >= needed:
            self.become("healthy")
        elif self.failed >= int(self.group.unhealthy_threshold_count):
            self.become("unhealthy", problem, status)
