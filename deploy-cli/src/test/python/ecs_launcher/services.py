"""A service: which tasks it runs, and what becomes of its deployments."""

import collections
import math
import time
import uuid

from ecs_launcher.deployments import Deployment, Revision, Story
from ecs_launcher.tasks import STARTING, Task
from ecs_launcher.world import now

# After a failed task the next one waits.
RESTART = 10
# Members of requests that the service keeps and tells as they came.
KEPT = ("loadBalancers", "serviceRegistries", "networkConfiguration", "healthCheckGracePeriodSeconds",
        "deploymentConfiguration", "deploymentController", "enableECSManagedTags", "enableExecuteCommand",
        "availabilityZoneRebalancing", "propagateTags", "platformVersion", "placementConstraints",
        "placementStrategy", "capacityProviderStrategy", "schedulingStrategy", "launchType")
# Those of them whose change starts new tasks.
RESTARTING = ("loadBalancers", "serviceRegistries", "networkConfiguration", "platformVersion",
              "capacityProviderStrategy")
DEFAULTS = {
    "loadBalancers": [], "serviceRegistries": [], "placementConstraints": [], "placementStrategy": [],
    "schedulingStrategy": "REPLICA", "propagateTags": "NONE", "enableECSManagedTags": False,
    "enableExecuteCommand": False, "availabilityZoneRebalancing": "DISABLED",
    "deploymentController": {"type": "ECS"}, "launchType": "EC2"}
CONFIGURATION = {"maximumPercent": 200, "minimumHealthyPercent": 100, "strategy": "ROLLING",
                 "bakeTimeInMinutes": 0, "deploymentCircuitBreaker": {"enable": False, "rollback": False}}


