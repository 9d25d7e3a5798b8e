"""The play: what happens, told as it happens."""

import contextlib
import json
import os
import secrets
import shutil
import subprocess
import time
import traceback
import zipfile

import glibc_base
import servers
from existing_stack import ACCOUNT, REPOSITORY
from http_relay import HttpRelay
from swaps.storage import put
from swaps.tokens import Mint
from terraform_cli import Terraform
from used_secrets import note

from rehearsal import report
from rehearsal.calls import BUCKET, KEY, KINDS, TEXT
from rehearsal.parts import HOME
from rehearsal.stack import HOST, RehearsedStack
from rehearsal.traffic import Traffic

FIRST, NEXT, NEWER, SICK = "1.0.0", "1.1.0", "1.2.0", "1.3.0"
BUILT = HOME / "server" / "target"
# Each below what the server allows one user a second.
CALLERS, PAUSE = 6, 0.06
PROBE = "com/quiltdata/mcp/HealthProbe.class"
# Of each kind of call, in all of the time that the releases take.
ENOUGH = 50
LIMIT = 600


class Stopped(Exception):
    """Nothing that comes after can go well."""


def play(options, folder):
    """All acts; true when all went as it should."""
    with contextlib.ExitStack() as running:
        return Play(options, folder, running).run()


