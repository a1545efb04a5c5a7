terraform {
  required_providers {
    pangolin = {
      source = "pangolin-iac/pangolin"
    }
  }
}

data "pangolin_orgs" "all" {}

data "pangolin_api_keys" "old" {
  org_ids    = data.pangolin_orgs.all.org_ids
  older_than = "90d"
}

# A warning in every plan, a month ahead. It does not fail the run.
check "no_old_keys" {
  assert {
    condition     = length(data.pangolin_api_keys.old.api_keys) == 0
    error_message = "Keys older than 90 days: ${join(", ", data.pangolin_api_keys.old.api_keys[*].name)}"
  }
}
