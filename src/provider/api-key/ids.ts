import type { ApiKeyRow } from "../../integration-api/index.js";

export const idsOf = (orgId: string, { apiKeyId, lastChars, createdAt }: Pick<ApiKeyRow, "apiKeyId" | "lastChars" | "createdAt">) => ({
  id: `${orgId}/${apiKeyId}`,
  key_id: apiKeyId,
  last_chars: lastChars,
  created_at: createdAt,
});
