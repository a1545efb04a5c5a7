terraform {
  required_providers {
    pangolin = {
      source = "pangolin-iac/pangolin"
    }
  }
}

resource "pangolin_api_key" "ci" {
  org_id      = "acme"
  name        = "ci"
  permissions = ["getOrg", "listSites", "getSite"]
}

output "token" {
  value     = pangolin_api_key.ci.token
  sensitive = true
}
