"""Images of a registry, unpacked into folders."""

import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import tarfile
import threading

from ecs_launcher.runners import CannotStart

PATIENCE = 120
ECR = re.compile(r"^\d+\.dkr\.ecr\.[^/]+/")
WHITEOUT = ".wh."


class Images:
    """A folder for each digest. `registry` is where images of ECR are in truth."""

    def __init__(self, folder, registry):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.registry = registry
        self.lock = threading.Lock()
        self.pulls = {}  # a lock for each digest

    def located(self, image):
        """Where an image is in truth: by its digest where there is one, else by its tag."""
        name, _, digest = image.partition("@")
        if self.registry:
            name = ECR.sub(f"{self.registry}/", name)
        return re.sub(r":[^/:]+$", "", name) + "@" + digest if digest else name

    def pull(self, image):
        source = "docker://" + self.located(image)
        digest = image.partition("@")[2]
        digest = digest or "sha256:" + hashlib.sha256(
            self.skopeo(image, "inspect", "--tls-verify=false", "--raw", source)).hexdigest()
        with self.lock:
            pull = self.pulls.setdefault(digest, threading.Lock())
        with pull:
            place = self.folder / digest.replace(":", "-")
            if not place.exists():
                self.unpack(image, source, place)
        return Pulled(digest, place / "root", json.loads((place / "config.json").read_text())["config"])

    def unpack(self, image, source, place):
        raw = place.with_suffix(".pulled")
        made = place.with_suffix(".unpacked")
        for left in (raw, made):
            shutil.rmtree(left, ignore_errors=True)
        self.skopeo(image, "copy", "--src-tls-verify=false", source, f"dir:{raw}")
        manifest = json.loads((raw / "manifest.json").read_text())
        (made / "root").mkdir(parents=True)
        for layer in manifest["layers"]:
            applied(raw / layer["digest"].partition(":")[2], made / "root")
        shutil.copy(raw / manifest["config"]["digest"].partition(":")[2], made / "config.json")
        shutil.rmtree(raw)
        made.rename(place)

    def skopeo(self, image, *command):
        done = subprocess.run(["skopeo", *command], stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=PATIENCE)
        if done.returncode:
            why = done.stderr.decode().strip().rpartition("\n")[2]
            raise CannotStart("CannotPullContainerError: pull image manifest has been retried 1 time(s): "
                              f"failed to resolve ref {image}: {why}")
        return done.stdout


def applied(layer, root):
    """A layer over those before it; it may take files away."""
    with tarfile.open(layer) as tar:
        for entry in tar:
            path = pathlib.PurePosixPath(entry.name.lstrip("/"))
            if path.name.startswith(WHITEOUT):
                gone = root / path.parent / path.name.removeprefix(WHITEOUT)
                shutil.rmtree(gone) if gone.is_dir() else gone.unlink(missing_ok=True)
            else:
                tar.extract(entry, root, filter="tar")


class Pulled:
    """An image on this machine: its digest, where its files are, and how it wants to be run."""

    def __init__(self, digest, root, config):
        self.digest = digest
        self.root = root
        self.config = config

    def environment(self):
        return dict(one.split("=", 1) for one in self.config.get("Env") or ())

    def command(self):
        return (self.config.get("Entrypoint") or []) + (self.config.get("Cmd") or [])
