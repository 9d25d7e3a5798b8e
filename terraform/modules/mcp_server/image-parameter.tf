# The image that is deployed stands in one parameter, which Terraform and deploy-cli both write and read.
# So either deploys, in any order, and the next plan of the other is empty.

locals {
  image_parameter = "${var.parameter_prefix}/image"

  # Only this one is read: beside it stand secrets, which must not reach the state.
  image = var.container_image != null ? var.container_image : data.aws_ssm_parameter.image[0].insecure_value

  # REPOSITORY:VERSION@sha256:DIGEST, where the host of the repository may have a port.
  image_version = try(regex(":([A-Za-z0-9_][A-Za-z0-9._-]{0,127})(?:@sha256:[0-9a-f]{64})?$", local.image)[0], "unknown")
}

# Not there before the first apply, which therefore needs container_image.
data "aws_ssm_parameter" "image" {
  count = var.container_image == null ? 1 : 0
  name  = local.image_parameter
}

resource "aws_ssm_parameter" "image" {
  name           = local.image_parameter
  description    = "The deployed image of ${local.service}; written by Terraform and deploy-cli."
  type           = "String"
  insecure_value = local.image
  tags           = local.tags

  # Not the image of a service that could not be made.
  depends_on = [aws_ecs_service.this]
}
