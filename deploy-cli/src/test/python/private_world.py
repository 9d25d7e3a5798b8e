"""Namespaces of their own for programs that make networks, mounts and containers."""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile

INSIDE = "QUILT_MCP_WORLD"
# For what is inside to end in order.
ENDING = 60
TIDYING = 30
# The first process takes in those whose parents have gone. crun refuses two kinds of control groups at once.
WORLD = """
umount /sys/fs/cgroup/unified 2>/dev/null || true
mount -t tmpfs -o size=3g,mode=755 world "$1"
mount -t tmpfs -o mode=755 run /run
mkdir -p /run/lock /run/netns
ip link set lo up
shift
"$@"
exit $?
"""
# Waits for the end of who started it, however that comes, and then for the control groups to be empty.
TIDY = """
read -r _ || true
tries=100
while
  for group in "/sys/fs/cgroup/$1" /sys/fs/cgroup/*/"$1"; do
    [ ! -d "$group" ] || find "$group" -depth -type d -exec rmdir {} \\; 2>/dev/null
  done
  left=$(find /sys/fs/cgroup -maxdepth 2 -type d -name "$1" 2>/dev/null)
  [ -n "$left" ] && [ $tries -gt 0 ]
do
  tries=$((tries - 1))
  sleep 0.1
done
rmdir "$2"
"""


def is_inside():
    return INSIDE in os.environ


def control_group():
    """The parent of all control groups that are made in this world."""
    return "/" + os.environ[INSIDE]


def unwind_on_sigterm():
    """From now on SIGTERM raises SystemExit, once."""
    def end(*_):
        signal.signal(signal.SIGTERM, lambda *_: None)
        sys.exit(128 + signal.SIGTERM)

    signal.signal(signal.SIGTERM, end)


def rerun(patience):
    """Runs this program again, in a world that goes with its last process; gives its exit code.

    There are no ways out: no network but loopback, and temporary files in memory. The files of this
    machine are there. Whatever ends this program ends the world: SIGTERM, Ctrl-C and too little patience
    are SIGTERM for the program inside, which has a minute; with SIGKILL all of it is gone at once.
    """
    unwind_on_sigterm()
    folder = tempfile.mkdtemp(prefix="world")
    name = "quilt-mcp-" + pathlib.Path(folder).name
    # Neither hears of a Ctrl-C: they end when this program does.
    tidying = subprocess.Popen(["sh", "-ec", TIDY, "tidy", name, folder], stdin=subprocess.PIPE, process_group=0)
    world = subprocess.Popen(
        ["setpriv", "--pdeathsig", "KILL", "unshare", "-m", "-n", "-p", "-u", "-i", "--fork", "--kill-child",
         "--mount-proc", "--propagation", "private", "sh", "-ec", WORLD, "world", folder, sys.executable, *sys.argv],
        stdin=subprocess.DEVNULL, process_group=0, env=os.environ | {INSIDE: name, "TMPDIR": folder})
    try:
        return world.wait(patience)
    except subprocess.TimeoutExpired:
        print(f"This took over {patience} s, and is ended.", file=sys.stderr, flush=True)
        return 1
    finally:
        try:
            end(world)
        finally:
            world.kill()
            world.wait()
            tidying.stdin.close()
            tidying.wait(TIDYING)


def end(world):
    """Tells the program inside to end, and waits for it."""
    program = world.pid
    try:
        # That of unshare, then that of its shell.
        for _ in range(2):
            program = int(pathlib.Path(f"/proc/{program}/task/{program}/children").read_text().split()[0])
        os.kill(program, signal.SIGTERM)
        world.wait(ENDING)
    except (OSError, IndexError, subprocess.TimeoutExpired):
        pass  # it has no such program yet, or any more, or is killed now
