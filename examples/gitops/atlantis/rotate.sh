#!/bin/sh
# Rotates what is due, and nothing else. Atlantis acts on pull requests only, and keys fall due by time: start this once a
# day (a CronJob with the image of Atlantis will do) in a checkout of main, with the backend's lock as the guard.
set -eu
umask 077
plan=$(mktemp -d)
trap 'rm -rf "$plan"' EXIT

terraform init -input=false
terraform plan -input=false -out="$plan/rotation"
terraform show -json "$plan/rotation" > "$plan/rotation.json"
# What takes the token changes along with it. 3: something else changes as well, which wants a pull request.
pangolin-iac plan-check --only rotation --allow terraform_data.consumer "$plan/rotation.json"
terraform apply -input=false "$plan/rotation"
