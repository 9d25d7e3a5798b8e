"""Both balancers, held to the same: who gets requests, and how targets are told to be."""

import contextlib
import http.client
import http.server
import threading
import time
import types

from ecs_launcher.balancer import BALANCERS, balancer
from ecs_launcher.targets import Targets
from ecs_launcher.world import World
from trials import check

SCALE = 20
PATIENCE = 20
LONG = 2.5


def balancers_story(folder):
    for name in BALANCERS:
        world = World(SCALE)
        chosen = balancer(name, world, folder / name)
        try:
            Trial(name, world, chosen).play()
        finally:
            chosen.close()
        check(f"{name}: no problem was found, and it ends", not world.problems, world.problems)
        if name == "haproxy":
            check("haproxy: its process has ended", chosen.program.has_ended())
    changed(folder)


class Program:
    """A server that counts whom it served; `health` is the status of its health check, 0 hangs."""

    def __init__(self, name, health):
        self.health = health
        self.served = 0
        self.hosts = set()  # that health checks named
        program = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                if self.path == "/healthz":
                    program.hosts.add(self.headers["Host"])
                    if program.health == 0:
                        time.sleep(1)
                    return self.answer(program.health or 200)
                program.served += 1
                if self.path == "/long":
                    time.sleep(LONG)
                return self.answer(200)

            def answer(self, status):
                with contextlib.suppress(OSError):
                    self.send_response_only(status)
                    self.send_header("Content-Length", str(len(name)))
                    self.end_headers()
                    self.wfile.write(name.encode())

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def end(self):
        self.server.shutdown()
        self.server.server_close()


def group(path="/healthz"):
    """What of moto's groups is looked at."""
    return types.SimpleNamespace(
        arn="group", attributes={"deregistration_delay.timeout_seconds": "20"}, load_balancer_arns=["one"],
        health_check_interval_seconds=4, health_check_timeout_seconds=0.5 if path == "/healthz" else 6,
        health_check_path=path, health_check_port="traffic-port", matcher={"HttpCode": "200-204,299"},
        healthy_threshold_count=2, unhealthy_threshold_count=3)


class Trial:
    def __init__(self, name, world, chosen):
        self.name = name
        self.chosen = chosen
        self.targets = Targets(world, chosen)
        self.group = group()

    def check(self, what, holds, more=""):
        check(f"{self.name}: {what}", holds, more)

    def ask(self, path="/"):
        connection = http.client.HTTPConnection("127.0.0.1", self.chosen.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def health(self, program):
        target = self.targets.get(self.group, "127.0.0.1", program.port)
        return target.health() if target else None

    def becomes(self, program, state, *more):
        deadline = time.monotonic() + PATIENCE
        while (told := self.health(program) or {}).get("State") != state and time.monotonic() < deadline:
            time.sleep(0.02)
        self.check(f"a target becomes {state}", told.get("State") == state
                   and all(one in str(told) for one in more), told)

    def register(self, program):
        self.targets.register(self.group, "127.0.0.1", program.port)

    def play(self):
        old, new = Program("old", 200), Program("new", 503)
        self.register(old)
        self.check("a target begins as initial", self.health(old)["State"] == "initial", self.health(old))
        self.becomes(old, "healthy")
        self.check("its health checks name its own address", old.hosts == {f"127.0.0.1:{old.port}"}, old.hosts)
        self.check("it gets requests", self.ask() == (200, "old"))
        self.register(new)
        for _ in range(20):
            self.ask()
        self.becomes(new, "unhealthy", "Target.ResponseCodeMismatch", "503")
        self.check("one that never was well gets none", new.served == 0, new.served)
        new.health = 299
        self.becomes(new, "healthy")
        answers = [self.ask()[1] for _ in range(10)]
        self.check("both get requests in turn", answers.count("old") == answers.count("new") == 5, answers)
        new.health = 0
        self.becomes(new, "unhealthy", "Target.Timeout")
        new.health = 200
        self.becomes(new, "healthy")
        self.leaves(old, new)
        new.end()
        self.becomes(new, "unhealthy", "Target.FailedHealthChecks")

    def leaves(self, old, new):
        """A request of 2.5 seconds is under way while the delay of 1 second passes."""
        begun, said = old.served, []
        longs = [threading.Thread(target=lambda: said.append(self.ask("/long"))) for _ in range(2)]
        for thread in longs:
            thread.start()
        while old.served == begun:
            time.sleep(0.01)
        self.targets.deregister(self.group, "127.0.0.1", old.port)
        self.check("one that leaves is draining", self.health(old)["State"] == "draining", self.health(old))
        time.sleep(0.3)  # an order takes its way
        begun = old.served
        answers = {self.ask() for _ in range(20)}
        self.check("and gets no new requests", answers == {(200, "new")} and old.served == begun, answers)
        deadline = time.monotonic() + PATIENCE
        while self.health(old) and time.monotonic() < deadline:
            time.sleep(0.02)
        self.check("it is gone after its delay", self.health(old) is None and not any(map(len, said)), said)
        for thread in longs:
            thread.join(PATIENCE)
        self.check("what it had begun is answered", sorted(said) == [(200, "new"), (200, "old")], said)
        old.end()
        self.check("nobody misses it", {self.ask() for _ in range(10)} == {(200, "new")})


def changed(folder):
    """HAProxy asks all in one way."""
    world = World(SCALE)
    chosen = balancer("haproxy", world, folder / "changed")
    targets = Targets(world, chosen)
    try:
        before = group("/before")
        targets.register(before, "127.0.0.1", 9)
        targets.deregister(before, "127.0.0.1", 9)
        deadline = time.monotonic() + PATIENCE
        while (targets.of(before) or chosen.servers) and time.monotonic() < deadline:
            time.sleep(0.02)
        targets.register(group(), "127.0.0.1", 9)
        program = Program("new", 200)
        targets.register(group(), "127.0.0.1", program.port)
        while targets.get(before, "127.0.0.1", program.port).state != "healthy" and time.monotonic() < deadline:
            time.sleep(0.02)
        check("haproxy: another health check takes the place of that before once no target is left",
              targets.get(before, "127.0.0.1", program.port).state == "healthy" and not world.problems,
              world.problems)
        program.end()
        targets.register(group("/other"), "127.0.0.1", 10)
        deadline = time.monotonic() + PATIENCE
        while not world.problems and time.monotonic() < deadline:
            time.sleep(0.02)
    finally:
        chosen.close()
    check("haproxy: a second kind of health check is a problem, not a wrong answer",
          "One target group" in "".join(world.problems), world.problems)
