"""The image as tasks, and somebody who calls them."""

import http.client
import json
import math
import os
import secrets
import select
import signal
import subprocess
import threading
import time
from typing import NamedTuple

from ecs_launcher.images import Images
from ecs_launcher.networks import listening
from ecs_launcher.podman_tasks import PodmanTasks
from ecs_launcher.runners import Limits
from image_story.storage import Front
from trials import HOME
from used_secrets import note

WORK = HOME / "target" / "ci" / "image"
PATIENCE = 60
S3 = 9000  # of the loopback address of each task: nowhere else a server takes S3 without TLS
BOTH = "application/json, text/event-stream"
META = {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "image", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {}}


def limits(cpus):
    """What Terraform sets for the task, and so many processors."""
    return Limits(cpus=cpus, memory=512, user="10001:10001", read_only=True, writable=("/tmp",),
                  dropped=("ALL",))


class Answer(NamedTuple):
    """`status` is 0, and `body` says why, where there was none."""

    status: int
    headers: dict
    body: bytes
    begin: float
    end: float

    def closes(self):
        return self.headers.get("connection", "").lower() == "close"


class Bench:
    """Runs an image; `moto` is the port of its S3."""

    def __init__(self, image, folder, moto):
        self.image = image
        self.moto = moto
        self.tasks = PodmanTasks(Images(folder / "images", None), folder / "tasks")
        secret = note("image", secrets.token_urlsafe(40))
        self.settings = {
            "MCP_ENHANCED_JWT_SECRET": secret, "MCP_STATE_SECRET": note("image", secrets.token_urlsafe(40)),
            "MCP_PEERS": "single", "MCP_ALLOW_TASK_ROLE": "true",
            "QUILT_STORAGE": "s3", "AWS_ENDPOINT_URL": f"http://127.0.0.1:{S3}", "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "AKIA" + secrets.token_hex(8).upper(),
            "AWS_SECRET_ACCESS_KEY": note("image", secrets.token_urlsafe(40)),
            "AWS_EC2_METADATA_DISABLED": "true"}
        self.token = note("image", subprocess.run(
            [str(HOME / "bin" / "quilt-mcp"), "token", "--bucket", "*", "--level", "WRITE",
             "--permission", "s3:ListBucket", "--permission", "s3:GetObject", "--permission", "s3:PutObject"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True, timeout=PATIENCE,
            env=os.environ | {"MCP_ENHANCED_JWT_SECRET": secret}).stdout.strip())

    def close(self):
        self.tasks.close()

    def start(self, name, cpus, image=None, answered=lambda request, status: None):
        """A task. `answered` is told of each request of S3, before the task is."""
        return Task(self, name, cpus, image or self.image, answered)

    def once(self, entrypoint, *arguments):
        """Another program of the image, to its end."""
        return self.tasks.run("run", "--rm", *self.tasks.options(limits(0.25)), "--network", "none",
                              "--entrypoint", json.dumps(entrypoint), self.tasks.images.located(self.image),
                              *arguments)


class Task:
    """`front` is before its S3, and in its own network."""

    def __init__(self, bench, name, cpus, image, answered):
        self.bench = bench
        self.lines = []
        self.log = open(WORK / f"task-{name}.log", "w", buffering=1)
        self.begin = time.monotonic()
        self.container = bench.tasks.start(image, bench.settings, 8000, limits(cpus), self.heard)
        self.front = Front(bench.moto, answered, listening=listening(self.container.name, S3))
        threading.Thread(target=self.front.server.serve_forever, args=(0.05,), daemon=True).start()
        self.process = int(bench.tasks.pid_file(self.container.name).read_text())
        self.end = os.pidfd_open(self.process)

    def heard(self, line):
        self.lines.append(line)
        self.log.write(line + "\n")

    def logs(self, event):
        """Waits for an event of the log; gives its line, or nothing."""
        return self.says(f'"event":"{event}"')

    def says(self, words):
        """Waits for a line; gives it, or nothing."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for line in list(self.lines):
                if words in line:
                    return line
            time.sleep(0.02)
        return ""

    def ready(self):
        """The answer of /healthz once it is 200; None when that does not come."""
        while time.monotonic() < self.begin + PATIENCE:
            answer = self.ask("GET", "/healthz", timeout=5)
            if answer.status == 200:
                return json.loads(answer.body)
            time.sleep(0.05)
        return None

    def ask(self, method, path, body=None, timeout=90, **headers):
        """On a connection of its own."""
        begin = time.monotonic()
        try:
            answer = self.opened(method, path, body, timeout, headers)
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            return Answer(0, {}, repr(error).encode(), begin, time.monotonic())
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, content,
                      begin, time.monotonic())

    def opened(self, method, path, body, timeout, headers):
        """An answer whose body has not been read."""
        connection = http.client.HTTPConnection(self.container.address, 8000, timeout=timeout)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        return connection.getresponse()

    def post(self, message, **headers):
        return self.ask("POST", "/mcp", json.dumps({"jsonrpc": "2.0", "id": 7} | message), **self.headers(headers))

    def headers(self, more):
        return {"Content_Type": "application/json", "Accept": BOTH,
                "Authorization": f"Bearer {self.bench.token}"} | more

    def call(self, tool, accept=BOTH, **arguments):
        return self.post({"method": "tools/call", "params": {"name": tool, "arguments": arguments}}, Accept=accept)

    def discover(self):
        return self.post({"method": "server/discover", "params": {"_meta": META}}, Mcp_Method="server/discover",
                         MCP_Protocol_Version="2026-07-28")

    def listen(self):
        """A stream of news that has begun."""
        message = {"jsonrpc": "2.0", "id": "news", "method": "subscriptions/listen",
                   "params": {"notifications": {"toolsListChanged": True}, "_meta": META}}
        return self.opened("POST", "/mcp", json.dumps(message), 90, self.headers({
            "Mcp_Method": "subscriptions/listen", "MCP_Protocol_Version": "2026-07-28"}))

    def signal(self, number=signal.SIGTERM):
        signal.pidfd_send_signal(self.end, number)
        return time.monotonic()

    def gone(self, patience):
        """When its process was gone; never, where it still runs. Its network is there, with what it sent last."""
        return time.monotonic() if select.select([self.end], [], [], patience)[0] else math.inf

    def ended(self, patience):
        """The same, and its exit code; of what it was nothing is left then."""
        at = self.gone(patience)
        code = self.container.wait(PATIENCE) if at < math.inf else None
        self.close()
        return at, code

    def close(self):
        self.container.kill()
        self.front.server.shutdown()
        self.front.server.server_close()


class Later(threading.Thread):
    """Something that goes on beside; `result` gives what came of it."""

    def __init__(self, work, *arguments, **named):
        super().__init__(daemon=True)
        self.work = lambda: work(*arguments, **named)
        self.came = self.broke = None
        self.start()

    def run(self):
        try:
            self.came = self.work()
        except BaseException as error:
            self.broke = error

    def result(self, patience=120):
        self.join(patience)
        if self.broke is not None:
            raise self.broke
        if self.is_alive():
            raise TimeoutError(f"not done in {patience} s")
        return self.came
