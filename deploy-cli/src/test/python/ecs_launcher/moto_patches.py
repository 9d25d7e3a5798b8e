"""Puts the played operations into moto's classes, and holds what they say to the models of AWS."""

import json
import urllib.parse

import aws_shapes
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse as Scaling
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import camelcase_to_underscores
from moto.ecr.responses import ECRResponse as Images
from moto.ecs.responses import EC2ContainerServiceResponse as Ecs
from moto.elbv2.responses import ELBV2Response as Balancing

from ecs_launcher import gaps
from ecs_launcher.operations import PLAYED

TARGETS = {Ecs: "AmazonEC2ContainerServiceV20141113", Scaling: "AnyScaleFrontendService",
           Images: "AmazonEC2ContainerRegistry_V20150921"}


def install(world, operations, planted=None):
    """`planted` is a pair of texts: the first becomes the second in every answer, to be noticed."""
    for name in PLAYED:
        replace(world, Ecs, name, lambda asked, name=name: getattr(operations, name)(asked))
    hold(world, Ecs, set(PLAYED), planted)
    balancing = {"register_targets": registered, "deregister_targets": deregistered,
                 "describe_target_health": target_health}
    for name, function in balancing.items():
        replace(world, Balancing, name, lambda asked, function=function: function(world.targets, asked))
    hold(world, Balancing, set(balancing), planted)
    gaps.described_rules()
    for kind, functions in ((Scaling, gaps.tags()), (Images, gaps.layers(operations.registry))):
        for function in functions:
            replace(world, kind, function.__name__, function)
        hold(world, kind, {one.__name__ for one in functions}, planted)


def replace(world, kind, name, function):
    def operation(self):
        with world.lock:
            return function(self)

    setattr(kind, name, operation)


def hold(world, kind, names, planted):
    """What is not as AWS publishes it is answered with 500, and so is all that comes after it."""
    answered = kind.call_action

    def call_action(self):
        operation = self._get_action()
        if camelcase_to_underscores(operation) not in names:
            return answered(self)
        status, headers, body = answered(self)
        if planted:
            body = body.replace(*planted)
        if kind is Balancing:
            form = urllib.parse.urlencode({name: values[0] for name, values in self.querystring.items()})
            exchange = {"form": form, "status": status, "reply": body}
        else:
            exchange = {"target": f"{TARGETS[kind]}.{operation}", "request": json.loads(self.body),
                        "status": status, "reply": json.loads(body or "{}")}
        for problem in aws_shapes.problems(exchange):
            world.problem(problem)
        if world.problems:
            return 500, {"status": "500"}, json.dumps({"__type": "ServerException", "message": world.problems[0]})
        return status, headers, body

    kind.call_action = call_action


def group_of(asked):
    arn = asked._get_param("TargetGroupArn")
    group = asked.elbv2_backend.target_groups.get(arn)
    if group is None:
        raise ServiceException("TargetGroupNotFound", "One or more target groups not found")
    return group


def registered(targets, asked):
    group = group_of(asked)
    for one in asked._get_param("Targets", []):
        targets.register(group, one["Id"], int(one.get("Port", group.port)))
    return EmptyResult()


def deregistered(targets, asked):
    group = group_of(asked)
    for one in asked._get_param("Targets", []):
        targets.deregister(group, one["Id"], int(one.get("Port", group.port)))
    return EmptyResult()


def target_health(targets, asked):
    group = group_of(asked)
    wanted = [(one["Id"], int(one.get("Port", group.port))) for one in asked._get_param("Targets", [])]
    if not wanted:
        wanted = [(one.address, one.port) for one in targets.of(group)]
    told = []
    for address, port in wanted:
        target = targets.get(group, address, port)
        told.append({
            "Target": {"Id": address, "Port": port}, "HealthCheckPort": str(port),
            "TargetHealth": target.health() if target else {
                "State": "unused", "Reason": "Target.NotRegistered",
                "Description": "Target is not registered to the target group"}})
    return ActionResult({"TargetHealthDescriptions": told})
