import * as z from "zod";
import { endpoint } from "./endpoint.js";
import { orNull } from "./told.js";

const row = z.object({
  apiKeyId: z.string(),
  orgId: orNull(z.string()),
  name: z.string(),
  lastChars: orNull(z.string()),
  createdAt: orNull(z.string()),
});
/** A key in the listing of its organization. The API has no call to read a single key. */
export type ApiKeyRow = z.output<typeof row> & { readonly orgId: string };

const minted = z.object({ ...row.shape, apiKey: z.string() });
/** Response of a creation. `apiKey` is the secret half, which no other call returns. */
export interface MintedApiKey {
  readonly apiKeyId: string;
  readonly apiKey: string;
  readonly name: string;
  readonly lastChars: string;
  readonly createdAt: string;
}

export const listApiKeys = endpoint({
  id: "listOrgApiKeys",
  method: "GET",
  path: "/org/{orgId}/api-keys",
  permission: "listApiKeys",
  rootOnly: true,
  repeatable: true,
  data: z.object({ apiKeys: z.array(row) }),
});
/** Creates a key without permissions. Each call creates another one: names are not unique. */
export const createApiKey = endpoint({
  id: "createOrgApiKey",
  method: "PUT",
  path: "/org/{orgId}/api-key",
  permission: "createApiKey",
  rootOnly: true,
  repeatable: false,
  data: minted,
});
export const deleteApiKey = endpoint({
  id: "deleteApiKey",
  method: "DELETE",
  path: "/org/{orgId}/api-key/{apiKeyId}",
  permission: "deleteApiKey",
  rootOnly: true,
  repeatable: true,
  data: z.unknown(),
});
