"""Tasks as plain processes, each in the files of its image and with a loopback address of its own.

An image may lean on the system of this machine: what it does not have itself is that of the host.
Network and processes are those of the host too, and limits are not applied.
"""

import os
import subprocess
import threading

from ecs_launcher.loopback import Loopback
from ecs_launcher.runners import CannotStart

KILLED = 128
# The folder that becomes the root, user and group as numbers or nothing, where to work, the command.
INSIDE = """
root=$1 user=$2 folder=$3
shift 3
for name in bin sbin lib lib64 usr etc; do
  if [ -L "/$name" ]; then
    [ -e "$root/$name" ] || cp -P "/$name" "$root/$name"
  elif [ -d "/$name" ] && { [ ! -e "$root/$name" ] || [ -e "$root/.host-$name" ]; }; then
    mkdir -p "$root/$name" && : >"$root/.host-$name" && mount --bind "/$name" "$root/$name"
  fi
done
for name in proc dev tmp; do
  mkdir -p "$root/$name" && mount --rbind "/$name" "$root/$name"
done
exec unshare ${user:+--setgid "${user#*:}" --setuid "${user%:*}"} --root "$root" --wd "$folder" "$@"
"""


class ProcessTasks:
    def __init__(self, images):
        self.images = images
        self.addresses = Loopback()
        self.lock = threading.Lock()
        self.running = []

    def start(self, image, environment, port, _limits, heard):
        pulled = self.images.pull(image)
        address = self.addresses.free(port)
        # In a network of its own it would listen everywhere.
        settings = pulled.environment() | environment | {
            "FASTMCP_ADDR": address, "FASTMCP_PORT": str(port), "AWS_EC2_METADATA_DISABLED": "true"}
        process = Process(pulled, address, settings, heard)
        with self.lock:
            self.running.append(process)
        return process

    def close(self):
        for process in self.running:
            process.kill()


class Process:
    def __init__(self, pulled, address, environment, heard):
        self.address = address
        self.digest = pulled.digest
        self.pulled = pulled
        self.why = self.used = None
        self.environment = environment
        try:
            self.process = subprocess.Popen(
                self.inside(pulled.command()), env=environment, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        except OSError as e:
            raise CannotStart(f"CannotStartContainerError: failed to create shim task: {e.strerror}") from e
        self.ears = threading.Thread(target=self.listen, args=(heard,), daemon=True)
        self.ears.start()

    def inside(self, command):
        """The command where the image is all that there is, as the user that it names."""
        is_root = os.geteuid() == 0
        return ["unshare", "--mount", "--propagation", "private",
                *(() if is_root else ("--map-root-user",)), "sh", "-ec", INSIDE, "inside",
                str(self.pulled.root), self.pulled.config.get("User", "") if is_root else "",
                self.pulled.config.get("WorkingDir") or "/", *command]

    def listen(self, heard):
        for line in self.process.stdout:
            heard(line.rstrip("\n"))

    def wait(self, seconds):
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        self.ears.join(5)
        return code if code >= 0 else KILLED - code

    def check(self, command, seconds):
        kind, *rest = command
        try:
            return subprocess.run(
                self.inside(["/bin/sh", "-c", *rest] if kind == "CMD-SHELL" else rest), timeout=seconds,
                env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL).returncode == 0
        except subprocess.TimeoutExpired:
            return False

    def stop(self, seconds):
        if self.process.poll() is None:
            self.process.terminate()
            if self.wait(seconds) is None:
                self.kill()

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
