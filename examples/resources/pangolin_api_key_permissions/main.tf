terraform {
  required_providers {
    pangolin = {
      source = "pangolin-iac/pangolin"
    }
  }
}

data "pangolin_api_key" "dashboard" {
  org_id = "acme"
  name   = "made in the dashboard"
}

# The complete set of the key's permissions: all others are revoked.
resource "pangolin_api_key_permissions" "exactly" {
  org_id      = "acme"
  key_id      = data.pangolin_api_key.dashboard.key_id
  permissions = ["getOrg", "listSites"]
}
