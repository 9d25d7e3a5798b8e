"""The image that is swapped."""

import os
import subprocess

import glibc_base
from trials import CLI, HOME

VERSION = "1.0.0"
PATIENCE = 300


def build(folder, log):
    """Builds it as releases do; gives its tar file."""
    tar = folder / "image.tar"
    base = glibc_base.write(folder / "base.tar")
    with open(log, "w") as out:
        subprocess.run(
            [CLI, "build", "--version", VERSION, "--base-tar", str(base), "--tar", str(tar)], cwd=HOME, check=True,
            stdin=subprocess.DEVNULL, stdout=out, stderr=out, timeout=PATIENCE,
            env=os.environ | {"XDG_CACHE_HOME": str(folder / "cache")})
    return tar
