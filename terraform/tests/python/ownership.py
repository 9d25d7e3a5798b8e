"""Terraform and deploy-cli release to one service, in turns."""

import hashlib
import json

from existing_stack import ACCOUNT, CONTAINER, FAMILY, PREFIX, REGION, REPOSITORY

OCI = "application/vnd.oci.image.manifest.v1+json"
# What a plan shows that makes a revision.
DEFINED = ["replace module.mcp_server.aws_ecs_task_definition.this", "update module.mcp_server.aws_ecs_service.this"]
SCALE = "50"
QUICK = ("--yes", "--reuse-image", "--time-scale", SCALE, "-o", "json")


class Ownership:
    """The story; `check` is told what held.

    A version is an image in the repository. Which runs is read from the service itself, and from the
    parameter what Terraform will take for it.
    """

    def __init__(self, stack, terraform, program, check, kept):
        self.stack = stack
        self.terraform = terraform
        self.program = program
        self.check = check
        self.kept = kept

    def tell(self):
        self.stack.write_variables(self.terraform.folder)
        with self.terraform.with_one_provider():
            self.first_apply()
            self.turns()
            self.configuration_and_releases()
            self.failed_release()
            self.everything()
            self.end()

    def first_apply(self):
        done = self.terraform.run("plan")
        self.check("without an image, the first plan stops and names the parameter",
                   done.returncode == 1 and f"{PREFIX}/image" in done.told, done.told)
        done = self.terraform.run("plan", "-var", "create_ecr_repository=true",
                                  "-target=module.mcp_server.aws_ecr_repository.this")
        self.check("a repository can be made before there is an image", done.returncode == 0
                   and "1 to add" in done.told, done.told)
        self.apply("1.0.0")
        self.check("deploy-cli finds nothing amiss with what Terraform made", self.cli("verify").returncode == 0,
                   self.last)
        service = self.stack.service()
        self.check("all that the service was told is kept", (
            service["desiredCount"], service["healthCheckGracePeriodSeconds"], service["enableECSManagedTags"],
            service["deploymentConfiguration"]["deploymentCircuitBreaker"]) == (
                2, 60, True, {"enable": True, "rollback": True}), service)

    def turns(self):
        """Who deploys does not matter, and the other one sees nothing to do."""
        self.deploy("2.0.0")
        self.apply("3.0.0")
        self.deploy("4.0.0")
        self.apply("5.0.0")
        self.deploy("6.0.0")
        self.deploy("8.0.0")
        self.apply("7.0.0")
        self.apply("2.0.0")
        self.deploy("9.0.0")
        tags = self.stack.ecs.describe_task_definition(
            taskDefinition=self.stack.service()["taskDefinition"], include=["TAGS"])["tags"]
        self.check("the tags of the task definition are still those of Terraform",
                   tags == [{"key": "Name", "value": self.stack.service()["serviceName"]}], tags)

    def configuration_and_releases(self):
        self.configured(log_level="DEBUG", environment_variables={"QUILT_READ_ONLY": "true"})
        changes = self.terraform.changes()
        self.check("a plan shows that a setting was changed", changes == DEFINED, changes)
        self.applied(self.terraform.apply(), "9.0.0", "an apply with other settings and no image")
        self.check("the new settings are there", (self.stack.settings()["LOG_LEVEL"],
                   self.stack.settings()["QUILT_READ_ONLY"]) == ("DEBUG", "true"), self.stack.settings())
        self.deploy("10.0.0")
        self.deploy("11.0.0")
        self.check("releases keep the settings", self.stack.settings()["QUILT_READ_ONLY"] == "true",
                   self.stack.settings())
        done = self.cli("rollback", *(option for option in QUICK if option != "--reuse-image"))
        self.applied(done, "10.0.0", "a rollback")

    def failed_release(self):
        before = self.stack.service()["taskDefinition"]
        self.put_image("12.0.0-broken")
        done = self.cli("deploy", "--version", "12.0.0-broken", *QUICK)
        self.check("a release that fails is told and rolled back", done.returncode == 31
                   and self.stack.service()["taskDefinition"] == before, self.last)
        self.runs_version("10.0.0", "after the failed release")
        changes = self.terraform.changes()
        self.check("then a plan registers the good image again, and does nothing else", changes == DEFINED, changes)
        self.applied(self.terraform.apply(), "10.0.0", "an apply after a failed release")
        done = self.terraform.apply(self.put_image("12.1.0-broken"))
        self.check("an apply whose tasks fail waits, and fails", done.returncode == 1
                   and "ECS took the change back" in done.told, done.told[-3000:])
        self.stack.settled()
        self.check("the parameter still says what serves", self.stack.image() == self.image("10.0.0"),
                   self.stack.image())
        self.applied(self.terraform.apply(), "10.0.0", "an apply after a failed apply")
        self.deploy("13.0.0")

    def everything(self):
        """Features are turned on while the service runs, and off."""
        on = {
            "autoscaling": {"min_tasks": 2, "max_tasks": 4}, "peers": {}, "restrict_egress": True,
            "data_role": {"read_buckets": ["open-data"], "write_buckets": ["team-data"]},
            "oauth": {"issuer": "https://login.example.com", "public_url": "https://demo.quiltdata.com/mcp"},
            "alarms": {"refusal_percent": 50, "container_insights": True}, "rollback_on_alarm": True,
            "jwt_secret_read_by_server": True, "trust_forwarded_for": True}
        self.configured(**on)
        self.applied(self.terraform.apply(), "13.0.0", "an apply that turns everything on")
        self.deploy("14.0.0")
        container = self.stack.container()
        self.check("the release keeps ports, secrets and the data role", (
            [one["containerPort"] for one in container["portMappings"]],
            [one["name"] for one in container["secrets"]], "MCP_DATA_ROLE_ARN" in self.stack.settings()) == (
                [8000, 8001], ["MCP_STATE_SECRET"], True), container)
        self.stack.ecs.update_service(cluster=self.stack.service()["clusterArn"],
                                      service=self.stack.service()["serviceName"], desiredCount=3)
        self.stack.settled()
        changes = self.terraform.changes()
        self.check("tasks that autoscaling adds are no change", changes == [], changes)
        self.apply("15.0.0")
        self.check("and an apply does not take them away", self.stack.service()["desiredCount"] == 3,
                   self.stack.service()["desiredCount"])
        self.configured()
        self.applied(self.terraform.apply(), "15.0.0", "an apply that turns everything off")

    def end(self):
        state = (self.terraform.folder / "terraform.tfstate").read_text()
        self.check("no secret stands in the state", not any(secret in state for secret in self.kept))
        done = self.terraform.run("destroy", "-auto-approve")
        left = self.stack.ecs.list_task_definitions(familyPrefix=FAMILY, status="ACTIVE")["taskDefinitionArns"]
        self.check("all is destroyed but the revisions, of which one can be run again", done.returncode == 0
                   and self.stack.service()["status"] == "INACTIVE" and len(left) > 10, done.told)

    def configured(self, **variables):
        self.stack.write_variables(self.terraform.folder, **variables)

    def apply(self, version):
        self.applied(self.terraform.apply(self.put_image(version)), version, f"an apply of {version}")

    def deploy(self, version):
        self.put_image(version)
        self.applied(self.cli("deploy", "--version", version, *QUICK), version, f"a release of {version}")

    def applied(self, done, version, what):
        self.check(f"{what} succeeds", done.returncode == 0, done.told)
        self.stack.settled()
        self.runs_version(version, f"after {what}")
        changes = self.terraform.changes()
        self.check(f"after {what}, a plan finds nothing to do", changes == [], changes)

    def runs_version(self, version, when):
        container, image = self.stack.container(), self.image(version)
        self.check(f"{when}, service, version and parameter say {version}", (
            container["name"], container["image"], self.stack.settings()["MCP_SERVER_VERSION"],
            self.stack.image()) == (CONTAINER, image, version, image), (container, self.stack.image()))

    def image(self, version):
        digest = hashlib.sha256(self.manifest(version)).hexdigest()
        return f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/{REPOSITORY}:{version}@sha256:{digest}"

    def manifest(self, version):
        return json.dumps({"schemaVersion": 2, "mediaType": OCI, "annotations": {"version": version}}).encode()

    def put_image(self, version):
        """An image of the repository, unless it is there; gives its reference."""
        image = self.image(version)
        there = self.stack.ecr.list_images(repositoryName=REPOSITORY)["imageIds"]
        if version not in [one.get("imageTag") for one in there]:
            self.stack.ecr.put_image(
                repositoryName=REPOSITORY, imageTag=version, imageDigest=image.rpartition("@")[2],
                imageManifest=self.manifest(version).decode(), imageManifestMediaType=OCI)
        return image

    def cli(self, *arguments):
        done = self.program.run(*arguments)
        self.last = done.told
        return done
