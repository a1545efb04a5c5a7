import * as z from "zod";
import {
  brokenRulesOf,
  computed,
  listResource,
  optional,
  type Provider,
  type Resource,
  required,
  resource,
  setOf,
} from "../../../src/bridge/sdk.js";
import { testProvider } from "../../support/provider.js";

const thing = (shape: Record<string, z.ZodType>, description = "A thing."): Resource =>
  resource<unknown>()({
    description,
    schema: z.object(shape),
    create: async () => ({}),
    read: async () => null,
    delete: async () => {},
  }) as Resource;

const rulesOf = (resources: Readonly<Record<string, Resource>>, more: Partial<Provider> = {}) =>
  brokenRulesOf(
    testProvider({ resources: Object.fromEntries(Object.entries(resources).map(([name, one]) => [name, () => one])), ...more }),
  );

const name = required(z.string(), "A name.");

test("a resource that keeps the rules", async () => {
  expect(await rulesOf({ test_thing: thing({ name }) })).toEqual([]);
});

test.each<[string, Record<string, Resource>, string]>([
  ["no description", { test_thing: thing({ name }, " ") }, "test_thing: has no description"],
  ["no description of an attribute", { test_thing: thing({ size: optional(z.number(), "") }) }, "test_thing.size: has no description"],
  ["an attribute that nobody declared", { test_thing: thing({ size: z.number() }) }, "test_thing: size: say who gives the value"],
  [
    "a reserved name",
    { test_thing: thing({ count: optional(z.number(), "A number.") }) },
    "test_thing.count: Terraform reserves this name",
  ],
  ["a name that CDKTF shadows", { test_thing: thing({ node: optional(z.string(), "A node.") }) }, "shadows a member"],
  ["a name in another style", { test_thing: thing({ camelCase: optional(z.string(), "A text.") }) }, "lower-case letters"],
  ["a type name of another provider", { other_thing: thing({ name }) }, 'starts with "test_"'],
  [
    "a default where none can be",
    { test_thing: thing({ size: optional(z.number(), "A size.", { default: 1 }) }) },
    "only optionalComputed()",
  ],
  ["a computed value that replaces", { test_thing: thing({ id: computed(z.string(), "An id.", { replace: true }) }) }, "can replace"],
  [
    "a secret in a set",
    {
      test_thing: thing({
        users: optional(setOf(z.object({ word: optional(z.string(), "A word.", { writeOnly: true }) })), "Users."),
      }),
    },
    "test_thing.users.word: nothing in a set can be write-only",
  ],
  [
    "a class that the generator would rename",
    { test_thing: thing({ name }), test_thing_config: thing({ name }) },
    "ThingConfig: test_thing, test_thing_config",
  ],
])("%s is found", async (_, resources, rule) => {
  expect((await rulesOf(resources)).join("\n")).toContain(rule);
});

test.each<[string, Resource | undefined, string]>([
  ["without a resource", undefined, 'list test_thing: Unknown resource type: The provider has no resource type "test_thing".'],
  ["of a resource without an identity", thing({ name }), "list test_thing: its resource has no identity, which its objects are told of by"],
])("a list resource %s is found", async (_, one, rule) => {
  const listResources = {
    test_thing: () => listResource<unknown>()({ description: "Things.", schema: z.object({}), list: () => [] }),
  };
  expect(await rulesOf(one ? { test_thing: one } : {}, { listResources })).toEqual([rule]);
});
