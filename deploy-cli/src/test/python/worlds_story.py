"""What is left of a world whose program is told to end, or killed."""

import os
import pathlib
import re
import signal
import subprocess
import sys
import time

import private_world
from trials import check

GROUPS = pathlib.Path("/sys/fs/cgroup")
PATIENCE = 70
TIDYING = 15
LOOK = 0.05
# Has a process in a control group, as a container has, and one that does not care for SIGTERM.
PROGRAM = """
import pathlib, subprocess, sys, time
sys.path.insert(0, sys.argv[1])
import private_world
if not private_world.is_inside():
    sys.exit(private_world.rerun(float(sys.argv[2])))
private_world.unwind_on_sigterm()
group = pathlib.Path("/sys/fs/cgroup", *([] if pathlib.Path("/sys/fs/cgroup/cgroup.procs").exists() else ["pids"]),
                     private_world.control_group()[1:], "container")
group.mkdir(parents=True)
deaf = subprocess.Popen(["sh", "-c", "trap '' TERM; sleep 120"])
(group / "cgroup.procs").write_text(str(deaf.pid))
try:
    print("inside", private_world.control_group()[1:], flush=True)
    time.sleep(120)
finally:
    print("unwound", flush=True)
"""


def worlds_story(folder):
    """Ends of all kinds."""
    program = folder / "program.py"
    program.write_text(PROGRAM)
    for kind, is_kind in ((signal.SIGTERM, True), (signal.SIGINT, True), (signal.SIGKILL, False)):
        ended(program, kind.name, is_kind, lambda process, kind=kind: process.send_signal(kind))
    ended(program, "too little patience", True, lambda process: None, seconds=8)


def ended(program, what, is_kind, end, seconds=60):
    """Ends one; `is_kind` when its program has time to unwind."""
    process = subprocess.Popen(
        [sys.executable, str(program), str(pathlib.Path(private_world.__file__).parent), str(seconds)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    told = process.stdout.readline()
    name = (re.fullmatch(r"inside (\S+)\n", told) or [None, None])[1]
    check(f"a world begins, for {what}", name and len(processes(name)) >= 3 and groups(name), told)
    if not name:
        process.kill()
        return
    end(process)
    try:
        code = process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        code = None
    deadline = time.monotonic() + TIDYING
    while (left := [*processes(name), *groups(name), *folders(name)]) and time.monotonic() < deadline:
        time.sleep(LOOK)
    check(f"after {what} there are no processes, control groups and folders of it", not left, left)
    for one in processes(name):
        os.kill(one, signal.SIGKILL)
    more = process.stdout.read()
    check(f"{what} ends it" + (" in order" if is_kind else ""), code and ("unwound\n" in more) == is_kind, (code, more))


def processes(name):
    """All of a world, by what they were told of it."""
    wanted = f"{private_world.INSIDE}={name}".encode()
    found = []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (process / "environ").read_bytes().split(b"\0"):
                found.append(int(process.name))
        except OSError:
            pass  # it has ended
    return found


def groups(name):
    return [str(one) for pattern in (name, f"*/{name}") for one in GROUPS.glob(pattern)]


def folders(name):
    return [str(one) for one in pathlib.Path(os.environ.get("TMPDIR", "/tmp")).glob(name.removeprefix("quilt-mcp-"))]
