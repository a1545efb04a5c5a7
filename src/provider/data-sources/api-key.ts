import * as z from "zod";
import { at, computed, DiagnosticError, dataSource, optionalComputed, required } from "../../bridge/sdk.js";
import type { ApiKeyRow } from "../../integration-api/index.js";
import { requireOrganization } from "../organization.js";
import type { Session } from "../session.js";

const schema = z.object({
  org_id: required(z.string().min(1), "Organization that the key belongs to."),
  key_id: optionalComputed(z.string().min(1), "Id of the key. Give this or `name`."),
  name: optionalComputed(z.string().min(1), "Display name of the key. Names are not unique; one that several keys bear is an error."),
  id: computed(z.string(), "`org_id/key_id`."),
  last_chars: computed(z.string(), "Last four characters of the key's secret."),
  created_at: computed(z.string(), "When the server made the key (RFC 3339, UTC)."),
  permissions: computed(z.array(z.string()), "Permissions of the key, sorted."),
});

export const apiKey = dataSource<Session>()<typeof schema.shape>({
  description: "An API key of an organization, by its id or its name, with its permissions and without its secret. Needs a root API key.",
  schema,
  validate({ config, diagnostics }) {
    if (config.key_id === null && config.name === null)
      diagnostics.error("Missing key_id", "Give key_id or name, so that the key can be found.", at("key_id"));
    if (config.key_id !== null && config.name !== null)
      diagnostics.error("Two ways to find the key", "Give key_id or name, not both.", at("name"));
  },
  async read({ config, provider: session }) {
    const api = session.requireApi();
    const orgId = String(config.org_id);
    await requireOrganization(api, orgId);
    const row = theOne((await api.listApiKeys(orgId)).rows, orgId, config.key_id, config.name);
    return {
      org_id: orgId,
      key_id: row.apiKeyId,
      name: row.name,
      id: `${orgId}/${row.apiKeyId}`,
      last_chars: row.lastChars,
      created_at: row.createdAt,
      permissions: await api.listApiKeyActions(orgId, row.apiKeyId),
    };
  },
});

function theOne(rows: readonly ApiKeyRow[], orgId: string, keyId: unknown, name: unknown): ApiKeyRow {
  const [path, found] =
    keyId === null
      ? (["name", rows.filter((row) => row.name === name)] as const)
      : (["key_id", rows.filter((row) => row.apiKeyId === keyId)] as const);
  const [first] = found;
  if (!first)
    throw new DiagnosticError(
      "API key not found",
      `The organization "${orgId}" has no API key with the ${path} "${String(keyId ?? name)}".`,
      at(path),
    );
  if (found.length > 1)
    throw new DiagnosticError(
      "Several API keys",
      `The organization "${orgId}" has ${found.length} API keys named "${first.name}": ${found.map((row) => row.apiKeyId).join(", ")}. Give key_id.`,
      at(path),
    );
  return first;
}
