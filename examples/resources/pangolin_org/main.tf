terraform {
  required_providers {
    pangolin = {
      source = "pangolin-iac/pangolin"
    }
  }
}

resource "pangolin_org" "acme" {
  org_id         = "acme"
  name           = "Acme"
  subnet         = "100.90.128.0/24"
  utility_subnet = "100.96.128.0/24"

  settings_log_retention_days_request = 30

  # What a destroy does; the default refuses it. It counts once it is in the state.
  deletion_policy = "abandon"
}

# Refer to the id, not to org_id: it becomes known when the organization is there.
resource "pangolin_api_key" "ci" {
  org_id       = pangolin_org.acme.id
  name         = "ci"
  permissions  = ["getOrg", "listSites"]
  rotate_after = "90d"
}
