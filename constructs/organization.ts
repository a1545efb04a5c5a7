import { Construct, type IConstruct } from "constructs";

/** An organization of Pangolin. */
export interface IOrganization extends IConstruct {
  /** Its id, e.g. `acme`. */
  readonly orgId: string;
}

/** An organization that exists already. */
class ImportedOrganization extends Construct implements IOrganization {
  constructor(
    scope: Construct,
    id: string,
    readonly orgId: string,
  ) {
    super(scope, id);
  }
}

export const Organization = {
  /** Refers to an organization that this app does not manage. */
  fromOrganizationId: (scope: Construct, id: string, orgId: string): IOrganization => new ImportedOrganization(scope, id, orgId),
};
