"""HAProxy as the load balancer. What it says of its servers is how the targets are."""

import pathlib
import queue
import socket
import subprocess
import threading
import time

from ecs_launcher.haproxy_server import Server
from ecs_launcher.runtime_socket import RuntimeSocket

LOOK = 0.1
STARTING = 10
CONFIGURATION = """
global
  nbthread 1
  maxconn 2000
  stats socket {socket} mode 600 level admin
  stats timeout 30s
  log stdout format raw local0 err
defaults
  mode http
  log global
  option httplog
  option dontlog-normal
  option log-separate-errors
  option http-keep-alive
  option forwardfor
  http-reuse always
  retries 0
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  timeout http-keep-alive 60s
  timeout http-request 10s
  timeout check {timeout}ms
frontend lb
  bind fd@{listening}
  default_backend tg
backend tg
  balance roundrobin
  option httpchk
  http-check send meth GET uri {path} ver HTTP/1.1 hdr Host {host} hdr User-Agent ELB-HealthChecker/2.0
  http-check expect status {accepted}
"""


class Haproxy:
    """On a free port of this machine, for one target group.

    HAProxy starts with the first target, as only then the health checks of its group are known. Who
    connects before waits. A thread of its own speaks with it: it does what is in `orders`, then it looks.

    Unlike a balancer of AWS it finds nobody where all are unhealthy.
    """

    def __init__(self, world, folder):
        self.world = world
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = self.listening.getsockname()[1]
        self.runtime = RuntimeSocket(str(self.folder / "haproxy.sock"))
        self.process = None
        self.group = None
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
        if self.process.poll() is not None:
            raise RuntimeError(f"it ended with {self.process.returncode}")
        rows = self.runtime.servers()
        for target, server in list(self.servers.items()):
            if server.leaving:
                if server.is_gone(rows[server.name]):
                    del self.servers[target]
            else:
                server.judge(rows[server.name])

    def serve(self, group):
        """Starts it for a group, anew where the health checks have changed and there are no targets."""
        settings = {
            "socket": self.runtime.path, "listening": self.listening.fileno(),
            "timeout": round(float(group.health_check_timeout_seconds) * 1000),
            "path": group.health_check_path or "/", "accepted": group.matcher["HttpCode"],
            # That of the target, as AWS does; servers refuse hosts that they do not know.
            "host": '"%[bc_dst]:%[bc_dst_port]"'}
        text = CONFIGURATION.format(**settings)
        file = self.folder / "haproxy.cfg"
        if self.process:
            if file.read_text() == text:
                return
            if self.servers:
                raise NotImplementedError(
                    "One target group is played, whose health checks do not change while it has targets")
            self.end()
        file.write_text(text)
        checked = self.run("-c", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        _, said = checked.communicate(timeout=STARTING)
        if checked.returncode:
            raise RuntimeError(f"it refuses its configuration: {said.decode()}")
        self.process = self.run("-q", "-db", stdout=2)
        deadline = time.monotonic() + STARTING
        while not self.runtime.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("it did not start")
            time.sleep(LOOK / 5)

    def run(self, *options, **streams):
        return subprocess.Popen(["haproxy", *options, "-f", str(self.folder / "haproxy.cfg")],
                                stdin=subprocess.DEVNULL, pass_fds=[self.listening.fileno()], **streams)

    def close(self):
        self.orders.put((None, None))
        self.thread.join(STARTING)
        for server in self.servers.values():
            server.tell(self.runtime.servers().get(server.name, {}))
        if self.process:
            self.end()
        self.listening.close()

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(STARTING)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
