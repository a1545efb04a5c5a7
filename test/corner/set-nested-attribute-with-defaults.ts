import * as z from "zod";
import { optionalComputed, required, resource, type Settled, type State, setOf } from "../../src/bridge/sdk.js";

const schema = z.object({
  set: required(
    setOf(
      z.object({
        value: optionalComputed(z.string(), "A value.", { default: "zero" }),
        default_value: optionalComputed(z.string(), "A value that nobody gives.", { default: "this is a default" }),
      }),
    ),
    "Objects whose attributes have defaults.",
  ),
});
type S = typeof schema.shape;

const asPlanned = async ({ planned }: { readonly planned: Settled<S> }): Promise<State<S>> => planned;

export const setNestedAttributeWithDefaults = resource<unknown>()<S>({
  description: "Keeps a set of objects whose attributes have defaults.",
  schema,
  create: asPlanned,
  update: asPlanned,
  read: async ({ state }) => state,
  delete: async () => {},
});
