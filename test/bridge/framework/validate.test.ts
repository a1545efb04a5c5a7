import * as z from "zod";
import { validateConfig } from "../../../src/bridge/framework/rpc/validate-config.js";
import { at, computed, optional, required, resource, setOf } from "../../../src/bridge/sdk.js";
import { serverOf, summaries, unknown } from "./harness.js";

const thing = resource<unknown>()({
  description: "A thing.",
  schema: z.object({
    name: required(z.string().min(2, "a name has two letters at least"), "A name."),
    tags: optional(setOf(z.string().max(3, "a tag has three letters at most")), "Tags."),
    ports: optional(z.array(z.int().max(65_535)), "Ports."),
    labels: optional(z.record(z.string(), z.string().min(1, "a label is not empty")), "Labels."),
    rules: optional(
      z.array(
        z.object({
          path: required(z.string().startsWith("/", "a path starts with /"), "A path."),
          note: optional(z.string(), "A note.", { deprecated: "Use labels." }),
        }),
      ),
      "Rules.",
    ),
    min: optional(z.number(), "Smallest."),
    max: optional(z.number(), "Largest."),
    id: computed(z.string(), "An id."),
  }),
  validate({ config: { min, max }, diagnostics }) {
    if (typeof min === "number" && typeof max === "number" && min > max) diagnostics.error("Empty range", "min is above max.", at("max"));
  },
  create: async () => Promise.reject(new Error("not here")),
  read: async ({ state }) => state,
  delete: async () => {},
});

const empty = { name: "one", tags: null, ports: null, labels: null, rules: null, min: null, max: null, id: null };

test.each<[string, object, string[]]>([
  ["what fits", {}, []],
  ["a text", { name: "x" }, ["error: Invalid value (name)"]],
  ["an element of a set, which has no place", { tags: ["abcd"] }, ["error: Invalid value (tags)"]],
  ["an element of a list", { ports: [1, 70_000] }, ["error: Invalid value (ports.1)"]],
  ["an element of a map", { labels: { a: "x", b: "" } }, ["error: Invalid value (labels.b)"]],
  [
    "a member of an object in a list",
    {
      rules: [
        { path: "/", note: null },
        { path: "x", note: null },
      ],
    },
    ["error: Invalid value (rules.1.path)"],
  ],
  ["a deprecated argument", { rules: [{ path: "/", note: "n" }] }, ["warning: Deprecated attribute (rules.0.note)"]],
  ["two attributes that do not go together", { min: 2, max: 1 }, ["error: Empty range (max)"]],
  ["known elements beside unknown ones", { ports: [unknown, 70_000] }, ["error: Invalid value (ports.1)"]],
  ["what is required and null", { name: null }, ["error: Missing required argument (name)"]],
  ["what only the provider gives", { id: unknown }, ["error: Read-only attribute (id)"]],
  ["a deprecated argument that may turn out to be null", { rules: [{ path: "/", note: unknown }] }, []],
  ["what is not known yet", { name: unknown, ports: unknown, min: unknown, max: 1 }, []],
])("%s", async (_, config, expected) => {
  const server = serverOf(thing);
  const { schema, definition } = await server.resource("test_thing");
  expect(summaries(await validateConfig(server, schema, definition as never, { ...empty, ...config } as never))).toEqual(expected);
});
