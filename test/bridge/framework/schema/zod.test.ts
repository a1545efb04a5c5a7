import * as z from "zod";
import { dynamicOf, number, object, parseNumber, string, type Value, type ValueObject } from "../../../../src/bridge/cty/index.js";
import { validateConfig } from "../../../../src/bridge/framework/rpc/validate-config.js";
import { brokenRulesOf, int64, optional, optionalComputed, type Resource, required, resource, setOf } from "../../../../src/bridge/sdk.js";
import { testProvider } from "../../../support/provider.js";
import { Service, wire } from "../../../support/service.js";
import { serverOf, summaries, unknown } from "../harness.js";

const never = async (): Promise<never> => Promise.reject(new Error("nothing is written here"));
const thing = (schema: z.ZodObject): Resource =>
  resource<unknown>()({ description: "A thing.", schema: schema as never, create: never, read: never, delete: never });

const rulesOf = (schema: z.ZodObject) => brokenRulesOf(testProvider({ resources: { test_thing: () => thing(schema) } }));

async function problems(schema: z.ZodObject, config: ValueObject): Promise<string[]> {
  const server = serverOf(thing(schema));
  const { schema: compiled } = await server.resource("test_thing");
  return summaries(await validateConfig(server, compiled, {}, config)).map((line) => line.replace("error: Invalid value", "").trim());
}

const text = z.string();
const one = (zod: z.ZodType) => z.object({ it: optional(zod, "It.") });
const pair = z.object({ min: optional(z.number(), "Smallest."), max: optional(z.number(), "Largest.") });
const plainPair = z.object({ min: z.number(), max: z.number() });
const inOrder = ({ min, max }: { min: number; max: number }) => min <= max;
const ordered = pair.refine(inOrder, { path: ["max"] });
const distinct = (members: readonly unknown[]) => new Set(members).size === members.length;
const exact = (digits: string): Value => parseNumber(digits);
const THIRD = exact(`0.${"3".repeat(154)}`);
const ALMOST_ONE = exact(`0.${"9".repeat(154)}`);

/** What is accepted, and what is refused, with the path below the attribute. */
type Works = readonly [schema: z.ZodType, accepted: readonly Value[], refused: readonly (readonly [Value, ...string[]])[]];

