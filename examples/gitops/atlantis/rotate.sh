#!/bin/sh
# Rotates the keys that are due and changes nothing else. Atlantis acts on pull requests only, but a key becomes due with time.
# Run this once a day in a checkout of main, for example as a CronJob with the Atlantis image. The lock of the backend keeps it
# and Atlantis from applying at the same time.
set -eu
umask 077
plan=$(mktemp -d)
trap 'rm -rf "$plan"' EXIT

terraform init -input=false -backend-config=backend.hcl
terraform plan -input=false -out="$plan/rotation"
# The consumer of the token changes in the same apply. Exit code 3: something else would change too. Open a pull request for it.
terraform show -json "$plan/rotation" | pangolin-iac plan-check --only rotation --allow terraform_data.consumer -
terraform apply -input=false "$plan/rotation"
