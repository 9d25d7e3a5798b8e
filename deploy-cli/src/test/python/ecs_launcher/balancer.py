"""The load balancers.

One has `port`; `add(target)`, `drain(target)` and `remove(target)` of `targets`, which are called with the
lock of the world and do not wait; and `close()`. It tells each target how it is (`Target.become`),
until that drains.
"""

import http.client
import http.server
import itertools
import threading

from ecs_launcher.probes import Probes

HOPS = {"connection", "keep-alive", "transfer-encoding", "content-length"}
PATIENCE = 60


BALANCERS = ("forwarder", "haproxy")


def balancer(name, world, folder):
    from ecs_launcher.haproxy import Haproxy

    return {"forwarder": lambda: Forwarder(world), "haproxy": lambda: Haproxy(world, folder)}[name]()


class Forwarder:
    """On a free port of this machine: each request goes to the next target, whatever connection it came on.

    Nothing is tried twice, so that clients see what fails.
    """

    def __init__(self, world):
        self.world = world
        self.turns = itertools.count()
        self.probes = {}  # of each target
        forwarder = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                target = forwarder.next()
                if target is None:
                    self.refuse(503)
                    return
                connection = http.client.HTTPConnection(target.address, target.port, timeout=PATIENCE)
                try:
                    headers = {k: v for k, v in self.headers.items() if k.lower() not in HOPS}
                    headers["X-Forwarded-For"] = self.client_address[0]
                    connection.request(self.command, self.path, body, headers)
                    answer = connection.getresponse()
                except TimeoutError:
                    self.refuse(504)
                except (OSError, http.client.HTTPException):
                    self.refuse(502)
                else:
                    self.hand_on(answer)
                finally:
                    connection.close()

            do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = handle_any

            def hand_on(self, answer):
                """As it comes: an answer may be a stream."""
                self.send_response_only(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in HOPS:
                        self.send_header(name, value)
                length = answer.getheader("Content-Length")
                whole = length is not None or self.command == "HEAD" or answer.status in (204, 304)
                self.send_header(*(("Content-Length", length or "0") if whole
                                   else ("Transfer-Encoding", "chunked")))
                self.end_headers()
                while part := answer.read1(65536):
                    self.wfile.write(part if whole else b"%x\r\n%b\r\n" % (len(part), part))
                if not whole:
                    self.wfile.write(b"0\r\n\r\n")

            def refuse(self, status):
                self.send_response_only(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def add(self, target):
        self.probes[target] = Probes(self.world, target)

    def drain(self, target):
        self.probes.pop(target).end()

    def remove(self, target):
        """Nothing of it is kept."""

    def next(self):
        """Who gets the next request. Where nobody is well, all but those who leave are tried."""
        with self.world.lock:
            there = list(self.probes)
            choice = [one for one in there if one.state == "healthy"] or there
            return choice[next(self.turns) % len(choice)] if choice else None

    def close(self):
        for probes in list(self.probes.values()):
            probes.end()
        self.server.shutdown()
        self.server.server_close()
