# The partial configuration of the s3 backend. The state holds the token in clear text, so encrypt it and restrict access to the
# bucket. Credentials come from the environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
bucket       = "acme-terraform-state"
key          = "pangolin/terraform.tfstate"
region       = "eu-central-1"
encrypt      = true
use_lockfile = true # Terraform 1.10 or later, OpenTofu 1.10 or later

# For an S3-compatible server such as MinIO, Garage or Ceph. On AWS, remove everything below.
endpoints                   = { s3 = "https://s3.example.com" }
use_path_style              = true
skip_credentials_validation = true
skip_metadata_api_check     = true
skip_region_validation      = true
skip_requesting_account_id  = true
skip_s3_checksum            = true
