import * as z from "zod";
import { endpoint } from "./endpoint.js";

const row = z.object({ apiKeyId: z.string(), orgId: z.string(), lastChars: z.string(), createdAt: z.string(), name: z.string() });
/** A key as the listing shows it; the server has no call that reads one alone. */
export type ApiKeyRow = z.output<typeof row>;

const minted = z.object({ apiKeyId: z.string(), apiKey: z.string(), name: z.string(), lastChars: z.string(), createdAt: z.string() });
/** The answer to a mint: `apiKey` is the secret half, which is told here only. */
export type MintedApiKey = z.output<typeof minted>;

export const listApiKeys = endpoint({
  id: "listOrgApiKeys",
  method: "GET",
  path: "/org/{orgId}/api-keys",
  permission: "listApiKeys",
  rootOnly: true,
  repeatable: true,
  data: z.object({ apiKeys: z.array(row) }),
});
/** Mints a key without permissions. Each call mints another one, names are not unique. */
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
