"""What the limits of a task definition do to a container, and what is told of its end."""

import dataclasses
import subprocess
import time

import glibc_base
import servers
from ecs_launcher.images import Images
from ecs_launcher.podman_tasks import PodmanTasks
from ecs_launcher.runners import CannotStart, Limits
from trials import WORK, check

PROGRAMS = ("/bin/sh", "/bin/sleep", "/bin/cat")
LIMITS = Limits(cpus=0.25, memory=64, user="10001:10001", read_only=True, writable=("/tmp",),
                dropped=("ALL",), has_init=True, ulimits=(("nofile", 1000, 2000),))
PATIENCE = 30
SELF = """
cat /proc/self/status
ulimit -n
ulimit -Hn
(: >/etc/file) 2>/dev/null && echo root is writable
: >/tmp/file && echo tmp is writable
echo "$GREETING"
exit 3
"""
# A child of a child that has gone is the first one's.
FIRST = """
cat /proc/1/comm
(sleep 0.2 & echo $! >/tmp/child)
sleep 1
[ -e /proc/$(cat /tmp/child) ] && echo left || echo gone
"""
GREEDY = "x=0123456789abcdef; while :; do x=$x$x; done"
SPIN = """
up=$(cat /proc/uptime)
end=$((${up%%.*} + 3))
while up=$(cat /proc/uptime); [ ${up%%.*} -lt $end ]; do :; done
"""
POLITE = "trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.1; done"
STUBBORN = "trap '' TERM; echo up; while :; do sleep 0.1; done"


def tasks_story(folder):
    with servers.registry(folder, WORK / "tasks-registry.log") as port:
        image = push(folder, f"127.0.0.1:{port}/trial")
        tasks = PodmanTasks(Images(folder / "images", None), folder / "runner")
        try:
            held(tasks, image)
            begins(tasks, image)
            ends(tasks, image)
            asked(tasks, image)
            never_starts(tasks, image, port)
        finally:
            left = Run(tasks, image, STUBBORN)
            tasks.close()
        check("what runs at the end of the launcher is ended", left.code() == 137, left.lines)
        names = subprocess.run(["ip", "netns"], capture_output=True, text=True, check=True).stdout
        check("no container and no network is left", not names.strip()
              and not tasks.run("ps", "-aq").stdout.strip(), names)


def push(folder, name):
    """A shell and little else; its command is in a variable."""
    base = glibc_base.write(folder / "trial.tar", programs=PROGRAMS,
                            command=["/bin/sh", "-c", 'eval "$SCRIPT"'])
    subprocess.run(["skopeo", "copy", "-q", "--dest-tls-verify=false", f"docker-archive:{base}",
                    f"docker://{name}:1"], check=True, stdin=subprocess.DEVNULL, timeout=60)
    digest = subprocess.run(["skopeo", "inspect", "--tls-verify=false", "--format", "{{.Digest}}",
                             f"docker://{name}:1"], check=True, capture_output=True, text=True, timeout=60)
    return f"{name}:1@{digest.stdout.strip()}"


class Run:
    """A script in a container."""

    def __init__(self, tasks, image, script, limits=LIMITS):
        self.lines = []
        environment = {"PATH": "/bin", "SCRIPT": script, "GREETING": "hello = world"}
        self.container = tasks.start(image, environment, 8000, limits, self.lines.append)

    def code(self):
        return self.container.wait(PATIENCE)

    def says(self, line):
        """Waits for it."""
        deadline = time.monotonic() + PATIENCE
        while line not in self.lines and time.monotonic() < deadline:
            time.sleep(0.02)
        return line in self.lines


