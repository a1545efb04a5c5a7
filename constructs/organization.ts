import { type ITerraformDependable, type TerraformMetaArguments, type TerraformProvider, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { ApiKey, type ApiKeyOptions } from "./api-key";
import { attribute } from "./attribute-expression";
import { Org } from "./generated/org";
import { metaArguments } from "./meta-arguments";
import { requireSameCdktf } from "./same-cdktf";

/** A Pangolin organization. */
export interface IOrganization extends IConstruct {
  /** Id, such as `acme`. For an organization of this stack it is a reference, so that its users depend on the organization. */
  readonly orgId: string;
  /** The provider of its server. Keys of the organization use it too. Undefined: the default provider. */
  readonly provider?: TerraformProvider | undefined;
  /** Adds an API key to this organization. With `forEach` or `count`, one to each of its instances. */
  addApiKey(id: string, options?: ApiKeyOptions): ApiKey;
}

/** Days to keep logs: 0 keeps nothing, -1 keeps them for ever. */
export interface LogRetention {
  /**
   * Request log: requests to public resources.
   * @default - as the server has it
   */
  readonly request?: number;
  /**
   * Access log: authentications to resources.
   * @default - as the server has it
   */
  readonly access?: number;
  /**
   * Action log: actions of users and API keys.
   * @default - as the server has it
   */
  readonly action?: number;
  /**
   * Connection log: connections of clients.
   * @default - as the server has it
   */
  readonly connection?: number;
  /**
   * Log of AI sessions.
   * @default - as the server has it
   */
  readonly aiSessions?: number;
}

/** An organization that this app does not manage. */
export interface OrganizationOptions {
  /**
   * The provider of its server.
   * @default - the stack's default provider
   */
  readonly provider?: TerraformProvider | undefined;
}

/** Arguments of an organization. Terraform's meta-arguments (`lifecycle`, `forEach` ...) apply to its resource. */
export interface OrganizationProps extends TerraformMetaArguments {
  /** Id: at most 32 lower-case letters, digits, underscores and single inner hyphens. It cannot be changed. */
  readonly orgId: string;
  /**
   * Display name, 1 to 255 characters.
   * @default - as it is, for an organization that is adopted or imported; a new one is named by its id
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
   * What a destroy does: refuse, leave the organization on the server, or delete it with everything in it.
   * @default prevent
   */
  readonly deletionPolicy?: "prevent" | "abandon" | "delete";
  /**
   * What a create does if the organization exists: fail, or adopt it.
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
  abstract readonly provider?: TerraformProvider | undefined;

  /** Adds an API key to this organization. With `forEach` or `count`, one to each of its instances. */
  addApiKey(id: string, options: ApiKeyOptions = {}): ApiKey {
    return new ApiKey(this, id, { ...this.repetition, ...options, organization: this });
  }

  protected get repetition(): Pick<TerraformMetaArguments, "forEach" | "count"> {
    return {};
  }
}

class ImportedOrganization extends OrganizationBase {
  readonly provider?: TerraformProvider | undefined;

  constructor(
    scope: Construct,
    id: string,
    readonly orgId: string,
    { provider }: OrganizationOptions,
  ) {
    super(scope, id);
    requireSameCdktf(this);
    requireOrgId(this, orgId);
    this.provider = provider;
  }
}

/** An organization. With `forEach` or `count` there are several. */
export class Organization extends OrganizationBase implements ITerraformDependable {
  /** Refers to an organization that this app does not manage. */
  static fromOrganizationId(scope: Construct, id: string, orgId: string, options: OrganizationOptions = {}): IOrganization {
    return new ImportedOrganization(scope, id, orgId, options);
  }

  /** The Terraform resource, as an escape hatch. */
  readonly resource: Org;

  constructor(scope: Construct, id: string, props: OrganizationProps) {
    super(scope, id);
    requireSameCdktf(this);
    requireOrgId(this, props.orgId);
    for (const name of ["subnet", "utilitySubnet"] as const) requireCidr(this, name, props[name]);
    const { logRetention } = props;
    this.resource = new Org(this, "Resource", {
      ...metaArguments(props),
      orgId: props.orgId,
      name: props.name,
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

  /** A reference, so that its users depend on the organization. */
  get orgId(): string {
    return attribute(this.resource, "id");
  }

  /** The provider of its server. Keys of the organization use it too. Undefined: the default provider. */
  get provider(): TerraformProvider | undefined {
    return this.resource.provider;
  }

  /** Address of the resource, so that this construct can be used in `dependsOn`. */
  get fqn(): string {
    return this.resource.fqn;
  }

  protected override get repetition(): Pick<TerraformMetaArguments, "forEach" | "count"> {
    return { forEach: this.resource.forEach, count: this.resource.count };
  }
}

function requireOrgId(construct: Construct, orgId: string): void {
  if (!Token.isUnresolved(orgId) && (orgId.length > MAX_ID_LENGTH || !ORG_ID.test(orgId)))
    throw new Error(
      `${construct.node.path}: expected an organization id of at most ${MAX_ID_LENGTH} lower-case letters, digits, underscores and single inner hyphens, got "${orgId}"`,
    );
}

function requireCidr(construct: Construct, name: string, value: string | undefined): void {
  if (value !== undefined && !Token.isUnresolved(value) && !CIDR.test(value))
    throw new Error(`${construct.node.path}: expected an IPv4 network such as 100.90.128.0/24 for ${name}, got "${value}"`);
}
