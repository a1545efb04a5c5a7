import * as z from "zod";
import { generateResourceConfig } from "../../../src/bridge/framework/rpc/generate-resource-config.js";
import { compileSchema } from "../../../src/bridge/framework/schema/compile.js";
import { block, computed, optional, optionalComputed, required, setOf } from "../../../src/bridge/sdk.js";

const members = () => z.object({ given: required(z.string(), "Given."), made: computed(z.string(), "Made.") });
const schema = compileSchema(
  z.object({
    id: computed(z.string(), "Id."),
    name: required(z.string(), "Name."),
    empty: optional(z.string(), "Empty."),
    either: optionalComputed(z.number(), "Either."),
    former: optional(z.string(), "Former.", { deprecated: "Use name." }),
    one: optional(members(), "One."),
    many: optional(z.array(members()), "Many."),
    named: optional(z.record(z.string(), members()), "Named."),
    blocks: block(setOf(members()), "Blocks."),
    old_blocks: block(z.array(members()), "Blocks of old.", { deprecated: "Use blocks." }),
  }),
  { description: "A thing." },
);

test("a generated configuration holds what a user gives, at every depth", () => {
  const member = { given: "g", made: "m" };
  const state = { id: "1", name: "n", empty: "", either: 2, former: "f", one: member, many: [member], named: { k: member } };
  expect(generateResourceConfig(schema, { ...state, blocks: [member], old_blocks: [member] })).toEqual({
    id: null,
    name: "n",
    empty: "",
    either: 2,
    former: null,
    one: { given: "g", made: null },
    many: [{ given: "g", made: null }],
    named: { k: { given: "g", made: null } },
    blocks: [{ given: "g", made: null }],
    old_blocks: [],
  });
});
