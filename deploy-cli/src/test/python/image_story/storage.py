"""moto's S3 behind a front that counts what is asked and, where a key says so, takes its time."""

import http.client
import re
import time
import urllib.parse

from http_relay import HttpRelay

SLOW = re.compile(r"/slow-(\d+)(?:\?|$)")
KEY = re.compile(rb"<Key>([^<]*)</Key>")
# moto wants to see somebody, and does not ask whether it is true.
SIGNED = {"Authorization": "AWS somebody:something"}
VERSIONED = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"


class Front(HttpRelay):
    """The body of an object `slow-N` comes evenly over N seconds."""

    def deliver(self, request, content, out):
        found = SLOW.search(request.path)
        if request.method != "GET" or not found:
            super().deliver(request, content, out)
            return
        size = -(-len(content) // int(found.group(1)))
        for begin in range(0, len(content), size):
            time.sleep(1)
            out.write(content[begin:begin + size])

    def slow(self):
        """How many slow bodies have begun."""
        return sum(one.method == "GET" and bool(SLOW.search(one.path)) for one in self.seen)


class Shelf:
    """The buckets themselves, past the front."""

    def __init__(self, port):
        self.port = port

    def ask(self, method, path, body=b""):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, SIGNED)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def make(self, bucket):
        """With versions, as Quilt has them."""
        for path, body in ((f"/{bucket}", b""), (f"/{bucket}?versioning", VERSIONED)):
            status, said = self.ask("PUT", path, body)
            if status != 200:
                raise SystemExit(f"moto does not make a bucket: {status} {said}")

    def put(self, bucket, key, body):
        self.ask("PUT", f"/{bucket}/{key}", body)

    def get(self, bucket, key, query=""):
        """The object, or None."""
        status, body = self.ask("GET", f"/{bucket}/{urllib.parse.quote(key)}{query}")
        return body if status == 200 else None

    def keys(self, bucket, prefix):
        _, listing = self.ask("GET", f"/{bucket}?list-type=2&prefix={urllib.parse.quote(prefix, safe='')}")
        return [urllib.parse.unquote(one.decode()) for one in KEY.findall(listing)]
