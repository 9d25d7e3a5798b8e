"""The load balancer: each request goes to the next target, whatever connection it came on."""

import http.client
import http.server
import threading

HOPS = {"connection", "keep-alive", "transfer-encoding", "content-length"}
PATIENCE = 60


class Balancer:
    """On a free port of this machine. Nothing is tried twice, so that clients see what fails."""

    def __init__(self, targets):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                target = targets.next()
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

    def start(self):
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
