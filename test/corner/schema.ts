import * as z from "zod";
import {
  block,
  ephemeralResource,
  exactNumber,
  float32,
  float64,
  int64,
  optional,
  type Resource,
  resource,
  setOf,
} from "../../src/bridge/sdk.js";

const text = z.string();
/** An object with one member, which is declared. */
const nested = (name: string) => z.object({ [name]: optional(text, "A text.") });
const nestedDynamic = z.object({ dynamic_attribute: optional(z.unknown(), "Anything.") });

/** Every type that an attribute can have, and every kind of block. */
const schema = z.object({
  bool_attribute: optional(z.boolean(), "A bool."),
  dynamic_attribute: optional(z.unknown(), "Anything."),
  float32_attribute: optional(float32(), "A number of 32 bits."),
  float64_attribute: optional(float64(), "A number of 64 bits."),
  int32_attribute: optional(z.int32(), "A whole number of 32 bits."),
  int64_attribute: optional(int64(), "A whole number of 64 bits."),
  list_attribute: optional(z.array(text), "A list."),
  list_nested_attribute: optional(z.array(nested("list_nested_attribute_attribute")), "A list of objects."),
  map_attribute: optional(z.record(text, text), "A map."),
  map_nested_attribute: optional(z.record(text, nested("map_nested_attribute_attribute")), "A map of objects."),
  number_attribute: optional(exactNumber(), "A number."),
  object_attribute: optional(z.object({ object_attribute_attribute: text }), "An object."),
  object_attribute_with_dynamic: optional(z.object({ dynamic_attribute: z.unknown() }), "An object with a member of any type."),
  set_attribute: optional(setOf(text), "A set."),
  set_nested_attribute: optional(setOf(nested("set_nested_attribute_attribute")), "A set of objects."),
  single_nested_attribute: optional(nested("single_nested_attribute_attribute"), "An object."),
  single_nested_attribute_with_dynamic: optional(nestedDynamic, "An object with a member of any type."),
  string_attribute: optional(text, "A text."),
  list_nested_block: block(z.array(nested("list_nested_block_attribute")), "A list of blocks."),
  set_nested_block: block(setOf(nested("set_nested_block_attribute")), "A set of blocks."),
  single_nested_block: block(nested("single_nested_block_attribute"), "A block."),
  single_nested_block_with_dynamic: block(nestedDynamic, "A block with a member of any type."),
});

const asPlanned = async ({ planned }: { readonly planned: object }) => planned as never;

export const schemaResource: Resource = resource<unknown>()({
  description: "Keeps what it is given, of every type.",
  schema,
  create: asPlanned,
  update: asPlanned,
  read: async ({ state }) => state,
  delete: async () => {},
});

export const schemaEphemeralResource = ephemeralResource<unknown>()({
  description: "Gives back what it is given, of every type.",
  schema,
  open: async ({ config }) => config as never,
});
