terraform {
  required_providers {
    pangolin = {
      source = "pangolin-iac/pangolin"
    }
  }
}

# A key for this run only. It is not stored in the state, and it is deleted at the end of the run.
ephemeral "pangolin_api_key" "run" {
  org_id      = "acme"
  name        = "nightly report"
  permissions = ["getOrg"]
}

provider "pangolin" {
  alias   = "report"
  api_key = ephemeral.pangolin_api_key.run.token
}

data "pangolin_org" "acme" {
  provider = pangolin.report
  org_id   = "acme"
}

output "name" {
  value = data.pangolin_org.acme.name
}
