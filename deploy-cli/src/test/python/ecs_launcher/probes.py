"""The health checks of a balancer that has none of its own."""

import http.client
import threading
import time


class Probes:
    """A target is asked all the time, from its registration until it leaves."""

    def __init__(self, world, target):
        self.world = world
        self.target = target
        self.passed = 0
        self.failed = 0
        self.ended = threading.Event()
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        group = self.target.group
        while True:
            began = time.monotonic()
            problem, status = self.probe()
            with self.world.lock:
                if self.target.draining:
                    return
                self.judge(problem, status)
            pause = self.world.seconds(float(group.health_check_interval_seconds))
            if self.ended.wait(max(0.01, pause - (time.monotonic() - began))):
                return

    def probe(self):
        """What is wrong, and which status came."""
        group = self.target.group
        asked = group.health_check_port
        connection = http.client.HTTPConnection(
            self.target.address, self.target.port if asked in (None, "traffic-port") else int(asked),
            timeout=float(group.health_check_timeout_seconds))
        try:
            connection.request("GET", group.health_check_path or "/",
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
        ranges = (one.partition("-") for one in str(self.target.group.matcher["HttpCode"]).split(","))
        return any(int(low) <= status <= int(high or low) for low, _, high in ranges)

    def end(self):
        self.ended.set()

    def judge(self, problem, status):
        group = self.target.group
        self.passed, self.failed = (0, self.failed + 1) if problem else (self.passed + 1, 0)
        # A new target needs to pass once, one that was unhealthy as often as the group says.
        needed = 1 if self.target.state == "initial" else int(group.healthy_threshold_count)
        if self.passed >= needed:
            self.target.become("healthy")
        elif self.failed >= int(group.unhealthy_threshold_count):
            self.target.become("unhealthy", problem, status)
