"""The life of one task, from its pull to its end."""

import threading
import time

from ecs_launcher.runners import CannotStart
from ecs_launcher.world import new_id, now

LOOK = 0.1
STARTING = ("PROVISIONING", "PENDING")
FIELDS = {"created": "createdAt", "pulling": "pullStartedAt", "pulled": "pullStoppedAt",
          "started": "startedAt", "stopping": "stoppingAt", "stopped": "stoppedAt"}


class Task:
    """Its own thread runs it; the service looks at `status`, `health` and `serves()`, and calls `stop`.

    `targets` are the groups of moto that it is registered with while it runs, and their ports.
    """

    def __init__(self, world, service, deployment, definition, targets, runner):
        self.world = world
        self.service = service
        self.deployment = deployment
        self.definition = definition
        self.targets = targets
        self.runner = runner
        self.id = new_id()
        self.arn = service.arn.replace(":service/", ":task/").rpartition("/")[0] + "/" + self.id
        self.status = "PROVISIONING"
        self.desired = "RUNNING"
        self.check = definition.container.get("healthCheck")
        self.health = "UNKNOWN" if self.check else None
        self.running = None
        self.code = self.reason = self.exit_code = None
        # Whether it ever did what it is for.
        self.proven = False
        self.times = {"created": now()}
        self.began = time.monotonic()
        threading.Thread(target=self.live, daemon=True).start()

    def serves(self):
        """Whether it does what it is for."""
        return (self.status == "RUNNING" and self.desired == "RUNNING"
                and self.health in ("HEALTHY", None)
                and all(one and one.state == "healthy" for one in self.registrations()))

    def registrations(self):
        return [self.world.targets.get(group, self.running.address, port) for group, port in self.targets]

    def live(self):
        with self.world.lock:
            if self.desired == "STOPPED":
                return
            self.mark("PENDING", "pulling")
        try:
            heard = self.definition.log(self.id)
            running = self.runner.start(self.definition.container["image"], self.definition.environment(),
                                        self.definition.port(), self.definition.limits(), heard)
        except CannotStart as e:
            with self.world.lock:
                if self.status != "STOPPED":
                    self.code, self.reason = "TaskFailedToStart", str(e)
                    self.ended(None)
            return
        with self.world.lock:
            is_late = self.status == "STOPPED"
            if not is_late:
                self.run(running)
        if is_late:
            running.stop(0)
            self.over(running)
            return
        if self.check:
            threading.Thread(target=self.be_checked, daemon=True).start()
        exit_code = self.over(running)
        with self.world.lock:
            self.ended(exit_code)

    @staticmethod
    def over(running):
        """Its exit code, once it has one."""
        while (exit_code := running.wait(LOOK)) is None:
            pass
        return exit_code

    def run(self, running):
        """From now on it has an address."""
        with self.world.lock:
            self.running = running
            self.mark("RUNNING", "pulled", "started")
            self.began = time.monotonic()
            for group, port in self.targets:
                self.world.targets.register(group, running.address, port)

    def mark(self, status, *moments):
        with self.world.lock:
            self.status = status
            self.times |= {moment: now() for moment in moments}

    def be_checked(self):
        """The health command: it may fail while the container starts, and then a few times in a row."""
        interval = self.world.seconds(self.check.get("interval", 30))
        start_period = self.world.seconds(self.check.get("startPeriod", 0))
        failed = 0
        while True:
            time.sleep(interval)
            if self.status != "RUNNING":
                return
            good = self.running.check(self.check["command"], self.check.get("timeout", 5))
            with self.world.lock:
                failed = 0 if good else failed + (time.monotonic() - self.began > start_period)
                if good:
                    self.health = "HEALTHY"
                elif failed >= self.check.get("retries", 3):
                    self.health = "UNHEALTHY"

    def stop(self, code, reason):
        """Lets it end: no new requests, then SIGTERM, then SIGKILL; one that never ran is gone at once."""
        with self.world.lock:
            if self.desired == "STOPPED":
                return
            self.desired, self.code, self.reason = "STOPPED", code, reason
            self.times["stopping"] = now()
            if self.running:
                self.leave()
            else:
                self.ended(None)

    def leave(self):
        self.status = "DEACTIVATING"
        threading.Thread(target=self.be_stopped, daemon=True).start()

    def be_stopped(self):
        for group, port in self.targets:
            self.world.targets.deregister(group, self.running.address, port)
        while any(self.registrations()) and self.status != "STOPPED":
            time.sleep(LOOK)
        with self.world.lock:
            if self.status == "STOPPED":
                return
            self.mark("STOPPING")
        self.running.stop(self.definition.stop_seconds())

    def ended(self, exit_code):
        if self.running:
            for group, port in self.targets:
                self.world.targets.deregister(group, self.running.address, port)
        if self.code is None:
            self.code, self.reason = "EssentialContainerExited", "Essential container in task exited"
        self.exit_code = exit_code
        self.desired = "STOPPED"
        self.times.setdefault("stopping", now())
        self.mark("STOPPED", "stopped")

    def view(self):
        """The task as AWS tells it."""
        container = {
            "containerArn": f"{self.arn.replace(':task/', ':container/')}/{self.id[:32]}",
            "taskArn": self.arn, "name": self.definition.container["name"],
            "image": self.definition.container["image"], "networkInterfaces": [],
            "lastStatus": self.status if self.status in ("RUNNING", "STOPPED") else "PENDING"}
        told = {
            "taskArn": self.arn, "clusterArn": self.service.cluster_arn, "attachments": [],
            "taskDefinitionArn": self.definition.arn, "startedBy": self.deployment.id,
            "group": f"service:{self.service.name}", "launchType": self.service.launch_type,
            "lastStatus": self.status, "desiredStatus": self.desired, "connectivity": "CONNECTED",
            "cpu": self.definition.cpu, "memory": self.definition.memory,
            "overrides": {"containerOverrides": []}, "version": 1, "tags": []}
        told |= {FIELDS[moment]: at for moment, at in self.times.items()}
        if self.health:
            told["healthStatus"] = container["healthStatus"] = self.health
        if self.running:
            container["imageDigest"] = self.running.digest
            if self.running.why:
                container["reason"] = self.running.why
            container["networkInterfaces"] = [
                {"attachmentId": self.id, "privateIpv4Address": self.running.address}]
            told["attachments"] = [{
                "id": self.id, "type": "ElasticNetworkInterface",
                "status": "DELETED" if self.status == "STOPPED" else "ATTACHED",
                "details": [{"name": "privateIPv4Address", "value": self.running.address}]}]
        if self.desired == "STOPPED":
            told |= {"stopCode": self.code, "stoppedReason": self.reason}
        if self.exit_code is not None:
            container["exitCode"] = self.exit_code
        return told | {"containers": [container]}
