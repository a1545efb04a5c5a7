# The controller's runner with the provider in it. Build it beside the archive that `npm run package` made:
#   docker build -f runner.Dockerfile -t registry.example.com/tf-runner-pangolin release/
ARG RUNNER=ghcr.io/flux-iac/tf-runner:v0.16.0-rc.5
FROM ${RUNNER}

# The runner's own tofu looks into these folders before it asks a registry. (The home directory is hidden by a volume.)
COPY terraform-provider-pangolin_*_linux_amd64.zip /usr/share/terraform/plugins/registry.opentofu.org/pangolin-iac/pangolin/
COPY terraform-provider-pangolin_*_linux_amd64.zip /usr/share/terraform/plugins/registry.terraform.io/pangolin-iac/pangolin/
