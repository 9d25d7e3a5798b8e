"""Clients that never finish what they send: bounded, while others are served."""

import select
import socket
import statistics
import threading
import time

from load import Crowd, load, percentile, times
from material import headers
from overload import LOOKS, SHIFT, SHORT, tokens

COUNT = 200
ROUNDS = 3
PAUSE = 0.5
# A header has ten seconds, a body of less than a KiB a second as well; and some more until somebody looks.
SECONDS_TO_LIVE = 25


def hold(report, server):
    """Many connections with half a header, headers by drops and bodies by drops, in rounds: others alone, and
    beside them. The median of all ratios counts."""
    good = Crowd("good", tokens("drip", 12), 1, 1 / 15, SHORT)
    load(server.port, 2, good)
    held, lives, failed = [], [], 0
    for look in range(LOOKS):
        rounds = []
        for _ in range(ROUNDS):
            alone = load(server.port, 5, good)
            drips = Drips(server.port)
            thread = threading.Thread(target=drips.drip)
            thread.start()
            beside = load(server.port, 5, good)
            held.append(len(drips.open))
            thread.join()
            lives += drips.lives
            failed += sum(one.status != 200 for one in alone + beside)
            rounds.append([percentile(times(one, "good"), 0.99) for one in (alone, beside)])
        ratio = statistics.median(beside / alone for alone, beside in rounds)
        if ratio <= SHIFT:
            break
        print(f"look {look + 1}: others in {ratio:.2f} of the time", flush=True)
    shown = ", ".join(f"{beside * 1000:.0f} for {alone * 1000:.0f}" for alone, beside in rounds)
    report.check(f"{COUNT} connections with half a header or body are held", set(held) == {COUNT}, held)
    report.check(f"others are all served beside them, in {ratio:.2f} of the time (99 of 100 calls: {shown} ms)",
                 ratio <= SHIFT and failed == 0, (ratio, failed))
    report.check(f"the server ends each of them ({min(lives):.1f} to {max(lives):.1f} s after it began)",
                 len(lives) == COUNT * len(held) and max(lives) <= SECONDS_TO_LIVE, lives)


class Drips:
    def __init__(self, port):
        self.open = {}
        self.lives = []
        # So many that none of them asks too often.
        bearers = tokens("dripping", 10)
        for number in range(COUNT):
            head = f"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            head += "".join(f"{name}: {value}\r\n" for name, value in headers(bearers[number % 10]))
            connection = socket.create_connection(("127.0.0.1", port), timeout=10)
            body = "Content-Length: 600\r\n\r\n{" if number % 3 == 2 else "X-Half: "
            connection.sendall((head + body).encode())
            # Every third has said all that it will ever say.
            self.open[connection] = (time.monotonic(), b"" if number % 3 == 0 else b"x")

    def drip(self):
        """A byte on each connection twice a second, until the server has ended all of them."""
        end = time.monotonic() + SECONDS_TO_LIVE + 15
        while self.open and time.monotonic() < end:
            time.sleep(PAUSE)
            for connection, (begin, drop) in list(self.open.items()):
                try:
                    readable, _, _ = select.select([connection], [], [], 0)
                    if not readable:
                        connection.sendall(drop)
                        continue
                    # The answer that says why may come before the end.
                    if connection.recv(4096):
                        continue
                except OSError:
                    pass
                self.lives.append(time.monotonic() - begin)
                del self.open[connection]
                connection.close()
        for connection in self.open:
            connection.close()
