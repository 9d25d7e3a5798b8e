"""Servers of others that run while a block runs, each on a free port of this machine."""

import contextlib
import os
import pathlib
import re
import subprocess
import sys
import time


@contextlib.contextmanager
def started(command, log, address, **environment):
    """A server; gives the first group of the pattern that finds its address in its log."""
    with open(log, "w") as out:
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                  env=os.environ | environment)
    try:
        deadline = time.monotonic() + 60
        while not (found := re.search(address, pathlib.Path(log).read_text(), re.MULTILINE)):
            if server.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"{command[0]} did not start:\n{pathlib.Path(log).read_text()}")
            time.sleep(0.05)
        yield found.group(1)
        if server.poll() is not None:
            sys.exit(f"{command[0]} ended during the run; its log is {log}")
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@contextlib.contextmanager
def registry(folder, log):
    """Debian's docker-registry; gives its port."""
    config = folder / "registry.yml"
    config.write_text(
        "version: 0.1\n"
        "log: {level: info, formatter: text}\n"
        f"storage: {{filesystem: {{rootdirectory: {folder}/registry}}}}\n"
        "http: {addr: '127.0.0.1:0'}\n")
    with started(["docker-registry", "serve", str(config)], log,
                 r"listening on 127\.0\.0\.1:(\d+)") as port:
        yield int(port)


@contextlib.contextmanager
def moto(program, account, log):
    """moto, whose services run a task; gives its port."""
    with started([program, "-H", "127.0.0.1", "-p", "0"], log, r"Running on http://127\.0\.0\.1:(\d+)",
                 MOTO_ACCOUNT_ID=account, MOTO_ECS_SERVICE_RUNNING="1",
                 PYTHONUNBUFFERED="1") as port:
        yield int(port)


@contextlib.contextmanager
def launcher(program, account, folder, log, *options):
    """The launcher that plays ECS around moto; gives the ports of AWS and of the balancer."""
    python = pathlib.Path(program).with_name("python3")
    with started([str(python), "-m", "ecs_launcher", "--work", str(folder), *options], log,
                 r"Running on http://127\.0\.0\.1:(\d+)", MOTO_ACCOUNT_ID=account, PYTHONUNBUFFERED="1",
                 PYTHONPATH=str(pathlib.Path(__file__).parent)) as port:
        balancer = re.search(r"Balancer on http://127\.0\.0\.1:(\d+)", pathlib.Path(log).read_text())
        yield int(port), int(balancer.group(1))
