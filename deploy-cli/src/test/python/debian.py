"""Debian's packages of programs."""

import os
import shutil
import subprocess
import sys


def install(programs):
    """Installs packages whose programs are missing: `{"ip": "iproute2"}`."""
    missing = [package for program, package in programs.items() if not shutil.which(program)]
    if not missing:
        return
    if os.getuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"Missing: install {' '.join(missing)} (on Debian: apt-get install).")
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *missing]):
        subprocess.run(["apt-get", *command], check=True, stdout=sys.stderr,
                       env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})
