"""The service that runs Python becomes one that runs Java, by the steps of docs/migration.md."""

import contextlib
import hashlib
import json
import re
import secrets
import threading
import time
import urllib.error
import urllib.request

from existing_stack import PREFIX, REPOSITORY
from python_service import WEAK
from rehearsal.stack import HOST
from trials import base_image
from visitor import Visitor

# A server takes its time to start, however fast the rest is played.
SCALE = "5"
FIRST, NEXT = "1.0.0", "1.1.0"
PATIENCE = 90
# What verify names before the first step, and which step ends it.
BLOCKERS = {"secrets": 1, "health command": 4, "grace period": 4, "listener rule": 4, "circuit breaker": 4}
IMPORTED = {f"module.mcp_server.{name}.this" for name in (
    "aws_ecs_service", "aws_lb_target_group", "aws_lb_listener_rule", "aws_cloudwatch_log_group")}


class Migration:
    """The story; `check` is told what held. `environment` is for commands of the page, `folder` where they run."""

    def __init__(self, stack, terraform, program, page, operations, check, folder, environment):
        self.stack = stack
        self.terraform = terraform
        self.program = program
        self.page = page
        self.operations = operations
        self.check = check
        self.folder = folder
        self.environment = environment
        self.url = f"http://{HOST}:{stack.balancer_port}"
        base = base_image(folder / "base.tar", {"etc/base": b"base of a test\n"})
        self.building = ("--base-tar", str(base), "--insecure-registry", "--no-aot")

    def tell(self, minted, note):
        """`minted` makes a token with a secret; `note` is told of secrets."""
        self.runs("python", "the Python service")
        # A task that the balancer has not found well is not waited for when the service is updated.
        self.settled("the start")
        with self.terraform.with_one_provider(), self.asked_all_the_time():
            self.secret()
            note("terraform", self.kept)
            self.first_image()
            self.plan()
            self.apply()
            self.later_release()
            self.back()
            self.forward_and_rotated(minted, note)
        self.check(f"all {self.answered} requests meanwhile were answered", not self.failures and self.answered > 50,
                   self.failures[:5])

    def secret(self):
        found = self.named()
        self.check("verify names what stands in the way, each with the step that ends it", found == BLOCKERS, found)
        self.check("and that the secret is the published one", "is the published default" in self.last
                   and WEAK not in self.last, self.last)
        self.check("the page has these steps", set(BLOCKERS.values()) <= set(self.page.steps()), self.page.steps())
        self.commands(self.page, "step 1: secret")
        self.kept = self.parameter("jwt-secret")
        self.settled("step 1")
        self.check("then Python has the new secret", self.has_secret())
        found = self.named()
        self.check("and verify no longer names secrets", found == {
            what: step for what, step in BLOCKERS.items() if what != "secrets"}, found)

    def first_image(self):
        where = f"{self.environment['ECR_REGISTRY']}/{REPOSITORY}"
        built = self.program.run("build", "--version", FIRST, "--to", where, *self.building)
        self.check("the first version is built", built.returncode == 0, built.told)
        self.image = built.stdout.strip()

    def plan(self):
        (self.terraform.folder / "imports.tf").write_text(self.page.block("step 3: imports.tf"))
        self.stack.write_variables(self.terraform.folder, host_names=[HOST], desired_count=1, state_secret_arn=None)
        done = self.terraform.run("plan", "-json", f"-var=container_image={self.image}")
        told = [json.loads(line) for line in done.stdout.splitlines()]
        changes = [one["change"] for one in told if one["type"] == "planned_change"]
        imported = {one["resource"]["addr"] for one in changes if "importing" in one}
        self.check("the plan takes over what is there", imported == IMPORTED, done.told)
        harm = [one for one in changes if one["action"] not in ("noop", "read", "create", "update")]
        self.check("and replaces and removes nothing", done.returncode == 0 and changes and not harm, harm or done.told)
        summary = next((one["@message"] for one in told if one["type"] == "change_summary"), "")
        self.check("it says so in the words of the page", all(
            words in summary and words in self.page.text for words in ("4 to import", "0 to destroy")), summary)

    def apply(self):
        done = self.terraform.apply(self.image)
        self.check("the apply succeeds", done.returncode == 0, done.told)
        if done.returncode:
            raise SystemExit("There is nothing to go on with.")
        self.settled("step 4")
        self.runs(FIRST, "after step 4, the first version in Java")
        done = self.program.run("validate", "--smoke-url", f"{self.url}/mcp")
        self.check("it is valid", done.returncode == 0, done.told)
        found = self.named()
        self.check("verify finds nothing in the way", self.code == 0 and not found, self.last)
        self.nothing_to_do("step 4")
        done = self.program.run("rollback", "--yes")
        self.check("a rollback does not go to Python, and names the page", done.returncode == 10
                   and "runs Python: docs/migration.md" in done.told, done.told)

    def later_release(self):
        done = self.program.run("deploy", "--version", NEXT, "--yes", "--time-scale", SCALE, "--smoke-url",
                                f"{self.url}/mcp", *self.building)
        self.check("a later release goes through", done.returncode == 0, done.told)
        self.runs(NEXT, "after step 5, the next version")
        (self.terraform.folder / "imports.tf").unlink()
        self.nothing_to_do("step 5, without imports.tf")

    def back(self):
        self.commands(self.page, "going back")
        self.runs("python", "after going back, Python")
        self.check("with the secret of step 1", self.has_secret())
        found = self.named()
        self.check("verify names the steps again", found.get("health command") == 4, found)

    def forward_and_rotated(self, minted, note):
        self.commands(self.operations, "rotation: read by ECS")
        fresh = note("terraform", self.parameter("jwt-secret"))
        self.check("the secret of before is kept beside a new one",
                   self.parameter("jwt-secret-previous") == self.kept != fresh)
        (self.terraform.folder / "rotation.auto.tfvars").write_text(self.operations.block("rotation: terraform.tfvars"))
        done = self.terraform.apply()
        self.check("an apply without an image goes forward again", done.returncode == 0, done.told)
        self.runs(NEXT, "and then the version that was there")
        self.settled("going forward")
        for what, secret, accepted in (("the new secret", fresh, True), ("the one before", self.kept, True),
                                       ("another one", note("terraform", secrets.token_urlsafe(48)), False)):
            self.check(f"tokens of {what} are {'accepted' if accepted else 'refused'}",
                       self.accepts(minted(secret)) == accepted)
        self.commands(self.operations, "rotation: new tasks")
        self.check("later rotations start new tasks of the same definition", len(
            {one["taskDefinition"] for one in self.stack.service()["deployments"]}) == 1 < len(
                self.stack.service()["deployments"]), self.stack.service()["deployments"])
        self.nothing_to_do("that")
        state = (self.terraform.folder / "terraform.tfstate").read_text()
        self.check("no secret stands in the state", self.kept not in state and fresh not in state)

    def parameter(self, name):
        return self.stack.ssm.get_parameter(Name=f"{PREFIX}/{name}", WithDecryption=True)["Parameter"]["Value"]

    def accepts(self, token):
        try:
            return Visitor(f"{self.url}/mcp", token).ask().startswith(NEXT)
        except urllib.error.HTTPError as e:
            return False if e.code == 401 else repr(e)

    def named(self):
        """What verify finds that is not well, with the step that it names; those that name none are left out."""
        done = self.program.run("verify", "-o", "json")
        self.code, self.last = done.returncode, done.told
        found = {}
        for one in json.loads(done.stdout)["findings"]:
            step = re.search(r"step (\d+) of docs/migration\.md$", one["fix"] or "")
            if step:
                found[one["what"]] = int(step.group(1))
        return found

    def commands(self, page, name):
        done = page.run(name, self.folder, self.environment)
        self.check(f"the commands of '{name}' succeed", done.returncode == 0, done.told)

    def settled(self, when):
        service = self.stack.settled()
        self.check(f"after {when}, one deployment is left and complete",
                   [one["rolloutState"] for one in service["deployments"]] == ["COMPLETED"], service["events"][:5])

    def runs(self, build, what):
        seen = self.awaited(lambda told: told["server"]["build"].partition("+")[0] == build)
        self.check(f"{what} answers", seen, self.stack.service()["events"][:5])

    def awaited(self, wanted):
        """Whether the balancer's address answers as it should within some time."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, ValueError):
                if wanted(self.health()):
                    return True
            time.sleep(0.1)
        return False

    def has_secret(self):
        """Whether a Python task answers that has the secret of step 1."""
        digest = hashlib.sha256(self.kept.encode()).hexdigest()
        return self.awaited(lambda told: told.get("secret") == digest)

    def health(self):
        with urllib.request.urlopen(f"{self.url}/mcp/healthz", timeout=10) as answer:
            return json.load(answer)

    def nothing_to_do(self, when):
        changes = self.terraform.changes()
        self.check(f"after {when}, a plan finds nothing to do", changes == [], changes)

    @contextlib.contextmanager
    def asked_all_the_time(self):
        self.answered, self.failures = 0, []
        gone = threading.Event()

        def ask():
            while not gone.wait(0.2):
                try:
                    self.health()
                    self.answered += 1
                except (OSError, ValueError) as e:
                    self.failures.append(repr(e))

        caller = threading.Thread(target=ask, daemon=True)
        caller.start()
        try:
            yield
        finally:
            gone.set()
            caller.join(PATIENCE)
