import type { TerraformMetaArguments } from "cdktf";
import { attribute, attributeOfSameInstance } from "./attribute-expression";
import { Org } from "./generated/org";
import type { IOrganization } from "./organization";

/** The organization's id for a resource with these arguments: one that is repeated as the organization is belongs to the instance of its key. */
export function orgIdFor(organization: IOrganization, { forEach, count }: TerraformMetaArguments): string {
  const resource = managed(organization);
  const isRepeatedAlike =
    resource !== undefined &&
    (resource.forEach ?? resource.count) !== undefined &&
    resource.forEach === forEach &&
    resource.count === count;
  return isRepeatedAlike ? attributeOfSameInstance(resource, "id") : organization.orgId;
}

/**
 * The organization's id for what is imported. Nothing in it may be unknown until the deployment, as the id of an organization that is
 * only then created or adopted can be: an import must know it before, and a key whose organization is unknown is replaced.
 */
export function orgIdForImport(organization: IOrganization): { readonly literal: string; readonly reference: string } {
  const resource = managed(organization);
  const literal = resource?.orgIdInput ?? organization.orgId;
  return { literal, reference: resource ? attribute(resource, "org_id") : organization.orgId };
}

/** undefined: an organization that the app does not manage. */
function managed({ node }: IOrganization): Org | undefined {
  return node.defaultChild instanceof Org ? node.defaultChild : undefined;
}
