"""A headless Chromium that is driven through a pipe (Chrome DevTools Protocol), and pages for it."""

import contextlib
import functools
import http.server
import json
import os
import select
import signal
import subprocess
import threading
import time

# Chromium's own rule that pages from elsewhere may not call this machine is off: it would hide
# whether the server turns them away.
OPTIONS = [
    "--disable-features=LocalNetworkAccessChecks",
    "--headless", "--remote-debugging-pipe", "--disable-gpu", "--disable-dev-shm-usage",
    "--disable-extensions", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--no-proxy-server"]


class Chromium:
    """One browser; it knows no names but those given to it, and so leaves this machine alone."""

    def __init__(self, program, profile, log, names):
        """Starts it. `names` maps names of hosts to addresses."""
        known = ", ".join(f"MAP {name} {address}" for name, address in names.items())
        rules = f"{known}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        command = [program, *OPTIONS, f"--user-data-dir={profile}", f"--host-resolver-rules={rules}"]
        if os.geteuid() == 0:
            command.append("--no-sandbox")
        told, self.requests = os.pipe()
        self.answers, heard = os.pipe()
        # The browser reads from descriptor 3 and writes to 4.
        self.process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{told} 4>&{heard} {told}<&- {heard}>&-', "bash", *command],
            pass_fds=(told, heard), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True)
        os.close(told)
        os.close(heard)
        self.number = 0
        self.text = b""
        self.events = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError, RuntimeError):
            self.ask("Browser.close", seconds=10)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            pass
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.requests)
        os.close(self.answers)

    def ask(self, method, seconds=60, session=None, **params):
        """The result of a command."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self.requests, json.dumps(message).encode() + b"\0")
        return self.wait(lambda one: one.get("id") == self.number, seconds, method)

    def wait(self, wanted, seconds, what):
        """The result, or the parameters, of the next message that is wanted; others become events."""
        deadline = time.monotonic() + seconds
        while True:
            message = self.message(deadline, what)
            if not wanted(message):
                self.events.append(message)
            elif "error" in message:
                raise RuntimeError(f"{what}: {message['error']}")
            else:
                return message.get("result", message.get("params"))

    def message(self, deadline, what):
        while b"\0" not in self.text:
            ready, _, _ = select.select([self.answers], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                raise RuntimeError(f"{what}: the browser says nothing")
            piece = os.read(self.answers, 1 << 16)
            if not piece:
                raise RuntimeError(f"{what}: the browser ended with {self.process.wait()}")
            self.text += piece
        one, self.text = self.text.split(b"\0", 1)
        return json.loads(one)

    def open(self, url):
        """A new page, once it is loaded."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Network", "Page", "Runtime"):
            self.ask(f"{domain}.enable", session=session)
        self.ask("Page.navigate", session=session, url=url)
        self.wait(
            lambda one: one.get("method") == "Page.loadEventFired" and one.get("sessionId") == session,
            60, url)
        return Page(self, session)


class Page:
    """A page that is loaded."""

    def __init__(self, browser, session):
        self.browser = browser
        self.session = session

    def run(self, function, *arguments):
        """What a function of the page resolves to, called by one of its scripts."""
        call = f"{function}({', '.join(json.dumps(one) for one in arguments)})"
        told = self.browser.ask(
            "Runtime.evaluate", 120, self.session, expression=call, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in told:
            raise RuntimeError(f"{function}: {json.dumps(told['exceptionDetails'])[:1500]}")
        return told["result"].get("value")

    def preflights(self):
        """The headers of each preflight for a URL that the page's requests had, by URL."""
        sent = [one["params"] for one in self.browser.events
                if one.get("method") == "Network.requestWillBeSent" and one.get("sessionId") == self.session]
        return {one["request"]["url"]: {name.lower(): value for name, value in one["request"]["headers"].items()}
                for one in sent if one["request"]["method"] == "OPTIONS"}


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files, without a line for each."""

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(folder):
    """Serves a folder on a port of its own, and so as an origin of its own; gives the origin."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
