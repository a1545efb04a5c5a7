import * as z from "zod";
import { at, computed, DiagnosticError, dataSource, optional, optionalComputed, required } from "../../bridge/sdk.js";
import type { ApiKeyRow, IntegrationApi } from "../../integration-api/index.js";
import { findKey } from "../key-of.js";
import { requireOrganization } from "../organization.js";
import { pathId } from "../path-id.js";
import type { Session } from "../session.js";

const schema = z.object({
  org_id: required(pathId(), "Organization of the key."),
  key_id: optionalComputed(pathId(), "Id of the key. Set this or `name`."),
  name: optionalComputed(
    z.string().min(1),
    "Display name of the key. Names are not unique, and during a grace period both generations of a key have the same name: see `most_recent`.",
  ),
  most_recent: optional(
    z.boolean(),
    "If several keys have this name, use the one that was created last; otherwise they are an error. Set it for a key that is rotated.",
  ),
  id: computed(z.string(), "`org_id/key_id`."),
  last_chars: computed(z.string(), "Last four characters of the key's secret."),
  created_at: computed(z.string(), "When the key was created (RFC 3339, UTC)."),
  permissions: computed(z.array(z.string()), "Permissions of the key, sorted."),
});

export const apiKey = dataSource<Session>()<typeof schema.shape>({
  description: "Looks up an API key by id or name, with its permissions but without its secret. Requires a root API key.",
  schema,
  validate({ config, diagnostics }) {
    if (config.key_id === null && config.name === null) diagnostics.error("Missing key_id", "Set key_id or name.", at("key_id"));
    if (config.key_id !== null && config.name !== null)
      diagnostics.error("Conflicting key_id and name", "Set key_id or name, not both.", at("name"));
    if (config.key_id !== null && config.most_recent !== null)
      diagnostics.error(
        "most_recent without a name",
        "most_recent selects one of several keys with the same name. Set name instead of key_id.",
        at("most_recent"),
      );
  },
  async read({ config, provider: session }) {
    const api = session.requireApi();
    const orgId = String(config.org_id);
    await requireOrganization(api, orgId);
    const row =
      config.key_id === null
        ? oneOfName(
            [...(await api.listApiKeys(orgId, { fresh: true })).rows.values()],
            orgId,
            String(config.name),
            config.most_recent === true,
          )
        : await oneOfId(api, orgId, String(config.key_id));
    return {
      org_id: orgId,
      key_id: row.apiKeyId,
      name: row.name,
      most_recent: config.most_recent === true ? true : config.most_recent === false ? false : null,
      id: `${orgId}/${row.apiKeyId}`,
      last_chars: row.lastChars,
      created_at: row.createdAt,
      permissions: await api.listApiKeyActions(orgId, row.apiKeyId),
    };
  },
});

async function oneOfId(api: IntegrationApi, orgId: string, keyId: string): Promise<ApiKeyRow> {
  const found = await findKey(api, orgId, keyId);
  if (found) return found;
  throw new DiagnosticError("API key not found", `The organization "${orgId}" has no API key with the key_id "${keyId}".`, at("key_id"));
}

/** Takes a fresh listing: another alias or a `local-exec` may have created a key of this name since. */
function oneOfName(rows: readonly ApiKeyRow[], orgId: string, name: string, mostRecent: boolean): ApiKeyRow {
  const found = rows.filter((row) => row.name === name);
  // The listing is in the order of creation, which decides between keys with equal timestamps.
  const latest = found.reduce<ApiKeyRow | undefined>(
    (last, row) => (last && (last.createdAt ?? "") > (row.createdAt ?? "") ? last : row),
    undefined,
  );
  if (!latest)
    throw new DiagnosticError("API key not found", `The organization "${orgId}" has no API key with the name "${name}".`, at("name"));
  if (found.length > 1 && !mostRecent)
    throw new DiagnosticError(
      "Several API keys",
      `The organization "${orgId}" has ${found.length} API keys named "${name}": ${found.map((row) => row.apiKeyId).join(", ")}. ` +
        "Set most_recent = true to use the one that was created last, as for a key that is rotated, or set key_id.",
      at("name"),
    );
  return latest;
}
