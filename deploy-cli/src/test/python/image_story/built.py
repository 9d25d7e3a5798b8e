"""What a build leaves in a registry, and what a change sends."""

import json
import os
import subprocess
import zipfile

import glibc_base
from image_story.bench import WORK
from trials import CLI, HOME, check

BUILT = HOME / "server" / "target"
VERSION = "4.5.6"
OCI = "org.opencontainers.image."
OWN = "com.quiltdata.mcp."
HEALTH = ["CMD", "/app/bin/health"]
# Of the entry point, for a task of 512 MiB; what else it has is its own affair.
SETTINGS = ("-XX:AOTCache=/app/quilt-mcp.aot", "-XX:+UseSerialGC", "-Xms240m", "-Xmx240m", "-Xss512k",
            "-XX:MaxDirectMemorySize=48m", "-XX:MaxMetaspaceSize=96m", "-XX:+ExitOnOutOfMemoryError",
            "-XX:+DisableAttachMechanism")
# A word of the line that a start logs, and another of its length: the jar keeps its size.
CHANGED = "com/quiltdata/mcp/app/App.class"
WORD, OTHER = b"\x01\x00\x07storage", b"\x01\x00\x07stowage"


class Built:
    """Two images: `image` of the server, `changed` with one class that differs."""

    def __init__(self, folder, registry):
        self.folder = folder
        self.registry = registry
        self.lock = folder / "base-image.lock"

    def story(self):
        self.base()
        first = self.build(BUILT, "a")
        check("an image with its Java and a trained cache is pushed without Docker", first.returncode == 0,
              first.stderr)
        again = self.build(BUILT, "a")
        check("built again with the cache that was trained it has the same digest", again.stdout == first.stdout,
              (first.stdout, again.stdout))
        self.image = first.stdout.strip()
        changed = self.folder / "changed"
        changed.mkdir()
        os.symlink(BUILT / "lib", changed / "lib")
        one_class_changed(BUILT / "quilt-mcp-server.jar", changed / "quilt-mcp-server.jar")
        other = self.build(changed, "b")
        check("one with a class that differs is pushed", other.returncode == 0, other.stderr)
        self.changed = other.stdout.strip()
        self.sent()
        self.says()

    def base(self):
        """A base of a registry, as the lock file names it."""
        tar = glibc_base.write(self.folder / "base.tar")
        name = f"127.0.0.1:{self.registry}/base"
        skopeo("copy", "-q", "--dest-tls-verify=false", f"docker-archive:{tar}", f"docker://{name}:trial")
        self.base_name = f"{name}:trial"
        self.base_digest = json.loads(skopeo("inspect", "--tls-verify=false", f"docker://{name}:trial"))["Digest"]
        self.lock.write_text(f"{self.base_name}@{self.base_digest}\n")

    def build(self, files, repository):
        done = subprocess.run(
            [CLI, "build", "--version", VERSION, "--base-lock", str(self.lock), "--server-files", str(files),
             "--to", f"127.0.0.1:{self.registry}/{repository}", "--insecure-registry"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=HOME, timeout=300,
            env=os.environ | {"XDG_CACHE_HOME": str(self.folder / "cache")})
        (WORK / "build.log").open("a").write(done.stdout + done.stderr)
        return done

    def sent(self):
        layers = [json.loads(inspect(one, "--raw"))["layers"] for one in (self.image, self.changed)]
        known = {layer["digest"] for layer in layers[0]}
        new = [layer["size"] for layer in layers[1] if layer["digest"] not in known]
        check("a class that changes sends one part of the program besides the cache, under 100 KB",
              len(new) == 2 and min(new) < 100_000, new)
        total = sum(layer["size"] for layer in layers[0])
        check(f"the image is under 100 MiB: {total / (1 << 20):.1f}, of which {max(new) / (1 << 20):.1f} of cache",
              total < 100 << 20)

    def says(self):
        """What anybody reads of the image without running it."""
        labels, other = (json.loads(inspect(one))["Labels"] for one in (self.image, self.changed))
        config = json.loads(inspect(self.image, "--config"))
        revision = git("rev-parse", "HEAD")
        check("labels say title, version and revision", (labels[OCI + "title"], labels[OCI + "version"])
              == ("quilt-mcp-server", VERSION) and labels[OCI + "revision"].removesuffix("-dirty") == revision, labels)
        web = git("config", "--get", "remote.origin.url").startswith(("http", "git@", "ssh://"))
        check("and the source where that is a web address", (OCI + "source" in labels) == web, labels)
        check("labels name the base, and its digest", (labels.get(OCI + "base.name"), labels.get(OCI + "base.digest"))
              == (self.base_name, self.base_digest), labels)
        check("no label tells a time, and the image is of the same second always",
              OCI + "created" not in labels and config["created"].startswith("1970-01-01T00:00:01"), config["created"])
        parts = [{part: one.get(OWN + part) for part in ("runtime", "program", "classes")} for one in (labels, other)]
        check("labels tell another program and its cache apart from these, and an equal Java",
              all(map(all, (one.values() for one in parts)))
              and {part for part in parts[0] if parts[0][part] != parts[1][part]} == {"program", "classes"}, parts)
        check("a label has the health command", json.loads(labels[OWN + "health"]) == HEALTH, labels)
        config = config["config"]
        entry = config["Entrypoint"]
        check("the entry point is a program and its arguments, with the settings for 512 MiB",
              entry[0] == "/app/jre/bin/java" and set(SETTINGS) <= set(entry)
              and entry[-2:] == ["-jar", "/app/quilt-mcp-server.jar"] and not config.get("Cmd"), config)
        check("nothing listens to debuggers", not any("jdwp" in one or "jmxremote" in one for one in
                                                       entry + config["Env"]), config)
        check("the user is a number", config["User"] == "10001:10001", config)
        check("it opens port 8000 and no other", list(config["ExposedPorts"]) == ["8000/tcp"], config)


def one_class_changed(jar, copy):
    """The jar, with another word in one class."""
    with zipfile.ZipFile(jar) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == CHANGED:
                if content.count(WORD) != 1:
                    raise SystemExit(f"{CHANGED} has not one '{WORD[3:].decode()}' any more: change another word")
                content = content.replace(WORD, OTHER)
            new.writestr(entry, content)


def skopeo(*arguments):
    return subprocess.run(["skopeo", *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                          check=True, timeout=120).stdout


def inspect(image, *options):
    name, _, digest = image.partition("@")
    return skopeo("inspect", "--tls-verify=false", *options, f"docker://{name.rpartition(':')[0]}@{digest}")


def git(*arguments):
    return subprocess.run(["git", *arguments], cwd=HOME, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=30).stdout.strip()
