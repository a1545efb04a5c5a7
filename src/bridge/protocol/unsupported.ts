import type { Call } from "./call.js";
import { diagnosticsTo } from "./diagnostics.js";
import { encode, type MessageName } from "./wire/index.js";

/** Answers a call of the service that this bridge does not serve: by name, in words, and not as a broken connection. */
export const unsupported =
  (name: string, response: MessageName): Call =>
  async () =>
    encode(response, {
      diagnostics: diagnosticsTo([
        {
          severity: "error",
          summary: `${name} is not supported`,
          detail: `This provider does not support Terraform's call ${name} yet, so the feature that needs it cannot be used with it.`,
        },
      ]),
    } as never);
