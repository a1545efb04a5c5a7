import { appendFileSync } from "node:fs";
import * as z from "zod";
import { computed, optional, required, resource, type State } from "../../src/bridge/sdk.js";
import type { Users } from "./users.js";

const schema = z.object({
  name: required(z.string(), "A name."),
  waits_for: optional(z.enum(["stop", "abandonment"]), "What the creation waits for in the middle."),
  strays: optional(z.enum(["rejection", "exception"]), "What the creation leaves behind where nobody catches it."),
  configured: computed(z.string(), "What the provider block says."),
});

/** Tells a file what becomes of it, so that a test sees it. */
const tell = (event: string) => {
  if (process.env.CORNER_STEPS_FILE) appendFileSync(process.env.CORNER_STEPS_FILE, `${event}\n`);
};

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

/** Comes to its end after something was thrown that it cannot see. */
const thrownInTimer = () =>
  new Promise<void>((resolve) => {
    setImmediate(() => {
      setImmediate(resolve);
      throw new Error("nobody waits for this");
    });
  });

/** Is made in two steps, between which Terraform may stop or end. */
export const steps = resource<Users>()<typeof schema.shape>({
  description: "Is made in two steps.",
  schema,
  async create({ planned, provider, signal, abandoned, save }) {
    tell(`${planned.name} begun`);
    const state: State<typeof schema.shape> = { ...planned, configured: provider.configured };
    if (planned.strays === "rejection") Promise.reject(new Error("nobody waits for this"));
    if (planned.strays === "exception") await thrownInTimer();
    if (planned.waits_for === "stop") {
      await aborted(signal);
      save({ ...state, configured: "half" });
      tell(`${planned.name} stopped`);
      signal.throwIfAborted();
    }
    if (planned.waits_for === "abandonment") {
      await aborted(abandoned);
      tell(`${planned.name} undone`);
    }
    tell(`${planned.name} done`);
    return state;
  },
  update: async ({ planned, provider }) => ({ ...planned, configured: provider.configured }),
  read: async ({ state }) => state,
  delete: async () => {},
});
