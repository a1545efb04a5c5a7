import * as z from "zod";
import { block, optionalComputed, type Resource, resource, setOf } from "../../src/bridge/sdk.js";

const asPlanned = async ({ planned }: { readonly planned: object }) => planned as never;

export const setNestedBlockWithDefaults: Resource = resource<unknown>()({
  description: "Keeps a set of blocks whose attributes have defaults.",
  schema: z.object({
    set: block(
      setOf(
        z.object({
          value: optionalComputed(z.string(), "A value.", { default: "zero" }),
          default_value: optionalComputed(z.string(), "A value that nobody gives.", { default: "this is a default" }),
        }),
      ),
      "Blocks whose attributes have defaults.",
    ),
  }),
  create: asPlanned,
  update: asPlanned,
  read: async ({ state }) => state,
  delete: async () => {},
});