class Play:
    def __init__(self, options, folder, running):
        self.options = options
        self.folder = folder
        self.running = running
        self.acts = []
        self.doing = "The rehearsal begins"
        self.traffic = None
        self.began = time.monotonic()
        logs = options.report / "logs"
        shutil.rmtree(logs, ignore_errors=True)
        logs.mkdir()
        self.logs = logs

    def run(self):
        """The report is written however it ends."""
        try:
            self.play()
        except Stopped:
            pass
        except Exception as e:
            traceback.print_exc()
            self.done(f"ended early: {self.doing}", False, repr(e))
        except KeyboardInterrupt:
            self.done(f"ended early: {self.doing}", False, "somebody pressed Ctrl-C")
            raise
        except SystemExit as e:
            self.done(f"ended early: {self.doing}", False,
                      e.code if isinstance(e.code, str) else "it was told to end, or took too long")
            raise
        finally:
            self.say(f"The report: {report.write(self.options, self.acts, self.traffic)}")
        return all(act["good"] for act in self.acts)

    def play(self):
        self.say(f"Time runs {self.options.time_scale:g} times faster for ECS and the load balancer.")
        self.open()
        self.terraform_makes_the_service()
        callers = {f"caller-{number}": self.mint.token(f"caller-{number}") for number in range(CALLERS)}
        self.traffic = Traffic(self.balancer, callers, PAUSE)
        with self.traffic.flowing():
            self.released(NEXT)
            self.released(NEWER)
            self.sick()
            self.rolled_back()
            time.sleep(2)
        self.last_plan()
        self.counted()
        took = time.monotonic() - self.began
        self.done(f"all of it took {took:.0f} s, and may take {LIMIT}", took < LIMIT)

    def say(self, text):
        print(f"[{time.monotonic() - self.began:6.1f} s] {text}", flush=True)

    def begin(self, text):
        self.doing = text
        self.say(text)

    def done(self, what, good, more=""):
        at = self.traffic.now() if self.traffic else 0
        why = {} if good else {"why": str(more)[:3000]}
        self.acts.append({"what": what, "good": bool(good), "at": round(at, 1)} | why)
        self.say(f"{'ok' if good else 'FAILED'} {what}" + "".join(f": {one}" for one in why.values()))
        return good

    def need(self, what, good, more=""):
        if not self.done(what, good, more):
            raise Stopped

    def counted(self):
        """Every kind of call was answered, and none failed."""
        kinds, failures = self.traffic.kinds, self.traffic.failures
        told = ", ".join(f"{kinds[kind]} of {kind}" for kind in KINDS)
        self.done(f"{self.traffic.answered()} requests meanwhile were answered, {told}; {len(failures)} failed",
                  not failures and all(kinds[kind] >= ENOUGH for kind in KINDS), failures[:5])

    def open(self):
        """A registry, an account with the stack that exists, and data."""
        self.begin("Opening a registry, and an account of moto with network, balancer and cluster.")
        moto = subprocess.run([str(HOME / ".ci" / "moto")], stdout=subprocess.PIPE, text=True,
                              check=True).stdout.strip()
        registry = self.running.enter_context(servers.registry(self.folder, self.logs / "registry.log"))
        storage = self.running.enter_context(servers.moto(moto, ACCOUNT, self.logs / "storage.log"))
        put(storage, BUCKET)
        put(storage, f"{BUCKET}/{KEY}", TEXT)
        self.settings = {"AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{storage}"}
        kinds = () if self.options.no_podman else (
            "--runner", "podman", "--balancer", "haproxy", "--beside", str(storage))
        port, self.balancer = self.running.enter_context(servers.launcher(
            moto, ACCOUNT, self.folder / "images", self.logs / "launcher.log", "--time-scale",
            str(self.options.time_scale), "--registry", f"127.0.0.1:{registry}", *kinds))
        key, secret = "AKIA" + secrets.token_hex(8).upper(), note("rehearsal", secrets.token_urlsafe(40))
        self.mint = Mint(BUCKET, "rehearsal")
        self.stack = RehearsedStack(f"http://127.0.0.1:{port}", self.balancer, key, secret, jwt_secret=self.mint.secret,
                                    state_secret=note("rehearsal", secrets.token_urlsafe(48)))
        front = self.running.enter_context(HttpRelay(registry, self.stack.arrived).running())
        self.account = {"AWS_ENDPOINT_URL": self.stack.url, "AWS_ACCESS_KEY_ID": key,
                        "AWS_SECRET_ACCESS_KEY": secret, "ECR_REGISTRY": f"127.0.0.1:{front.port}"}
        self.url = f"http://{HOST}:{self.balancer}/mcp"
        self.base = glibc_base.write(self.folder / "base.tar")
        self.token = note("rehearsal", self.program(
            "quilt-mcp", "token", "--bucket", "*", "--subject", "deploy-cli",
            MCP_ENHANCED_JWT_SECRET=self.mint.secret).stdout.strip())

    def program(self, name, *arguments, **settings):
        foreign = ("AWS_", "ECR_", "DEPLOY_", "GITHUB_", "VERSION")
        environment = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
        done = subprocess.run([str(HOME / "bin" / name), *arguments], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, cwd=HOME, timeout=400,
                              env=environment | {"AWS_EC2_METADATA_DISABLED": "true"} | settings)
        with (self.logs / f"{name}.log").open("a") as log:
            said = "" if arguments[0] == "token" else done.stdout
            log.write(f"{' '.join(arguments[:3])}\n{said}{done.stderr}ended with {done.returncode}\n\n")
        done.told = done.stdout + done.stderr
        return done

    def deploy_cli(self, *arguments):
        return self.program("deploy-cli", *arguments, **self.account, DEPLOY_SMOKE_TOKEN=self.token)

    def terraform_makes_the_service(self):
        self.begin(f"Building version {FIRST}; Terraform makes the service with it.")
        copy = self.folder / "terraform"
        shutil.copytree(HOME / "terraform", copy,
                        ignore=shutil.ignore_patterns(".terraform*", "*.tfstate*", "*.tfvars*"))
        self.terraform = Terraform(copy, os.environ["TF_PLUGIN_DIR"], self.logs, **self.account)
        self.stack.write_variables(copy, host_names=[HOST], environment_variables=self.settings)
        self.terraform.init()
        host = self.account["ECR_REGISTRY"]
        built = self.deploy_cli("build", "--version", FIRST, "--base-tar", str(self.base), "--to",
                                f"{host}/{REPOSITORY}", "--insecure-registry")
        self.need(f"version {FIRST} is built and pushed", built.returncode == 0, built.told)
        applied = self.terraform.apply(built.stdout.strip())
        self.need("Terraform has made the service", applied.returncode == 0, applied.told)
        self.settled()

    def settled(self):
        service = self.stack.settled()
        states = [one["rolloutState"] for one in service["deployments"]]
        running, desired = service["runningCount"], service["desiredCount"]
        self.need(f"{running} tasks of {FIRST} serve, and {desired} are wanted",
                  states == ["COMPLETED"] and running == desired > 0, (states, service["events"][:5]))

    def deploy(self, version, *more):
        return self.deploy_cli("deploy", "--version", version, "--base-tar", str(self.base),
                               "--insecure-registry", "--yes", "-o", "json", "--smoke-url", self.url,
                               "--time-scale", f"{self.options.time_scale:g}", *more)

    def released(self, version):
        self.begin(f"deploy-cli deploy --version {version}, while {CALLERS} callers go on.")
        done = self.deploy(version)
        self.told(done)
        self.done(f"{version} is released and proven", done.returncode == 0, done.told)
        self.done(f"callers see {version}", self.sees(version), self.traffic.failures[-3:])

    def sees(self, version):
        """Whether the last second's answers are of one version."""
        time.sleep(1.5)
        return self.traffic.versions(int(self.traffic.now()) - 1) == {version}

    def sick(self):
        self.begin(f"deploy-cli deploy --version {SICK}, whose health command says no.")
        files = self.folder / "sick"
        files.mkdir()
        os.symlink(BUILT / "lib", files / "lib")
        with zipfile.ZipFile(BUILT / "quilt-mcp-server.jar") as old, \
                zipfile.ZipFile(files / "quilt-mcp-server.jar", "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                content = old.read(entry)
                # The probe waits for an answer that never comes.
                new.writestr(entry, content.replace(b"HTTP/1.1 200", b"HTTP/1.1 299")
                             if entry.filename == PROBE else content)
        begin = int(self.traffic.now())
        done = self.deploy(SICK, "--server-files", str(files))
        self.told(done)
        cause = said(done).get("cause") or ""
        self.done(f"{SICK} is rolled back, and its cause is named: {cause}", done.returncode == 31
                  and "health" in cause, done.told)
        # The balancer's own check passes, so some may have met the sick one before it was taken back.
        without = [at for at in range(begin, int(self.traffic.now())) if not self.traffic.seconds[at][NEWER]]
        self.done(f"{NEWER} served all the time, and serves alone again", self.sees(NEWER) and not without, without)

    def rolled_back(self):
        self.begin("deploy-cli rollback.")
        done = self.deploy_cli("rollback", NEXT, "--yes", "-o", "json", "--smoke-url", self.url, "--time-scale",
                               f"{self.options.time_scale:g}")
        self.told(done)
        self.done(f"{NEXT} is back, and proven", done.returncode == 0, done.told)
        self.done(f"callers see {NEXT}", self.sees(NEXT))

    def told(self, done):
        for name, one in said(done).get("checks", {}).items():
            self.say(f"    {name}: {one['result']} {one.get('detail', '')}"[:150])
        if said(done).get("next_command"):
            self.say(f"    next: {said(done)['next_command']}")

    def last_plan(self):
        self.begin("terraform plan.")
        changes = self.terraform.changes()
        # A failed release leaves Terraform a revision to make; after the rollback there is none.
        self.done("a plan of Terraform finds nothing to do", changes == [], changes)


def said(done):
    """The report of deploy-cli; empty where there is none."""
    try:
        return json.loads(done.stdout)
    except ValueError:
        return {}
