import * as z from "zod";
import { FunctionError, parameter, providerFunction } from "../../bridge/sdk.js";
import { parseToken } from "../../integration-api/index.js";

export const parseTokenFunction = providerFunction({
  summary: "Splits an API key's token",
  description: "Splits a token `keyId.secret` into `key_id` and `secret`.",
  parameters: [parameter("token", z.string(), "The token, as the attribute `token` of a `pangolin_api_key` holds it.")],
  returns: z.object({ key_id: z.string(), secret: z.string() }),
  call([text]) {
    const token = parseToken(text);
    if (!token) throw new FunctionError("It is not a token: a token is a key's id, a dot, and its secret", 0);
    return { key_id: token.keyId, secret: token.secret };
  },
});
