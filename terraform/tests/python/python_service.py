"""The service that runs Python, as it was documented, in an account that has the stack."""

import json
import subprocess

from existing_stack import ACCOUNT, CLUSTER, CONTAINER, FAMILY, REGION, SERVICE
from rehearsal.stack import HOST, RehearsedStack
from trials import base_image

LOG_GROUP = "/ecs/mcp-server-production"
# The one that was published.
WEAK = "development-enhanced-jwt-secret"
CHECK = ('python3 -c "import urllib.request, urllib.error; urllib.request.urlopen('
         "'http://127.0.0.1:8000/healthz', timeout=3).read()\" || exit 1")
SETTINGS = {
    "AWS_DEFAULT_REGION": REGION, "AWS_REGION": REGION, "QUILT_CATALOG_URL": "https://demo.quiltdata.com",
    "QUILT_REGISTRY_URL": "https://demo.quiltdata.com", "MCP_SERVER_NAME": "quilt-mcp-server",
    "MCP_SERVER_VERSION": "0.6.13-jwt-auth", "LOG_LEVEL": "INFO", "PYTHONUNBUFFERED": "1",
    "FASTMCP_TRANSPORT": "streamable-http", "FASTMCP_ADDR": "0.0.0.0", "FASTMCP_PORT": "8000",
    "MCP_ENHANCED_JWT_SECRET": WEAK, "MCP_ENHANCED_JWT_KID": "frontend-enhanced"}

# Stands in for the program: it says that it is well, and what it was told.
PROGRAM = b"""
import hashlib, http.server, json, os, signal, threading

SECRET = hashlib.sha256(os.environ["MCP_ENHANCED_JWT_SECRET"].encode()).hexdigest()

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        body = json.dumps({"status": "ok", "server": {"build": "python"}, "secret": SECRET}).encode()
        self.send_response_only(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_):
        pass

server = http.server.ThreadingHTTPServer((os.environ["FASTMCP_ADDR"], int(os.environ["FASTMCP_PORT"])), Handler)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
print("serving", flush=True)
server.serve_forever(0.05)
"""
# All processes of this machine share 127.0.0.1; those of a task have an address of their own.
PYTHON = b"""#!/bin/sh
[ "$1" != -c ] || exec /usr/bin/python3 -c "$(printf %s "$2" | sed "s/127\\.0\\.0\\.1/$FASTMCP_ADDR/")"
exec /usr/bin/python3 "$@"
"""


class PythonService(RehearsedStack):
    """`begin` makes it; until then there is the stack alone."""

    def begin(self, folder, registry):
        self.roles()
        self.client("logs").create_log_group(logGroupName=LOG_GROUP)
        self.group_of_targets()
        base = base_image(folder / "python.tar", {"app/server.py": PROGRAM, "app/bin/python3": PYTHON},
                          "PATH=/app/bin:/usr/bin:/bin", command=["python3", "/app/server.py"])
        image = f"{registry}/quilt-mcp-server:0.6.13-jwt-auth"
        subprocess.run(["skopeo", "copy", "-q", "--dest-tls-verify=false", f"docker-archive:{base}",
                        f"docker://{image}"], check=True, stdin=subprocess.DEVNULL, timeout=60)
        role = f"arn:aws:iam::{ACCOUNT}:role/"
        self.ecs.register_task_definition(
            family=FAMILY, networkMode="awsvpc", cpu="256", memory="512", requiresCompatibilities=["FARGATE"],
            taskRoleArn=role + "ecsTaskRole", executionRoleArn=role + "ecsTaskExecutionRole",
            containerDefinitions=[{
                "name": CONTAINER, "image": image, "essential": True,
                "portMappings": [{"containerPort": 8000, "protocol": "tcp"}],
                "environment": [{"name": name, "value": value} for name, value in SETTINGS.items()],
                "healthCheck": {"command": ["CMD-SHELL", CHECK], "interval": 30, "timeout": 5, "retries": 3,
                                "startPeriod": 60},
                "logConfiguration": {"logDriver": "awslogs", "options": {
                    "awslogs-group": LOG_GROUP, "awslogs-region": REGION, "awslogs-stream-prefix": "ecs"}}}])
        self.ecs.create_service(
            cluster=CLUSTER, serviceName=SERVICE, taskDefinition=FAMILY, desiredCount=1, launchType="FARGATE",
            deploymentConfiguration={"minimumHealthyPercent": 50, "maximumPercent": 200},
            networkConfiguration={"awsvpcConfiguration": {
                "subnets": self.subnets, "securityGroups": [self.group_of_tasks()], "assignPublicIp": "DISABLED"}},
            loadBalancers=[{"targetGroupArn": self.targets, "containerName": CONTAINER, "containerPort": 8000}])

    def roles(self):
        trust = json.dumps({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ecs-tasks.amazonaws.com"}}]})
        for name in ("ecsTaskRole", "ecsTaskExecutionRole"):
            self.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=trust)

    def group_of_tasks(self):
        ec2 = self.client("ec2")
        group = ec2.create_security_group(
            VpcId=self.vpc, GroupName="sales-prod-mcp-server-20250901", Description="MCP server")["GroupId"]
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{
            "IpProtocol": "tcp", "FromPort": 8000, "ToPort": 8000, "UserIdGroupPairs": [{"GroupId": self.group}]}])
        return group

    def group_of_targets(self):
        balancing = self.client("elbv2")
        self.targets = balancing.create_target_group(
            Name="sales-prod-mcp-server-tg", Protocol="HTTP", Port=8000, VpcId=self.vpc, TargetType="ip",
            HealthCheckPath="/healthz", HealthCheckIntervalSeconds=30, HealthCheckTimeoutSeconds=6,
            HealthyThresholdCount=2, UnhealthyThresholdCount=3, Matcher={"HttpCode": "200-399"},
        )["TargetGroups"][0]["TargetGroupArn"]
        balancing.modify_target_group_attributes(TargetGroupArn=self.targets, Attributes=[
            {"Key": "deregistration_delay.timeout_seconds", "Value": "30"}])
        balancing.create_rule(
            ListenerArn=self.listener, Priority=100,
            Conditions=[{"Field": "host-header", "HostHeaderConfig": {"Values": [HOST]}},
                        {"Field": "path-pattern", "PathPatternConfig": {"Values": ["/mcp/*"]}}],
            Actions=[{"Type": "forward", "TargetGroupArn": self.targets}])
