"""Small requests that cost much where they are not bounded, and large ones: refused early."""

import itertools
import json
import socket
import time

from framing import answered
from material import headers, token
from report import Looks
from wire import STATUS, Wire

ENDLESS = 64 << 20
BODY_LIMIT = 12 << 20


def send(report, port, bearer):
    json_bombs(report, port, bearer)
    too_large(report, port, bearer)
    claims(report, port)


def json_bombs(report, port, bearer):
    def meta(value):
        return b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"com.example/x":' + value + b"}}}"

    # As many names of one hash in Java as fit: each pair of letters has the same.
    names = ["".join(pairs) for pairs in itertools.islice(itertools.product(("Aa", "BB"), repeat=14), 16_000)]
    same_hash = json.dumps(dict.fromkeys(names, 0)).encode()
    bodies = {
        "64 levels": (meta(b"[" * 60 + b"]" * 60), 200),
        "65 levels": (meta(b"[" * 62 + b"]" * 62), 400),
        "a million levels": (b"[" * 1_000_000, 400),
        "a million levels of members": (b'{"a":' * 200_000, 400),
        "200 000 values": (meta(b"[" + b"0," * 200_000 + b"0]"), 400),
        "100 000 digits": (b'{"jsonrpc":"2.0","id":' + b"1" * 100_000 + b',"method":"ping"}', 400),
        "a huge exponent": (meta(b"1e1000000000"), 400),
        "an exponent that makes nothing": (meta(b"1e-1000000000"), 200),
        "a long name": (meta(b'{"' + b"n" * 300 + b'":1}'), 400),
        "16 000 names of one hash": (meta(same_hash), 200),
        "a name twice": (b'{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}', 400),
        "half a surrogate": (meta(b'"\\ud800"'), 400),
        "an overlong character": (meta(b'"\xc0\xaf"'), 400),
        "900 000 characters": (meta(b'"' + b"x" * 900_000 + b'"'), 200),
        "a thousand empty batches": (b"[" + b"[]," * 1_000 + b"[]]", 400),
    }
    looks = Looks()
    wire = Wire(port)
    for what, (body, status) in bodies.items():
        answer = looks.asked(lambda: wire.send("POST", "/mcp", headers(bearer), body), what)
        looks.must(answer.status == status, f"{what}: {answer.status} {answer.body[:200]}")
    report.group(f"{len(bodies)} bombs of JSON, each refused or read", looks)


def too_large(report, port, bearer):
    def request(*lines, line="POST /mcp HTTP/1.1"):
        common = [f"{name}: {value}" for name, value in headers(bearer)]
        return "\r\n".join([line, "Host: localhost", *common, *lines]).encode() + b"\r\n\r\n"

    requests = {
        "a declared body over the limit": (request(f"Content-Length: {BODY_LIMIT + 1}"), 413),
        "a compressed body": (request("Content-Encoding: gzip", "Content-Length: 2") + b"{}", 415),
        "200 headers": (request(*(f"x-{one}: 1" for one in range(200)), "Content-Length: 0"), 431),
        "70 KiB of headers": (request(*(f"x-{one}: " + "y" * 7_000 for one in range(10)), "Content-Length: 0"), 431),
        "a line of 9 KiB": (request("Content-Length: 0", line="POST /" + "x" * 9_000 + " HTTP/1.1"), 414),
        "two tokens": (request("Authorization: Bearer " + bearer, "Content-Length: 2") + b"{}", 401),
        "TRACE": (request("Content-Length: 0", line="TRACE /mcp HTTP/1.1"), 405),
        "CONNECT": (request("Content-Length: 0", line="CONNECT localhost:1 HTTP/1.1"), 404),
    }
    looks = Looks()
    for what, (data, status) in requests.items():
        statuses = answered(looks, port, data, what)
        looks.must(statuses == [status], f"{what}: {statuses}")
    sent, statuses = endless(port, request("Transfer-Encoding: chunked"))
    looks.sent += 1
    looks.must(statuses in ([413], []) and sent < ENDLESS, f"an endless body: {statuses} after {sent} bytes")
    report.group(f"{len(requests) + 1} requests over a limit, refused with its status", looks)


def endless(port, head):
    """Sends pieces until the server ends it; gives how many bytes, and the statuses."""
    piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    sent, received = 0, b""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        try:
            connection.sendall(head)
            while sent < ENDLESS:
                connection.sendall(piece)
                sent += len(piece)
        except OSError:
            pass  # The server has had enough.
        try:
            while more := connection.recv(1 << 16):
                received += more
        except OSError:
            pass
    return sent, [int(one) for one in STATUS.findall(received)]


def claims(report, port):
    """Tokens that expand without end, or are no claims at all."""
    now = int(time.time())
    # Each suffix is a name with the whole prefix.
    groups = {"_type": "groups", "_data": {"p" * 6_000: [f"{one}" for one in range(100)]}}
    bad = {
        "groups that expand to 600 KB": {"buckets": None, "b": groups},
        "a token of 20 KiB": {"buckets": [f"b-{one:03x}" for one in range(2_000)]},
        "an end in the far past": {"exp": -1},
        "an end that is no number": {"exp": "never"},
        "an end that is no finite number": {"exp": 1e308 * 10},
        "a start in the future": {"nbf": now + 3_600},
        "another audience": {"aud": "other"},
        "another issuer": {"iss": "other"},
        "no subject": {"sub": None},
    }
    looks = Looks()
    wire = Wire(port)
    body = b'{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}'
    for what, more in bad.items():
        answer = looks.asked(lambda: wire.send("POST", "/mcp", headers(token(**more)), body), what)
        looks.must(answer.status == 401, f"{what}: {answer.status} {answer.body[:200]}")
    report.group(f"{len(bad)} tokens with claims that are none, or without end", looks)
