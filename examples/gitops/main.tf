terraform {
  required_providers {
    pangolin = {
      source = "pangolin-iac/pangolin"
    }
  }
}

variable "org_id" {
  type    = string
  default = "acme"
}

resource "pangolin_api_key" "ci" {
  org_id       = var.org_id
  name         = "ci"
  permissions  = ["getOrg", "listSites"]
  rotate_after = "30d"
  grace_period = "3d"
}

# Stands for the resource of another provider that takes the token: a secret of GitHub, Kubernetes or a vault. When the key
# rotates, it is updated in the same apply, and the former token stays valid for the grace period.
resource "terraform_data" "consumer" {
  input = pangolin_api_key.ci.token
}

output "ci_token" {
  value     = pangolin_api_key.ci.token
  sensitive = true
}

output "ci_rotate_at" {
  value = pangolin_api_key.ci.rotate_at
}