const works: Readonly<Record<string, Works>> = {
  "z.string": [
    text.min(2).max(3),
    ["ab", "😀😀😀", unknown],
    [
      ["a", "it"],
      ["abcd", "it"],
    ],
  ],
  "string length": [text.length(2), ["ab"], [["abc", "it"]]],
  "string nonempty": [text.nonempty(), ["a"], [["", "it"]]],
  "string regex": [text.regex(/^a/), ["ab"], [["b", "it"]]],
  "string includes, startsWith, endsWith": [
    text.includes("b").startsWith("a").endsWith("c"),
    ["abc"],
    [
      ["ab", "it"],
      ["xbx", "it", "it"],
    ],
  ],
  "string lowercase, uppercase": [z.union([text.lowercase(), text.uppercase()]), ["ab", "AB"], [["aB", "it"]]],
  "string formats": [z.union([z.email(), z.ipv4(), z.uuid(), z.iso.datetime(), z.cidrv6()]), ["a@example.com", "192.0.2.1"], [["x", "it"]]],
  "a string format as a method": [text.email(), ["a@example.com"], [["x", "it"]]],
  "z.url": [z.url(), ["https://example.com"], [["x", "it"]]],
  "a format of one's own": [z.stringFormat("even", (one) => one.length % 2 === 0), ["ab"], [["abc", "it"]]],
  "z.templateLiteral": [z.templateLiteral(["v", z.number()]), ["v1"], [["1", "it"]]],
  "z.enum": [z.enum(["a", "b"]), ["a"], [["c", "it"]]],
  "z.enum without some": [z.enum(["a", "b", "c"]).exclude(["b"]), ["a"], [["b", "it"]]],
  "z.enum of numbers": [z.enum({ One: 1, Two: 2 }), [1], [[3, "it"]]],
  "z.literal": [z.literal(["a", "b"]), ["b"], [["c", "it"]]],
  "z.literal of numbers": [z.literal([1, 0.5]), [0.5, ALMOST_ONE], [[2, "it"]]],
  "z.literal of a boolean": [z.literal(true), [true], [[false, "it"]]],
  "z.boolean": [z.boolean().refine((it) => it), [true], [[false, "it"]]],
  "z.number": [z.number(), [1, -0.5, THIRD], [[exact("1e400"), "it"]]],
  "number min, max": [
    z.number().gte(0.25).lt(0.5),
    [THIRD],
    [
      [ALMOST_ONE, "it"],
      [0.5, "it"],
    ],
  ],
  "number positive": [z.number().positive(), [THIRD], [[0, "it"]]],
  "number multipleOf": [z.number().multipleOf(0.1), [0.3, exact(`0.3${"0".repeat(152)}1`)], [[0.25, "it"]]],
  "number multipleOf, whole": [
    z.number().multipleOf(5),
    [10],
    [
      [4, "it"],
      [exact(`5.${"0".repeat(153)}1`), "it"],
    ],
  ],
  "number int": [
    z.number().int(),
    [3],
    [
      [THIRD, "it"],
      [ALMOST_ONE, "it"],
    ],
  ],
  "z.int": [
    z.int(),
    [3],
    [
      [0.5, "it"],
      [THIRD, "it"],
      [ALMOST_ONE, "it"],
      [exact("9007199254740993"), "it"],
    ],
  ],
  "z.int with bounds": [
    z.int().min(1).max(5),
    [5],
    [
      [6, "it"],
      [exact(`4.${"9".repeat(153)}`), "it"],
    ],
  ],
  "z.int32": [
    z.int32(),
    [-2147483648],
    [
      [2147483648, "it"],
      [ALMOST_ONE, "it"],
    ],
  ],
  "z.uint32": [
    z.uint32(),
    [4294967295],
    [
      [-1, "it"],
      [ALMOST_ONE, "it"],
    ],
  ],
  "z.float32": [z.float32(), [0.1, THIRD], [[3.5e38, "it"]]],
  "z.float64": [z.float64(), [0.1, THIRD], [[exact("1e400"), "it"]]],
  "z.union of texts": [z.union([z.ipv4(), z.literal("any")]), ["any"], [["x", "it"]]],
  "z.union of numbers": [z.union([z.literal(0), z.number().min(10)]), [0, exact(`10.${"3".repeat(153)}`)], [[5, "it"]]],
  "z.xor": [z.xor([text.startsWith("a"), text.endsWith("b")]), ["ax", "xb"], [["ab", "it"]]],
  "z.any, refined": [z.any().refine((it) => it.value !== "no"), [dynamicOf("yes")], [[dynamicOf("no"), "it"]]],
  brand: [text.min(1).brand("Name"), ["a"], [["", "it"]]],
  "describe and meta": [text.min(1).describe("A text.").meta({ title: "Text" }), ["a"], [["", "it"]]],
  superRefine: [
    text.superRefine((it, context) => {
      if (it === "no") context.addIssue("no");
    }),
    ["yes"],
    [["no", "it"]],
  ],
  "check with a function": [
    text.check((context) => {
      if (context.value === "no") context.issues.push({ code: "custom", input: context.value });
    }),
    ["yes"],
    [["no", "it"]],
  ],
  "z.property": [text.check(z.property("length", z.number().max(2))), ["ab"], [["abc", "it"]]],
  "z.array": [
    z.array(text.min(1)).min(1).max(2),
    [["a"], ["a", null], ["a", unknown]],
    [
      [[], "it"],
      [["a", ""], "it.1"],
      [["a", unknown, null], "it"],
      [["", unknown, "a"], "it.0", "it"],
    ],
  ],
  "z.array of a length": [z.array(text).length(1), [[unknown]], [[[unknown, "a"], "it"]]],
  "z.array, refined": [
    z.array(text).refine(distinct),
    [
      ["a", "b"],
      [unknown, unknown],
      ["a", "a", unknown],
    ],
    [[["a", "a"], "it"]],
  ],
  "z.array, refined at an element": [
    z.array(text).refine((it) => it[0] === "a", { path: [0] }),
    [["a", unknown], [unknown]],
    [[["b", unknown], "it.0"]],
  ],
  "z.array and z.property": [z.array(text).check(z.property("length", z.number().max(1))), [[unknown]], [[["a", unknown], "it"]]],
  setOf: [
    setOf(text.min(1)).min(2).max(2),
    [
      ["a", "b"],
      ["a", unknown],
      [unknown, unknown, unknown],
    ],
    [
      [["a"], "it"],
      [[unknown], "it"],
      [["a", "b", "c"], "it"],
      [["a", "b", "c", unknown], "it"],
      [["a", ""], "it"],
    ],
  ],
  "setOf, refined": [setOf(text).refine((it) => !it.includes("no")), [["yes"], ["no", unknown]], [[["no"], "it"]]],
  "z.tuple": [
    z.tuple([text.min(1), z.number()]).refine((it) => it[1] > 1),
    [
      ["a", 2],
      ["a", unknown],
    ],
    [
      [["", 2], "it.0"],
      [["a", 1], "it"],
      [[unknown, 1], "it"],
    ],
  ],
  "z.record": [z.record(text, text.min(1)), [{ a: "x", b: unknown }], [[{ a: "", b: unknown }, "it.a"]]],
  "z.record with keys": [
    z.record(text.min(2, "two"), text),
    [{ aa: "x" }],
    [
      [{ a: "x" }, "it.a"],
      [{ a: unknown, bb: null }, "it.a"],
    ],
  ],
  "z.record of an enum": [
    z.record(z.enum(["a", "b"]), text),
    [{ a: "x", b: unknown }],
    [
      [{ a: "x" }, "it"],
      [{ a: "x", b: "y", c: "z" }, "it.c"],
    ],
  ],
  "z.partialRecord": [z.partialRecord(z.enum(["a", "b"]), text), [{ a: "x" }, {}], [[{ c: unknown }, "it.c"]]],
  "z.record of a template": [z.record(z.templateLiteral(["x-", text]), text), [{ "x-a": "1" }], [[{ a: "1" }, "it.a"]]],
  "z.record, refined": [
    z.record(text, text).refine((it) => Object.keys(it).length < 2),
    [{ a: unknown }],
    [[{ a: unknown, b: "x" }, "it"]],
  ],
  "z.object of plain members, refined": [
    plainPair.refine(inOrder),
    [
      { min: 1, max: 2 },
      { min: 3, max: unknown },
      { min: THIRD, max: THIRD },
    ],
    [
      [{ min: 3, max: 2 }, "it"],
      [{ min: ALMOST_ONE, max: THIRD }, "it"],
    ],
  ],
  "z.strictObject": [z.strictObject({ a: text.min(1) }), [{ a: "x" }], [[{ a: "" }, "it.a"]]],
  "z.object of attributes, refined": [
    ordered,
    [
      { min: 1, max: 2 },
      { min: 3, max: unknown },
      { min: null, max: 2 },
    ],
    [[{ min: 3, max: 2 }, "it.max"]],
  ],
  "a list of objects of attributes, refined": [
    z
      .array(ordered)
      .max(2)
      .refine((it) => it.every((one) => one.min !== 7)),
    [[{ min: 1, max: 2 }, unknown]],
    [
      [
        [
          { min: 1, max: 2 },
          { min: 3, max: 2 },
        ],
        "it.1.max",
      ],
      [[{ min: 7, max: 8 }], "it"],
      [[unknown, unknown, unknown], "it"],
    ],
  ],
  "a set of objects of attributes": [
    setOf(ordered).min(1).max(1),
    [
      [
        { min: 1, max: unknown },
        { min: 2, max: unknown },
      ],
    ],
    [
      [[{ min: 3, max: 2 }], "it.*.max"],
      [
        [
          { min: 1, max: 1 },
          { min: 1, max: 2 },
        ],
        "it",
      ],
      [[], "it"],
    ],
  ],
  "a map of objects of attributes": [
    z.record(text.min(2), ordered),
    [{ aa: { min: 1, max: 2 } }],
    [
      [{ a: { min: 1, max: 2 } }, "it.a"],
      [{ aa: { min: 3, max: 2 } }, "it.aa.max"],
    ],
  ],
};

