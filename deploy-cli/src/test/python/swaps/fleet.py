"""Tasks as containers of the image, under the limits of the service."""

import pathlib
import threading
import time

from ecs_launcher.networks import FIRST
from ecs_launcher.podman_tasks import PodmanTasks
from ecs_launcher.runners import Limits

PORT = 8000
PEER_PORT = 8001
STOP_SECONDS = 75
LIMITS = Limits(cpus=0.25, memory=512, user="10001:10001", read_only=True, writable=("/tmp",), dropped=("ALL",),
                has_init=True, ulimits=(("nofile", 65536, 65536),))


class LoadedTasks(PodmanTasks):
    """Of one image that is there, `image`: nothing is pulled."""

    def __init__(self, tar, folder):
        super().__init__(None, folder)
        said = self.must("the image cannot be loaded", self.run("load", "-q", "-i", str(tar)))
        self.image = said.rpartition(": ")[2]

    def pull(self, image):
        return image, ""


class Fleet:
    """`tasks` are all that were started."""

    def __init__(self, containers, settings, storage, logs):
        self.containers = containers
        self.settings = settings
        self.storage = storage
        self.logs = logs
        self.tasks = []

    def start(self):
        """A task that knows those which run; it serves some seconds later."""
        peers = [one.address for one in self.tasks if one.signalled is None] or [f"10.77.0.{FIRST}"]
        task = Task(self.containers, self.settings | {
            "MCP_PEERS": ",".join(f"{address}:{PEER_PORT}" for address in peers)},
            self.logs / f"task-{len(self.tasks) + 1}.log")
        self.storage.beside(task.container)
        self.tasks.append(task)
        return task


class Task:
    """`signalled` and `gone` are moments; `code` is the exit code once it is gone."""

    def __init__(self, containers, settings, log):
        self.log = open(log, "w", buffering=1)
        self.signalled = self.gone = self.code = None
        self.container = containers.start(containers.image, settings, PORT, LIMITS, self.hear)
        self.address = self.container.address
        self.watch = threading.Thread(target=self.look, daemon=True)
        self.watch.start()

    def lines(self):
        return pathlib.Path(self.log.name).read_text().splitlines()

    def hear(self, line):
        self.log.write(line + "\n")

    def look(self):
        while (code := self.container.wait(1)) is None:
            pass
        self.gone, self.code = time.monotonic(), code
        self.log.write(f"ended with {code}: {self.container.used}\n")
        self.log.close()

    def end(self):
        """Tells it to end, and does not wait."""
        self.signalled = time.monotonic()
        threading.Thread(target=self.container.stop, args=(STOP_SECONDS,), daemon=True).start()

    def kill(self):
        self.signalled = time.monotonic()
        self.container.kill()

    def wait(self, seconds):
        """Whether it is gone by then."""
        self.watch.join(seconds)
        return self.gone is not None

    def took(self):
        return self.gone - self.signalled
