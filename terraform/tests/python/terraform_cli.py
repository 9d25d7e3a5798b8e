"""Terraform in one folder."""

import contextlib
import json
import os
import subprocess

import servers

FOREIGN = ("AWS_", "TF_")


class Terraform:
    """The program, with no settings but those given; what it says goes into logs."""

    runs = 0

    def __init__(self, folder, mirror, logs, **settings):
        self.folder = folder
        self.mirror = mirror
        self.logs = logs
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(FOREIGN)} | {
            "TF_IN_AUTOMATION": "true", "TF_INPUT": "false", "CHECKPOINT_DISABLE": "true",
            # Without it, a call that the stand-in does not know is tried for minutes.
            "AWS_MAX_ATTEMPTS": "2", "AWS_EC2_METADATA_DISABLED": "true"} | settings

    def run(self, *arguments):
        command, *more = arguments
        options = [] if "-json" in more else ["-no-color"]
        done = subprocess.run(["terraform", command, *options, *more], cwd=self.folder, env=self.environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600)
        Terraform.runs += 1
        log = self.logs / f"{Terraform.runs:02d}-{command}.log"
        log.write_text(f"{' '.join(arguments)}\n{done.stdout}\n{done.stderr}\nended with {done.returncode}\n")
        done.told = done.stdout + done.stderr
        return done

    def init(self):
        done = self.run("init", *([f"-plugin-dir={self.mirror}"] if self.mirror else []))
        if done.returncode:
            raise SystemExit(f"terraform init failed in {self.folder}:\n{done.told}")

    @contextlib.contextmanager
    def with_one_provider(self):
        """One process of the provider serves all runs: its start takes half of the time of each."""
        self.init()
        program = next((self.folder / ".terraform").glob("providers/*/hashicorp/aws/*/*/terraform-provider-aws*"))
        foreign = {name: "" for name in os.environ if name.startswith(FOREIGN)}
        with servers.started([str(program), "-debug"], self.logs / "provider.log", r"TF_REATTACH_PROVIDERS='(.+)'",
                             **foreign | self.environment) as address:
            self.environment["TF_REATTACH_PROVIDERS"] = address
            try:
                yield
            finally:
                del self.environment["TF_REATTACH_PROVIDERS"]

    def apply(self, image=None):
        return self.run("apply", "-auto-approve", *([f"-var=container_image={image}"] if image else []))

    def changes(self):
        """What a plan would do: a sorted list of `ACTION ADDRESS`; None when there is no plan."""
        done = self.run("plan", "-json")
        if done.returncode:
            return None
        told = [json.loads(line) for line in done.stdout.splitlines()]
        return sorted(f"{one['change']['action']} {one['change']['resource']['addr']}" for one in told
                      if one["type"] == "planned_change" and one["change"]["action"] not in ("noop", "read"))
