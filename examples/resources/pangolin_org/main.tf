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

  # What a destroy does. The default refuses it. A change takes effect once it has been applied.
  deletion_policy = "abandon"
}

# Refer to id, not to org_id, so that the key is created after the organization.
resource "pangolin_api_key" "ci" {
  org_id       = pangolin_org.acme.id
  name         = "ci"
  permissions  = ["getOrg", "listSites"]
  rotate_after = "90d"
}
