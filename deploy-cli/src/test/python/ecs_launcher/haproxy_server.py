"""A target as HAProxy knows it."""

import time

from ecs_launcher.runtime_socket import Refused

# After this a server that nobody uses any more must be gone.
LEAVING = 10
# How health checks end, and what AWS calls it.
PASSED = "L7OK"
FAILED = {"L7STS": "Target.ResponseCodeMismatch", "L4TOUT": "Target.Timeout", "L7TOUT": "Target.Timeout"}
COUNTED = ("stot", "connect", "reuse", "econ", "eresp", "srv_abrt", "hrsp_5xx")


class Server:
    """It is in drain until a first health check passes, so that no request meets it before."""

    def __init__(self, world, runtime, name, target):
        self.world = world
        self.runtime = runtime
        self.name = name
        self.target = target
        self.proven = False
        self.leaving = False
        self.down_since = None

    def add(self):
        group = self.target.group
        interval = self.world.seconds(float(group.health_check_interval_seconds))
        asked = group.health_check_port
        port = "" if asked in (None, "traffic-port") else f" port {asked}"
        self.runtime.expect(
            f"add server tg/{self.name} {self.target.address}:{self.target.port} check{port} "
            f"inter {max(1, round(interval * 1000))}ms rise {group.healthy_threshold_count} "
            f"fall {group.unhealthy_threshold_count} pool-max-conn 100 pool-purge-delay 1s",
            "New server registered.")
        self.state("drain")
        self.runtime.expect(f"enable health tg/{self.name}", "")
        self.failing = interval * (int(group.unhealthy_threshold_count) - 1)

    def state(self, state):
        self.runtime.expect(f"set server tg/{self.name} state {state}", "")

    def judge(self, row):
        """A first check that fails is DOWN for HAProxy; AWS says unhealthy after some more."""
        check, now = row["check_status"], time.monotonic()
        is_down = row["status"].startswith("DOWN")
        self.down_since = (self.down_since or now) if is_down else None
        if check.startswith("* "):
            return  # the next check is under way, and has no code yet
        with self.world.lock:
            if self.target.draining:
                return
            if not self.proven and not is_down and check == PASSED:
                self.state("ready")
                self.proven = True
            if self.proven and not is_down:
                self.target.become("healthy")
            elif is_down and check != PASSED and (self.proven or now - self.down_since >= self.failing):
                self.target.become("unhealthy", FAILED.get(check, "Target.FailedHealthChecks"),
                                   row["check_code"])

    def drain(self):
        self.state("drain")

    def leave(self):
        """What is under way may end in its real time, as time-outs are not scaled."""
        self.state("maint")
        self.leaving = True
        delay = float(self.target.group.attributes["deregistration_delay.timeout_seconds"])
        self.cut = time.monotonic() + delay
        self.deadline = self.cut + LEAVING

    def is_gone(self, row):
        """Deletes it once nobody uses it."""
        now = time.monotonic()
        if int(row["scur"]) and now > self.cut:
            self.runtime.expect(f"shutdown sessions server tg/{self.name}", "")
        try:
            self.runtime.expect(f"del server tg/{self.name}", "Server deleted.")
        except Refused:
            if now > self.deadline:
                raise
            return False
        self.tell(row)
        return True

    def tell(self, row):
        """What it did, which HAProxy forgets with it."""
        self.target.counted = {name: int(row.get(name) or 0) for name in COUNTED}
        self.world.say(f"server {self.name} at {self.target.address}: "
                       + ", ".join(f"{name} {count}" for name, count in self.target.counted.items()))
