"""The tasks behind HAProxy: who serves, and how one takes the place of another."""

import collections
import threading
import time
import types

from ecs_launcher.haproxy import Haproxy
from ecs_launcher.targets import Targets
from ecs_launcher.world import World

from swaps.fleet import PORT

PATIENCE = 60
LOOK = 0.05
# As Terraform sets them, but for shorter pauses between checks.
GROUP = types.SimpleNamespace(
    arn="swaps", attributes={"deregistration_delay.timeout_seconds": "30"}, load_balancer_arns=["one"],
    health_check_interval_seconds=2, health_check_timeout_seconds=2, health_check_path="/healthz",
    health_check_port="traffic-port", matcher={"HttpCode": "200"}, healthy_threshold_count=2,
    unhealthy_threshold_count=3)


class LoggedWorld(World):
    """Where a second takes a second; what happens goes to a file."""

    def __init__(self, log):
        super().__init__(1)
        self.log = log

    def say(self, text):
        if not self.log.closed:
            self.log.write(text + "\n")


class Service:
    """`serving` are the tasks that the balancer knows, the oldest first."""

    def __init__(self, fleet, folder, log):
        self.fleet = fleet
        self.world = LoggedWorld(log)
        self.balancer = Haproxy(self.world, folder, log)
        self.port = self.balancer.port
        self.targets = Targets(self.world, self.balancer)
        self.serving = []
        self.known = {}  # the target of each task

    def grow(self, count=1):
        """Starts tasks and waits until they serve."""
        tasks = [self.fleet.start() for _ in range(count)]
        for task in tasks:
            self.targets.register(GROUP, task.address, PORT)
            self.known[task] = self.targets.get(GROUP, task.address, PORT)
        deadline = time.monotonic() + PATIENCE
        while not all(self.known[task].state == "healthy" for task in tasks):
            if self.world.problems or time.monotonic() > deadline or any(task.gone for task in tasks):
                states = [self.known[task].state for task in tasks]
                raise RuntimeError(f"tasks do not serve: {states} {self.world.problems}")
            time.sleep(LOOK)
        self.serving += tasks
        for task in tasks:
            task.name = self.balancer.servers[self.known[task]].name

    def swap(self, signal_first, pause):
        """A new task takes the place of the oldest, which is deregistered and told to end, in some order.

        Gives the thread that does the second of both, so many seconds after the first.
        """
        self.grow()
        old = self.serving.pop(0)
        steps = [lambda: self.deregister(old), old.end]
        first, second = reversed(steps) if signal_first else steps
        first()
        later = threading.Timer(pause, second)
        later.start()
        return later

    def deregister(self, task):
        self.targets.deregister(GROUP, task.address, PORT)

    def requests(self):
        """How many the balancer has sent to tasks."""
        return int(self.balancer.runtime.backend()["stot"])

    def counted(self, tasks):
        """What the balancer counted for the targets of tasks, once it has ended."""
        counts = collections.Counter()
        for task in tasks:
            counts.update(self.known[task].counted)
        return counts
