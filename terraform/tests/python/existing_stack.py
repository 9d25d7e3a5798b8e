"""What Terraform finds in the account: network, balancer, cluster, repository, secrets."""

import json
import pathlib
import time

import boto3

ACCOUNT = "850787717197"
REGION = "us-east-1"
CLUSTER = "sales-prod"
SERVICE = "sales-prod-mcp-server-production"
REPOSITORY = "quilt-mcp-server"
FAMILY = "quilt-mcp-server"
PREFIX = "/quilt/mcp-server"
CONTAINER = "mcp-server"
PATIENCE = 120


class ExistingStack:
    """An account of moto before the first apply, and clients that look at it.

    `kept` are secrets by name, which the account keeps, and which no state of Terraform may hold.
    """

    def __init__(self, url, access_key, secret_key, **kept):
        self.url = url
        self.session = boto3.Session(access_key, secret_key, region_name=REGION)
        self.ecs = self.client("ecs")
        self.ecr = self.client("ecr")
        self.ssm = self.client("ssm")
        self.network()
        self.balancer()
        self.ecs.create_cluster(clusterName=CLUSTER)
        self.ecr.create_repository(repositoryName=REPOSITORY, imageTagMutability="IMMUTABLE")
        for name, value in kept.items():
            self.ssm.put_parameter(Name=f"{PREFIX}/{name.replace('_', '-')}", Value=value, Type="SecureString")

    def client(self, name):
        return self.session.client(name, endpoint_url=self.url)

    def network(self):
        ec2 = self.client("ec2")
        self.vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        ec2.modify_vpc_attribute(VpcId=self.vpc, EnableDnsHostnames={"Value": True})
        self.subnets = [
            ec2.create_subnet(VpcId=self.vpc, CidrBlock=f"10.0.{number}.0/24",
                              AvailabilityZone=REGION + zone)["Subnet"]["SubnetId"]
            for number, zone in ((1, "a"), (2, "b"))]
        self.group = ec2.create_security_group(VpcId=self.vpc, GroupName="balancer",
                                               Description="balancer")["GroupId"]

    def balancer(self):
        balancing = self.client("elbv2")
        balancer = balancing.create_load_balancer(
            Name="sales-prod-alb", Subnets=self.subnets, SecurityGroups=[self.group])["LoadBalancers"][0]
        certificate = self.client("acm").request_certificate(DomainName="demo.quiltdata.com")["CertificateArn"]
        self.listener = balancing.create_listener(
            LoadBalancerArn=balancer["LoadBalancerArn"], Protocol="HTTPS", Port=443,
            Certificates=[{"CertificateArn": certificate}],
            DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
        )["Listeners"][0]["ListenerArn"]

    def write_variables(self, folder, **more):
        """Names all of it to the configuration in a folder; `more` adds variables."""
        arn = f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter{PREFIX}"
        variables = {
            "vpc_id": self.vpc, "private_subnet_ids": self.subnets, "alb_listener_arn": self.listener,
            "alb_security_group_ids": [self.group], "desired_count": 2,
            "state_secret_arn": f"{arn}/state-secret"} | more
        (pathlib.Path(folder) / "stack.auto.tfvars.json").write_text(json.dumps(variables))

    def image(self):
        """What the parameter says is deployed."""
        return self.ssm.get_parameter(Name=f"{PREFIX}/image")["Parameter"]["Value"]

    def service(self):
        return self.ecs.describe_services(cluster=CLUSTER, services=[SERVICE])["services"][0]

    def settled(self):
        """Waits until all that runs is what should; gives the service, however it is then."""
        deadline = time.monotonic() + PATIENCE
        while True:
            service = self.service()
            states = [one["rolloutState"] for one in service["deployments"]]
            if (states == ["COMPLETED"] and service["runningCount"] == service["desiredCount"]
                    or time.monotonic() > deadline):
                return service
            time.sleep(0.1)

    def definition(self):
        """The task definition that the service is to run."""
        wanted = self.service()["taskDefinition"]
        return self.ecs.describe_task_definition(taskDefinition=wanted)["taskDefinition"]

    def container(self):
        return self.definition()["containerDefinitions"][0]

    def settings(self):
        return {one["name"]: one["value"] for one in self.container()["environment"]}
