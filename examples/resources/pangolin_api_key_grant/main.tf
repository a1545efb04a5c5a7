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

# Adds to the permissions of the key. A destroy revokes only these.
resource "pangolin_api_key_grant" "reads_sites" {
  org_id      = "acme"
  key_id      = data.pangolin_api_key.dashboard.key_id
  permissions = ["listSites", "getSite"]
}
