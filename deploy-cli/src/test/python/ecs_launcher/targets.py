"""The targets of target groups: who is registered, and how the balancer finds each of them."""

import threading

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
    """All targets of all groups, by group, address and port. The balancer follows, and judges them."""

    def __init__(self, world, balancer):
        self.world = world
        self.balancer = balancer
        self.known = {}

    def register(self, group, address, port):
        """`group` is the group as moto has it."""
        with self.world.lock:
            key = (group.arn, address, port)
            if key not in self.known or self.known[key].draining:
                target = self.known[key] = Target(group, address, port)
                self.balancer.add(target)

    def deregister(self, group, address, port):
        """No new requests from now on; those under way have the deregistration delay."""
        with self.world.lock:
            target = self.known.get((group.arn, address, port))
            if target is None or target.draining:
                return
            target.drain()
            self.balancer.drain(target)
        delay = self.world.seconds(float(group.attributes["deregistration_delay.timeout_seconds"]))
        threading.Timer(delay, self.forget, (target,)).start()

    def forget(self, target):
        with self.world.lock:
            if self.known.get(target.key) is target:
                del self.known[target.key]
            self.balancer.remove(target)

    def of(self, group):
        with self.world.lock:
            return [one for one in self.known.values() if one.group.arn == group.arn]

    def get(self, group, address, port):
        with self.world.lock:
            return self.known.get((group.arn, address, port))


class Target:
    """One of them."""

    def __init__(self, group, address, port):
        self.group = group
        self.address = address
        self.port = port
        self.key = (group.arn, address, port)
        self.draining = False
        self.counted = {}  # what the balancer counted, once it has forgotten it
        self.become("initial", "Elb.InitialHealthChecking")

    def become(self, state, reason=None, status=None):
        """What the balancer found; `status` is what a health check got."""
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
