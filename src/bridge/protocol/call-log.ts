import { log } from "../framework/log.js";
import type { MessageOf } from "./wire/index.js";

/** What a request is about. Its values are none of the log. */
const SUBJECTS = {
  typeName: "tf_resource_type",
  targetTypeName: "tf_resource_type",
  actionType: "tf_action_type",
  name: "tf_function",
} as const;

/** Writes that a call has come, and gives what writes how it was answered. The fields have the names of Terraform's own plugin libraries. */
export function logged(request: object): (answer: object) => void {
  const subject = Object.fromEntries(
    Object.entries(SUBJECTS).flatMap(([field, name]) => {
      const value = (request as Readonly<Record<string, unknown>>)[field];
      return typeof value === "string" ? [[name, value.slice(0, 200)]] : [];
    }),
  );
  const begun = performance.now();
  log("trace", "Received request", subject);
  return (answer) => {
    const { diagnostics = [] } = answer as { readonly diagnostics?: readonly MessageOf<"Diagnostic">[] };
    for (const { severity, summary } of diagnostics)
      log(severity === 1 ? "error" : "warn", "Response contains a diagnostic", { ...subject, diagnostic_summary: summary });
    log("trace", "Served request", {
      ...subject,
      tf_req_duration_ms: Math.round(performance.now() - begun),
      diagnostic_error_count: diagnostics.filter(({ severity }) => severity === 1).length,
      diagnostic_warning_count: diagnostics.filter(({ severity }) => severity !== 1).length,
    });
  };
}
