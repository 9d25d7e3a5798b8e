"""A task that serves, what it may, and what it costs."""

import json
import os
import pathlib
import re
import signal
import time

from image_story.bench import WORK
from image_story.built import OTHER, VERSION, WORD, inspect
from trials import check

PROBE_MILLIS = 150  # 2 % of a quarter of a processor in the 30 s between two probes
MIB = 440


def alive_story(bench):
    """Gives the task, which still serves."""
    task = bench.start("alive", 0.25)
    answer = task.ready()
    ready = time.monotonic() - task.begin
    used = cpu(task)
    check("podman starts it, read-only and as 10001, and it says what was released",
          answer and answer["server"]["version"] == VERSION
          and answer["server"]["build"].startswith(VERSION + "+"), (answer, task.lines[-5:]))
    check(f"that took {ready:.1f} s and {used:.2f} s of processor time", ready < 30)
    status = pathlib.Path(f"/proc/{task.process}/status").read_text()
    check("it is nobody special, and cannot become somebody", re.search(r"^Uid:\t10001\t10001", status, re.MULTILINE)
          and all(re.search(rf"^Cap{kind}:\t0+$", status, re.MULTILINE) for kind in ("Eff", "Prm", "Bnd"))
          and "NoNewPrivs:\t1" in status, status)
    mounts = {line.split()[1]: line.split()[3].split(",") for line in
              pathlib.Path(f"/proc/{task.process}/mounts").read_text().splitlines()}
    check("it can write to /tmp alone, which runs no program with rights of others", "ro" in mounts["/"]
          and {"rw", "nosuid", "nodev"} <= set(mounts["/tmp"]), mounts)
    holds(task)
    check("it says nothing but JSON", task.lines and all(line.startswith("{") for line in task.lines), task.lines)
    probes(task)
    memory = task.container.groups.count("memory", "", "memory.max_usage_in_bytes", "memory.peak")
    check(f"it used at most {memory >> 20} MiB", 0 < memory < MIB << 20, memory)
    knocks(task)
    return task


def holds(task):
    """What is in the image, as the task sees it."""
    root = inside(task)
    programs = sorted(one.name for folder in ("bin", "sbin", "usr/bin", "usr/sbin", "app/bin", "app/jre/bin")
                      if (root / folder).is_dir() for one in (root / folder).iterdir())
    check("it holds Java, its health command and no other program", {"java", "health"} <= set(programs)
          and not set(programs) & {"sh", "bash", "javac", "jcmd", "jshell", "apt", "apk", "dpkg", "curl"}, programs)
    listed = json.loads((root / "app/sbom.cdx.json").read_text())["components"]
    names = {f"{one['name']}-{one['version']}.jar" for one in listed}
    there = {one.name for one in (root / "app/lib").iterdir()}
    check(f"its list of components has all {len(there)} libraries, each with a hash",
          there and there <= names and all(one.get("hashes") for one in listed), there - names)


def inside(task):
    """The files of the task, where it sees them; the kernel shows them below its process."""
    return pathlib.Path("/proc", str(task.process), "root")


def knocks(task):
    """As tools do that look into a JVM: where they may not, it takes the signal for a wish to see its threads."""
    scratch = inside(task) / "tmp"
    knock = scratch / ".attach_pid1"
    knock.touch()
    os.chown(knock, 10001, 10001)
    task.signal(signal.SIGQUIT)
    check("nobody attaches to it", task.says("Full thread dump") and not (scratch / ".java_pid1").exists(),
          list(scratch.iterdir()))


def probes(task):
    """What the health command costs; the server rests meanwhile."""
    before = cpu(task)
    well = [task.container.check(["CMD", "/app/bin/health"], 30) for _ in range(5)]
    millis = (cpu(task) - before) * 1000 / 5
    check("the health command finds it well", all(well), well)
    check(f"and takes {millis:.0f} ms of processor time", millis < PROBE_MILLIS)


def cpu(task):
    """Seconds of processor time."""
    groups = task.container.groups
    return groups.count("cpuacct", "", "cpuacct.usage") / 1e9 or groups.count("cpu", "usage_usec", "cpu.stat") / 1e6


def programs_story(bench):
    """Other programs of the image."""
    entry = json.loads(inspect(bench.image, "--config"))["config"]["Entrypoint"]
    must = bench.once([entry[0], "-XX:AOTMode=on", *entry[1:]], "--version")
    (WORK / "once.log").write_text(must.stdout + must.stderr)
    check("its Java takes the cache where it has to", must.returncode == 0 and "quilt-mcp " + VERSION in must.stdout,
          must.stdout + must.stderr)
    silent = bench.once(["/app/bin/health"])
    check("the health command fails where nothing serves", silent.returncode == 1 and "unhealthy" in silent.stderr,
          (silent.returncode, silent.stderr))


def changed_story(bench, changed):
    """A cache of other jars would run their classes, silently."""
    task = bench.start("changed", 1, changed)
    said = task.logs("startup")
    check("a program that was changed is trained anew: it runs its own class, not that of the cache before",
          f'"{OTHER[3:].decode()}":' in said and f'"{WORD[3:].decode()}":' not in said, said or task.lines)
    task.close()
