import { appendFile } from "node:fs/promises";
import * as z from "zod";
import { required, resource, writeOnlyPair } from "../../src/bridge/sdk.js";

const password = writeOnlyPair("password", z.string().min(4, "a password has four letters at least"), "A password.");
const schema = z.object({ name: required(z.string(), "A name."), ...password.attributes });

/** Sends its password to a file, so that a test sees when it was sent. The Go provider has no such resource. */
export const secret = resource<unknown>()<typeof schema.shape>({
  description: "Has a password in two forms.",
  schema,
  validate: password.validate,
  create: async ({ config, planned }) => {
    await send(password.valueOf(config));
    return { ...planned, password_wo: null };
  },
  update: async ({ config, prior, planned }) => {
    if (password.changed(prior, planned)) await send(password.valueOf(config));
    return { ...planned, password_wo: null };
  },
  read: async ({ state }) => state,
  delete: async () => {},
});

const send = (value: string | null) => appendFile(String(process.env.CORNER_SECRETS_FILE), `${value}\n`);
