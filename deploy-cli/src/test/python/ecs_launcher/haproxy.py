"""HAProxy as the load balancer. What it says of its servers is how the targets are."""

import queue
import threading

from ecs_launcher.haproxy_process import HaproxyProcess
from ecs_launcher.haproxy_server import Server

LOOK = 0.1
STARTING = 10
STANDARD_ERROR = 2


class Haproxy:
    """On a free port of this machine, for one target group.

    HAProxy starts with the first target, as only then the health checks of its group are known. Who
    connects before waits. A thread of its own speaks with it: it does what is in `orders`, then it looks.

    Unlike a balancer of AWS it finds nobody where all are unhealthy.
    """

    def __init__(self, world, folder, log=STANDARD_ERROR):
        self.world = world
        self.program = HaproxyProcess(folder, log)
        self.port = self.program.port
        self.runtime = self.program.runtime
        self.servers = {}  # of each target
        self.made = 0
        self.orders = queue.SimpleQueue()
        self.thread = threading.Thread(target=self.work, daemon=True)
        self.thread.start()

    def add(self, target):
        self.orders.put((self.added, target))

    def drain(self, target):
        self.orders.put((self.drained, target))

    def remove(self, target):
        self.orders.put((self.removed, target))

    def work(self):
        try:
            while True:
                try:
                    order, target = self.orders.get(timeout=LOOK)
                except queue.Empty:
                    self.look()
                    continue
                if order is None:
                    return
                order(target)
        except Exception as e:
            with self.world.lock:
                self.world.problem(f"HAProxy: {e!r}")

    def added(self, target):
        self.serve(target.group)
        self.made += 1
        server = self.servers[target] = Server(self.world, self.runtime, f"t{self.made}", target)
        server.add()

    def drained(self, target):
        self.servers[target].drain()

    def removed(self, target):
        self.servers[target].leave()

    def look(self):
        if not self.servers:
            return
        if self.program.has_ended():
            raise RuntimeError(f"it ended with {self.program.process.returncode}")
        rows = self.runtime.servers()
        for target, server in list(self.servers.items()):
            if server.leaving:
                if server.is_gone(rows[server.name]):
                    del self.servers[target]
            else:
                server.judge(rows[server.name])

    def serve(self, group):
        """Starts it for a group, anew where the health checks have changed and there are no targets."""
        wanted = self.program.configured(group)
        if wanted == self.program.configuration:
            return
        if self.servers:
            raise NotImplementedError(
                "One target group is played, whose health checks do not change while it has targets")
        self.program.start(wanted)

    def close(self):
        self.orders.put((None, None))
        self.thread.join(STARTING)
        if self.servers and not self.program.has_ended():
            rows = self.runtime.servers()
            for server in self.servers.values():
                server.tell(rows.get(server.name, {}))
        self.program.close()
