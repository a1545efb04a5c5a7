import { type Unknown, unknown } from "../../bridge/sdk.js";
import type { ApiKeyRow, MintedApiKey } from "../../integration-api/index.js";
import { after } from "../duration.js";
import type { ApiKeyApply, ApiKeyState } from "./schema.js";

export const idsOf = (orgId: string, { apiKeyId, lastChars, createdAt }: Pick<ApiKeyRow, "apiKeyId" | "lastChars" | "createdAt">) => ({
  id: `${orgId}/${apiKeyId}`,
  key_id: apiKeyId,
  last_chars: lastChars,
  created_at: createdAt,
});

/** Attributes determined by the creation: ids, secret, and a schedule that begins now. */
export const mintedState = (orgId: string, rotateAfter: string | null, key: MintedApiKey) => ({
  ...idsOf(orgId, key),
  secret: key.apiKey,
  token: `${key.apiKeyId}.${key.apiKey}`,
  rotate_at: rotateAfter === null ? null : after(key.createdAt, rotateAfter),
  rotation_due: false,
  retirement_due: false,
});

/** At apply, the configuration is known. Unknown computed attributes keep their prior value until they are set. */
export const settledOver = (planned: ApiKeyApply, prior: ApiKeyState | null): ApiKeyState =>
  Object.fromEntries(
    Object.entries(planned).map(([name, value]: [string, unknown | Unknown]) => [
      name,
      value === unknown ? (prior?.[name as keyof ApiKeyState] ?? null) : value,
    ]),
  ) as ApiKeyState;
