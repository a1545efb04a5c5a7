import * as z from "zod";
import { at, computed, required, resource } from "../../src/bridge/sdk.js";

const schema = z.object({ id: computed(z.string(), "An id.", { useStateForUnknown: true }), name: required(z.string(), "A name.") });
const ID = "id-123";

/** Every object is called tom when it is read. */
export const identity = resource<unknown>()<typeof schema.shape>({
  description: "Has an identity of which an import may leave out a part.",
  schema,
  identity: { attributes: ["id", "name"], optional: ["name"] },
  create: async ({ planned }) => ({ id: ID, name: planned.name }),
  update: async ({ planned, prior }) => ({ id: prior.id, name: planned.name }),
  read: async ({ state, diagnostics }) => {
    if (state.id !== ID) diagnostics.error("Unexpected ID value", `Expected the id ${ID}, got ${state.id}.`, at("id"));
    return { id: ID, name: "tom" };
  },
  delete: async () => {},
  import: async ({ identity: { id = null } }) => ({ id, name: null as never }),
});
