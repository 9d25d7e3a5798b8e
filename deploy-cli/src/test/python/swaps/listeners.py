"""Clients that listen for news, and come back whenever the server ends their stream."""

import http.client
import threading
import time

from swaps.messages import Exchange, listen

SILENCE = 30  # comments come every 15 s
PAUSE = 0.5


class Stream:
    """One stream: which target it is on, since when, whether the server ended it, and what is wrong with that."""

    def __init__(self, target):
        self.target = target
        self.opened = time.monotonic()
        self.wrong = None
        self.ended = False


class Listener:
    """`streams` are those that it had, in their order."""

    def __init__(self, port, token, number):
        self.port = port
        self.token = token
        self.number = number
        self.streams = []
        self.refusals = []
        self.over = threading.Event()
        self.exchange = None
        self.thread = threading.Thread(target=self.come_back, daemon=True)
        self.thread.start()

    def come_back(self):
        for turn in range(1_000_000):
            self.listen(f"{self.number}-{turn}")
            if self.over.wait(PAUSE):
                return

    def listen(self, number):
        try:
            self.exchange = Exchange(self.port, self.token, listen(number), SILENCE)
        except (OSError, http.client.HTTPException) as e:
            self.refusals.append(repr(e))
            return
        if self.exchange.status != 200:
            self.refusals.append(f"HTTP {self.exchange.status}: {self.exchange.answer.read()[:300]}")
            self.exchange.close()
            return
        stream = Stream(self.exchange.target)
        self.streams.append(stream)
        heard = []
        try:
            for message in self.exchange.messages():
                heard.append(message)
            wrong = None if ends_well(heard, number) else f"the last messages are {heard[-2:]}"
        except (OSError, ValueError, AttributeError, http.client.HTTPException) as e:
            wrong = repr(e)
        self.exchange.close()
        if not self.over.is_set():
            stream.wrong, stream.ended = wrong, True

    def leave(self):
        self.over.set()
        if self.exchange and self.exchange.connection.sock:
            self.exchange.connection.sock.shutdown(2)

    def ends(self):
        return [one for one in self.streams if one.ended]


def ends_well(heard, number):
    """Acknowledged first; at the end the server says that it ends, and answers."""
    if len(heard) < 3:
        return False
    first, before, last = heard[0], heard[-2], heard[-1]
    return (first.get("method") == "notifications/subscriptions/acknowledged"
            and before.get("method") == "notifications/cancelled" and before["params"]["requestId"] == number
            and last.get("id") == number and "result" in last)
