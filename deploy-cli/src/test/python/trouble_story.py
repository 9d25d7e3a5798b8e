"""Releases that do not go their way, where deployments move by the rules of ECS, while somebody calls.

Understudies of the server are released: what is looked at are the rollouts.
"""

import concurrent.futures
import contextlib
import secrets
import subprocess
import threading
import time

import servers
import understudy
from http_relay import HttpRelay
from seeded_aws import ACCOUNT, CLUSTER, OLD, REPOSITORY, SECRET, SERVICE, SeededAws
from trials import HOME, WORK, Cli, check
from used_secrets import note
from visitor import Visitor

SCALE = "60"
# For how long a task may be ill after its start.
PATIENCE = 120
SICK, DEAF, LATE, SLOW, URGENT, UNWANTED = "1.1.0", "1.2.0", "1.3.0", "1.4.0", "1.5.0", "1.6.0"
WAIT = 60
LOOK = 0.05


def trouble_story(folder):
    """What does not come up, what is replaced, ended, or cannot go back."""
    moto_server = subprocess.run([str(HOME / ".ci" / "moto")], stdout=subprocess.PIPE, text=True,
                                 check=True).stdout.strip()
    with contextlib.ExitStack() as running:
        registry = running.enter_context(servers.registry(folder, WORK / "trouble-registry.log"))
        port, balancer = running.enter_context(servers.launcher(
            moto_server, ACCOUNT, folder / "images", WORK / "trouble-launcher.log", "--time-scale", SCALE,
            "--registry", f"127.0.0.1:{registry}"))
        aws = SeededAws(port, "AKIA" + secrets.token_hex(8).upper(), note("deploy", secrets.token_urlsafe(40)),
                        note("deploy", secrets.token_urlsafe(48)), PATIENCE)
        aws.listen(balancer)
        pulls = Pulls(aws.arrived)
        front = running.enter_context(HttpRelay(registry, pulls.asked).running())
        cli = Cli(folder, AWS_ACCESS_KEY_ID=aws.access_key, AWS_SECRET_ACCESS_KEY=aws.secret_key,
                  AWS_ENDPOINT_URL=aws.url, ECR_REGISTRY=f"127.0.0.1:{front.port}",
                  XDG_CACHE_HOME=str(folder / "cache"))
        running.callback(pulls.go_on)
        trouble = Troubles(cli, aws, pulls, running.enter_context(concurrent.futures.ThreadPoolExecutor()))
        trouble.first(folder, front.port)
        with Visitor(f"http://127.0.0.1:{balancer}/mcp", "none").visiting() as visitor:
            trouble.sick(visitor)
            trouble.late(visitor)
            trouble.replaced(visitor)
            trouble.ended(visitor)
            trouble.neither(visitor)
        check(f"all {visitor.answered} requests meanwhile were answered", not visitor.failed
              and visitor.answered > 20, visitor.failed)


class Pulls:
    """What the registry is asked: images that arrive, and those that tasks pull, which may be held up."""

    def __init__(self, arrived):
        self.arrived = arrived
        self.going = threading.Event()
        self.go_on()

    def asked(self, request, status):
        self.arrived(request, status)
        if request.method == "GET" and "/manifests/" in request.path:
            self.going.wait(WAIT)

    def hold(self):
        self.going.clear()

    def go_on(self):
        self.going.set()


