import * as z from "zod";
import { computed, ephemeralResource, required } from "../../src/bridge/sdk.js";

const RENEW_AFTER_MS = 5_000;
const soon = () => new Date(Date.now() + RENEW_AFTER_MS);
const schema = z.object({ name: required(z.string(), "A name."), token: computed(z.string(), "A token.") });

export const lifecycle = ephemeralResource<unknown>()<typeof schema.shape>({
  description: "Is renewed every five seconds.",
  schema,
  async open({ config, renewAt }) {
    renewAt(soon());
    return { name: String(config.name), token: "fake-token-12345" };
  },
  async renew({ renewAt }) {
    renewAt(soon());
  },
  async close() {},
});
