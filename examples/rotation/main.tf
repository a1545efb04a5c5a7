terraform {
  required_providers {
    pangolin = {
      source = "pangolin-iac/pangolin"
    }
  }
}

resource "pangolin_api_key" "ci" {
  org_id       = "acme"
  name         = "ci"
  permissions  = ["getOrg", "listSites"]
  rotate_after = "90d"
  grace_period = "7d"

  # Change a value to rotate the key now.
  rotation_triggers = {
    incident = "none"
  }
}

# A warning in every plan of the last month before the rotation is due.
check "rotation" {
  assert {
    condition     = timecmp(plantimestamp(), timeadd(pangolin_api_key.ci.rotate_at, "-720h")) < 0
    error_message = "The key ${pangolin_api_key.ci.name} is due at ${pangolin_api_key.ci.rotate_at}: an apply after that rotates it."
  }
}
