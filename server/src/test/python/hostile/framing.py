"""HTTP of others, byte by byte; what trails a refused request; paths of others as request targets."""

import base64
import re

from material import cases, strings
from report import SECONDS_FOR_AN_ANSWER, Looks
from wire import raw

TARGET = re.compile(rb"^([A-Z]+) /[^ \r\n]*")
HOST = re.compile(rb"(?m)^Host: *[^\r\n]*")
# What is wrong with these is the path itself, or a body that a probe never reads.
NOT_MOVED = ("uri-79", "transfer-encoding-69")
TRAILS = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
KNOWN_REFUSALS = {501, 505}


def send(report, port):
    looks = Looks()
    all_cases = cases("http/framing.json")
    for case in all_cases:
        given = base64.b64decode(case["raw_b64"])
        is_moved = case["id"] not in NOT_MOVED
        moved = HOST.sub(b"Host: localhost", TARGET.sub(rb"\1 /healthz", given, count=1)) if is_moved else given
        for request in (given, moved):
            statuses = answered(looks, port, request, case["id"])
            if case["expect"] == "refuse":
                looks.must(all(one >= 400 for one in statuses), f"{case['id']} is answered {statuses}")
    report.group(f"http/*, {len(all_cases)} requests, each as it is and for a page that exists", looks)
    trailing(report, port, all_cases)


def trailing(report, port, all_cases):
    """What trails a refused request is never served."""
    looks = Looks()
    for case in all_cases:
        if case["expect"] == "refuse":
            statuses = answered(looks, port, base64.b64decode(case["raw_b64"]) + TRAILS, case["id"])
            looks.must(not any(one < 400 for one in statuses), f"{case['id']} is followed by {statuses}")
    report.group("http/*, what trails a refused request is not served", looks)


def targets(report, port):
    """Paths of others where the path of a request is: no page is there, and no file."""
    looks = Looks()
    texts = strings("paths/traversal.json") + strings("paths/lfi.json") + strings("strings/crlf.json")
    texts += strings("urls/redirect-tricks.json")
    for text in texts:
        target = text.encode().replace(b"\r", b"%0d").replace(b"\n", b"%0a").replace(b" ", b"%20")
        for prefix in (b"/", b"/mcp/") if not target.startswith(b"/") else (b"", b"/mcp"):
            request = b"GET " + prefix + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            statuses = answered(looks, port, request, text)
            # The page at / takes no notice of a query.
            is_front = (prefix + target).startswith(b"/?")
            looks.must(len(statuses) < 2 and all(400 <= one or is_front and one == 200 for one in statuses),
                       f"{text!r} is answered {statuses}")
    report.group(f"paths/*, strings/crlf.json and urls/*, {len(texts)} texts as targets of requests: no page", looks)


def answered(looks, port, request, what):
    """The statuses; none is a defect, none is late."""
    statuses, seconds = raw(port, request)
    looks.sent += 1
    if seconds > SECONDS_FOR_AN_ANSWER:
        first = seconds
        statuses, seconds = raw(port, request)
        looks.sent += 1
        looks.seconds_looks.append(f"{first:.2f} s, then {seconds:.2f} s: {what}"[:200])
    looks.slowest = max(looks.slowest, seconds)
    looks.must(seconds <= SECONDS_FOR_AN_ANSWER, f"{what} took {seconds:.2f} s")
    looks.must(all(one < 500 or one in KNOWN_REFUSALS for one in statuses), f"{what} is answered {statuses}")
    return statuses
