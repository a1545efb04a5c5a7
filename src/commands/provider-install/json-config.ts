import * as z from "zod";
import { ConfigSyntaxError } from "./config-items.js";
import { quoted } from "./own-config.js";

const JSON_CONFIG = z.strictObject({
  credentials: z.record(z.string(), z.strictObject({ token: z.string() })).optional(),
});

/** A JSON configuration file as HCL. `terraform login` writes such files; they hold credentials and nothing else. */
export function jsonConfigItems(text: string): string {
  const { credentials = {} } = parse(text);
  return Object.entries(credentials)
    .map(([host, { token }]) => `credentials ${quoted(host)} {\n  token = ${quoted(token)}\n}`)
    .join("\n");
}

function parse(text: string): z.infer<typeof JSON_CONFIG> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ConfigSyntaxError("it is not valid JSON");
  }
  const result = JSON_CONFIG.safeParse(value);
  if (result.success) return result.data;
  throw new ConfigSyntaxError("it is JSON and holds more than credentials");
}
