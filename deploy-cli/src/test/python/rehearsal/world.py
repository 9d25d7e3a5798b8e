"""A world of its own for the rehearsal: mounts, processes and network that end with it."""

import os
import subprocess
import sys

INSIDE = "QUILT_MCP_REHEARSAL"
SIZE = "3g"


def is_inside():
    return INSIDE in os.environ


def enter():
    """Starts this program again inside; does not return."""
    command = ["unshare", "-m", "-n", "-p", "-u", "-i", "--fork", "--kill-child", "--mount-proc",
               "--propagation", "private", sys.executable, "-m", "rehearsal", *sys.argv[1:]]
    sys.stdout.flush()
    os.execvpe(command[0], command, os.environ | {INSIDE: "1"})


def furnish(folder):
    """Memory for images and containers below a folder, and a loopback device."""
    for command in (
            # crun refuses both kinds of control groups side by side.
            "umount /sys/fs/cgroup/unified 2>/dev/null; true",
            f"mount -t tmpfs -o size={SIZE},mode=755 world '{folder}'",
            "mount -t tmpfs -o mode=755 run /run && mkdir -p /run/lock /run/netns",
            "ip link set lo up"):
        subprocess.run(["sh", "-c", command], check=True, stdin=subprocess.DEVNULL)
