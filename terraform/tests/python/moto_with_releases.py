"""moto_server with what Terraform and releases ask of AWS and moto leaves out.

It keeps what CreateService was told, the tags of scalable targets and the descriptions of rules that
name a group; and a service that is updated has a deployment that ends: its tasks run and are targets, or
the version before is back where the image is one of a version that ends in `-broken`.
Takes the arguments of moto_server.
"""

import json
import sys

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.core.utils import utcnow
from moto.ec2.models.security_groups import SecurityGroupBackend
from moto.ecs.models import EC2ContainerServiceBackend, Task
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.elbv2.models import elbv2_backends
from moto.moto_api import state_manager
from moto.moto_api._internal import mock_random
from moto.server import main

# Members of CreateService, and what moto calls them.
DROPPED = {
    "availabilityZoneRebalancing": "availability_zone_rebalancing",
    "deploymentConfiguration": "deployment_configuration",
    "enableECSManagedTags": "enable_ecs_managed_tags",
    "enableExecuteCommand": "enable_execute_command",
    "healthCheckGracePeriodSeconds": "health_check_grace_period_seconds",
}

target_tags = {}


def wrapped(owner, name):
    """Replaces a method by one that gets the old one first."""
    def replace(function):
        old = getattr(owner, name, None)
        setattr(owner, name, lambda self, *args, **kwargs: function(old, self, *args, **kwargs))
        return function
    return replace


@wrapped(EC2ContainerServiceResponse, "create_service")
def create_service(old, self):
    answer = old(self)
    service = answer.result["service"]
    for member, name in DROPPED.items():
        if (value := self._get_param(member)) is not None:
            setattr(service, name, value)
    roll_out(service)
    return answer


@wrapped(EC2ContainerServiceBackend, "update_service")
def update_service(old, self, properties):
    kept = self._get_service(properties["cluster"], properties["service"].split("/")[-1])
    if properties.get("deployment_configuration"):
        # What is not said stays as it is.
        properties["deployment_configuration"] = (
            getattr(kept, "deployment_configuration", None) or {}) | properties["deployment_configuration"]
    before = kept.task_definition
    is_release = bool(properties.get("task_definition") or properties.get("force_new_deployment"))
    service = old(self, properties)
    # AWS names a definition by its ARN, however it was asked for.
    service.task_definition = self.describe_task_definition(service.task_definition).arn
    if is_release:
        roll_out(service, before)
    return service


def roll_out(service, before=None):
    """Ends a deployment at once, well or with the version before."""
    backend = service._backend
    definition = backend.describe_task_definition(service.task_definition)
    failed = None
    if before and definition.container_definitions[0]["image"].split("@")[0].endswith("-broken"):
        failed = deployment_of(service, "ACTIVE", "FAILED", "tasks failed to start")
        service.task_definition = before
        definition = backend.describe_task_definition(before)
    primary = deployment_of(service, "PRIMARY", "COMPLETED", "completed")
    service.deployments = [primary] + ([failed] if failed else [])
    service.running_count, service.pending_count = service.desired_count, 0
    tasks = backend.tasks.setdefault(service.cluster_name, {})
    for arn, task in list(tasks.items()):
        if task.group == f"service:{service.name}":
            of_balancer(service, task, False)
            del tasks[arn]
    for _ in range(service.desired_count):
        task = Task(backend._get_cluster(service.cluster_name), definition, None, None, backend,
                    f"service:{service.name}", "FARGATE", started_by=primary["id"],
                    networking_configuration=service.network_configuration)
        for container in task.containers:
            container.last_status = "RUNNING"
            container.image_digest = container.image.rpartition("@")[2]
        tasks[task.task_arn] = task
        of_balancer(service, task, True)


def deployment_of(service, status, state, reason):
    return {
        "id": f"ecs-svc/{mock_random.randint(10**17, 10**18)}", "status": status,
        "taskDefinition": service.task_definition, "rolloutState": state, "rolloutStateReason": reason,
        "desiredCount": service.desired_count, "pendingCount": 0, "failedTasks": 0,
        "runningCount": service.desired_count if state == "COMPLETED" else 0, "launchType": "FARGATE",
        "createdAt": utcnow(), "updatedAt": utcnow()}


def of_balancer(service, task, serves):
    details = {one["name"]: one["value"] for one in task.attachments[0]["details"]}
    backend = elbv2_backends[service._account_id][service.region_name]
    for one in service.load_balancers:
        change = backend.register_targets if serves else backend.deregister_targets
        change(one["targetGroupArn"], [{"Id": details["privateIPv4Address"], "Port": one["containerPort"]}])


@wrapped(ApplicationAutoScalingResponse, "register_scalable_target")
def register_scalable_target(old, self):
    answer = old(self)
    target = self.applicationautoscaling_backend.describe_scalable_targets(
        self._get_param("ServiceNamespace"), [self._get_param("ResourceId")],
        self._get_param("ScalableDimension"))[0]
    if self._get_param("Tags"):
        target_tags.setdefault(target.arn, {}).update(self._get_param("Tags"))
    return answer


@wrapped(ApplicationAutoScalingResponse, "list_tags_for_resource")
def list_tags_for_resource(_, self):
    return json.dumps({"Tags": target_tags.get(self._get_param("ResourceARN"), {})})


@wrapped(SecurityGroupBackend, "authorize_security_group_ingress")
@wrapped(SecurityGroupBackend, "authorize_security_group_egress")
def authorize(old, self, *args, **kwargs):
    rules, group = old(self, *args, **kwargs)
    for rule, group_of_rule in zip(rules, kwargs.get("source_groups") or []):
        if group_of_rule.get("Description"):
            rule.ip_range = {"Description": group_of_rule["Description"]}
    return rules, group


if __name__ == "__main__":
    # Tasks would end while somebody looks.
    state_manager.set_transition("ecs::task", {"progression": "manual", "times": 1_000_000})
    sys.exit(main())
