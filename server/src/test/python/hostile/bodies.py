"""JSON of others as bodies: what is none is a parse error, what is no message an invalid request."""

import json
import re

from material import SECURITY, headers
from report import Looks
from wire import Wire

BAD_TEXT = re.compile("surrogate|UTF-8|utf16|overlong|unicode")
GOOD = (b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"bucket_list","arguments":{},'
        b'"_meta":{"com.example/x":', b"}}}")


def send(report, port, token):
    wire = Wire(port)
    for kind, (what, expectation) in KINDS.items():
        looks = Looks()
        files = sorted((SECURITY / "json").glob(f"{kind}_*.json"))
        for file in files:
            body = file.read_bytes()

            def post(content):
                return looks.asked(lambda: wire.send("POST", "/mcp", headers(token), content), file.name)

            expectation(looks, file.name, post, body)
            # Nobody learns more without a token.
            answer = looks.asked(lambda: wire.send("POST", "/mcp", headers(), body), file.name)
            looks.must(answer.status in (400, 401), f"{file.name} without a token: {answer}")
        report.group(f"json/{kind}_*, {len(files)} bodies: {what}", looks)


def code(answer):
    try:
        return json.loads(answer.body).get("error", {}).get("code")
    except ValueError:
        return None


def no_json(looks, name, post, body):
    answer = post(body)
    looks.must((answer.status, code(answer)) == (400, -32700), f"{name}: {answer}")
    looks.must(post(body.join(GOOD)).status == 400, f"{name} inside of a good request")


def no_message(looks, name, post, body):
    is_repeated = "duplicated" in name
    answer = post(body)
    looks.must((answer.status, code(answer)) == (400, -32700 if is_repeated else -32600), f"{name}: {answer}")
    inside = post(body.join(GOOD))
    looks.must(inside.status == (400 if is_repeated else 200), f"{name} inside of a good request: {inside}")


def undefined(looks, name, post, body):
    answer = post(body)
    wanted = {-32700} if BAD_TEXT.search(name) else {-32700, -32600}
    looks.must(answer.status == 400 and code(answer) in wanted, f"{name}: {answer}")
    looks.must(post(body.join(GOOD)).status in (200, 400), f"{name} inside of a good request")


def changed(looks, name, post, body):
    answer = post(body)
    looks.must(answer.status == 400, f"{name}: {answer}")
    looks.must(post(body.join(GOOD)).status in (200, 400), f"{name} inside of a good request")
    if name.startswith("t_object_same"):
        looks.must(code(answer) == -32700, f"{name}: {answer}")
    if name.startswith("t_number"):
        number = body.strip().strip(b"[]")
        answer = post(b'{"jsonrpc":"2.0","id":%s,"method":"ping"}' % number)
        is_same = answer.status == 200 and b'"id":' + number + b"," in answer.body
        looks.must(is_same or code(answer) in (-32700, -32600), f"{name} as an id: {answer}")


KINDS = {
    "n": ("refused with -32700", no_json),
    "y": ("read, and refused as no message", no_message),
    "i": ("refused", undefined),
    "t": ("refused, no id is changed", changed),
}
