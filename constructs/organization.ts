import { type ITerraformDependable, type TerraformMetaArguments, type TerraformProvider, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { ApiKey, type ApiKeyOptions } from "./api-key";
import { attribute } from "./attribute-expression";
import { Org } from "./generated/org";
import { metaArguments } from "./meta-arguments";
import { requireSameCdktf } from "./same-cdktf";

/** An organization of Pangolin. */
export interface IOrganization extends IConstruct {
  /** Its id, e.g. `acme`; of an organization of this stack a reference, so that what uses it waits for the organization. */
  readonly orgId: string;
  /** The provider of its server, which what belongs to it uses too; undefined: the default one. */
  readonly provider?: TerraformProvider | undefined;
  /** Adds an API key of this organization; one in each of its instances where it has `forEach` or `count`. */
  addApiKey(id: string, options?: ApiKeyOptions): ApiKey;
}

/** Days that logs are kept; 0: not at all, -1: for ever. */
export interface LogRetention {
  /**
   * Requests to public resources.
   * @default - as the server has it
   */
  readonly request?: number;
  /**
   * Who was let in where.
   * @default - as the server has it
   */
  readonly access?: number;
  /**
   * What people and API keys did.
   * @default - as the server has it
   */
  readonly action?: number;
  /**
   * Connections of clients.
   * @default - as the server has it
   */
  readonly connection?: number;
  /**
   * Sessions with AI models.
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

/** Arguments of an organization. Terraform's meta-arguments (`lifecycle`, `forEach` ...) are for its resource. */
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
  abstract readonly provider?: TerraformProvider | undefined;

  /** Adds an API key of this organization; one in each of its instances where it has `forEach` or `count`. */
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

  /** The Terraform resource, to reach what this construct has no argument for. */
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

  /** A reference, so what uses it waits for the organization. */
  get orgId(): string {
    return attribute(this.resource, "id");
  }

  /** The provider of its server, which what belongs to it uses too; undefined: the default one. */
  get provider(): TerraformProvider | undefined {
    return this.resource.provider;
  }

  /** Address of the resource, so that others can name this construct in `dependsOn`. */
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
      `${construct.node.path}: an organization's id has at most ${MAX_ID_LENGTH} lower-case letters, digits, underscores and single inner hyphens; "${orgId}" is none`,
    );
}

function requireCidr(construct: Construct, name: string, value: string | undefined): void {
  if (value !== undefined && !Token.isUnresolved(value) && !CIDR.test(value))
    throw new Error(`${construct.node.path}: ${name} is an IPv4 network such as 100.90.128.0/24; "${value}" is none`);
}
