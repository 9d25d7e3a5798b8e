"""The launched server with two buckets and things beside them that nobody may read, each of which holds
the word CANARY; and somebody who asks for its health all the time."""

import json
import multiprocessing
import os
import pathlib
import subprocess
import sys
import time

from wire import Wire

HOME = pathlib.Path(__file__).resolve().parents[5]
LOGS = HOME / "target" / "ci" / "hostile"
GRANTED = "team-data"
FORBIDDEN = "other-bucket"
CANARIES = (b"CANARY", b"root:x:0")
PAUSE = 0.05
# Of other processes, not of tests that end at once.
FORK = multiprocessing.get_context("fork")


def environment(**settings):
    """The environment without settings of the server, so that only those given here count."""
    foreign = ("MCP_", "FASTMCP_", "QUILT_", "AWS_", "LOG_")
    return {key: value for key, value in os.environ.items() if not key.startswith(foreign)} | settings


def program(*arguments):
    return [str(HOME / "bin" / "quilt-mcp"), *arguments]


def buckets(folder):
    """Fills a folder; gives the one whose sub-folders are buckets."""
    root = folder / "root"
    for bucket in (GRANTED, FORBIDDEN):
        (root / bucket / "folder").mkdir(parents=True)
    (root / GRANTED / "folder" / "file.txt").write_text("for everybody")
    (root / FORBIDDEN / "folder" / "file.txt").write_text("CANARY of the bucket")
    (root / "file.txt").write_text("CANARY of the root")
    (folder / "file.txt").write_text("CANARY of the host")
    return root


class Launched:
    """A server on a free port, under watch while it is entered."""

    def __init__(self, name, **settings):
        LOGS.mkdir(parents=True, exist_ok=True)
        self.log = LOGS / f"{name}.log"
        self.errors = LOGS / f"{name}-errors.log"
        self.settings = settings
        self.told, self.tells = FORK.Pipe(duplex=False)
        self.is_over = FORK.Event()

    def __enter__(self):
        with open(self.log, "w") as out, open(self.errors, "w") as errors:
            self.process = subprocess.Popen(
                program("--port", "0"), stdin=subprocess.DEVNULL, stdout=out, stderr=errors,
                env=environment(**self.settings))
        self.port = self.address()
        self.watch = FORK.Process(target=self.look, daemon=True)
        self.watch.start()
        return self

    @property
    def pid(self):
        return self.process.pid

    def address(self):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            for line in self.log.read_text().splitlines():
                if '"event":"startup"' in line:
                    return int(json.loads(line)["url"].rsplit(":", 1)[1].split("/")[0])
            time.sleep(0.05)
        self.process.kill()
        sys.exit("the server did not start:\n" + self.log.read_text() + self.errors.read_text())

    def calls(self):
        """How many calls of tools it has logged."""
        with open(self.log) as lines:
            return sum('"event":"tool.call"' in line or '"event":"authz.denied"' in line for line in lines)

    def look(self):
        """Asks for health until it is over; tells how often, the longest time and what was no 200."""
        asked, slowest, bad = 0, 0.0, []
        wire = Wire(self.port)
        while not self.is_over.is_set():
            begin = time.monotonic()
            try:
                status = wire.send("GET", "/healthz", []).status
            except OSError as error:
                status = repr(error)
            # From the moment on at which it was asked: connecting counts.
            slowest = max(slowest, time.monotonic() - begin)
            asked += 1
            if status != 200:
                bad.append(status)
            if asked % 10 == 0:
                wire.close()
            time.sleep(PAUSE)
        self.tells.send((asked, slowest, bad[:5]))

    def health(self):
        """Ends the watch; gives how often it asked, the longest time and what was no 200."""
        self.is_over.set()
        seen = self.told.recv()
        self.watch.join()
        return seen

    def __exit__(self, *_):
        self.is_over.set()
        self.process.terminate()
        try:
            self.process.wait(timeout=90)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