def held(tasks, image):
    run = Run(tasks, image, SELF)
    code, said = run.code(), "\n".join(run.lines)
    check("exit code and all lines are told", code == 3 and run.lines[-1:] == ["hello = world"], said)
    check("the digest is that of the definition", run.container.digest == image.partition("@")[2],
          run.container.digest)
    check("it is the user of the definition, without rights",
          "Uid:\t10001\t10001" in said and "CapBnd:\t0000000000000000" in said and "NoNewPrivs:\t1" in said, said)
    check("it has the limits of the definition", "\n1000\n2000\n" in said, said)
    check("only its volume is writable", "tmp is writable" in said and "root is" not in said, said)
    run = Run(tasks, image, SPIN)
    run.code()
    seconds = float((run.container.used or "0").split()[0])
    check(f"in 3 seconds it gets a quarter of a processor: {seconds:.2f} s", 0.3 < seconds < 1.2
          and "held back in 0 " not in str(run.container.used), run.container.used)
    run = Run(tasks, image, GREEDY)
    check("who takes more memory than allowed is killed, and that is told", run.code() == 137
          and run.container.why == "OutOfMemoryError: Container killed due to memory usage",
          (run.code(), run.container.why, run.container.used, run.lines))


def begins(tasks, image):
    """`initProcessEnabled`: the program is not the first process, and leaves nothing of its children behind."""
    run = Run(tasks, image, FIRST)
    check("with an init process the program is not the first one, and dead children are taken away",
          run.code() == 0 and run.lines == ["podman-init", "gone"], run.lines)
    run = Run(tasks, image, "cat /proc/1/comm", dataclasses.replace(LIMITS, has_init=False))
    check("without one it is", run.code() == 0 and run.lines == ["sh"], run.lines)
    found, tasks.init = tasks.init, None
    try:
        Run(tasks, image, FIRST)
        said = "it started"
    except CannotStart as e:
        said = str(e)
    finally:
        tasks.init = found
    check("where none is to be had, that is told", said.startswith("CannotCreateContainerError: ")
          and "initProcessEnabled" in said and "catatonit" in said, said)


def ends(tasks, image):
    quick = Run(tasks, image, "exit 0")
    check("who ends at once has an exit code", quick.code() == 0 and quick.container.why is None, quick.lines)
    polite = Run(tasks, image, POLITE)
    polite.says("up")
    polite.container.stop(20)
    check("who is told to stop may end well", polite.code() == 0 and polite.lines == ["up", "bye"], polite.lines)
    stubborn = Run(tasks, image, STUBBORN)
    stubborn.says("up")
    begin = time.monotonic()
    stubborn.container.stop(2)
    took = time.monotonic() - begin
    check(f"who does not is killed when its time is over, after {took:.1f} s", stubborn.code() == 137
          and 2 <= took < 6 and stubborn.container.why is None, (stubborn.code(), stubborn.container.why))


def asked(tasks, image):
    run = Run(tasks, image, POLITE)
    run.says("up")
    check("a health command that ends with 0 is good", run.container.check(["CMD", "/bin/cat", "/etc/passwd"], 10))
    check("one for a shell too", run.container.check(["CMD-SHELL", "[ $(ulimit -n) = 1000 ]"], 10))
    check("one that ends with something else is not", not run.container.check(["CMD-SHELL", "exit 1"], 10))
    check("one that is not there is not", not run.container.check(["CMD", "/bin/none"], 10))
    begin = time.monotonic()
    check("one that hangs is not", not run.container.check(["CMD", "/bin/sleep", "30"], 1)
          and time.monotonic() - begin < 5)
    run.container.stop(20)
    check("and the task lives on until it is stopped", run.code() == 0, run.lines)


def never_starts(tasks, image, port):
    for what, words, wrong, script in (
            ("an image that is not there", "CannotPullContainerError: ",
             image.partition("@")[0] + "@sha256:" + "0" * 64, ""),
            ("a registry that is not there", "CannotPullContainerError: ",
             image.replace(f":{port}/", ":9/"), ""),
            ("a user that is no user", "CannotStartContainerError: ", image, None)):
        limits = LIMITS if script is not None else Limits(user="nobody-of-that-name")
        try:
            Run(tasks, wrong, script or "", limits)
            said = "it started"
        except CannotStart as e:
            said = str(e)
        check(f"{what} is told in the words of ECS", said.startswith(words), said)
