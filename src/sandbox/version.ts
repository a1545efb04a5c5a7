import permissions from "../integration-api/data/permissions.json";
import { DOCUMENTED_OPERATIONS } from "../integration-api/known-operations.js";
import recorded from "./data/versions.json";

/** The versions of Pangolin whose differences were recorded. */
export const SERVER_VERSIONS = ["1.14.0", "1.18.4", "1.21.1", "1.22.0"] as const;
export type ServerVersion = (typeof SERVER_VERSIONS)[number];
export const NEWEST = "1.22.0" satisfies ServerVersion;

interface Recorded {
  readonly missingPermissions: readonly string[];
  readonly missingRoutes: readonly string[];
  readonly documented: readonly string[] | null;
}

/** What a version has otherwise than the newest one, of which all other facts are. */
export class ServerFacts {
  readonly #missingRoutes: ReadonlySet<string>;
  readonly permissions: ReadonlySet<string>;
  /** What its OpenAPI document lists; null: there is none. */
  readonly documented: readonly string[] | null;

  constructor(readonly version: ServerVersion) {
    const { missingPermissions, missingRoutes, documented }: Recorded =
      version === NEWEST ? { missingPermissions: [], missingRoutes: [], documented: DOCUMENTED_OPERATIONS } : recorded[version];
    this.#missingRoutes = new Set(missingRoutes);
    this.documented = documented;
    this.permissions = new Set([
      ...permissions.flatMap(({ id }) => (missingPermissions.includes(id) ? [] : [id])),
      ...(version === "1.14.0" ? ["sendUsageNotification"] : []),
    ]);
  }

  since(version: ServerVersion): boolean {
    return SERVER_VERSIONS.indexOf(this.version) >= SERVER_VERSIONS.indexOf(version);
  }

  hasRoute(method: string, path: string): boolean {
    return !this.#missingRoutes.has(`${method} ${path}`);
  }

  /** Parameters of a query that a list does not know are refused; earlier servers drop them. */
  get refusesUnknownParameters(): boolean {
    return this.since("1.21.1");
  }

  /** Fields that an organization does not have yet. */
  get laterOrgFields(): readonly string[] {
    return [
      ...(this.since("1.22.0") ? [] : ["settingsLogRetentionDaysAISessions"]),
      ...(this.since("1.21.1") ? [] : ["settingsEnableGlobalNewtAutoUpdate"]),
      ...(this.since("1.18.4")
        ? []
        : ["settingsLogRetentionDaysConnection", "sshCaPrivateKey", "sshCaPublicKey", "isBillingOrg", "billingOrgId"]),
    ];
  }
}

export const NEWEST_FACTS = new ServerFacts(NEWEST);
