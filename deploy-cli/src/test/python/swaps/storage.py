"""S3: moto, behind what lets the body of one object flow for ten seconds."""

import time
import urllib.request

from ecs_launcher.networks import listening
from http_relay import HttpRelay

BUCKET = "swapped-data"
QUICK, SLOW = "quick.txt", "slow.txt"
TEXT = "".join(f"line {number} of an object that takes its time\n" for number in range(500))
SMALL = "an object that comes at once\n"
SECONDS = 10
PIECES = 20
PORT = 9000
URL = f"http://127.0.0.1:{PORT}"


def uri(key):
    return f"s3://{BUCKET}/{key}"


class Delaying(HttpRelay):
    """In front of moto: the body of one object flows slowly."""

    def deliver(self, request, content, out):
        if request.method != "GET" or not request.path.partition("?")[0].endswith("/" + SLOW):
            super().deliver(request, content, out)
            return
        size = -(-len(content) // PIECES)
        for begin in range(0, len(content), size):
            out.write(content[begin:begin + size])
            time.sleep(SECONDS / PIECES)


class Storage:
    """Servers refuse S3 without TLS but on their own machine, so it is beside each task, at `URL`."""

    def __init__(self, port, running):
        self.port = port
        self.running = running
        put(port, BUCKET)
        put(port, f"{BUCKET}/{QUICK}", SMALL)
        put(port, f"{BUCKET}/{SLOW}", TEXT)

    def beside(self, container):
        self.running.enter_context(Delaying(self.port, listening=listening(container.name, PORT)).running())


def put(port, path, text=""):
    urllib.request.urlopen(urllib.request.Request(
        f"http://127.0.0.1:{port}/{path}", text.encode(), {"Content-Type": "text/plain"}, method="PUT"), timeout=30).close()
