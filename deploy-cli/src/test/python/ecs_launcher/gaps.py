"""Single operations that moto does not know. What they say is simple."""

import json

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse as Scaling
from moto.ec2.models.security_groups import SecurityGroupBackend as Groups


def layers(registry):
    """Where the blobs of images are in truth."""
    def get_download_url_for_layer(self):
        request = json.loads(self.body)
        digest = request["layerDigest"]
        return json.dumps({"layerDigest": digest, "downloadUrl":
                           f"http://{registry}/v2/{request['repositoryName']}/blobs/{digest}"})

    return (get_download_url_for_layer,)


def tags():
    """Terraform asks scalable targets for their tags, which moto does not know."""
    kept = {}
    register = Scaling.register_scalable_target

    def register_scalable_target(self):
        answer = register(self)
        kept.setdefault(json.loads(answer)["ScalableTargetARN"], {}).update(self._get_param("Tags", {}))
        return answer

    def list_tags_for_resource(self):
        return json.dumps({"Tags": kept.get(self._get_param("ResourceARN"), {})})

    def tag_resource(self):
        kept.setdefault(self._get_param("ResourceARN"), {}).update(self._get_param("Tags"))
        return "{}"

    def untag_resource(self):
        for key in self._get_param("TagKeys"):
            kept.get(self._get_param("ResourceARN"), {}).pop(key, None)
        return "{}"

    return register_scalable_target, list_tags_for_resource, tag_resource, untag_resource


def described_rules():
    """Rules of security groups that name a group keep their description."""
    for name in ("authorize_security_group_ingress", "authorize_security_group_egress"):
        def authorize(self, *args, told=getattr(Groups, name), **kwargs):
            rules, group = told(self, *args, **kwargs)
            for rule, named in zip(rules, kwargs.get("source_groups") or []):
                if named.get("Description"):
                    rule.ip_range = {"Description": named["Description"]}
            return rules, group

        setattr(Groups, name, authorize)
