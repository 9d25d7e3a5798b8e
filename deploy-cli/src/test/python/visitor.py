"""Somebody who calls the server all the time, gently, and remembers what it said.

Every other call comes on one connection that is kept.
"""

import contextlib
import http.client
import itertools
import json
import threading
import urllib.parse
import urllib.request

PAUSE = 0.2
PATIENCE = 10
ASKED = json.dumps({
    "jsonrpc": "2.0", "id": 1, "method": "server/discover", "params": {"_meta": {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "visitor", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {}}}}).encode()


class Visitor:
    """`answered` counts, `failed` holds what went wrong, `builds` what answered, without repetitions."""

    def __init__(self, url, token):
        self.kept = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=PATIENCE)
        self.request = urllib.request.Request(url, ASKED, {
            "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
            "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "server/discover",
            "Authorization": f"Bearer {token}"})
        self.answered = 0
        self.failed = []
        self.builds = []
        self.gone = threading.Event()

    @contextlib.contextmanager
    def visiting(self):
        thread = threading.Thread(target=self.visit, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.gone.set()
            thread.join(PATIENCE)

    def visit(self):
        for number in itertools.count():
            if self.gone.wait(PAUSE):
                return
            try:
                build = self.ask() if number % 2 else self.ask_again()
            except Exception as e:
                self.failed.append(repr(e))
                continue
            self.answered += 1
            if self.builds[-1:] != [build]:
                self.builds.append(build)

    def ask(self):
        with urllib.request.urlopen(self.request, timeout=PATIENCE) as answer:
            return self.build(answer)

    def ask_again(self):
        try:
            self.kept.request("POST", self.request.selector, self.request.data, dict(self.request.header_items()))
            with self.kept.getresponse() as answer:
                return self.build(answer)
        except Exception:
            self.kept.close()
            raise

    @staticmethod
    def build(answer):
        meta = json.load(answer)["result"]["_meta"]
        return next(value for name, value in meta.items() if name.endswith("/build"))

    def sees(self, version):
        """Whether the next answer is of a version."""
        return self.ask().startswith(version)
