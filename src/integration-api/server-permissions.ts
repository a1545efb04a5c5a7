import documented from "./data/documented-permissions.json";
import { IntegrationApiError, isIntegrationApiError } from "./errors.js";
import type { IntegrationApi } from "./integration-api.js";
import { permissionCatalogue } from "./permission-catalogue.js";

/** The calls that a permission guards, as far as every one of them is in the OpenAPI document of Pangolin 1.22.0. */
const guarded: Readonly<Record<string, readonly string[] | undefined>> = documented;

export interface ServerPermissions {
  /** The server knows it for certain. */
  isKnown(name: string): boolean;
  /** The server does not know it, since it lacks every call that the permission guards. */
  isUnknown(name: string): boolean;
}

/**
 * Which permissions this server knows; no call lists them, and one unknown name has it refuse a whole set. What the key in use holds is
 * known, and what guards none of the server's calls is unknown; between the two only the server has the last word.
 */
export async function serverPermissions(api: IntegrationApi, orgId: string, names: readonly string[]): Promise<ServerPermissions> {
  const held = new Set(await ownPermissions(api, orgId));
  const open = names.filter((name) => !held.has(name) && permissionCatalogue.has(name));
  const operations = open.length > 0 ? (await api.openApiDocument())?.operations : undefined;
  return {
    isKnown: (name) => held.has(name),
    isUnknown: (name) =>
      !held.has(name) && operations !== undefined && guarded[name]?.every((operation) => !operations.has(operation)) === true,
  };
}

/** What the key in use holds; none where it may not ask. The organization in the path is not looked at. */
export async function ownPermissions(api: IntegrationApi, orgId: string): Promise<readonly string[]> {
  if (api.keyId === undefined) return [];
  try {
    return await api.listApiKeyActions(orgId, api.keyId);
  } catch (error) {
    if (isIntegrationApiError(error) && ["missing_permission", "root_key_required", "wrong_organization"].includes(error.code)) return [];
    throw error;
  }
}

/** The refusal of a set in which one is unknown, with the names that may be it: the server does not tell. */
export async function withUnknownNames(
  refusal: IntegrationApiError,
  api: IntegrationApi,
  orgId: string,
  names: readonly string[],
): Promise<IntegrationApiError> {
  const held = new Set(await ownPermissions(api, orgId).catch(() => []));
  const suspects = names.filter((name) => !held.has(name));
  if (suspects.length === 0) return refusal;
  const which = suspects.length === 1 ? `the permission ${suspects[0]}` : `at least one of the permissions ${suspects.join(", ")}`;
  return new IntegrationApiError(
    refusal.code,
    refusal.message,
    `The server is of another version and does not know ${which}. Nothing of the set was changed.`,
    refusal.details,
  );
}
