"""What a rehearsal is made of, and where that comes from."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile

HOME = pathlib.Path(__file__).resolve().parents[5]
ALWAYS = {"docker-registry": "docker-registry", "skopeo": "skopeo", "unshare": "util-linux"}
CONTAINERS = {"podman": "podman", "crun": "crun", "catatonit": "catatonit", "haproxy": "haproxy", "ip": "iproute2",
              "setpriv": "util-linux"}
TERRAFORM = (1, 9)
WHERE = "1.9 or newer, https://developer.hashicorp.com/terraform/install"
# Terraform's own data, of which the folder of providers is one that it takes providers from.
FETCHED = HOME / "target" / "terraform-provider"
PATIENCE = 300


class Missing(Exception):
    """`lines` names each part that is not there, and what brings it."""

    def __init__(self, lines):
        super().__init__("\n".join(lines))
        self.lines = lines


def require(without_podman):
    """Gives the folder of Terraform's provider, or raises `Missing`."""
    programs = ALWAYS if without_podman else ALWAYS | CONTAINERS
    lines = [f"{program}: on Debian, apt-get install {package}" for program, package in programs.items()
             if not shutil.which(program)]
    if not without_podman and os.geteuid() != 0:
        lines.append("root, for containers with addresses of their own: sudo bin/rehearse, or --no-podman")
    folder = None
    try:
        terraform()
        folder = provider()
    except Missing as e:
        lines += e.lines
    if lines:
        raise Missing(lines)
    return folder


def terraform():
    """Asks Terraform how old it is."""
    if not shutil.which("terraform"):
        raise Missing([f"terraform: {WHERE}"])
    told = ran(["version", "-json"]).stdout
    found = re.search(r'"terraform_version": *"((\d+)\.(\d+)[^"]*)"', told)
    if not found or (int(found[2]), int(found[3])) < TERRAFORM:
        raise Missing([f"terraform: there is {found[1] if found else 'one that tells no version'}; {WHERE}"])


def provider():
    """The folder that .ci/terraform-mirror prints, if what it has fits, else one that is filled now.

    A rehearsal has no way out to the registry.
    """
    try:
        mirror = subprocess.run([str(HOME / ".ci" / "terraform-mirror")], stdout=subprocess.PIPE, text=True,
                                stderr=subprocess.PIPE, check=True, timeout=PATIENCE).stdout.strip()
    except subprocess.CalledProcessError as e:
        raise Missing([f"Terraform's provider: {e.stderr.strip()}"]) from e
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "terraform"
        shutil.copytree(HOME / "terraform", copy,
                        ignore=shutil.ignore_patterns(".terraform*", "*.tfstate*", "*.tfvars*"))
        for place in filter(None, (mirror, str(FETCHED / "providers"))):
            if os.path.isdir(place) and not ran(["init", "-backend=false", f"-plugin-dir={place}"], copy).returncode:
                return place
        # Not there any more: what it chose is bound to what it was given.
        (copy / ".terraform.lock.hcl").unlink(missing_ok=True)
        done = ran(["init", "-backend=false"], copy, TF_DATA_DIR=str(FETCHED))
    if done.returncode:
        why = " ".join(" ".join(re.findall(r"^(?:Error: |Could not |could not )[^\n]*(?:\n(?=\S)[^\n]*)*", done.stderr,
                                           re.MULTILINE)).split())
        raise Missing([
            f"Terraform's provider hashicorp/aws, which the registry did not give: {why[:300]}",
            "  go online once, or name a folder that has it: TF_PLUGIN_DIR=FOLDER bin/rehearse. Where there is a",
            "  network, `terraform init && terraform providers mirror FOLDER` in terraform/ fills one."])
    return str(FETCHED / "providers")


def ran(arguments, folder=HOME, **settings):
    command, *more = arguments
    quiet = [] if "-json" in more else ["-no-color", "-input=false"]
    return subprocess.run(["terraform", command, *quiet, *more], cwd=folder, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=PATIENCE,
                          env=os.environ | {"CHECKPOINT_DISABLE": "true"} | settings)