test.each(Object.entries(works))("%s works", async (_, [zod, accepted, refused]) => {
  expect(await rulesOf(one(zod))).toEqual([]);
  for (const it of accepted) expect([it, await problems(one(zod), { it })]).toEqual([it, []]);
  for (const [it, ...paths] of refused) expect([it, await problems(one(zod), { it })]).toEqual([it, paths.map((path) => `(${path})`)]);
});

const two = z.object({ a: optional(text, "A text."), b: optional(text, "A text."), c: optional(setOf(text), "Texts.") });

test.each<[string, z.ZodObject, ValueObject, string[]]>([
  ["of the whole", two.refine((it) => it.a !== it.b), { a: "x", b: "x", c: null }, [""]],
  ["of the whole, at an attribute", two.refine((it) => it.a !== it.b, { path: ["b"] }), { a: "x", b: "x", c: null }, ["(b)"]],
  ["of the whole that looks at nothing unknown", two.refine((it) => it.a !== it.b), { a: "x", b: "x", c: unknown }, [""]],
  ["of the whole that looks at what is unknown", two.refine((it) => it.a !== it.b), { a: "x", b: unknown, c: null }, []],
  ["of the whole that looks into a set that is not all known", two.refine((it) => it.c.length > 5), { a: null, b: null, c: [unknown] }, []],
  [
    "that waits keeps no other",
    two.refine((it) => it.b === "").refine((it) => it.a === "", { path: ["a"] }),
    { a: "x", b: unknown, c: null },
    ["(a)"],
  ],
  ["that aborts ends them", two.refine(() => false, { abort: true }).refine(() => false), { a: null, b: null, c: null }, [""]],
  [
    "with its own condition",
    two.refine(() => false, { when: ({ value }) => (value as { a: unknown }).a === "x" }),
    { a: "y", b: null, c: null },
    [],
  ],
  [
    "superRefine of the whole",
    two.superRefine((it, context) => {
      if (!it.a) context.addIssue({ code: "custom", path: ["a"], message: "none" });
    }),
    { a: null, b: null, c: null },
    ["(a)"],
  ],
  [
    "that throws is told, and the others are made",
    two.refine((it) => it.a.length > it.b.length).refine(() => false, { path: ["b"] }),
    { a: "x", b: null, c: null },
    ["error: Unexpected error in the provider ()", "(b)"],
  ],
  [
    "that is asynchronous without saying so",
    two.refine(() => Promise.resolve(true) as never),
    { a: null, b: null, c: null },
    ["error: Invalid check ()"],
  ],
  [
    "that changes the value",
    z.object({
      a: optional(
        text.check((context) => {
          context.value = context.value.trim();
        }),
        "A.",
      ),
    }),
    { a: " x" },
    ["error: Invalid check (a)"],
  ],
])("a check %s", async (_, schema, config, expected) => {
  expect(await rulesOf(schema)).toEqual([]);
  expect((await problems(schema, config)).map((line) => line.replace(/^\(\)$/, ""))).toEqual(expected);
});

