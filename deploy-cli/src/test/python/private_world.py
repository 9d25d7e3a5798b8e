"""Namespaces of their own for programs that make networks, mounts and containers."""

import os
import subprocess
import sys
import tempfile

INSIDE = "QUILT_MCP_WORLD"
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


def is_inside():
    return INSIDE in os.environ


def rerun(patience):
    """Runs this program again, in a world that goes with its last process; gives its exit code.

    There are no ways out: no network but loopback, and temporary files in memory. The files of this
    machine are there.
    """
    with tempfile.TemporaryDirectory(prefix="world") as folder:
        return subprocess.run(
            ["unshare", "-m", "-n", "-p", "-u", "-i", "--fork", "--kill-child", "--mount-proc",
             "--propagation", "private", "sh", "-ec", WORLD, "world", folder, sys.executable, *sys.argv],
            stdin=subprocess.DEVNULL, timeout=patience,
            env=os.environ | {INSIDE: "1", "TMPDIR": folder}).returncode
