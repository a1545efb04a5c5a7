terraform {
  required_providers {
    pangolin = {
      source = "pangolin-iac/pangolin"
    }
  }
}

data "pangolin_permissions" "site" {
  category = "site"
}

output "site_permissions" {
  value = data.pangolin_permissions.site.permissions[*].name
}
