"""Callers that never rest: what they were answered, second by second."""

import collections
import contextlib
import http.client
import json
import threading
import time

PATIENCE = 20
META = {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "rehearsal", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {}}
BODY = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "server/discover", "params": {"_meta": META}}).encode()


class Traffic:
    """A caller for each token, with a connection that it keeps.

    `seconds` has for each second how many requests each version answered and how many failed;
    `failures` what failed, with its time.
    """

    def __init__(self, port, tokens, pause):
        self.port = port
        self.headers = {
            "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
            "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "server/discover",
            "Host": f"localhost:{port}"}
        self.tokens = tokens
        self.pause = pause
        self.begin = time.monotonic()
        self.seconds = collections.defaultdict(collections.Counter)
        self.millis = collections.defaultdict(list)
        self.failures = []
        self.lock = threading.Lock()
        self.over = threading.Event()

    @contextlib.contextmanager
    def flowing(self):
        threads = [threading.Thread(target=self.call, args=(token,), daemon=True) for token in self.tokens]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self.over.set()
            for thread in threads:
                thread.join(PATIENCE)

    def now(self):
        return time.monotonic() - self.begin

    def answered(self):
        return sum(count for second in self.seconds.values() for name, count in second.items() if name)

    def call(self, token):
        connection, headers = None, self.headers | {"Authorization": f"Bearer {token}"}
        while not self.over.wait(self.pause):
            connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            at = self.now()
            try:
                connection.request("POST", "/mcp", BODY, headers)
                answer = connection.getresponse()
                said = answer.read()
                if answer.status != 200:
                    raise ValueError(f"HTTP {answer.status}")
                version, why = build(json.loads(said)), None
                if answer.getheader("Connection", "").lower() == "close":
                    connection.close()
                    connection = None
            except (OSError, ValueError, http.client.HTTPException) as e:
                version, why = "", repr(e)
                connection.close()
                connection = None
            with self.lock:
                self.seconds[int(at)][version] += 1
                self.millis[int(at)].append((self.now() - at) * 1000)
                if why:
                    self.failures.append({"at": round(at, 2), "why": why})


def build(answer):
    meta = answer["result"]["_meta"]
    return next(value for name, value in meta.items() if name.endswith("/build")).partition("+")[0]
