import { Diagnostics } from "../../../src/bridge/framework/diagnostics.js";
import { atLeastOneOf, conflicting, exactlyOneOf, requiredTogether } from "../../../src/bridge/sdk.js";
import { summaries, unknown } from "./harness.js";

const said = (rule: ReturnType<typeof conflicting>, config: object) => {
  const diagnostics = new Diagnostics();
  rule({ config: config as never, diagnostics });
  return summaries(diagnostics.items);
};
const COMBINATION = "error: Invalid Attribute Combination";
const MISSING = "error: Missing Attribute Configuration";

test.each<[string, ReturnType<typeof conflicting>, object, readonly string[]]>([
  ["conflicting: both", conflicting("a", "b"), { a: 1, b: 2 }, [`${COMBINATION} (b)`]],
  ["conflicting: one, or one and perhaps another", conflicting("a", "b"), { a: 1, b: unknown }, []],
  ["exactly one: none", exactlyOneOf("a", "b"), { a: null, b: null }, [MISSING]],
  ["exactly one: both", exactlyOneOf("a", "b"), { a: 1, b: 2 }, [`${COMBINATION} (b)`]],
  ["exactly one: perhaps", exactlyOneOf("a", "b"), { a: null, b: unknown }, []],
  ["at least one: none", atLeastOneOf("a", "b"), {}, [MISSING]],
  ["at least one: both", atLeastOneOf("a", "b"), { a: 1, b: 2 }, []],
  ["together: one alone", requiredTogether("a", "b"), { b: 2 }, [`${COMBINATION} (b)`]],
  ["together: one and perhaps the other", requiredTogether("a", "b"), { a: unknown, b: 2 }, []],
  ["together: none", requiredTogether("a", "b"), {}, []],
])("%s", (_, rule, config, expected) => {
  expect(said(rule, config)).toEqual(expected);
});
