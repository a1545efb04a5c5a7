import * as z from "zod";
import { computed, dynamicOf, required, resource } from "../../src/bridge/sdk.js";

const schema = z.object({
  required_dynamic: required(z.any(), "Any value."),
  computed_dynamic_type_changes: computed(z.any(), "A bool at first, a number after an update."),
});

export const dynamicComputedTypeChange = resource<unknown>()<typeof schema.shape>({
  description: "Computes a value of another type on update.",
  schema,
  create: async ({ planned }) => ({ ...planned, computed_dynamic_type_changes: dynamicOf(true) }),
  update: async ({ planned }) => ({ ...planned, computed_dynamic_type_changes: dynamicOf(200) }),
  read: async ({ state }) => state,
  delete: async () => {},
});
