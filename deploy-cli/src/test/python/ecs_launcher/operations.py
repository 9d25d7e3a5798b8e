"""The operations of ECS that are played: each takes what moto's class got, and gives what it tells."""

import json

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.ecs.responses import EC2ContainerServiceResponse as Ecs
from moto.elbv2.models import elbv2_backends

from ecs_launcher.definitions import Definition
from ecs_launcher.services import PlayedService

ORIGINAL = {name: getattr(Ecs, name) for name in (
    "create_service", "delete_service", "list_tasks", "describe_tasks", "stop_task")}


PLAYED = ("create_service", "update_service", "describe_services", "delete_service", "list_tasks",
          "describe_tasks", "stop_task", "list_service_deployments", "describe_service_deployments",
          "describe_service_revisions", "stop_service_deployment")


class Operations:
    """A method for each name of `PLAYED`. `played` are the services, by ARN."""

    def __init__(self, world, runner, registry):
        self.world = world
        self.runner = runner
        self.registry = registry
        self.played = {}

    def create_service(self, asked):
        request = json.loads(asked.body)
        there = self.find(asked, request["serviceName"])
        if there and there.kept.status == "ACTIVE":
            raise ServiceException("InvalidParameterException", "Creation of service was not idempotent.")
        # moto fails where there are none.
        for network in asked.params.get("networkConfiguration", {}).values():
            network.setdefault("securityGroups", [])
        kept = ORIGINAL["create_service"](asked).result["service"]
        service = PlayedService(self.world, self.runner, kept, request,
                                self.definition(asked, request["taskDefinition"]),
                                elbv2_backends[asked.current_account][asked.region].target_groups.__getitem__)
        self.played[service.arn] = service
        return ActionResult({"service": service.view(True)})

    def update_service(self, asked):
        request = json.loads(asked.body)
        service = self.get(asked, request["service"])
        if service.kept.status != "ACTIVE":
            raise ServiceException("ServiceNotActiveException", "Service was not ACTIVE.")
        service.update(request, self.definition(
            asked, request.get("taskDefinition", service.primary.definition.arn)))
        service.kept.desired_count = service.desired
        return ActionResult({"service": service.view(False)})

    def describe_services(self, asked):
        request = json.loads(asked.body)
        tags = "TAGS" in request.get("include", ())
        found, failures = asked.ecs_backend.describe_services(
            request.get("cluster", "default"), request["services"])
        return ActionResult({"services": [self.played[one.arn].view(tags) for one in found],
                             "failures": failures})

    def delete_service(self, asked):
        service = self.get(asked, json.loads(asked.body)["service"])
        ORIGINAL["delete_service"](asked)
        service.delete()
        return ActionResult({"service": service.view(False)})

    def list_tasks(self, asked):
        request = json.loads(asked.body)
        wanted = request.get("desiredStatus", "RUNNING")
        mine = [task.arn for service in self.of(asked) for task in [*service.tasks, *service.gone]
                if request.get("serviceName", service.name).split("/")[-1] == service.name
                and request.get("startedBy", task.deployment.id) == task.deployment.id
                and request.get("family", "") in task.definition.arn
                and task.desired == wanted]
        others = [] if "serviceName" in request else ORIGINAL["list_tasks"](asked).result["taskArns"]
        return ActionResult({"taskArns": mine + others})

    def describe_tasks(self, asked):
        known = {task.id: task for service in self.of(asked) for task in [*service.tasks, *service.gone]}
        wanted = json.loads(asked.body)["tasks"]
        mine = [known[one.split("/")[-1]].view() for one in wanted if one.split("/")[-1] in known]
        asked.params["tasks"] = [one for one in wanted if one.split("/")[-1] not in known]
        others = ORIGINAL["describe_tasks"](asked).result["tasks"] if asked.params["tasks"] else []
        seen = {one.task_arn for one in others}
        return ActionResult({"tasks": mine + others, "failures": [
            {"arn": one, "reason": "MISSING"} for one in asked.params["tasks"] if one not in seen]})

    def stop_task(self, asked):
        request = json.loads(asked.body)
        for service in self.of(asked):
            for task in service.tasks:
                if task.id == request["task"].split("/")[-1]:
                    task.stop("UserInitiated", request.get("reason", "Task stopped by user"))
                    return ActionResult({"task": task.view()})
        return ORIGINAL["stop_task"](asked)

    def list_service_deployments(self, asked):
        request = json.loads(asked.body)
        stories = reversed(self.get(asked, request["service"]).stories)
        return ActionResult({"serviceDeployments": [
            one.brief() for one in stories if one.status in request.get("status", [one.status])]})

    def describe_service_deployments(self, asked):
        known = {one.arn: one for service in self.played.values() for one in service.stories}
        return self.described(asked, "serviceDeploymentArns", "serviceDeployments", known,
                              lambda story: story.view())

    def describe_service_revisions(self, asked):
        known = {revision.arn: (service, revision) for service in self.played.values()
                 for story in service.stories for revision in (story.source, story.target) if revision}
        return self.described(asked, "serviceRevisionArns", "serviceRevisions", known,
                              lambda pair: pair[1].view(pair[0]))

    @staticmethod
    def described(asked, member, answer, known, view):
        wanted = json.loads(asked.body).get(member, [])
        return ActionResult({
            answer: [view(known[one]) for one in wanted if one in known],
            "failures": [{"arn": one, "reason": "MISSING"} for one in wanted if one not in known]})

    def stop_service_deployment(self, asked):
        request = json.loads(asked.body)
        arn = request["serviceDeploymentArn"]
        service = next((one for one in self.played.values()
                        if any(story.arn == arn for story in one.stories)), None)
        if service is None:
            raise ServiceException("ServiceDeploymentNotFoundException", "Service deployment not found.")
        if request.get("stopType", "ROLLBACK") != "ROLLBACK":
            raise ServiceException("UnsupportedFeatureException", "Only ROLLBACK is played.")
        story = service.stories[-1]
        if story.arn != arn or story.is_over():
            raise ServiceException("ConflictException", "The service deployment is not in progress.")
        if not story.rollback:
            story.become("ROLLBACK_REQUESTED")
        return ActionResult({"serviceDeploymentArn": arn})

    def definition(self, asked, name):
        found = asked.ecs_backend.describe_task_definition(name)
        if found.status != "ACTIVE":
            raise ServiceException("ClientException", "TaskDefinition is inactive")
        return Definition(found, asked.current_account, asked.region)

    def of(self, asked):
        cluster = asked.ecs_backend._get_cluster(json.loads(asked.body).get("cluster", "default"))
        return [one for one in self.played.values() if one.cluster_arn == cluster.arn]

    def find(self, asked, name):
        return next((one for one in self.of(asked) if one.name == name.split("/")[-1]), None)

    def get(self, asked, name):
        service = self.find(asked, name)
        if service is None:
            raise ServiceException("ServiceNotFoundException", "Service not found.")
        return service

    def close(self):
        self.runner.close()
