import * as z from "zod";
import { at, conflicting, exactlyOneOf, optional, requiredTogether, resource } from "../../src/bridge/sdk.js";

const text = z.string();
const replace = { replace: true } as const;
const schema = z.object({
  old_password_attr: optional(text, "A password, stored.", replace),
  password_version: optional(text, "The version of the password that is not stored.", replace),
  writeonly_password: optional(text, "A password, not stored.", { writeOnly: true }),
});

const rules = [
  conflicting("old_password_attr", "password_version"),
  exactlyOneOf("old_password_attr", "writeonly_password"),
  requiredTogether("password_version", "writeonly_password"),
];
const ACCEPTED = {
  writeonly_password: ["newpassword", "newpassword2"],
  old_password_attr: ["oldpassword", "oldpassword2"],
} as const;

export const writeOnlyValidations = resource<unknown>()<typeof schema.shape>({
  description: "Takes a password in one of two forms.",
  schema,
  validate(context) {
    for (const rule of rules) rule(context);
  },
  create: async ({ config, diagnostics, planned }) => {
    const form = config.writeonly_password === null ? "old_password_attr" : "writeonly_password";
    if (!ACCEPTED[form].some((password) => password === config[form]))
      diagnostics.error(`Unexpected ${form} value`, `One of ${ACCEPTED[form].join(", ")} is expected.`, at(form));
    return { ...planned, writeonly_password: "stored nowhere" };
  },
  update: async ({ planned }) => planned,
  read: async ({ state }) => state,
  delete: async () => {},
});
