"""What a rehearsal is made of, and where that comes from."""

import os
import pathlib
import shutil

HOME = pathlib.Path(__file__).resolve().parents[5]
ALWAYS = {"docker-registry": "docker-registry", "skopeo": "skopeo", "unshare": "util-linux"}
CONTAINERS = {"podman": "podman", "crun": "crun", "catatonit": "catatonit", "haproxy": "haproxy", "ip": "iproute2"}


def missing(without_podman):
    """A line for each part that is not there, with the package that brings it."""
    programs = ALWAYS if without_podman else ALWAYS | CONTAINERS
    lines = [f"{program}: on Debian, apt-get install {package}" for program, package in programs.items()
             if not shutil.which(program)]
    if not shutil.which("terraform"):
        lines.append("terraform: 1.9 or newer, https://developer.hashicorp.com/terraform/install")
    if not without_podman and os.geteuid() != 0:
        lines.append("root, for containers with addresses of their own: sudo bin/rehearse, or --no-podman")
    return lines
