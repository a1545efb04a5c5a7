import type { Call } from "./call.js";
import { diagnosticsTo } from "./diagnostics.js";
import { encode, type MessageName, type MessageOf } from "./wire/index.js";

/** Answers a call of the service that this bridge does not serve: by name, in words, and not as a broken connection. */
export const unsupported =
  (name: string, response: MessageName): Call =>
  async () => {
    const diagnostics = diagnosticsTo([
      {
        severity: "error",
        summary: `${name} is not supported`,
        detail: `This provider does not support Terraform's call ${name} yet, so the feature that needs it cannot be used with it.`,
      },
    ]);
    return encode(response, messageWith(diagnostics, response) as never);
  };

/** The events of the two streams have their diagnostics elsewhere than every other answer. */
function messageWith(diagnostics: MessageOf<"Diagnostic">[], response: MessageName): object {
  if (response === "ListResource.Event") return { diagnostic: diagnostics };
  return response === "InvokeAction.Event" ? { completed: { diagnostics } } : { diagnostics };
}
