provider "pangolin" {}

# Every API key of the organization, with its permissions.
list "pangolin_api_key" "all" {
  provider         = pangolin
  include_resource = true

  config {
    org_ids = ["acme"]
  }
}
