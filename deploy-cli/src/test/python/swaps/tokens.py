"""Tokens that the server takes."""

import base64
import hashlib
import hmac
import json
import secrets
import time

from used_secrets import note

LIFE = 3600


class Mint:
    """Signs for whoever; its secret is new each time."""

    def __init__(self, bucket, source="swaps"):
        self.source = source  # who notes its secrets
        self.bucket = bucket
        self.secret = note(source, secrets.token_urlsafe(48))
        # Anything is a key for moto.
        self.keys = {"access_key_id": "AKIAIOSFODNN7EXAMPLE",
                     "secret_access_key": note(source, secrets.token_urlsafe(30)),
                     "session_token": note(source, secrets.token_urlsafe(30))}

    def token(self, subject):
        now = int(time.time())
        claims = {"iss": "quilt-frontend", "aud": "quilt-mcp-server", "sub": subject, "iat": now, "exp": now + LIFE,
                  "level": "read", "permissions": ["s3:GetObject", "s3:ListBucket"], "buckets": [self.bucket],
                  "aws_credentials": self.keys}
        text = ".".join(encoded(json.dumps(one).encode()) for one in ({"alg": "HS256", "typ": "JWT", "kid": "frontend-enhanced"}, claims))
        signature = hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).digest()
        return note(self.source, f"{text}.{encoded(signature)}")

    def tokens(self, name, count):
        return [self.token(f"{name}-{one}") for one in range(count)]


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