test("no check of the whole is made where something required is missing", async () => {
  const schema = z.object({ a: required(text, "A text."), b: optional(text, "A text.") }).refine((it) => it.a.length > 1);
  expect(await problems(schema, { a: null, b: null })).toEqual(["error: Missing required argument (a)"]);
});

const changes = "Terraform keeps what the configuration gives";
const type = "Terraform has no such type";
const file = typeof File === "function" ? z.file() : z.never();

test.each<[string, z.ZodType, string]>([
  ["trim", text.trim(), changes],
  ["toLowerCase", text.toLowerCase(), changes],
  ["toUpperCase", text.toUpperCase(), changes],
  ["normalize", text.normalize(), changes],
  ["slugify", text.slugify(), changes],
  ["overwrite", z.number().overwrite(Math.round), changes],
  ["transform", text.transform(Number), changes],
  ["pipe", text.pipe(z.email()), "z.pipe"],
  ["preprocess", z.preprocess(String, text), changes],
  ["a codec", z.codec(text, z.number(), { decode: Number, encode: String }), changes],
  ["stringbool", z.stringbool(), changes],
  ["coerce", z.coerce.number(), "Terraform converts"],
  ["default", text.default("x"), "optionalComputed"],
  ["prefault", text.prefault("x"), "optionalComputed"],
  ["catch", text.catch("x"), changes],
  ["optional", text.optional(), "optional()"],
  ["nullable", text.nullable(), "optional()"],
  ["nullish", text.nullish(), "optional()"],
  ["exactOptional", text.exactOptional(), "optional()"],
  ["nonoptional", z.nonoptional(text), "optional()"],
  ["success", z.success(text), type],
  ["readonly", z.array(text).readonly(), "read-only"],
  ["lazy", z.lazy(() => text), "write the schema out"],
  ["intersection", text.and(z.email()), "one schema"],
  ["custom", z.custom<string>(), "z.custom()"],
  ["instanceof", z.instanceof(Date), "z.custom()"],
  ["bigint", z.bigint(), type],
  ["int64 of zod", z.int64(), type],
  ["date", z.date(), type],
  ["a Map", z.map(text, text), type],
  ["a Set", z.set(text), "setOf()"],
  ["a symbol", z.symbol(), type],
  ["null", z.null(), type],
  ["undefined", z.undefined(), type],
  ["void", z.void(), type],
  ["never", z.never(), type],
  ["nan", z.nan(), type],
  ["a promise", z.promise(text), type],
  ["a file", file, type],
  ["json", z.json(), "write the schema out"],
  ["a mixed enum", z.enum({ A: 1, B: "b" }), "all texts"],
  ["a mixed literal", z.literal(["a", 1]), "all texts"],
  ["a union of types", z.union([text, z.number()]), "all texts"],
  ["a union of numbers that are given in two forms", z.union([z.number(), int64()]), "a callback could not know"],
  ["a union of objects", z.discriminatedUnion("a", [z.object({ a: z.literal("x") }), z.object({ a: z.literal("y") })]), "all texts"],
  ["a union with something refused", z.union([text.trim(), text]), changes],
  ["a tuple with a rest", z.tuple([text], text), "one length"],
  ["looseObject", z.looseObject({ a: text }), "members of their type"],
  ["catchall", z.object({ a: text }).catchall(text), "members of their type"],
  ["looseRecord", z.looseRecord(text.min(2), text), "checks no key"],
  ["keys that are no texts", z.record(z.number(), text), "texts"],
  ["a size where there is none", z.array(text).check(z.minSize(1) as never), "no size"],
  ["an asynchronous check", text.refine(async () => true), "asynchronous"],
])("%s is refused", async (_, zod, reason) => {
  const rules = await rulesOf(one(zod));
  expect(rules).toEqual([expect.stringMatching(/^test_thing\.it(: |\{\}: )/)]);
  expect(rules[0]).toContain(reason);
});

