"""An account of moto with the service as Terraform leaves it: balancer, roles, secret, image, task."""

import hashlib
import json
import time
import urllib.request

import boto3
import botocore.config

ACCOUNT = "850787717197"
REGION = "us-east-1"
CLUSTER = "sales-prod"
SERVICE = "sales-prod-mcp-server-production"
REPOSITORY = "quilt-mcp-server"
LOG_GROUP = "/ecs/mcp-server-production"
SECRET = "/quilt/mcp-server/jwt-secret"
OLD = "0.9.0"
# A program takes its time, however fast the rest is played.
PATIENCE = 300
ROLLOUT = {
    "healthCheckGracePeriodSeconds": PATIENCE,
    "deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 100,
                                "deploymentCircuitBreaker": {"enable": True, "rollback": True}}}
OCI = "application/vnd.oci.image.manifest.v1+json"


class SeededAws:
    """What was made, and clients that look at it.

    A `secret` is what the account keeps, and what nobody may print. `patience` is for how many seconds a
    task may be ill after its start.
    """

    def __init__(self, port, access_key, secret_key, secret, patience=PATIENCE):
        self.patience = patience
        self.url = f"http://127.0.0.1:{port}"
        self.access_key = access_key
        self.secret_key = secret_key
        self.session = boto3.Session(access_key, secret_key, region_name=REGION)
        self.secret = secret
        self.ecs = self.client("ecs")
        self.ecr = self.client("ecr")
        self.ssm = self.client("ssm")
        self.balancing = self.client("elbv2")
        subnets, group = self.network()
        self.target_group = self.balancer(subnets, group)
        self.placement = {"awsvpcConfiguration": {"subnets": subnets, "securityGroups": [group],
                                                  "assignPublicIp": "DISABLED"}}
        self.roles()
        self.client("logs").create_log_group(logGroupName=LOG_GROUP)
        self.keep_secret()
        self.ecr.create_repository(repositoryName=REPOSITORY, imageTagMutability="IMMUTABLE")
        self.ecs.create_cluster(clusterName=CLUSTER)

    def client(self, name):
        return self.session.client(name, endpoint_url=self.url,
                                   config=botocore.config.Config(retries={"total_max_attempts": 1}))

    def post(self, path, body):
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(),
                                         {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=20).close()

    def network(self):
        ec2 = self.client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
        subnets = [
            ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24",
                              AvailabilityZone=REGION + zone)["Subnet"]["SubnetId"]
            for number, zone in ((1, "a"), (2, "b"))]
        group = ec2.create_security_group(VpcId=vpc, GroupName="mcp", Description="mcp")["GroupId"]
        self.vpc = vpc
        return subnets, group

    def balancer(self, subnets, group):
        self.load_balancer = self.balancing.create_load_balancer(
            Name="sales-prod-alb", Subnets=subnets, SecurityGroups=[group],
        )["LoadBalancers"][0]["LoadBalancerArn"]
        target_group = self.balancing.create_target_group(
            Name="sales-prod-mcp-server-tg", Protocol="HTTP", Port=8000, VpcId=self.vpc,
            TargetType="ip", HealthCheckPath="/healthz", HealthCheckIntervalSeconds=30,
            HealthCheckTimeoutSeconds=6, HealthyThresholdCount=2, UnhealthyThresholdCount=3,
        )["TargetGroups"][0]["TargetGroupArn"]
        self.balancing.modify_target_group_attributes(TargetGroupArn=target_group, Attributes=[
            {"Key": "deregistration_delay.timeout_seconds", "Value": "30"}])
        certificate = self.client("acm").request_certificate(
            DomainName="demo.quiltdata.com")["CertificateArn"]
        listener = self.balancing.create_listener(
            LoadBalancerArn=self.load_balancer, Protocol="HTTPS", Port=443,
            Certificates=[{"CertificateArn": certificate}],
            DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
        )["Listeners"][0]["ListenerArn"]
        self.balancing.create_rule(
            ListenerArn=listener, Priority=100,
            Conditions=[{"Field": "host-header", "Values": ["demo.quiltdata.com"]},
                        {"Field": "path-pattern", "Values": ["/mcp/*"]}],
            Actions=[{"Type": "forward", "TargetGroupArn": target_group}])
        return target_group

    def listen(self, port):
        """A listener without TLS, where something on this machine listens."""
        self.balancing.create_listener(
            LoadBalancerArn=self.load_balancer, Protocol="HTTP", Port=port,
            DefaultActions=[{"Type": "forward", "TargetGroupArn": self.target_group}])

    def keep_secret(self):
        self.ssm.put_parameter(Name=SECRET, Value=self.secret, Type="SecureString")

    def lose_secret(self):
        self.ssm.delete_parameter(Name=SECRET)

    def roles(self):
        trust = {"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": {"Service": "ecs-tasks.amazonaws.com"}}]}
        for name in ("ecsTaskRole", "ecsTaskExecutionRole"):
            self.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))

    def push(self, version, manifest, media_type=OCI):
        """An image of the repository; gives its digest."""
        digest = "sha256:" + hashlib.sha256(manifest).hexdigest()
        self.ecr.put_image(repositoryName=REPOSITORY, imageTag=version, imageDigest=digest,
                           imageManifest=manifest.decode(), imageManifestMediaType=media_type)
        return digest

    def arrived(self, request, status):
        """The registry of ECR knows an image once its manifest is there."""
        if request.method == "PUT" and "/manifests/" in request.path and status == 201:
            self.push(request.path.rpartition("/")[2], request.body)

    def definition(self, image):
        """The first revision of the task definition; gives its ARN."""
        return self.ecs.register_task_definition(
            family="quilt-mcp-server", networkMode="awsvpc", cpu="256", memory="512",
            requiresCompatibilities=["FARGATE"],
            taskRoleArn=f"arn:aws:iam::{ACCOUNT}:role/ecsTaskRole",
            executionRoleArn=f"arn:aws:iam::{ACCOUNT}:role/ecsTaskExecutionRole",
            tags=[{"key": "owner", "value": "data"}], volumes=[{"name": "tmp"}],
            containerDefinitions=[{
                "name": "mcp-server", "image": image, "essential": True, "memory": 512, "stopTimeout": 75,
                "user": "10001:10001", "readonlyRootFilesystem": True,
                "mountPoints": [{"sourceVolume": "tmp", "containerPath": "/tmp", "readOnly": False}],
                "linuxParameters": {"initProcessEnabled": True, "capabilities": {"add": [], "drop": ["ALL"]}},
                "ulimits": [{"name": "nofile", "softLimit": 65536, "hardLimit": 65536}],
                "portMappings": [{"containerPort": 8000, "protocol": "tcp"}],
                "environment": [{"name": "MCP_SERVER_VERSION", "value": OLD},
                                {"name": "LOG_LEVEL", "value": "INFO"}],
                "secrets": [{"name": "MCP_ENHANCED_JWT_SECRET", "valueFrom":
                             f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter{SECRET}"}],
                "healthCheck": {"command": ["CMD", "/app/bin/health"], "startPeriod": self.patience},
                "logConfiguration": {"logDriver": "awslogs", "options": {
                    "awslogs-group": LOG_GROUP, "awslogs-region": REGION,
                    "awslogs-stream-prefix": "ecs"}}}])["taskDefinition"]["taskDefinitionArn"]

    def create_service(self, definition):
        return self.ecs.create_service(
            cluster=CLUSTER, serviceName=SERVICE, taskDefinition=definition, desiredCount=1,
            launchType="FARGATE", networkConfiguration=self.placement,
            **ROLLOUT | {"healthCheckGracePeriodSeconds": self.patience},
            loadBalancers=[{"targetGroupArn": self.target_group, "containerName": "mcp-server",
                            "containerPort": 8000}])["service"]

    def described(self):
        return self.ecs.describe_services(cluster=CLUSTER, services=[SERVICE])["services"][0]

    def stand_still(self):
        """A service of moto alone, with a task that others say is there."""
        # It would end while somebody looks.
        self.post("/moto-api/state-manager/set-transition", {
            "model_name": "ecs::task", "transition": {"progression": "manual", "times": 1000000}})
        self.old_digest = self.push(OLD, json.dumps({"schemaVersion": 2, "mediaType": OCI}).encode())
        definition = self.definition(
            f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/{REPOSITORY}:{OLD}@{self.old_digest}")
        made = self.create_service(definition)
        # moto drops these when a service is created.
        self.ecs.update_service(cluster=CLUSTER, service=SERVICE, **ROLLOUT)
        self.task(definition, made["deployments"][0]["id"], self.placement)

    def task(self, definition, deployment, network):
        """A task of the service, which serves and has logged something."""
        task = self.ecs.run_task(
            cluster=CLUSTER, taskDefinition=definition, launchType="FARGATE", count=1,
            group=f"service:{SERVICE}", startedBy=deployment,
            networkConfiguration=network)["tasks"][0]
        details = {one["name"]: one["value"] for one in task["attachments"][0]["details"]}
        self.address = details["privateIPv4Address"]
        self.serve()
        logs = self.client("logs")
        stream = "ecs/mcp-server/" + task["taskArn"].split("/")[-1]
        logs.create_log_stream(logGroupName=LOG_GROUP, logStreamName=stream)
        now = int(time.time() * 1000)
        logs.put_log_events(logGroupName=LOG_GROUP, logStreamName=stream, logEvents=[
            {"timestamp": now + number, "message": line} for number, line in
            enumerate(("started", "ready"))])

    def serve(self, healthy=True):
        """Registers the task as a target, or takes it away."""
        change = self.balancing.register_targets if healthy else self.balancing.deregister_targets
        change(TargetGroupArn=self.target_group, Targets=[{"Id": self.address, "Port": 8000}])
