"""What callers ask, and how their answers are told from wrong ones."""

import itertools
import json

from swaps.messages import Message, call

BUCKET, KEY = "rehearsed-data", "folder/quick.txt"
TEXT = "an object of the rehearsal\n"


class Call:
    """A request of a kind. `good` looks at a result, and knows who asks."""

    def __init__(self, kind, message, good):
        self.kind = kind
        self.body = message.body
        self.headers = message.headers
        self.good = good

    def result(self, content_type, said, subject):
        """The result of an answer, or `ValueError`."""
        text = said.decode()
        if content_type.startswith("text/event-stream"):
            text = [line for line in text.splitlines() if line.startswith("data: ")][-1].removeprefix("data: ")
        answer = json.loads(text)
        result = answer.get("result")
        if not result or result.get("isError") or not self.good(result, subject):
            raise ValueError(f"{self.kind}: {text[:500]}")
        return result


def build(result):
    """The version that answered, which no other answer tells."""
    meta = result.get("_meta", {})
    return next((value.partition("+")[0] for name, value in meta.items() if name.endswith("/build")), "")


DISCOVER = Call("server/discover", Message(1, "server/discover"), lambda result, subject: build(result))
# What needs a token, and what needs data.
OTHERS = (
    Call("whoami", call(1, "whoami"),
         lambda result, subject: result["structuredContent"]["subject"] == subject),
    Call("tools/list", Message(1, "tools/list"),
         lambda result, subject: {"whoami", "bucket_object_text"} <= {one["name"] for one in result["tools"]}),
    Call("bucket_object_text", call(1, "bucket_object_text", s3_uri=f"s3://{BUCKET}/{KEY}"),
         lambda result, subject: TEXT.strip() in json.dumps(result["structuredContent"])),
)
KINDS = tuple(one.kind for one in (DISCOVER, *OTHERS))


def turns(start):
    """Without end: every other one tells who answers. Callers who start elsewhere do not march in step."""
    others = itertools.cycle(OTHERS[start % len(OTHERS):] + OTHERS[:start % len(OTHERS)])
    while True:
        yield DISCOVER
        yield next(others)
