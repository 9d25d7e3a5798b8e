"""Callers whose calls last, as S3 takes its time."""

import http.client
import threading
import time
from typing import NamedTuple

from swaps.messages import Exchange, call
from swaps.storage import SLOW, TEXT, uri

PATIENCE = 45
TOOL = "bucket_object_text"
MIN_SECONDS = 9


class Answered(NamedTuple):
    target: str
    began: float
    ended: float

    def seconds(self):
        return self.ended - self.began


class LongCalls:
    """One call after the other for each token.

    `full` are those with their whole answer, `told` the documented errors, `lost` what else became of
    calls.
    """

    def __init__(self, port, tokens):
        self.port = port
        self.full, self.told, self.lost = [], [], []
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self.call, args=(number, token), daemon=True)
                        for number, token in enumerate(tokens)]
        for thread in self.threads:
            thread.start()

    def call(self, caller, token):
        # Not all at the same moment.
        turn = 0
        self.over.wait(caller * 1.7)
        while not self.over.is_set():
            turn += 1
            self.once(f"{caller}-{turn}", token)

    def once(self, number, token):
        begin = time.monotonic()
        message = call(number, TOOL, s3_uri=uri(SLOW), max_bytes=len(TEXT))
        try:
            exchange = Exchange(self.port, token, message, PATIENCE)
            try:
                *_, last = exchange.messages()
                wrong = judged(exchange.status, last)
            finally:
                exchange.close()
        except (OSError, ValueError, LookupError, http.client.HTTPException) as e:
            wrong = f"{e!r} after {time.monotonic() - begin:.1f} s"
            self.lost.append(wrong)
            return
        if wrong is None:
            self.full.append(Answered(exchange.target, begin, time.monotonic()))
        elif "shutting_down" in wrong:
            self.told.append(wrong)
        else:
            self.lost.append(wrong)

    def finish(self):
        """No new ones; waits for those under way."""
        self.over.set()
        for thread in self.threads:
            thread.join(PATIENCE)


def judged(status, message):
    """None for the whole answer, else what came."""
    if status == 200 and "result" in message and not message["result"].get("isError"):
        if message["result"]["structuredContent"]["text"] == TEXT:
            return None
    return f"HTTP {status}: {str(message)[:300]}"
