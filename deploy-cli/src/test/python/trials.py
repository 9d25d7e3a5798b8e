"""What all stories of deploy-cli need: checks that are counted, the program, an image to build on."""

import fcntl
import hashlib
import io
import itertools
import json
import os
import pathlib
import pty
import subprocess
import tarfile
import termios

HOME = pathlib.Path(__file__).resolve().parents[4]
WORK = HOME / "target" / "ci" / "deploy"
CLI = str(HOME / "bin" / "deploy-cli")

passed = []
failed = []


def check(what, holds, more=""):
    (passed if holds else failed).append(what)
    print(f"ok {what}" if holds else f"FAILED {what}: {str(more)[:3000]}", flush=True)


class Cli:
    """The launched program, with a home of its own and no settings but those given."""

    def __init__(self, folder, **settings):
        foreign = ("AWS_", "ECR_", "DEPLOY_", "GITHUB_", "VERSION", "XDG_")
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
        self.environment |= {"HOME": str(folder), "AWS_EC2_METADATA_DISABLED": "true"} | settings
        self.runs = itertools.count(1)

    def run(self, *arguments, **settings):
        done = subprocess.run([CLI, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              env=self.environment | settings, cwd=HOME, timeout=180)
        return self.kept(arguments, done)

    def typed(self, answer, *arguments):
        """The same for somebody whose terminal is its standard input, and who keeps what it prints in files.

        `shown` is what the terminal showed before it was answered.
        """
        terminal, standard_input = pty.openpty()
        with subprocess.Popen(
                [CLI, *arguments], stdin=standard_input, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                env=self.environment, cwd=HOME, start_new_session=True,
                preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)) as process:
            os.close(standard_input)
            shown = b""
            try:
                while not shown.endswith(b"[y/N] "):
                    shown += os.read(terminal, 1000)
                os.write(terminal, answer.encode() + b"\n")
            except OSError:
                pass  # it has ended without a question
            out, err = process.communicate(timeout=180)
            os.close(terminal)
        done = self.kept(arguments, subprocess.CompletedProcess(arguments, process.returncode, out, err))
        done.shown = shown.decode()
        return done

    def kept(self, arguments, done):
        log = WORK / f"{arguments[0]}-{next(self.runs)}.log"
        log.write_text(f"{' '.join(arguments)}\n{done.stdout}\n{done.stderr}\nended with {done.returncode}\n")
        done.told = done.stdout + done.stderr
        return done


def results(done):
    """How the checks of a report ended."""
    return {name: one["result"] for name, one in json.loads(done.stdout)["checks"].items()}


def base_image(path, files, *variables, command=None):
    """An image of one layer, as `docker save` writes it, that sets variables, and may say what it runs."""
    layer = tarred(files)
    config = json.dumps({
        "architecture": "amd64", "os": "linux",
        "config": {"Env": ["PATH=/usr/bin", *variables]} | ({"Cmd": command} if command else {}),
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest()]},
        "history": [{"created": "1970-01-01T00:00:00Z"}]}).encode()
    manifest = json.dumps([{"Config": "config.json", "RepoTags": ["base:test"], "Layers": ["layer.tar"]}])
    path.write_bytes(tarred({"manifest.json": manifest.encode(), "config.json": config, "layer.tar": layer}))
    return path


def tarred(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o755
            tar.addfile(entry, io.BytesIO(content))
    return out.getvalue()
