"""bin/deploy-cli."""

import os
import pathlib
import subprocess

HOME = pathlib.Path(__file__).resolve().parents[3]
FOREIGN = ("AWS_", "ECR_", "DEPLOY_", "GITHUB_", "VERSION", "XDG_")


class DeployCli:
    """The program, started in a folder of its own, with no settings but those given; what it says goes into logs."""

    runs = 0

    def __init__(self, folder, logs, **settings):
        self.folder = folder
        self.logs = logs
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(FOREIGN)} | {
            "HOME": str(folder), "AWS_EC2_METADATA_DISABLED": "true"} | settings

    def run(self, *arguments):
        done = subprocess.run([str(HOME / "bin" / "deploy-cli"), *arguments], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, cwd=self.folder, timeout=180, env=self.environment)
        DeployCli.runs += 1
        done.told = f"{done.stdout}{done.stderr}\nended with {done.returncode}"
        (self.logs / f"deploy-cli-{DeployCli.runs:02d}.log").write_text(f"{' '.join(arguments)}\n{done.told}\n")
        return done
