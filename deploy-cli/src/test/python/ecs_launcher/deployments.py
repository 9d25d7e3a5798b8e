"""One change of a service, as AWS tells it in two ways: in the list of the service, and as a story."""

from ecs_launcher.tasks import STARTING
from ecs_launcher.world import new_id, new_number, now


class Revision:
    """What a service should run."""

    def __init__(self, service, definition):
        self.arn = service.arn.replace(":service/", ":service-revision/") + "/" + new_number()
        self.definition = definition
        self.created = now()

    def view(self, service):
        container = self.definition.container
        digests = {task.running.digest for task in service.tasks + list(service.gone)
                   if task.running and task.definition.arn == self.definition.arn}
        image = {"containerName": container["name"], "image": container["image"]}
        return {
            "serviceRevisionArn": self.arn, "serviceArn": service.arn, "clusterArn": service.cluster_arn,
            "taskDefinition": self.definition.arn, "launchType": service.launch_type,
            "loadBalancers": service.settings.get("loadBalancers", []), "createdAt": self.created,
            "containerImages": [image | {"imageDigest": one} for one in digests] or [image]}


class Deployment:
    """An entry of the list. Its tasks name it as the one that started them."""

    def __init__(self, service, revision, story):
        self.id = "ecs-svc/" + new_number()
        self.service = service
        self.revision = revision
        self.story = story
        self.status = "PRIMARY"
        self.failed = 0
        self.created = self.updated = now()
        self.become("IN_PROGRESS", "in progress.")

    @property
    def definition(self):
        return self.revision.definition

    def become(self, state, words):
        self.state = state
        self.words = f"ECS deployment {self.id} {words}"
        self.updated = now()

    def tasks(self):
        return [one for one in self.service.tasks if one.deployment is self]

    def view(self):
        tasks = self.tasks()
        told = {
            "id": self.id, "status": self.status, "taskDefinition": self.definition.arn,
            "desiredCount": self.service.desired if self.status == "PRIMARY"
            else sum(one.desired == "RUNNING" for one in tasks),
            "runningCount": sum(one.status == "RUNNING" for one in tasks),
            "pendingCount": sum(one.status in STARTING for one in tasks),
            "failedTasks": self.failed, "createdAt": self.created, "updatedAt": self.updated,
            "launchType": self.service.launch_type, "rolloutState": self.state,
            "rolloutStateReason": self.words}
        if "networkConfiguration" in self.service.settings:
            told["networkConfiguration"] = self.service.settings["networkConfiguration"]
        return told


class Story:
    """A service deployment: from the change to its end, or to the end of its rollback."""

    ENDS = ("SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED")

    def __init__(self, service, source, target):
        self.arn = service.arn.replace(":service/", ":service-deployment/") + "/" + new_id()[:21]
        self.service = service
        self.source = source
        self.target = target
        self.breaker = "MONITORING" if service.breaker()["enable"] else "DISABLED"
        self.failures = 0
        self.threshold = service.threshold()
        self.configuration = dict(service.configuration())
        self.rollback = None
        self.created = now()
        self.finished = None
        self.become("PENDING")

    def become(self, status, reason=None):
        self.status = status
        self.reason = reason or getattr(self, "reason", None)
        self.updated = now()
        if self.is_over():
            self.finished = self.updated
            if self.breaker == "MONITORING":
                self.breaker = "MONITORING_COMPLETE"

    def move(self):
        """What was asked for begins."""
        following = {"PENDING": "IN_PROGRESS", "STOP_REQUESTED": "STOPPED"}.get(self.status)
        if following:
            self.become(following)

    def is_over(self):
        return self.status in self.ENDS

    def back_to(self, revision, reason):
        self.rollback = {"reason": reason, "startedAt": now(), "serviceRevisionArn": revision.arn}
        self.become("ROLLBACK_IN_PROGRESS", reason)

    def brief(self):
        told = {
            "serviceDeploymentArn": self.arn, "serviceArn": self.service.arn,
            "clusterArn": self.service.cluster_arn, "createdAt": self.created, "startedAt": self.created,
            "status": self.status, "targetServiceRevisionArn": self.target.arn}
        if self.reason:
            told["statusReason"] = self.reason
        if self.finished:
            told["finishedAt"] = self.finished
        return told

    def view(self):
        told = self.brief()
        told.pop("targetServiceRevisionArn")
        told |= {
            "updatedAt": self.updated, "deploymentConfiguration": self.configuration,
            "sourceServiceRevisions": [self.summary(self.source)] if self.source else [],
            "targetServiceRevision": self.summary(self.target),
            "deploymentCircuitBreaker": {
                "status": self.breaker, "failureCount": self.failures, "threshold": self.threshold}}
        if self.rollback:
            told["rollback"] = self.rollback
        if self.status == "STOPPED":
            told["stoppedAt"] = self.finished
        return told

    def summary(self, revision):
        tasks = [one for one in self.service.tasks if one.deployment.revision is revision]
        return {
            "arn": revision.arn,
            "requestedTaskCount": self.service.desired if revision is self.service.primary.revision else 0,
            "runningTaskCount": sum(one.status == "RUNNING" for one in tasks),
            "pendingTaskCount": sum(one.status in STARTING for one in tasks)}