test("what is refused is told with its path, all of it at once", async () => {
  const rules = await rulesOf(
    z
      .object({
        name: required(text.trim(), "A name."),
        tags: optional(z.array(text.toLowerCase()), "Tags."),
        labels: optional(z.record(text.trim(), text), "Labels."),
        plain: optional(z.object({ a: text.catch("x") }), "An object."),
        rules: optional(z.array(z.object({ path: required(text.trim(), "A path.") }).catchall(text)), "Rules."),
      })
      .overwrite((it) => it),
  );
  expect(rules.map((rule) => rule.slice(0, rule.indexOf(": ")))).toEqual([
    "test_thing",
    "test_thing.name",
    "test_thing.tags[]",
    "test_thing.labels{}",
    "test_thing.plain.a",
    "test_thing.rules",
    "test_thing.rules.path",
  ]);
});

test("what is refused is found in every member of a provider", async () => {
  const trimmed = z.object({ it: optional(text.trim(), "It.") });
  const broken = thing(trimmed);
  const rules = await brokenRulesOf(
    testProvider({
      schema: trimmed as never,
      dataSources: { test_thing: () => ({ description: "A thing.", schema: trimmed as never, read: never }) },
      resources: { test_thing: () => broken, test_other: () => ({ ...thing(one(text)), identity: { schema: trimmed } }) },
      functions: {
        f: () => ({
          summary: "F.",
          description: "F.",
          parameters: [{ name: "it", description: "It.", type: text.trim() }],
          returns: text.trim(),
          call: () => "",
        }),
      },
    }),
  );
  expect(rules.map((rule) => rule.slice(0, rule.indexOf(": ")))).toEqual([
    "provider.it",
    "test_thing.it",
    "test_other.it",
    "data test_thing.it",
    "function f.it",
    "function f.result",
  ]);
});

test.each<[string, ValueObject, string[]]>([
  ["what its checks accept", { id: "ab", size: THIRD }, []],
  ["what they refuse", { id: "a", size: 2 }, ["id: Too small", "size: Too big"]],
])("an identity of its own is checked where it is imported: %s", async (_, parts, expected) => {
  const identity = z.object({ id: required(text.min(2), "An id."), size: optional(z.number().max(1), "A size.") });
  const imported: unknown[] = [];
  const importing: Resource = {
    ...thing(one(text)),
    identity: { schema: identity },
    import: async (context) => {
      imported.push({ ...context.identity });
      return { it: null };
    },
  };
  const { diagnostics = [] } = await new Service(testProvider({ resources: { test_thing: () => importing } })).call("ImportResourceState", {
    typeName: "test_thing",
    identity: { identityData: wire(parts, object({ id: string, size: number })) },
  });
  expect(diagnostics.map(({ detail }) => detail)).toEqual(expected.map((words) => expect.stringContaining(words)));
  expect(imported).toEqual(expected.length > 0 ? [] : [{ id: "ab", size: 1 / 3 }]);
});

test("a default that its own schema refuses is found", async () => {
  const [rule] = await rulesOf(z.object({ it: optionalComputed(z.int().max(2), "It.", { default: 3 }) }));
  expect(rule).toMatch(/^test_thing\.it: its own schema refuses its default: Too big/);
});
