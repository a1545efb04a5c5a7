# The runner image of tofu-controller with the provider. Build it from the folder with the archives of `npm run package`:
#   docker build -f runner.Dockerfile -t registry.example.com/tf-runner-pangolin release/
ARG RUNNER=ghcr.io/flux-iac/tf-runner:v0.16.0-rc.5
FROM ${RUNNER}

# Implied local mirrors of OpenTofu and Terraform. The home directory is no place for them: a volume is mounted over it.
COPY terraform-provider-pangolin_*_linux_amd64.zip /usr/share/terraform/plugins/registry.opentofu.org/pangolin-iac/pangolin/
COPY terraform-provider-pangolin_*_linux_amd64.zip /usr/share/terraform/plugins/registry.terraform.io/pangolin-iac/pangolin/
