"""The data of others, and tokens."""

import base64
import hashlib
import hmac
import json
import os
import pathlib
import time

from launched import GRANTED, HOME
from used_secrets import note

SHARED = pathlib.Path(os.environ.get("QUILT_MCP_SHARED", HOME.parent / "shared")).resolve()
SECURITY = SHARED / "fixtures" / "security"
VECTORS = json.loads((SHARED / "fixtures" / "jwt" / "vectors.json").read_text())
CONFIG = VECTORS["config"]
SECRET = CONFIG["secret"]
note("hostile", SECRET)


def strings(path):
    """A file of texts."""
    return json.loads((SECURITY / path).read_text())


def cases(path):
    """The cases of a file of vectors."""
    return strings(path)["cases"]


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def signed(header, claims, secret):
    """A token; both parts are bytes."""
    text = encoded(header) + "." + encoded(claims)
    key = secret if isinstance(secret, bytes) else secret.encode()
    token = text + "." + encoded(hmac.new(key, text.encode(), hashlib.sha256).digest())
    return note("hostile", token)


def token(subject="user", buckets=(GRANTED,), secret=SECRET, **more):
    """A good token for anything in some buckets, but for what is said otherwise."""
    now = int(time.time())
    claims = {
        "iss": CONFIG["issuer"], "aud": CONFIG["audience"], "sub": subject, "iat": now, "exp": now + 3600,
        "level": "admin", "permissions": ["s3:*"], "buckets": buckets} | more
    header = {"alg": "HS256", "typ": "JWT", "kid": CONFIG["kid"]}
    return signed(json.dumps(header).encode(), json.dumps(claims).encode(), secret)


def as_of_today(compact):
    """A token of another time, as one of now: its times are moved, and it is signed again."""
    header, claims, _ = compact.split(".")
    moved = json.loads(decoded(claims))
    for name in ("iat", "nbf", "exp"):
        if name in moved:
            moved[name] += int(time.time()) - CONFIG["now"]
    return signed(decoded(header), json.dumps(moved).encode(), SECRET)


def decoded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def call(tool, arguments, number=1):
    """The body of a call."""
    message = {"jsonrpc": "2.0", "id": number, "method": "tools/call",
               "params": {"name": tool, "arguments": arguments}}
    return json.dumps(message, ensure_ascii=False).encode()


def headers(bearer=None):
    """Headers of a good request."""
    common = [("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")]
    return common + ([("Authorization", "Bearer " + bearer)] if bearer else [])
