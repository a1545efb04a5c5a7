import * as z from "zod";
import { at, computed, DiagnosticError, ephemeralResource, type OpenContext, required } from "../../bridge/sdk.js";
import { checkPermissions } from "../check-permissions.js";
import { displayName } from "../display-name.js";
import { writePermissions } from "../key-permissions.js";
import { requireOrganization } from "../organization.js";
import { pathId } from "../path-id.js";
import { permissionSet } from "../permission-set.js";
import type { Session } from "../session.js";
import { mintInTurn } from "./mint.js";

const schema = z.object({
  org_id: required(pathId(), "Organization of the key. Refer to the `id` of a `pangolin_org` that is created in the same apply."),
  name: required(
    displayName(),
    "Display name. Choose one that identifies the pipeline: `pangolin-iac sweep --name` finds keys that an interrupted run left behind.",
  ),
  permissions: required(permissionSet(), "Permissions of the key."),
  key_id: computed(z.string(), "Id of the key."),
  secret: computed(z.string(), "Secret half of the key.", { sensitive: true }),
  token: computed(z.string(), "`key_id.secret`, ready for `Authorization: Bearer`.", { sensitive: true }),
});
type S = typeof schema.shape;

/** Keys of the private data that `close` needs. */
const ORG_ID = "org_id";
const KEY_ID = "key_id";

export const ephemeralApiKey = ephemeralResource<Session>()<S>({
  description:
    "An API key for a single run: created at its beginning, deleted at its end, and not stored in the state or the plan. Terraform opens it during plan too. Requires a root API key.",
  schema,
  open,
  async close({ provider: session, private: privateState }) {
    const [orgId, keyId] = [privateState.get(ORG_ID), privateState.get(KEY_ID)];
    if (typeof orgId === "string" && typeof keyId === "string") await session.requireApi().deleteApiKey(orgId, keyId);
  },
});

async function open(context: OpenContext<S, Session>) {
  const { config, provider: session, diagnostics, private: privateState } = context;
  const [orgId, name, permissions] = [String(config.org_id), String(config.name), config.permissions as string[]];
  await checkPermissions(session, { orgId, permissions }, diagnostics);
  if (diagnostics.hasErrors)
    throw new DiagnosticError("API key not created", "Correct the permissions. No request was sent.", at("permissions"));
  const api = session.requireApi();
  await requireOrganization(api, orgId);
  const { apiKeyId, apiKey } = await mintInTurn(context, api, orgId, name, async (minted, undo) => {
    try {
      await writePermissions(api, { orgId, keyId: minted.apiKeyId }, permissions);
    } catch (error) {
      if (!(await undo()))
        diagnostics.warning(
          `API key ${minted.apiKeyId} may have been left behind`,
          `The ephemeral API key "${name}" in "${orgId}" could not be granted its permissions, and deleting it failed too. Nobody knows its secret. \`pangolin-iac sweep\` finds it.`,
        );
      throw error;
    }
    return minted;
  });
  privateState.set(ORG_ID, orgId);
  privateState.set(KEY_ID, apiKeyId);
  return { org_id: orgId, name, permissions, key_id: apiKeyId, secret: apiKey, token: `${apiKeyId}.${apiKey}` };
}
