"""Callers that never rest: what they were answered, second by second."""

import collections
import contextlib
import http.client
import threading
import time

from rehearsal.calls import build, turns

PATIENCE = 20
# What tells no version.
OTHER = "other calls"


class Traffic:
    """A caller for each subject and its token, with a connection that it keeps.

    `seconds` has for each second how many requests each version answered, how many others were answered,
    and how many failed, by the name ""; `kinds` how many of each kind were answered; `failures` what
    failed, with its time.
    """

    def __init__(self, port, tokens, pause):
        self.port = port
        self.tokens = tokens
        self.pause = pause
        self.begin = time.monotonic()
        self.seconds = collections.defaultdict(collections.Counter)
        self.millis = collections.defaultdict(list)
        self.kinds = collections.Counter()
        self.failures = []
        self.lock = threading.Lock()
        self.over = threading.Event()

    @contextlib.contextmanager
    def flowing(self):
        threads = [threading.Thread(target=self.call, args=(number, subject, token), daemon=True)
                   for number, (subject, token) in enumerate(self.tokens.items())]
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
        return sum(self.kinds.values())

    def versions(self, second):
        """Those that answered in a second."""
        return set(self.seconds[second]) - {OTHER}

    def call(self, number, subject, token):
        connection, calls = None, turns(number)
        while not self.over.wait(self.pause):
            call = next(calls)
            connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            at = self.now()
            try:
                connection.request("POST", "/mcp", call.body, call.headers | {
                    "Host": f"localhost:{self.port}", "Authorization": f"Bearer {token}"})
                answer = connection.getresponse()
                said = answer.read()
                if answer.status != 200:
                    raise ValueError(f"{call.kind}: HTTP {answer.status} {said[:500]}")
                result, why = call.result(answer.getheader("Content-Type", ""), said, subject), None
                version = build(result) or OTHER
                if answer.getheader("Connection", "").lower() == "close":
                    connection.close()
                    connection = None
            except (OSError, ValueError, LookupError, http.client.HTTPException) as e:
                version, why = "", repr(e)
                connection.close()
                connection = None
            with self.lock:
                self.seconds[int(at)][version] += 1
                self.millis[int(at)].append((self.now() - at) * 1000)
                if why:
                    self.failures.append({"at": round(at, 2), "why": why})
                else:
                    self.kinds[call.kind] += 1
