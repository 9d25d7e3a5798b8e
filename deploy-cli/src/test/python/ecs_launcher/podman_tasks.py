"""Tasks as containers of podman, within the limits of their definitions, each with an address of its own.

It is at home in a private world only: `networks` refuses to work elsewhere. What it cannot do as
Fargate does: no container has more open files or processes than this machine allows. What Fargate does
not do: containers get no new privileges. Where no init process is to be had, a container that wants one
does not start.
"""

import contextlib
import os
import pathlib
import resource
import select
import shutil
import subprocess
import threading
import time

import private_world
from ecs_launcher.control_groups import ControlGroups
from ecs_launcher.networks import Network, listening
from ecs_launcher.runners import CannotStart
from http_relay import HttpRelay

PATIENCE = 120
# Where Debian, and others who do not mean it for people, have the init process of containers.
INITS = ("catatonit", "/usr/libexec/podman/catatonit", "/usr/libexec/catatonit/catatonit", "/usr/lib/podman/catatonit")
LOOK = 0.02
LISTENING = 5
KILLED = 137
OUT_OF_MEMORY = "OutOfMemoryError: Container killed due to memory usage"
# Always given: podman's own are more than the root of a sandbox may set.
ULIMITS = {"nofile": (resource.RLIMIT_NOFILE, 65535), "nproc": (resource.RLIMIT_NPROC, 4096)}


class PodmanTasks:
    """`folder` becomes podman's storage; overlays work there, as on ext4 and tmpfs.

    What listens at the port `beside` seems to be beside each task, at the same port.
    """

    def __init__(self, images, folder, beside=None):
        self.images = images
        self.folder = pathlib.Path(folder).absolute()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.network = Network()
        self.init = next(filter(None, map(shutil.which, INITS)), None)
        self.lock = threading.Lock()
        self.pulling = threading.Lock()
        self.running = []
        self.beside = beside
        self.neighbours = {}  # of each task

    def podman(self, *arguments):
        # podman takes no path of over 50 characters for what runs; /run is that of the world.
        return ["podman", "--root", f"{self.folder}/storage", "--runroot", f"/run/tasks-{os.getpid()}",
                "--cgroup-manager=cgroupfs", *arguments]

    def run(self, *arguments, patience=PATIENCE):
        """What podman did; too slow is failed as well."""
        command = self.podman(*arguments)
        try:
            return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                  errors="replace", timeout=patience, cwd=self.folder)
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(command, 124, "", f"podman {arguments[0]} took over {patience} s")

    def start(self, image, environment, port, limits, heard):
        source, digest = self.pull(image)
        name, address = self.network.join()
        try:
            self.must("CannotCreateContainerError", self.run(
                "create", "--name", name, "--pidfile", str(self.pid_file(name)), *self.options(limits),
                "--network", f"ns:/run/netns/{name}",
                *(one for key, value in environment.items() for one in ("--env", f"{key}={value}")), source))
            if self.beside:
                neighbour = self.neighbours[name] = contextlib.ExitStack()
                neighbour.enter_context(HttpRelay(self.beside, listening=listening(name, self.beside)).running())
            container = Container(self, name, address, digest, heard)
        except BaseException:
            self.remove(name)
            raise
        with self.lock:
            self.running.append(container)
        return container

    def pull(self, image):
        """A real pull each time; layers that are there are not sent again."""
        source = self.images.located(image)
        with self.pulling:
            self.must(f"CannotPullContainerError: pull image manifest has been retried 1 time(s): {image}",
                      self.run("pull", "-q", "--tls-verify=false", source))
            seen = self.must("CannotInspectContainerError",
                             self.run("image", "inspect", "--format", "{{.Digest}}", source))
        return source, seen

    @staticmethod
    def must(words, done):
        """What podman wrote, or `CannotStart`."""
        if done.returncode:
            raise CannotStart(f"{words}: {done.stderr.strip().rpartition(chr(10))[2]}")
        return done.stdout.strip()

    def options(self, limits):
        given = ["--pull", "never", "--http-proxy=false", "--log-driver", "none",
                 "--security-opt", "no-new-privileges"]
        if private_world.is_inside():
            given += ["--cgroup-parent", private_world.control_group()]
        if limits.cpus:
            given += ["--cpus", str(limits.cpus)]
        if limits.memory:
            given += ["--memory", f"{limits.memory}m", "--memory-swap", f"{limits.memory}m"]
        if limits.user:
            given += ["--user", limits.user]
        if limits.read_only:
            given += ["--read-only", "--read-only-tmpfs=false"]
        if limits.has_init:
            if self.init is None:
                raise CannotStart("CannotCreateContainerError: the task definition wants an init process "
                                  "(initProcessEnabled), and this machine has none: install catatonit")
            given += ["--init", "--init-path", self.init]
        for path in limits.writable:
            given += ["--tmpfs", f"{path}:rw,nosuid,nodev,size=64m,mode=1777"]
        for capability in limits.dropped:
            given += ["--cap-drop", capability.lower()]
        wanted = {name: (soft, hard) for name, soft, hard in limits.ulimits}
        for name, (kind, usual) in ULIMITS.items():
            most = resource.getrlimit(kind)[1]
            soft, hard = (one if most == resource.RLIM_INFINITY else min(one, most)
                          for one in wanted.pop(name, (usual, usual)))
            given += ["--ulimit", f"{name}={soft}:{hard}"]
        for name, (soft, hard) in wanted.items():
            given += ["--ulimit", f"{name}={soft}:{hard}"]
        return given

    def pid_file(self, name):
        return self.folder / f"{name}.pid"

    def remove(self, name):
        self.run("rm", "-f", "-i", "-t", "0", name)
        self.neighbours.pop(name, contextlib.ExitStack()).close()
        self.network.leave(name)
        self.pid_file(name).unlink(missing_ok=True)

    def close(self):
        """What podman still tidies up, mounts among it, goes with the world."""
        with self.lock:
            for container in self.running:
                container.kill()
        self.network.close()


