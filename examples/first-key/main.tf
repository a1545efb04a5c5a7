terraform {
  required_providers {
    pangolin = {
      source = "pangolin-iac/pangolin"
    }
  }
}

# An existing organization needs no resource: write its id into org_id of the key.
resource "pangolin_org" "acme" {
  org_id          = "acme"
  name            = "Acme"
  subnet          = "100.90.128.0/24"
  utility_subnet  = "100.96.128.0/24"
  deletion_policy = "abandon"
}

resource "pangolin_api_key" "ci" {
  org_id      = pangolin_org.acme.id
  name        = "ci"
  permissions = ["getOrg", "listSites", "getSite"]
}

output "token" {
  value     = pangolin_api_key.ci.token
  sensitive = true
}