class PlayedService:
    """All its methods want the lock of the world. `group_of` finds a target group of moto by its ARN."""

    def __init__(self, world, runner, kept, request, definition, group_of):
        self.world = world
        self.runner = runner
        self.kept = kept  # as moto has it
        self.name, self.arn, self.cluster_arn = kept.name, kept.arn, kept.cluster_arn
        self.group_of = group_of
        self.created = now()
        self.settings = DEFAULTS | {name: request[name] for name in KEPT if name in request}
        self.launch_type = self.settings["launchType"]
        self.desired = request.get("desiredCount", 0)
        self.tasks = []
        self.gone = collections.deque(maxlen=100)
        self.events = collections.deque(maxlen=100)
        self.stories = []
        self.deployments = []
        self.completed = None
        self.not_before = 0
        self.begin(Revision(self, definition))

    @property
    def primary(self):
        return self.deployments[0]

    def configuration(self):
        return CONFIGURATION | self.settings.get("deploymentConfiguration", {})

    def breaker(self):
        return self.configuration()["deploymentCircuitBreaker"]

    def threshold(self):
        return min(200, max(3, math.ceil(self.desired / 2)))

    def update(self, request, definition):
        changed = {name: request[name] for name in KEPT if name in request}
        if (told := changed.get("deploymentConfiguration")) is not None:
            # What is not said stays as it is.
            changed["deploymentConfiguration"] = self.settings.get("deploymentConfiguration", {}) | told
        anew = (definition.arn != self.primary.definition.arn or request.get("forceNewDeployment")
                or any(name in changed and changed[name] != self.settings.get(name) for name in RESTARTING))
        self.settings |= changed
        self.desired = request.get("desiredCount", self.desired)
        if anew:
            if self.stories and not self.stories[-1].is_over():
                self.stories[-1].become("STOP_REQUESTED", "Stopped by a newer deployment.")
            self.begin(Revision(self, definition))

    def begin(self, revision, story=None):
        source = self.primary.revision if self.deployments else None
        if story is None:
            story = Story(self, source, revision)
            self.stories.append(story)
        for one in self.deployments:
            one.status = "ACTIVE"
        self.deployments.insert(0, Deployment(self, revision, story))
        self.not_before = 0

    def roll_back(self, reason):
        """The last complete revision comes back as a new deployment."""
        story = self.primary.story
        self.primary.become("FAILED", f"failed: {reason}")
        self.tell(f"(deployment {self.primary.id}) deployment failed: {reason}.")
        if story.rollback:
            story.become("ROLLBACK_FAILED", reason)
        elif self.completed is None:
            story.become("STOPPED", reason)
        else:
            story.back_to(self.completed, reason)
            self.begin(self.completed, story)
            self.tell(f"rolling back to deployment {self.primary.id}.")

    def delete(self):
        self.desired = 0
        for task in self.tasks:
            task.stop("ServiceSchedulerInitiated", f"Scaling activity initiated by (deployment {self.primary.id})")

    def tell(self, text):
        message = f"(service {self.name}) {text}"
        self.world.say(message)
        self.events.appendleft({"id": str(uuid.uuid4()), "createdAt": now(), "message": message})

    def tick(self):
        for story in self.stories:
            story.move()
        if self.primary.story.status == "ROLLBACK_REQUESTED":
            self.roll_back("service deployment rollback requested")
        for task in list(self.tasks):
            if task.status == "STOPPED":
                self.bury(task)
            elif task.status == "RUNNING" and task.desired == "RUNNING":
                self.judge(task)
        self.break_circuit()
        if self.primary.state != "FAILED":
            self.place()
        self.finish()

    def bury(self, task):
        self.tasks.remove(task)
        self.gone.append(task)
        self.tell(f"has stopped 1 running tasks: (task {task.id}).")
        self.world.say(f"task {task.id}: {task.code}, {task.reason}, exit code {task.exit_code}")
        for told in (task.running.why, task.running.used) if task.running else ():
            if told:
                self.world.say(f"task {task.id}: {told}")
        asked = task.code == "UserInitiated" or task.reason.startswith("Scaling activity initiated by")
        if not task.proven and not asked:
            task.deployment.failed += 1
            self.not_before = time.monotonic() + self.world.seconds(RESTART)
            if task.deployment.failed == 2:
                self.tell("is unable to consistently start tasks successfully. For more information, see the "
                          "Troubleshooting section of the Amazon ECS Developer Guide.")

    def judge(self, task):
        if task.serves():
            if not task.proven:
                task.proven = True
                task.deployment.failed = 0
                self.world.say(f"task {task.id} serves at {task.running.address}")
            return
        if task.health == "UNHEALTHY":
            task.stop("ServiceSchedulerInitiated", "Task failed container health checks")
            self.tell(f"(task {task.id}) failed container health checks.")
            return
        grace = self.world.seconds(self.settings.get("healthCheckGracePeriodSeconds", 0))
        bad = next((one for one in task.registrations() if one and one.state == "unhealthy"), None)
        if bad and time.monotonic() - task.began > grace:
            self.tell(f"(port {bad.port}) is unhealthy in (target-group {bad.group.arn}) due to (reason "
                      f"{bad.health()['Description']})")
            task.stop("ServiceSchedulerInitiated",
                      f"Task failed ELB health checks in (target-group {bad.group.arn})")

    def break_circuit(self):
        deployment, breaker = self.primary, self.breaker()
        if deployment.story.breaker != "TRIGGERED":
            deployment.story.failures = deployment.failed
        if (breaker["enable"] and deployment.state == "IN_PROGRESS"
                and deployment.failed >= deployment.story.threshold):
            deployment.story.breaker = "TRIGGERED"
            if breaker["rollback"]:
                self.roll_back("tasks failed to start")
            else:
                deployment.become("FAILED", "failed: tasks failed to start")
                deployment.story.become("STOPPED", "tasks failed to start")
                self.tell(f"(deployment {deployment.id}) deployment failed: tasks failed to start.")

    def place(self):
        """Starts what is missing, and stops what is too much, within the percentages."""
        limits = self.configuration()
        most = self.desired * limits["maximumPercent"] // 100
        least = math.ceil(self.desired * limits["minimumHealthyPercent"] / 100)
        alive = [one for one in self.tasks if one.desired == "RUNNING"]
        mine = [one for one in alive if one.deployment is self.primary]
        surplus = mine[self.desired:] + [one for one in alive if one.deployment is not self.primary]
        serving = sum(one.serves() for one in alive)
        for task in sorted(surplus, key=Task.serves):
            if not task.serves() or serving > least:
                serving -= task.serves()
                task.stop("ServiceSchedulerInitiated",
                          f"Scaling activity initiated by (deployment {self.primary.id})")
                self.tell("has begun draining connections on 1 tasks.")
        while (len(mine) < self.desired and len(alive) < max(most, 1)
               and time.monotonic() >= self.not_before):
            task = Task(self.world, self, self.primary, self.primary.definition, self.groups(), self.runner)
            for some in (self.tasks, alive, mine):
                some.append(task)
            self.tell(f"has started 1 tasks: (task {task.id}).")

    def groups(self):
        return [(self.group_of(one["targetGroupArn"]), one["containerPort"])
                for one in self.settings["loadBalancers"]]

    def finish(self):
        deployment = self.primary
        self.deployments[1:] = [one for one in self.deployments[1:] if one.tasks()]
        if (deployment.state == "IN_PROGRESS" and len(self.deployments) == 1
                and sum(one.serves() for one in self.tasks) == self.desired == len(self.tasks)):
            deployment.become("COMPLETED", "completed.")
            story = deployment.story
            story.become("ROLLBACK_SUCCESSFUL" if story.rollback else "SUCCESSFUL")
            self.completed = deployment.revision
            self.tell(f"(deployment {deployment.id}) deployment completed.")
            self.tell("has reached a steady state.")

    def view(self, tags):
        """The service as AWS tells it."""
        running = sum(one.status == "RUNNING" for one in self.tasks)
        told = self.settings | {
            "serviceArn": self.arn, "serviceName": self.name, "clusterArn": self.cluster_arn,
            "status": self.kept.status, "desiredCount": self.desired, "runningCount": running,
            "pendingCount": sum(one.status in STARTING for one in self.tasks),
            "taskDefinition": self.primary.definition.arn, "deploymentConfiguration": self.configuration(),
            "deployments": [one.view() for one in self.deployments], "events": list(self.events),
            "createdAt": self.created, "currentServiceRevisions": [
                {"arn": one.revision.arn, "requestedTaskCount": self.desired if one is self.primary else 0,
                 "runningTaskCount": one.view()["runningCount"],
                 "pendingTaskCount": one.view()["pendingCount"]} for one in self.deployments]}
        if not self.stories[-1].is_over():
            told["currentServiceDeployment"] = self.stories[-1].arn
        if self.launch_type == "FARGATE":
            told["platformFamily"] = "Linux"
            told.setdefault("platformVersion", "LATEST")
        return told | ({"tags": self.kept.tags} if tags else {})
