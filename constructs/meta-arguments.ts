import type { TerraformMetaArguments } from "cdktf";

/** Terraform's meta-arguments out of a construct's props, for the resource that they are meant for. */
export function metaArguments({
  connection,
  count,
  dependsOn,
  forEach,
  lifecycle,
  provider,
  provisioners,
}: TerraformMetaArguments): TerraformMetaArguments {
  return { connection, count, dependsOn, forEach, lifecycle, provider, provisioners };
}
