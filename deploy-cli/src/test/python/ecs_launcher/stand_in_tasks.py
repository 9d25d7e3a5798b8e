"""Tasks that say that they are well and do nothing else, for stories in which images do not matter.

They live in the launcher. No image is pulled; one of a version that ends in `-broken` ends at once.
"""

import http.server
import threading

from ecs_launcher.loopback import Loopback

BROKEN = "-broken"


class StandInTasks:
    def __init__(self):
        self.addresses = Loopback()
        self.running = []

    def start(self, image, _environment, port, _limits, heard):
        name, _, digest = image.partition("@")
        task = StandIn(self.addresses.free(port), port, digest)
        self.running.append(task)
        heard(f"{name} began")
        if name.endswith(BROKEN):
            task.end(1)
        return task

    def close(self):
        for task in self.running:
            task.end(137)


class StandIn:
    """Answers with 200 to whatever it is asked."""

    why = used = None

    def __init__(self, address, port, digest):
        self.address = address
        self.digest = digest
        self.code = None
        self.ended = threading.Event()
        self.server = http.server.ThreadingHTTPServer((address, port), Well)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def wait(self, seconds):
        self.ended.wait(seconds)
        return self.code

    def check(self, _command, _seconds):
        return not self.ended.is_set()

    def stop(self, _seconds):
        self.end(0)

    def end(self, code):
        if not self.ended.is_set():
            self.server.shutdown()
            self.server.server_close()
            self.code = code
            self.ended.set()


class Well(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response_only(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass
