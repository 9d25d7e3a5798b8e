"""Releases where deployments move: real tasks from a real registry, while somebody calls all the time."""

import contextlib
import json
import secrets
import subprocess
import time

import botocore.exceptions

import glibc_base
import servers
from http_relay import HttpRelay
from seeded_aws import ACCOUNT, OLD, REPOSITORY, SeededAws
from trials import HOME, WORK, Cli, base_image, check, results
from used_secrets import note
from visitor import Visitor

NEW = "1.2.3"
BAD = "1.3.0"
SCALE = "20"
READING = ("Describe", "List", "Get", "BatchGet")
# Processes lean on the system of this machine, containers have what they bring.
BASES = {"process": lambda path, *variables: base_image(path, {"etc/base": b"base of a test\n"}, *variables),
         "podman": glibc_base.write}
# The server does not start with it, and says so.
WRONG = "MCP_MAX_HEADERS=many"


def release_story(folder, runner="process", balancer="forwarder"):
    """A good release, the same again, a bad one that is taken back, and the way back."""
    moto_server = subprocess.run([str(HOME / ".ci" / "moto")], stdout=subprocess.PIPE, text=True,
                                 check=True).stdout.strip()
    with contextlib.ExitStack() as running:
        aws, relay, balancer, front = laboratory(folder, running, moto_server, runner, balancer)
        cli = Cli(folder, AWS_ACCESS_KEY_ID=aws.access_key, AWS_SECRET_ACCESS_KEY=aws.secret_key,
                  AWS_ENDPOINT_URL=f"http://127.0.0.1:{relay.port}", ECR_REGISTRY=f"127.0.0.1:{front.port}",
                  XDG_CACHE_HOME=str(folder / "cache"))
        released = Releases(cli, aws, relay, f"http://127.0.0.1:{balancer}/mcp", folder, BASES[runner])
        released.first()
        with Visitor(released.url, released.token).visiting() as visitor:
            released.good(visitor)
            released.again()
            released.bad(visitor)
            released.back(visitor)
        check(f"all {visitor.answered} requests meanwhile were answered", not visitor.failed
              and visitor.answered > 20, visitor.failed)
    noticed(folder, moto_server)


def laboratory(folder, running, moto_server, runner, balancer):
    registry = running.enter_context(servers.registry(folder, WORK / "release-registry.log"))
    port, balancer = running.enter_context(servers.launcher(
        moto_server, ACCOUNT, folder / "images", WORK / "launcher.log", "--time-scale", SCALE,
        "--registry", f"127.0.0.1:{registry}", "--runner", runner, "--balancer", balancer))
    aws = SeededAws(port, "AKIA" + secrets.token_hex(8).upper(), note("deploy", secrets.token_urlsafe(40)),
                    note("deploy", secrets.token_urlsafe(48)))
    aws.listen(balancer)
    relay = running.enter_context(HttpRelay(port).running())
    front = running.enter_context(HttpRelay(registry, aws.arrived).running())
    return aws, relay, balancer, front


