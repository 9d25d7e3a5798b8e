"""A TCP relay that notes the revisions which the requests passing through it name."""

import re
import socket
import threading

VERSION = re.compile(rb"^mcp-protocol-version: *([^\r\n]+)\r$", re.IGNORECASE | re.MULTILINE)


class Relay:
    """Listens on a free port and passes everything on to an address, both ways."""

    def __init__(self, url):
        before, address, path = re.fullmatch(r"(http://)([^/]+)(/.*)", url).groups()
        host, port = address.split(":")
        self.target = (host, int(port))
        self.versions = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"{before}127.0.0.1:{self.listener.getsockname()[1]}{path}"

    def __enter__(self):
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(self.target, timeout=10)
            server.settimeout(None)
            for ends in ((client, server, self.note), (server, client, lambda _: None)):
                threading.Thread(target=pump, args=ends, daemon=True).start()

    def note(self, data):
        self.versions |= {version.decode() for version in VERSION.findall(data)}


def pump(source, sink, note):
    """Passes bytes on until one side ends, then tells the other."""
    try:
        while data := source.recv(1 << 16):
            note(data)
            sink.sendall(data)
    except OSError:
        pass
    for end in (source, sink):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
