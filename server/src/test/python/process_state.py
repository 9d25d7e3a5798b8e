"""What a server process holds at a moment: live heap, threads, sockets, memory."""

import os
import pathlib
import re
import subprocess
import tempfile
import time

HEAP_TOLERANCE = 1.05


def measure(pid, java_home):
    """Live heap and RSS in KiB, after a collection; threads and sockets in numbers."""
    histogram = jcmd(java_home, pid, "GC.class_histogram")
    live = int(re.search(r"^Total\s+\d+\s+(\d+)", histogram, re.MULTILINE).group(1)) // 1024
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "threads.json"
        jcmd(java_home, pid, "Thread.dump_to_file", "-format=json", str(path))
        names = re.findall(r'"name": "([^"]*)"', path.read_text())
    sockets = 0
    for descriptor in pathlib.Path(f"/proc/{pid}/fd").iterdir():
        try:
            sockets += os.readlink(descriptor).startswith("socket:")
        except OSError:
            pass
    # The JDK starts and ends carriers and pollers of virtual threads as it likes.
    threads = [one for one in names if not re.match("ForkJoinPool|SubPoller|MasterPoller|VirtualThread-", one)]
    return {"heap": live, "threads": len(threads), "sockets": sockets, "rss": rss(pid)}


def rss(pid):
    """Memory of a process, in KiB."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"^VmRSS:\s+(\d+)", status, re.MULTILINE).group(1))


def wait_for_rest(pid, java_home, wanted):
    """Measures until nothing is left over, or for a minute and a half: then what is left is a leak."""
    deadline = time.monotonic() + 90
    last = measure(pid, java_home)
    while time.monotonic() < deadline:
        time.sleep(2)
        now = measure(pid, java_home)
        if wanted is None:
            is_over = all(now[name] == last[name] for name in ("sockets", "threads"))
        else:
            is_over = now["heap"] <= wanted["heap"] * HEAP_TOLERANCE and all(
                now[name] <= wanted[name] for name in ("sockets", "threads"))
        if is_over:
            return now
        last = now
    return last


def jcmd(java_home, pid, *arguments):
    return subprocess.run(
        [f"{java_home}/bin/jcmd", str(pid), *arguments],
        capture_output=True, text=True, check=True, timeout=60).stdout
