#!/usr/bin/env python3
"""What plain Python needs on this machine: reads a manifest into dictionaries, then computes its top
hash. Prints the seconds of processor time that each took, and the hash. For bench/packages."""

import hashlib
import json
import sys
import time

ENTRY = ("hash", "logical_key", "meta", "size")

before = time.process_time()
with open(sys.argv[1], encoding="utf-8") as file:
    header, *entries = [json.loads(line) for line in file]
load = time.process_time() - before

before = time.process_time()
canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
digest = hashlib.sha256(canonical(header).encode())
for entry in entries:
    digest.update(canonical({name: entry[name] for name in ENTRY}).encode())
print(f"{load:.3f} {time.process_time() - before:.3f} {digest.hexdigest()}")
