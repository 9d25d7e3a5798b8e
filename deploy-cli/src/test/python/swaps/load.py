"""wrk, which sends good calls until it is told to stop, and what it says of them."""

import contextlib
import json
import pathlib
import signal
import subprocess

from swaps.messages import call
from swaps.storage import QUICK, uri

SCRIPT = pathlib.Path(__file__).with_name("good.lua")
CONNECTIONS = 32
PAUSE_MILLIS = 80  # of each connection between an answer and its next call
MOST_SECONDS = 600
PATIENCE = 30
# One of ten calls goes to S3.
CALLS = (("whoami", {}),) * 9 + (("bucket_object_text", {"s3_uri": uri(QUICK)}),)


class Load:
    """`figures` are there behind the block."""

    def __init__(self, port, tokens, folder, log):
        self.log = log
        (folder / "tokens").write_text("".join(token + "\n" for token in tokens))
        (folder / "calls").write_text("".join(
            f"{tool}\n{call(1, tool, **arguments).body.decode()}\n" for tool, arguments in CALLS))
        self.command = [
            "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{MOST_SECONDS}s", "--timeout", "20s", "-s", str(SCRIPT),
            f"http://127.0.0.1:{port}", "--", str(folder / "tokens"), str(folder / "calls"), str(PAUSE_MILLIS)]

    @contextlib.contextmanager
    def flowing(self):
        wrk = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True)
        try:
            yield self
        finally:
            wrk.send_signal(signal.SIGINT)
            said, _ = wrk.communicate(timeout=PATIENCE)
            with open(self.log, "a") as out:
                out.write(said)
        self.figures = Figures(json.loads(said.splitlines()[-1]))


class Figures:
    """What wrk counted."""

    def __init__(self, told):
        self.requests = told["requests"]
        self.rate = told["requests"] / told["seconds"]
        self.median, self.p99 = told["median"], told["p99"]
        self.sockets = sum(told[kind] for kind in ("connect", "read", "write", "timeout"))
        self.statuses = [int(one) for one in told["statuses"].split()]
        self.failed = self.sockets + told["failed"]
        self.why = {kind: told[kind] for kind in ("connect", "read", "write", "timeout", "failures")}

    def __str__(self):
        return (f"{self.requests} requests, {self.rate:.0f} a second, half of them within {self.median:.0f} ms, "
                f"99 of 100 within {self.p99:.0f}")
