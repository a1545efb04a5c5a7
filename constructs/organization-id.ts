import type { TerraformMetaArguments } from "cdktf";
import { attributeOfSameInstance } from "./attribute-expression";
import { Org } from "./generated/org";
import type { IOrganization } from "./organization";

/** The organization's id for a resource with these arguments: one that is repeated as the organization is belongs to the instance of its key. */
export function orgIdFor(organization: IOrganization, { forEach, count }: TerraformMetaArguments): string {
  const resource = organization.node.defaultChild;
  const isRepeatedAlike =
    resource instanceof Org &&
    (resource.forEach ?? resource.count) !== undefined &&
    resource.forEach === forEach &&
    resource.count === count;
  return isRepeatedAlike ? attributeOfSameInstance(resource, "id") : organization.orgId;
}