class Releases:
    """The commands, one after the other, and what they leave."""

    def __init__(self, cli, aws, relay, url, folder, base):
        self.cli = cli
        self.aws = aws
        self.relay = relay
        self.url = url
        self.base = base(folder / "base.tar")
        self.bad_base = base(folder / "bad-base.tar", WRONG)
        self.token = note("deploy", subprocess.run(
            [str(HOME / "bin" / "quilt-mcp"), "token", "--bucket", "quilt-sample"], stdin=subprocess.DEVNULL,
            env=cli.environment | {"MCP_ENHANCED_JWT_SECRET": aws.secret}, capture_output=True, text=True,
            check=True).stdout.strip())
        self.waiting = ("--time-scale", SCALE, "--smoke-url", url)

    def run(self, *arguments):
        self.relay.seen.clear()
        return self.cli.run(*arguments, DEPLOY_SMOKE_TOKEN=self.token)

    def deploy(self, version, base, *more):
        return self.run("deploy", "--version", version, "--base-tar", str(base), "--insecure-registry",
                        "--no-aot", "--yes", *self.waiting, *more)

    def first(self):
        """Terraform would make the service with an image that is there."""
        host = self.cli.environment["ECR_REGISTRY"]
        built = self.cli.run("build", "--version", OLD, "--base-tar", str(self.base), "--insecure-registry",
                             "--no-aot", "--to", f"{host}/{REPOSITORY}")
        check("the first version is pushed", built.returncode == 0, built.told)
        self.aws.create_service(self.aws.definition(built.stdout.strip()))
        deadline = time.monotonic() + 60
        while (state := self.aws.described()["deployments"][0]["rolloutState"]) == "IN_PROGRESS":
            if time.monotonic() > deadline:
                break
            time.sleep(0.1)
        check("it runs", state == "COMPLETED", self.aws.described()["events"])

    def good(self, visitor):
        done = self.deploy(NEW, self.base, "-o", "json")
        report = json.loads(done.stdout)
        check("a good release is a success", done.returncode == 0 and report["outcome"] == "ok", done.told)
        check("all four checks of it have passed", set(results(done).values()) == {"passed"}
              and len(results(done)) == 4, done.stdout)
        details = {name: one.get("detail", "") for name, one in report["checks"].items()}
        check("the digest is that of the image", report["image"].rpartition("@")[2] in details["digest"]
              and f":{NEW}@sha256:" in report["image"], details)
        check("the balancer's address has answered", "tools/list" in details["smoke"]
              and f"build {NEW}" in details["smoke"], details)
        check("the story of the deployment was followed",
              {"ListServiceDeployments", "DescribeServiceDeployments", "DescribeServiceRevisions"}
              <= self.asked() and "judging by the deployments alone" not in done.stderr, self.asked())
        check("callers see the new version", visitor.sees(NEW), visitor.builds)
        check("and saw the old one before", visitor.builds[0].startswith(OLD), visitor.builds)
        self.stands("quilt-mcp-server:2")
        self.recorded(report["image"])
        history = self.run("history")
        check("history says that it went well", NEW in history.stdout and " ok" in history.stdout, history.told)
        done = self.run("validate", *self.waiting[2:], "-o", "json")
        check("what was released is valid", done.returncode == 0
              and set(results(done).values()) == {"passed"}, done.told)
        done = self.run("logs")
        check("logs shows what the task has logged", done.returncode == 0 and "8000" in done.stdout, done.told)

    def again(self):
        done = self.deploy(NEW, self.base)
        check("the same release again has nothing to do", done.returncode == 0
              and f"{NEW} is live already" in done.told, done.told)
        changing = [one for one in self.asked() if not one.startswith(READING)]
        check("and changes nothing", self.asked() and not changing, changing)

    def bad(self, visitor):
        before = self.image()
        done = self.deploy(BAD, self.bad_base)
        head = "\n".join(done.stdout.splitlines()[:3])
        check("a version that ends at once is rolled back", done.returncode == 31
              and done.stdout.startswith("FAILED"), done.told)
        check("its cause stands in the first three lines", "the container exits" in head, done.stdout)
        check("exit code and log lines are shown", "exit code 2" in done.stdout and "MCP_MAX_HEADERS" in done.stdout,
              done.stdout)
        check("the image parameter stays", self.image() == before, self.image())
        self.stands("quilt-mcp-server:2")
        check("callers see the version before", visitor.sees(NEW), visitor.builds)
        check("and never saw the bad one", not any(one.startswith(BAD) for one in visitor.builds),
              visitor.builds)

    def back(self, visitor):
        done = self.run("rollback", "--yes", *self.waiting, "-o", "json")
        report = json.loads(done.stdout)
        check("a rollback goes back to the first version", done.returncode == 0 and report["version"] == OLD
              and set(results(done).values()) == {"passed"}, done.told)
        check("callers see the first version again", visitor.sees(OLD), visitor.builds)
        self.stands("quilt-mcp-server:4")
        self.recorded(report["image"])

    def asked(self):
        return {one.operation() for one in self.relay.seen}

    def image(self):
        return self.aws.ssm.get_parameter(Name="/quilt/mcp-server/image")["Parameter"]["Value"]

    def recorded(self, image):
        check("the image parameter has it", self.image() == image, self.image())
        names = [one["Name"] for one in self.aws.ssm.describe_parameters()["Parameters"]]
        check("the lock is gone", "/quilt/mcp-server/lock" not in names, names)

    def stands(self, revision):
        """What runs in the end."""
        service = self.aws.described()
        check(f"the service runs {revision} and nothing else",
              len(service["deployments"]) == 1 and service["taskDefinition"].endswith("/" + revision)
              and service["deployments"][0]["taskDefinition"] == service["taskDefinition"]
              and service["deployments"][0]["rolloutState"] == "COMPLETED"
              and service["runningCount"] == 1, service)


def noticed(folder, moto_server):
    """The launcher cannot prove itself either."""
    log = WORK / "planted.log"
    with servers.launcher(moto_server, ACCOUNT, folder / "planted", log, "--plant", '"clusterArn"',
                          '"clusterArm"') as (port, _):
        aws = SeededAws(port, "AKIA" + secrets.token_hex(8).upper(), "none", "none")
        try:
            aws.create_service(aws.definition("127.0.0.1:9/none"))
            said = "no error"
        except botocore.exceptions.ClientError as e:
            said = str(e)
    check("an answer of the launcher that is not as AWS publishes it is noticed",
          "CreateService reply.service.clusterArm is unknown" in said, said)
