terraform {
  required_providers {
    pangolin = {
      source = "pangolin-iac/pangolin"
    }
  }

  # Every job starts from an empty checkout. Without a shared state, each would mint a key of its own.
  # The settings are in backend.hcl: terraform init -backend-config=backend.hcl
  backend "s3" {}
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

# A placeholder for what consumes the token: a GitHub Actions secret, a Kubernetes Secret, a Vault entry. It is updated in the
# same apply in which the key rotates. The previous token stays valid for the grace period.
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
