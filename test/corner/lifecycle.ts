import { appendFileSync } from "node:fs";
import * as z from "zod";
import { computed, ephemeralResource, required } from "../../src/bridge/sdk.js";

const soon = () => new Date(Date.now() + Number(process.env.CORNER_RENEW_MS ?? 5_000));
const schema = z.object({ name: required(z.string(), "A name."), token: computed(z.string(), "A token.") });

/** Tells a file what becomes of it, so that a test sees it. */
const tell = (event: string) => {
  if (process.env.CORNER_LIFECYCLE_FILE) appendFileSync(process.env.CORNER_LIFECYCLE_FILE, `${event}\n`);
};

export const lifecycle = ephemeralResource<unknown>()<typeof schema.shape>({
  description: "Is renewed every five seconds.",
  schema,
  async open({ config, renewAt, private: facts }) {
    facts.set("name", config.name);
    facts.set("renewals", 0);
    renewAt(soon());
    tell(`open ${String(config.name)}`);
    return { name: String(config.name), token: "fake-token-12345" };
  },
  async renew({ renewAt, private: facts }) {
    const renewals = Number(facts.get("renewals")) + 1;
    facts.set("renewals", renewals);
    renewAt(soon());
    tell(`renew ${facts.get("name")} ${renewals}`);
  },
  async close({ private: facts }) {
    tell(`close ${facts.get("name")} ${facts.get("renewals")}`);
  },
});
