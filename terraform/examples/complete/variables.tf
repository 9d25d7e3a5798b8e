variable "aws_region" {
  description = "The AWS region."
  type        = string
  default     = "us-east-1"
}

variable "container_image" {
  description = "The image to deploy; null leaves what is deployed. The first apply needs it."
  type        = string
  default     = null
}

variable "certificate_arn" {
  description = "The certificate of the host name, of AWS Certificate Manager."
  type        = string
}

variable "host_name" {
  description = "The host name under which clients find the server."
  type        = string
  default     = "demo.quiltdata.com"
}

variable "data_buckets" {
  description = "The buckets of packages, which the server reads and writes for its callers."
  type        = list(string)
}

variable "state_secret_arn" {
  description = "The SSM parameter (SecureString) with which replicas seal what clients carry."
  type        = string
}
