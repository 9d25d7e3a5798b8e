"""The stack that exists before the service: that of Terraform's tests, with a listener that listens."""

import hashlib

from existing_stack import REPOSITORY, ExistingStack

HOST = "localhost"


class RehearsedStack(ExistingStack):
    def __init__(self, url, balancer_port, *keys, **kept):
        self.balancer_port = balancer_port
        super().__init__(url, *keys, **kept)

    def balancer(self):
        balancing = self.client("elbv2")
        balancer = balancing.create_load_balancer(
            Name="sales-prod-alb", Subnets=self.subnets, SecurityGroups=[self.group])["LoadBalancers"][0]
        self.listener = balancing.create_listener(
            LoadBalancerArn=balancer["LoadBalancerArn"], Protocol="HTTP", Port=self.balancer_port,
            DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
        )["Listeners"][0]["ListenerArn"]

    def arrived(self, request, status):
        """The registry of ECR knows an image once its manifest is there."""
        if request.method == "PUT" and "/manifests/" in request.path and status == 201:
            self.ecr.put_image(
                repositoryName=REPOSITORY, imageTag=request.path.rpartition("/")[2],
                imageDigest="sha256:" + hashlib.sha256(request.body).hexdigest(),
                imageManifest=request.body.decode(),
                imageManifestMediaType="application/vnd.oci.image.manifest.v1+json")