class Container:
    """One that was created; this starts it."""

    def __init__(self, tasks, name, address, digest, heard):
        self.tasks = tasks
        self.name = name
        self.address = address
        self.digest = digest
        self.code = self.why = self.used = None
        self.lock = threading.Lock()
        self.lines = []
        self.process = subprocess.Popen(
            tasks.podman("start", "--attach", "--sig-proxy=false", name), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
            cwd=tasks.folder)  # where conmon leaves a file when memory has run out
        self.ears = threading.Thread(target=self.listen, args=(heard,), daemon=True)
        self.ears.start()
        process = self.begun()
        self.groups = self.end = None
        try:
            self.groups = ControlGroups(process)
            self.end = os.pidfd_open(process)
        except (FileNotFoundError, ProcessLookupError):
            pass  # it has ended

    def begun(self):
        """The first process of the container."""
        file = self.tasks.pid_file(self.name)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if file.exists() and (number := file.read_text().strip()):
                return int(number)
            if self.process.poll() is not None:
                self.ears.join(LISTENING)
                raise CannotStart("CannotStartContainerError: failed to create task for container: "
                                  + "".join(self.lines[-1:]))
            time.sleep(LOOK)
        raise CannotStart(f"CannotStartContainerError: podman did not start {self.name} in {PATIENCE} s")

    def listen(self, heard):
        for line in self.process.stdout:
            self.lines = [line.rstrip("\n")]
            heard(self.lines[0])

    def wait(self, seconds):
        if self.code is None and (self.end is None or select.select([self.end], [], [], seconds)[0]):
            with self.lock:
                self.ended()
        return self.code

    def ended(self):
        """At once: the control groups are there for a moment only."""
        if self.code is not None:
            return
        killed, used = (self.groups.out_of_memory(), self.groups.used()) if self.groups else (0, None)
        self.ears.join(LISTENING)
        told = self.tasks.run("wait", self.name)
        code = int(told.stdout) if told.returncode == 0 else KILLED
        self.used = used
        if killed and code == KILLED:
            self.why = OUT_OF_MEMORY
        self.tasks.remove(self.name)
        if self.end is not None:
            os.close(self.end)
        self.code = code

    def check(self, command, seconds):
        """In the limits of the container. What takes too long goes on, unheard."""
        kind, *rest = command
        shell = ["/bin/sh", "-c"] if kind == "CMD-SHELL" else []
        return self.tasks.run("exec", self.name, *shell, *rest, patience=seconds).returncode == 0

    def stop(self, seconds):
        """With the signal that the image names."""
        if self.code is None:
            self.tasks.run("stop", "-t", str(seconds), self.name, patience=seconds + PATIENCE)

    def kill(self):
        if self.code is None:
            self.tasks.remove(self.name)
        self.process.wait(PATIENCE)
