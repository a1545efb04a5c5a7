import * as z from "zod";
import {
  action,
  block,
  brokenRulesOf,
  computed,
  dataSource,
  listResource,
  optional,
  optionalComputed,
  type Provider,
  parameter,
  providerFunction,
  type Resource,
  required,
  resource,
  setOf,
  timeouts,
  unknown,
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

const anything = z.any();
const word = optional(z.string(), "A word.");
const row = z.object({ any: optional(anything, "Anything.") });

test.each<[string, Record<string, z.ZodType>, string]>([
  ["a set of any type", { all: optional(setOf(row), "All.") }, "test_thing.all: a list, set or map cannot hold values of any type"],
  ["a list of any type", { all: optional(z.array(anything), "All.") }, "test_thing.all: a list, set or map cannot hold"],
  ["a set block with any type", { all: block(setOf(row), "All.") }, "test_thing.all: a list, set or map cannot hold"],
  [
    "a block in an attribute",
    { a: optional(z.object({ b: block(z.object({ word }), "B.") }), "A.") },
    "test_thing.a.b: a block is in nothing but blocks",
  ],
  ["a block that is sensitive", { a: block(z.object({ word }), "A.", { sensitive: true }) }, "test_thing.a: a block is not sensitive"],
  ["a default of a required attribute", { a: required(z.string(), "A.", { default: "x" }) }, "test_thing.a: only optionalComputed()"],
  ["a default of another type", { a: optionalComputed(z.number(), "A.", { default: "x" }) }, "test_thing.a: the default does not fit"],
  [
    "a default that its schema refuses",
    { a: optionalComputed(z.enum(["x"]), "A.", { default: "y" }) },
    "test_thing.a: its own schema refuses its default",
  ],
  ["a default that is not known", { a: optionalComputed(z.string(), "A.", { default: unknown }) }, "test_thing.a: a default is known"],
  ["a default that is null", { a: optionalComputed(z.string(), "A.", { default: null }) }, "test_thing.a: null is what it is"],
  [
    "what is not write-only in what is",
    { a: optional(z.object({ word }), "A.", { writeOnly: true }) },
    "test_thing.a: all that is in what is write-only is write-only",
  ],
  [
    "what is write-only in what is computed",
    { a: computed(z.object({ word: optional(z.string(), "A word.", { writeOnly: true }) }), "A.") },
    "test_thing.a: nothing in what is computed can be write-only",
  ],
  [
    "a timeout that is no duration",
    { timeouts: optional(timeouts({ create: "20 minutes" }), "How long.") },
    "the default of create is no duration",
  ],
])("%s is found", async (_, shape, rule) => {
  expect((await rulesOf({ test_thing: thing(shape) })).join("\n")).toContain(rule);
});

test.each<[string, Partial<Provider>, string]>([
  [
    "a reserved name of a provider",
    { schema: z.object({ alias: optional(z.string(), "A name.") }) },
    "provider.alias: Terraform reserves this name",
  ],
  [
    "a provider that computes",
    { schema: z.object({ id: computed(z.string(), "An id.") }) },
    "provider.id: nothing of a provider is computed",
  ],
  [
    "a data source that replaces",
    {
      dataSources: {
        test_data: () =>
          dataSource<unknown>()({
            description: "Data.",
            schema: z.object({ a: optional(z.string(), "A.", { replace: true }) }),
            read: async () => ({}) as never,
          }),
      },
    },
    "data test_data.a: replace, useStateForUnknown and default are only for resources",
  ],
  [
    "an action with a secret",
    {
      actions: {
        test_act: () =>
          action<unknown>()({
            description: "Acts.",
            schema: z.object({ a: optional(z.string(), "A.", { writeOnly: true }) }),
            invoke: async () => {},
          }),
      },
    },
    "action test_act.a: only a resource can have what is write-only, and this is an action",
  ],
  [
    "two parameters of one name",
    {
      functions: {
        join: () =>
          providerFunction({
            summary: "Joins.",
            description: "Joins.",
            parameters: [parameter("a", z.string(), "A."), parameter("a", z.string(), "A.")],
            returns: z.string(),
            call: () => "",
          }),
      },
    },
    "function join(a): another parameter has this name",
  ],
  [
    "a function that returns a list of any type",
    {
      functions: {
        "list-all": () =>
          providerFunction({ summary: "Lists.", description: "Lists.", parameters: [], returns: z.array(z.any()), call: () => [] }),
      },
    },
    "function list-all: the result: a list, set or map cannot hold",
  ],
])("%s is found", async (_, parts, rule) => {
  expect((await rulesOf({}, parts)).join("\n")).toContain(rule);
});

test.each<[string, Partial<Resource>, string]>([
  ["an identity of what is no text", { identity: { attributes: ["tags"] } }, "identity of test_thing.tags: an identity is made of"],
  ["an identity of nothing", { identity: { attributes: [] } }, "identity of test_thing: has no attributes"],
  [
    "an identity whose first part may be left out",
    { identity: { attributes: ["name", "id"], optional: ["name"] } },
    "only the last of its attributes",
  ],
  ["an identity of what is not there", { identity: { attributes: ["other"] } }, 'test_thing: identity names "other"'],
  [
    "an own identity that is computed",
    { identity: { schema: z.object({ id: computed(z.string(), "An id.") }) } },
    "are required() or optional()",
  ],
  ["an import that cannot be told what", { import: async () => null }, "test_thing: cannot be imported without an identity"],
  ["an upgrade that is never called", { version: 1, upgrades: { 1: async () => ({}) } }, "its upgrade from version 1 is never called"],
  ["a version that is none", { version: -1 }, "test_thing: its version is a whole number"],
])("%s is found", async (_, parts, rule) => {
  const one = {
    ...thing({ name, id: computed(z.string(), "An id."), tags: optional(setOf(z.string()), "Tags.") }),
    ...parts,
  };
  expect((await rulesOf({ test_thing: one })).join("\n")).toContain(rule);
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
