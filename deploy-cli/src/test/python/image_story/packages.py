"""A registry of packages as a stranger reads it: is everything whole that it names?"""

import base64
import hashlib
import json
import urllib.parse

CHUNK = 8 << 20


def latest(shelf, bucket, name):
    """The top hash of the newest revision, or None."""
    found = shelf.get(bucket, f".quilt/named_packages/{name}/latest")
    return found.decode() if found is not None else None


def problems(shelf, bucket):
    """What is wrong, as texts."""
    found = []
    manifests = shelf.keys(bucket, ".quilt/packages/")
    for key in manifests:
        found += manifest_problems(shelf, bucket, key)
    for key in shelf.keys(bucket, ".quilt/named_packages/"):
        named = f".quilt/packages/{shelf.get(bucket, key).decode()}"
        if named not in manifests:
            found.append(f"{key} names {named}, which is not there")
    return found


def manifest_problems(shelf, bucket, key):
    lines = shelf.get(bucket, key).decode().split("\n")
    if lines.pop():
        return [f"{key} ends within a line"]
    header, *entries = map(json.loads, lines)
    digest = hashlib.sha256(canonical(header))
    found = []
    for entry in entries:
        digest.update(canonical({name: entry[name] for name in ("hash", "logical_key", "meta", "size")}))
        place = urllib.parse.urlsplit(entry["physical_keys"][0])
        body = shelf.get(place.netloc, urllib.parse.unquote(place.path[1:]),
                         "?" + place.query if place.query else "")
        if body is None or len(body) != entry["size"] or chunked(body) != entry["hash"]["value"]:
            found.append(f"{key}: the bytes of {entry['logical_key']} are not those that it says")
    if digest.hexdigest() != key.rpartition("/")[2]:
        found.append(f"{key} has the top hash {digest.hexdigest()}")
    return found


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def chunked(body):
    """sha2-256-chunked."""
    chunks = [body[at:at + CHUNK] for at in range(0, len(body), CHUNK)]
    whole = hashlib.sha256(b"".join(hashlib.sha256(one).digest() for one in chunks))
    return base64.b64encode(whole.digest()).decode()