class Troubles:
    """The commands, some of them at the same time."""

    def __init__(self, cli, aws, pulls, pool):
        self.cli = cli
        self.aws = aws
        self.pulls = pulls
        self.pool = pool

    def first(self, folder, registry):
        """The images of all versions, and the service with the first one."""
        made = {version: understudy.push(folder, f"127.0.0.1:{registry}", REPOSITORY, version, **ill)
                for version, ill in ((OLD, {}), (SICK, {"healthy": False}), (DEAF, {"probed": 503}),
                                     *((one, {}) for one in (LATE, SLOW, URGENT, UNWANTED)))}
        self.aws.create_service(self.aws.definition(made[OLD]))
        check("the first version runs", self.becomes(self.is_complete), self.aws.described()["events"])

    def deploy(self, version, *more):
        return self.cli.run("deploy", "--version", version, "--reuse-image", "--yes", "--time-scale", SCALE, *more)

    def deploying(self, version, *more):
        """Begins it; gives what it will be."""
        before = self.aws.described()["taskDefinition"]
        begun = self.pool.submit(self.deploy, version, *more)
        check(f"the release of {version} is under way", self.becomes(
            lambda service: service["taskDefinition"] != before), self.aws.described())
        return begun

    def becomes(self, holds):
        deadline = time.monotonic() + WAIT
        while not holds(self.aws.described()):
            if time.monotonic() > deadline:
                return False
            time.sleep(LOOK)
        return True

    @staticmethod
    def is_complete(service):
        return (len(service["deployments"]) == 1
                and service["deployments"][0]["rolloutState"] == "COMPLETED")

    def fails(self, what, done, status, cause, following):
        lines = done.told.splitlines()
        check(f"{what} ends with {status}", done.returncode == status, done.told)
        check(f"{what}: the cause stands in the first three lines",
              cause in "\n".join((done.stdout or done.stderr).splitlines()[:3]), done.told)
        check(f"{what}: what to do next is {following}",
              any(line.startswith(f"Next: {following}") for line in lines), done.told)

    def serves(self, visitor, version, *never):
        check(f"callers see {version}", visitor.sees(version), visitor.builds)
        if never:
            check(f"and never saw {' or '.join(never)}", not set(never) & set(visitor.builds), visitor.builds)

    def sick(self, visitor):
        for version, cause, stop in (
                (SICK, "the health check in the container fails", "Task failed container health checks"),
                (DEAF, "the load balancer's health check fails", "Task failed ELB health checks")):
            done = self.deploy(version)
            self.fails(f"a release where {cause}", done, 31, cause, "deploy-cli logs")
            check("three equal stops are shown, and the circuit breaker", f"3 × stopped: {stop}" in done.stdout
                  and "circuit breaker: 3 of 3 failures, triggered" in done.stdout, done.stdout)
        # A balancer does not ask what a container says of itself.
        self.serves(visitor, OLD, DEAF)

    def late(self, visitor):
        """Nothing comes up in time; somebody else waits on, while the service is made larger."""
        self.pulls.hold()
        done = self.deploy(LATE, "--timeout", "1")
        self.fails("a release that never becomes steady", done, 32, "takes longer than 1 minutes",
                   "deploy-cli wait --deployment ecs-svc/")
        self.fails("another release meanwhile", self.deploy(SLOW), 60, "Another deployment of", "deploy-cli wait")
        self.scale(2)
        following = next((line for line in done.stdout.splitlines() if line.startswith("Next: ")), "Next: deploy-cli")
        waiting = self.pool.submit(self.cli.run, *following.split()[2:], "--time-scale", SCALE)
        self.pulls.go_on()
        done = waiting.result(WAIT)
        check("to wait for it ends well", done.returncode == 0 and f"OK: wait {LATE}" in done.stdout, done.told)
        check("all tasks that are wanted now are proven", "2 of 2 tasks run" in done.stdout
              and "2 of 2 targets are healthy" in done.stdout, done.stdout)
        self.serves(visitor, LATE)
        self.scale(1)
        check("the service becomes smaller again", self.becomes(
            lambda service: service["runningCount"] == 1 and self.is_complete(service)), self.aws.described())

    def scale(self, count):
        self.aws.ecs.update_service(cluster=CLUSTER, service=SERVICE, desiredCount=count)

    def replaced(self, visitor):
        """Somebody needs the service for another release, now."""
        self.pulls.hold()
        slow = self.deploying(SLOW)
        self.fails("who would replace a release", self.deploy(URGENT, "--supersede"), 60,
                   "Another release is under way: ", "deploy-cli unlock")
        done = self.cli.run("unlock", "--yes")
        check("the lock names the release", done.returncode == 0 and SLOW in done.stdout, done.told)
        urgent = self.deploying(URGENT, "--supersede")
        done = slow.result(WAIT)
        self.fails("a release that is replaced", done, 33, "another deployment took its place: quilt-mcp-server:",
                   "deploy-cli status")
        check("it names the version in its place", f", version {URGENT}" in done.stdout, done.stdout)
        check("and leaves the lock of the other one alone", self.is_locked(), self.parameters())
        self.pulls.go_on()
        done = urgent.result(WAIT)
        check("the one that replaced it goes well", done.returncode == 0, done.told)
        check("and gives the lock back", not self.is_locked(), self.parameters())
        self.serves(visitor, URGENT, SLOW)

    def parameters(self):
        return [one["Name"] for one in self.aws.ssm.describe_parameters()["Parameters"]]

    def is_locked(self):
        return "/quilt/mcp-server/lock" in self.parameters()

    def ended(self, visitor):
        self.pulls.hold()
        before = self.aws.described()["taskDefinition"]
        unwanted = self.deploying(UNWANTED)
        done = self.cli.typed("n", "abort")
        check("who keeps what is printed is asked at the terminal", done.returncode == 130
              and done.shown.startswith("End the rollout of ") and "Not confirmed" in done.stderr,
              (done.returncode, done.shown, done.told))
        begin = time.monotonic()
        done = self.cli.typed("\x03", "abort")
        took = time.monotonic() - begin
        check("Ctrl-C in place of an answer is none", done.returncode == 130 and "Not confirmed" in done.stderr
              and took < 10, (took, done.returncode, done.told))
        check("and the rollout goes on", not unwanted.done(), self.aws.described())
        done = self.cli.typed("y", "abort", "--time-scale", SCALE)
        check("a rollout is ended when that is confirmed", done.returncode == 0 and "[y/N]" in done.shown
              and f"{before.rpartition('/')[2]} is back" in done.stdout, (done.shown, done.told))
        self.fails("a release that somebody has ended", unwanted.result(WAIT), 31,
                   "ECS says: service deployment rollback requested", "deploy-cli status")
        self.fails("to end nothing", self.cli.run("abort", "--yes"), 10, "is under way", "deploy-cli rollback")
        check("the service is as it was", self.is_complete(self.aws.described())
              and self.aws.described()["taskDefinition"] == before, self.aws.described())
        self.pulls.go_on()
        self.serves(visitor, URGENT, UNWANTED)

    def neither(self, visitor):
        """What both versions want is gone."""
        sick = self.deploying(SICK)
        self.aws.lose_secret()
        done = sick.result(WAIT)
        self.fails("a release whose rollback fails", done, 30, "the rollback failed too", "deploy-cli verify")
        check("it says why the old version stops", "quilt-mcp-server:" in done.stdout
              and "3 × stopped: ResourceInitializationError" in done.stdout, done.stdout)
        check(f"callers still find {URGENT}", URGENT in visitor.builds[-2:], visitor.builds)
        done = self.cli.run("verify")
        check("what to do next finds what is missing", done.returncode == 10 and SECRET in done.told, done.told)
        self.aws.keep_secret()
        done = self.deploy(UNWANTED)
        check("once it is there, the next release goes well", done.returncode == 0, done.told)
        self.serves(visitor, UNWANTED)
