import * as z from "zod";
import { block, computed, dynamicOf, float64, int64, required, resource, setOf } from "../../src/bridge/sdk.js";

const text = z.string();
const keep = { useStateForUnknown: true } as const;
const plainObject = z.object({ nested_string: text });
const given = z.object({ nested_string: required(text, "A text.") });
const made = z.object({ nested_string: computed(text, "A text.") });

const schema = z.object({
  config_bool: required(z.boolean(), "A bool."),
  computed_bool: computed(z.boolean(), "A bool.", keep),
  config_dynamic: required(z.any(), "Any value."),
  computed_dynamic: computed(z.any(), "Any value.", keep),
  config_float64: required(float64(), "A number."),
  computed_float64: computed(float64(), "A number.", keep),
  config_int64: required(int64(), "A number."),
  computed_int64: computed(int64(), "A number.", keep),
  config_list: required(z.array(text), "A list."),
  computed_list: computed(z.array(text), "A list.", keep),
  config_map: required(z.record(text, text), "A map."),
  computed_map: computed(z.record(text, text), "A map.", keep),
  config_map_nested: required(z.record(text, given), "A map of objects."),
  computed_map_nested: computed(z.record(text, made), "A map of objects.", keep),
  config_object: required(plainObject, "An object."),
  computed_object: computed(plainObject, "An object.", keep),
  config_single_nested: required(given, "An object."),
  computed_single_nested: computed(made, "An object.", keep),
  config_string: required(text, "A text."),
  computed_string: computed(text, "A text.", keep),
  config_set_nested_block: block(setOf(given), "A set of blocks."),
  computed_list_nested_block: block(z.array(z.object({ nested_string: computed(text, "A text.", keep) })), "A list of blocks."),
});

export const reflection = resource<unknown>()<typeof schema.shape>({
  description: "Has an attribute of every kind, given and computed.",
  schema,
  create: async ({ planned }) =>
    ({
      ...(planned as object),
      computed_bool: true,
      computed_dynamic: dynamicOf("dynamic string"),
      computed_float64: 1.2,
      computed_int64: 100,
      computed_string: "computed string",
      computed_list: ["computed", "list"],
      computed_map: { key6: "val6", key7: "val7" },
      computed_map_nested: { key6: { nested_string: "val6" }, key7: { nested_string: "val7" } },
      computed_object: { nested_string: "computed string" },
      computed_single_nested: { nested_string: "computed string" },
      computed_list_nested_block: [{ nested_string: "computed string one" }, { nested_string: "computed string two" }],
    }) as never,
  update: async ({ planned }) => planned as never,
  read: async ({ state }) => state,
  delete: async () => {},
});
