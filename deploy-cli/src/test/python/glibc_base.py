"""A base image for tests: the C library of this machine, a folder for temporary files, and no shell."""

import hashlib
import io
import json
import os
import pathlib
import tarfile

NAMES = ("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libz.so.1")
FOLDERS = ("/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/lib64", "/usr/lib64", "/usr/lib")
LOADERS = ("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1")
USERS = b"root:x:0:0:root:/root:/sbin/nologin\nserver:x:10001:10001::/tmp:/sbin/nologin\n"


def write(path, *variables, programs=(), command=None):
    """Writes it as `docker save` does; equal machines give equal files.

    `variables` are NAME=VALUE; `programs` of this machine need no more than its C library.
    """
    layer = io.BytesIO()
    with tarfile.open(fileobj=layer, mode="w") as tar:
        for file in (*files(), *programs):
            add(tar, file.lstrip("/"), pathlib.Path(os.path.realpath(file)).read_bytes(), 0o755)
        add(tar, "etc/passwd", USERS, 0o644)
        folder = tarfile.TarInfo("tmp")
        folder.type, folder.mode = tarfile.DIRTYPE, 0o1777
        tar.addfile(folder)
    config = json.dumps({
        "architecture": {"x86_64": "amd64", "aarch64": "arm64"}[os.uname().machine], "os": "linux",
        "config": {"Env": ["PATH=/app/jre/bin:/usr/sbin:/usr/bin:/sbin:/bin", *variables]} | ({"Cmd": command} if command else {}),
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer.getvalue()).hexdigest()]},
        "history": [{"created": "1970-01-01T00:00:00Z"}]}).encode()
    manifest = json.dumps([{"Config": "config.json", "RepoTags": ["base:test"], "Layers": ["layer.tar"]}])
    with tarfile.open(path, "w") as tar:
        for name, content in (("manifest.json", manifest.encode()), ("config.json", config),
                              ("layer.tar", layer.getvalue())):
            add(tar, name, content, 0o644)
    return path


def files():
    """The loader, and each library where it is found first."""
    found = [loader for loader in LOADERS if os.path.exists(loader)]
    for name in NAMES:
        there = [f"{folder}/{name}" for folder in FOLDERS if os.path.exists(f"{folder}/{name}")]
        found += there[:1]
    return found


def add(tar, name, content, mode):
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), mode
    tar.addfile(entry, io.BytesIO(content))
