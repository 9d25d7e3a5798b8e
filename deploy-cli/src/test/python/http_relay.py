"""An HTTP server that hands everything on to another one, and remembers what was asked."""

import contextlib
import http.client
import http.server
import sys
import threading
import urllib.parse

HOPS = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class HttpRelay:
    """A relay on a free port of this machine, in front of another port.

    `seen` has method, path, headers and body of every request, in the order of their ends. `answered`
    is told of a request and the status of its answer before the client gets that answer. `listening` is a
    socket to take in place of a free port.
    """

    def __init__(self, port, answered=lambda request, status: None, host="127.0.0.1",
                 listening=None):
        self.seen = []
        relay = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def handle_any(self):
                body = self.body()
                request = Request(self.command, self.path, dict(self.headers), body)
                server = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                try:
                    headers = {k: v for k, v in request.headers.items() if k.lower() not in HOPS}
                    server.request(self.command, self.path, body, headers)
                    answer = server.getresponse()
                    content = answer.read()
                finally:
                    server.close()
                relay.seen.append(request)
                answered(request, answer.status)
                self.send_response_only(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in HOPS:
                        self.send_header(name, value)
                length = answer.getheader("Content-Length") if self.command == "HEAD" else len(content)
                self.send_header("Content-Length", str(length or 0))
                self.end_headers()
                relay.deliver(request, content, self.wfile)

            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

            def body(self):
                if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
                    return self.rfile.read(int(self.headers.get("Content-Length", 0)))
                chunks = []
                while size := int(self.rfile.readline().split(b";")[0], 16):
                    chunks.append(self.rfile.read(size))
                    self.rfile.readline()
                while self.rfile.readline().strip():
                    pass
                return b"".join(chunks)

            def log_message(self, *_):
                pass

        self.server = Server((host, 0), Handler, listening is None)
        if listening:
            self.server.take(listening)
        self.port = self.server.server_address[1]

    def deliver(self, request, content, out):
        """Sends the body of an answer."""
        out.write(content)

    @contextlib.contextmanager
    def running(self):
        thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.server.shutdown()
            self.server.server_close()
            thread.join(10)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def take(self, listening):
        self.socket.close()
        self.socket = listening
        self.server_address = listening.getsockname()

    def handle_error(self, request, client_address):
        """Clients may leave, and end, whenever they like."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Request:
    """What a client asked."""

    def __init__(self, method, path, headers, body):
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body

    def operation(self):
        """The operation of an AWS service."""
        target = next((v for k, v in self.headers.items() if k.lower() == "x-amz-target"), "")
        if target:
            return target.split(".")[-1]
        return urllib.parse.parse_qs(self.body.decode()).get("Action", [self.path])[0]
