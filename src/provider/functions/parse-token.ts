import * as z from "zod";
import { FunctionError, parameter, providerFunction } from "../../bridge/sdk.js";
import { parseToken } from "../../integration-api/index.js";

export const parseTokenFunction = providerFunction({
  summary: "Splits an API key's token",
  description: "Splits a token `keyId.secret` into `key_id` and `secret`.",
  parameters: [parameter("token", z.string(), "A token, such as the attribute `token` of a `pangolin_api_key`.")],
  returns: z.object({ key_id: z.string(), secret: z.string() }),
  call([text]) {
    const token = parseToken(text);
    if (!token) throw new FunctionError("Expected a token of the form keyId.secret", 0);
    return { key_id: token.keyId, secret: token.secret };
  },
});
