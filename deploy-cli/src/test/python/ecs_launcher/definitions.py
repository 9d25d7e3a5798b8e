"""What a task definition asks of an account of moto: secrets, a log stream, an image to run."""

import time

from moto.logs.models import logs_backends
from moto.secretsmanager.models import secretsmanager_backends
from moto.ssm.models import ssm_backends

from ecs_launcher.runners import CannotStart, Limits

# Of one processor.
CPU_UNITS = 1024


class Definition:
    """A task definition of moto, with one container."""

    def __init__(self, definition, account, region):
        if len(definition.container_definitions) != 1:
            raise NotImplementedError("Tasks of one container are played, and no others")
        self.arn = definition.arn
        self.cpu = definition.cpu
        self.memory = definition.memory
        self.container = definition.container_definitions[0]
        self.account = account
        self.region = region

    def port(self):
        return self.container["portMappings"][0]["containerPort"]

    def stop_seconds(self):
        return self.container.get("stopTimeout", 30)

    def limits(self):
        """Those of the task, and of its container where they are narrower."""
        memory = [int(one) for one in (self.memory, self.container.get("memory")) if one]
        linux = self.container.get("linuxParameters", {})
        return Limits(
            cpus=int(self.cpu) / CPU_UNITS if self.cpu else None, memory=min(memory, default=None),
            user=self.container.get("user"), read_only=self.container.get("readonlyRootFilesystem", False),
            writable=tuple(one["containerPath"] for one in self.container.get("mountPoints", ())
                           if not one.get("readOnly")),
            dropped=tuple(linux.get("capabilities", {}).get("drop", ())),
            has_init=linux.get("initProcessEnabled", False),
            ulimits=tuple((one["name"], one["softLimit"], one["hardLimit"])
                          for one in self.container.get("ulimits", ())))

    def environment(self):
        """Variables and secrets, or `CannotStart` in the words of ECS."""
        plain = {one["name"]: one["value"] for one in self.container.get("environment", ())}
        return plain | {one["name"]: self.secret(one["valueFrom"])
                        for one in self.container.get("secrets", ())}

    def secret(self, source):
        try:
            if ":secretsmanager:" in source:
                arn = ":".join(source.split(":")[:7])
                return secretsmanager_backends[self.account][self.region].get_secret_value(
                    arn, "", "AWSCURRENT")["SecretString"]
            name = source.partition(":parameter")[2] or source
            found = ssm_backends[self.account][self.region].get_parameter(name)
            if found is None:
                raise ValueError("invalid ssm parameters")
            return found.response_object(True)["Value"]
        except Exception as e:
            raise CannotStart(
                "ResourceInitializationError: unable to pull secrets or registry auth: execution resource "
                f"retrieval failed: unable to retrieve secret from ssm or asm: {source}: {e}") from e

    def log(self, task):
        """Gives what takes the lines of a task."""
        logging = self.container.get("logConfiguration", {})
        if logging.get("logDriver") != "awslogs":
            return lambda line: None
        options = logging["options"]
        group = options["awslogs-group"]
        backend = logs_backends[self.account][options.get("awslogs-region", self.region)]
        if group not in backend.groups:
            raise CannotStart(
                "ResourceInitializationError: failed to validate logger args: create stream has been retried "
                "1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified "
                "log group does not exist.")
        stream = f"{options.get('awslogs-stream-prefix', 'ecs')}/{self.container['name']}/{task}"
        backend.ensure_log_stream(group, stream)
        return lambda line: backend.put_log_events(
            group, stream, [{"timestamp": int(time.time() * 1000), "message": line}])
