export const NAMESPACE = "pangolin-iac";
export const TYPE = "pangolin";

/** The registries whose names stand for the provider: Terraform's default and OpenTofu's. */
const HOSTS = ["registry.terraform.io", "registry.opentofu.org"] as const;

/** Every address under which an engine may look for the provider. */
export const ADDRESSES: readonly string[] = HOSTS.map((host) => `${host}/${NAMESPACE}/${TYPE}`);
