"""HTTP as attackers and measurements need it: any bytes, and the time that an answer took."""

import re
import socket
import time
from typing import NamedTuple

PATIENCE = 20
STATUS = re.compile(rb"^HTTP/1\.[01] (\d{3})", re.MULTILINE)


class Answer(NamedTuple):
    status: int
    headers: dict
    body: bytes
    seconds: float


class Wire:
    """One connection at a time, opened anew when the server has closed it."""

    def __init__(self, port):
        self.port = port
        self.socket = None

    def send(self, method, path, headers, body=b""):
        """Sends a request; gives the answer. Header values are bytes or text in UTF-8."""
        lines = [f"{method} {path} HTTP/1.1".encode(), f"Host: 127.0.0.1:{self.port}".encode()]
        for name, value in headers:
            lines.append(name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()))
        lines.append(f"Content-Length: {len(body)}".encode())
        request = b"\r\n".join(lines) + b"\r\n\r\n" + body
        begin = time.monotonic()
        is_new = self.socket is None
        try:
            return self.exchange(request, begin)
        except ConnectionError:
            self.close()
            if is_new:
                raise
            # The server ended an idle connection, or the last answer had said that it would.
            return self.exchange(request, begin)

    def exchange(self, request, begin):
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(request)
        buffer = b""
        while b"\r\n\r\n" not in buffer:
            buffer += self.more()
        head, _, body = buffer.partition(b"\r\n\r\n")
        status, headers = parsed(head)
        if "content-length" in headers:
            while len(body) < int(headers["content-length"]):
                body += self.more()
        elif headers.get("transfer-encoding") == "chunked":
            while not body.endswith(b"0\r\n\r\n"):
                body += self.more()
        seconds = time.monotonic() - begin
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, headers, body, seconds)

    def more(self):
        piece = self.socket.recv(1 << 16)
        if not piece:
            raise ConnectionResetError("the server closed the connection")
        return piece

    def close(self):
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def parsed(head):
    """Status and headers, whose names are in lower case, of the head of an answer."""
    lines = head.decode("latin-1").split("\r\n")
    headers = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return int(lines[0].split(" ")[1]), headers


def raw(port, data):
    """Sends bytes and nothing more; gives the statuses of all answers until the end, and the time."""
    begin = time.monotonic()
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(1 << 16):
                received += piece
        except ConnectionError:
            pass  # A reset is an end as well.
    return [int(one) for one in STATUS.findall(received)], time.monotonic() - begin
