import { Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { ApiKey, type ApiKeyOptions } from "./api-key";
import { Org } from "./generated/org";

/** An organization of Pangolin. */
export interface IOrganization extends IConstruct {
  /** Its id, e.g. `acme`. */
  readonly orgId: string;
  /** Adds an API key of this organization. */
  addApiKey(id: string, options?: ApiKeyOptions): ApiKey;
}

/** Days that logs are kept; 0: not at all, -1: for ever. What is left out stays as the server has it. */
export interface LogRetention {
  readonly request?: number;
  readonly access?: number;
  readonly action?: number;
  readonly connection?: number;
  readonly aiSessions?: number;
}

export interface OrganizationProps {
  /** Id: at most 32 lower-case letters, digits, underscores and single inner hyphens. It cannot be changed. */
  readonly orgId: string;
  /**
   * Display name, 1 to 255 characters.
   * @default - the id
   */
  readonly name?: string;
  /**
   * IPv4 network of the organization's clients, such as `100.90.128.0/24`. It cannot be changed.
   * @default - as it is, for an organization that is adopted or imported; a new one needs it
   */
  readonly subnet?: string;
  /**
   * IPv4 network of aliases and DNS, such as `100.96.128.0/24`. It cannot be changed.
   * @default - as it is, for an organization that is adopted or imported; a new one needs it
   */
  readonly utilitySubnet?: string;
  /**
   * How long logs are kept.
   * @default - as the server has it
   */
  readonly logRetention?: LogRetention;
  /**
   * What a destroy does: refuse, leave the organization on the server, or delete it with all in it.
   * @default prevent
   */
  readonly deletionPolicy?: "prevent" | "abandon" | "delete";
  /**
   * What a creation does when there is an organization of that id: fail, or take it over.
   * @default fail
   */
  readonly onConflict?: "fail" | "adopt";
}

const ORG_ID = /^[a-z0-9_]+(-[a-z0-9_]+)*$/;
const MAX_ID_LENGTH = 32;
const OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const CIDR = new RegExp(`^(${OCTET}\\.){3}${OCTET}/([0-9]|[12]\\d|3[0-2])$`);

abstract class OrganizationBase extends Construct implements IOrganization {
  abstract readonly orgId: string;

  addApiKey(id: string, options: ApiKeyOptions = {}): ApiKey {
    return new ApiKey(this, id, { ...options, organization: this });
  }
}

class ImportedOrganization extends OrganizationBase {
  constructor(
    scope: Construct,
    id: string,
    readonly orgId: string,
  ) {
    super(scope, id);
    requireOrgId(this, orgId);
  }
}

/** An organization. */
export class Organization extends OrganizationBase {
  /** Refers to an organization that this app does not manage. */
  static fromOrganizationId(scope: Construct, id: string, orgId: string): IOrganization {
    return new ImportedOrganization(scope, id, orgId);
  }

  /** The Terraform resource, to reach what this construct has no argument for. */
  readonly resource: Org;

  constructor(scope: Construct, id: string, props: OrganizationProps) {
    super(scope, id);
    requireOrgId(this, props.orgId);
    for (const name of ["subnet", "utilitySubnet"] as const) requireCidr(this, name, props[name]);
    const { logRetention } = props;
    this.resource = new Org(this, "Resource", {
      orgId: props.orgId,
      name: props.name ?? props.orgId,
      subnet: props.subnet,
      utilitySubnet: props.utilitySubnet,
      settingsLogRetentionDaysRequest: logRetention?.request,
      settingsLogRetentionDaysAccess: logRetention?.access,
      settingsLogRetentionDaysAction: logRetention?.action,
      settingsLogRetentionDaysConnection: logRetention?.connection,
      settingsLogRetentionDaysAiSessions: logRetention?.aiSessions,
      deletionPolicy: props.deletionPolicy,
      onConflict: props.onConflict,
    });
    this.node.defaultChild = this.resource;
  }

  /** Known only once the organization is there, so what refers to it waits for it. */
  get orgId(): string {
    return this.resource.id;
  }
}

function requireOrgId(construct: Construct, orgId: string): void {
  if (!Token.isUnresolved(orgId) && (orgId.length > MAX_ID_LENGTH || !ORG_ID.test(orgId)))
    throw new Error(
      `${construct.node.path}: an organization's id has at most ${MAX_ID_LENGTH} lower-case letters, digits, underscores and single inner hyphens; "${orgId}" is none`,
    );
}

function requireCidr(construct: Construct, name: string, value: string | undefined): void {
  if (value !== undefined && !Token.isUnresolved(value) && !CIDR.test(value))
    throw new Error(`${construct.node.path}: ${name} is an IPv4 network such as 100.90.128.0/24; "${value}" is none`);
}
