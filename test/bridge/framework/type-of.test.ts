import * as z from "zod";
import * as cty from "../../../src/bridge/cty/index.js";
import { typeOf } from "../../../src/bridge/framework/schema/type-of.js";
import { required, setOf } from "../../../src/bridge/sdk.js";

test.each<[string, z.ZodType, unknown]>([
  ["a set with a least size", setOf(z.string()).min(1), cty.set(cty.string)],
  [
    "a set with a check of its own, declared",
    required(
      setOf(z.string()).refine(() => true),
      "Some.",
    ),
    cty.set(cty.string),
  ],
])("%s keeps its type", (_, schema, type) => {
  expect(typeOf(schema, "it")).toEqual(type);
});
