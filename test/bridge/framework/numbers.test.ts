import * as z from "zod";
import * as cty from "../../../src/bridge/cty/index.js";
import { PrivateState } from "../../../src/bridge/framework/private-state.js";
import { compileSchema } from "../../../src/bridge/framework/schema/compile.js";
import {
  action,
  block,
  computed,
  dataSource,
  ephemeralResource,
  exactNumber,
  float32,
  float64,
  int64,
  ipv6Address,
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
  unknown,
} from "../../../src/bridge/sdk.js";
import { testProvider } from "../../support/provider.js";
import { Service, unwire, wire } from "../../support/service.js";

/** As Terraform computes them, with 512 bits. */
const digits = cty.parseNumber;
const THIRD = digits(`0.${"3".repeat(154)}`);
const THREE_AND_A_BIT = digits(`3.3${"0".repeat(150)}3`);
const PAST_SAFE = digits("9007199254740993");

const typeOf = (schema: z.ZodObject) => compileSchema(schema, { description: "It." }).type;
const wired = (schema: z.ZodObject, values: cty.ValueObject | null) => {
  const type = typeOf(schema);
  const whole = values && Object.keys(type.attributes).map((name): [string, cty.Value] => [name, values[name] ?? null]);
  return wire(whole && Object.fromEntries(whole), type);
};

const member = z.object({ ratio: optional(z.number(), "A ratio."), made: computed(z.number(), "A number.") });
const schema = z.object({
  ratio: optional(z.number(), "A ratio."),
  single: optional(float32(), "A ratio of 32 bits."),
  double: optional(float64(), "A ratio of 64 bits."),
  exact: optional(exactNumber(), "Every digit."),
  whole: optional(int64(), "A whole number."),
  any: optional(z.any(), "Anything."),
  list: optional(z.array(z.number()), "Ratios."),
  set: optional(setOf(z.number()), "Ratios."),
  map: optional(z.record(z.string(), z.number()), "Ratios."),
  tuple: optional(z.tuple([z.string(), z.number()]), "A text and a ratio."),
  object: optional(z.object({ deep: z.array(z.object({ ratio: z.number() })) }), "Ratios."),
  one: optional(member, "A ratio."),
  many: block(z.array(member), "Ratios."),
  every: optional(setOf(member), "Ratios."),
  chosen: optionalComputed(z.number(), "A ratio."),
});

const config: cty.ValueObject = {
  ratio: THIRD,
  single: digits("0.01"),
  double: THREE_AND_A_BIT,
  exact: THIRD,
  whole: PAST_SAFE,
  any: cty.dynamicOf(THIRD),
  list: [THIRD, 1, PAST_SAFE],
  set: [THIRD, THREE_AND_A_BIT, 2],
  map: { a: THIRD, b: 2 },
  tuple: ["a", THIRD],
  object: { deep: [{ ratio: THIRD }] },
  one: { ratio: THIRD, made: null },
  many: [{ ratio: THIRD, made: null }],
  every: [
    { ratio: THIRD, made: null },
    { ratio: THREE_AND_A_BIT, made: null },
  ],
  chosen: null,
};

/** As callbacks are given them. */
const doubles = {
  ratio: 1 / 3,
  single: 0.01,
  double: 3.3,
  exact: THIRD,
  whole: PAST_SAFE,
  any: cty.dynamicOf(THIRD),
  list: [1 / 3, 1, 2 ** 53],
  set: [1 / 3, 3.3, 2],
  map: { a: 1 / 3, b: 2 },
  tuple: ["a", 1 / 3],
  object: { deep: [{ ratio: 1 / 3 }] },
  one: { ratio: 1 / 3 },
  many: [{ ratio: 1 / 3 }],
  every: [{ ratio: 1 / 3 }, { ratio: 3.3 }],
};

/** A server that knows binary64 only, and 32 bits of one, and has an order of its own. */
function stored(values: Readonly<Record<string, unknown>>): cty.ValueObject {
  const copy = { ...JSON.parse(JSON.stringify({ ...values, exact: null, whole: null, any: null })), ...pick(values) };
  const settled = (one: object) => ({ ...one, made: 1 / 7 });
  return {
    ...copy,
    single: Math.fround(copy.single),
    set: [...copy.set].reverse(),
    one: settled(copy.one),
    many: copy.many.map(settled),
    every: copy.every.map(settled).reverse(),
    chosen: 1 / 9,
  } as cty.ValueObject;
}
const pick = ({ exact, whole, any }: Readonly<Record<string, unknown>>) => ({ exact, whole, any });

const seen: Record<string, unknown> = {};
const see = (name: string, values: unknown) => {
  seen[name] = structuredCloneOf(values);
};
/** Without what makes it safe against odd names. */
const structuredCloneOf = (value: unknown): unknown =>
  value !== null && typeof value === "object" && [Object.prototype, null].includes(Object.getPrototypeOf(value))
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, structuredCloneOf(one)]))
    : Array.isArray(value)
      ? value.map(structuredCloneOf)
      : value;

const thing: Resource = resource<unknown>()<typeof schema.shape>({
  description: "A thing.",
  schema,
  validate: (context) => see("validate", context.config),
  plan: (context) => {
    see("plan", context.planned);
    see("plan config", context.config);
    see("plan prior", context.prior);
  },
  planDestroy: (context) => see("planDestroy", context.prior),
  create: async (context) => {
    see("create", context.planned);
    see("create config", context.config);
    return stored(context.planned) as never;
  },
  update: async (context) => {
    see("update", context.planned);
    see("update prior", context.prior);
    return stored(context.planned) as never;
  },
  read: async (context) => {
    see("read", context.state);
    return stored(context.state) as never;
  },
  delete: async (context) => see("delete", context.state),
});

const service = new Service(testProvider({ resources: { test_thing: () => thing } }));
const typeName = "test_thing";
const type = typeOf(schema);

test("a resource's callbacks are given the nearest JavaScript numbers, and giving these back breaks nothing", async () => {
  const given = wired(schema, config);
  expect(await service.call("ValidateResourceConfig", { typeName, config: given })).toEqual({});
  expect(seen.validate).toMatchObject(doubles);

  const { plannedState, diagnostics } = await service.call("PlanResourceChange", {
    typeName,
    config: given,
    proposedNewState: given,
    priorState: wired(schema, null),
  });
  expect(diagnostics).toBeUndefined();
  expect(seen.plan).toMatchObject({ ...doubles, chosen: unknown });
  expect(seen["plan config"]).toMatchObject(doubles);
  const planned = unwire(plannedState, type) as cty.ValueObject;
  expect(planned).toMatchObject({ ...config, chosen: unknown, one: { ratio: THIRD }, many: [{}], every: [{}, {}] });

  const applied = await service.call("ApplyResourceChange", {
    typeName,
    config: given,
    plannedState: plannedState ?? {},
    priorState: wired(schema, null),
  });
  expect(applied.diagnostics).toBeUndefined();
  expect(seen.create).toMatchObject(doubles);
  expect(seen["create config"]).toMatchObject(doubles);
  const state = unwire(applied.newState, type) as cty.ValueObject;
  const made = 1 / 7;
  const digitsKept = {
    ...config,
    chosen: 1 / 9,
    set: [2, THREE_AND_A_BIT, THIRD],
    one: { ratio: THIRD, made },
    many: [{ ratio: THIRD, made }],
    every: [
      { ratio: THREE_AND_A_BIT, made },
      { ratio: THIRD, made },
    ],
  };
  expect(structuredCloneOf(state)).toEqual(digitsKept);

  const read = await service.call("ReadResource", { typeName, currentState: applied.newState ?? {} });
  expect(read.diagnostics).toBeUndefined();
  expect(seen.read).toMatchObject({ ...doubles, set: [2, 3.3, 1 / 3], every: [{}, {}], chosen: 1 / 9 });
  expect(cty.equal(unwire(read.newState, type), state, type)).toBe(true);

  const changed = { ...state, ratio: digits(`0.${"6".repeat(154)}`) };
  const update = await service.call("PlanResourceChange", {
    typeName,
    config: wired(schema, { ...config, ratio: changed.ratio }),
    proposedNewState: wired(schema, changed),
    priorState: applied.newState ?? {},
  });
  expect(seen["plan prior"]).toMatchObject({ ratio: 1 / 3 });
  const updated = await service.call("ApplyResourceChange", {
    typeName,
    config: wired(schema, { ...config, ratio: changed.ratio }),
    plannedState: update.plannedState ?? {},
    priorState: applied.newState ?? {},
  });
  expect(updated.diagnostics).toBeUndefined();
  expect(seen.update).toMatchObject({ ratio: 2 / 3 });
  expect(seen["update prior"]).toMatchObject({ ratio: 1 / 3 });
  expect(unwire(updated.newState, type)).toMatchObject({ ratio: changed.ratio, list: config.list });

  const destroy = { typeName, priorState: applied.newState ?? {}, config: wired(schema, null) };
  await service.call("PlanResourceChange", { ...destroy, proposedNewState: wired(schema, null) });
  await service.call("ApplyResourceChange", { ...destroy, plannedState: wired(schema, null) });
  expect(seen.planDestroy).toMatchObject({ ratio: 1 / 3 });
  expect(seen.delete).toMatchObject({ ratio: 1 / 3 });
});

test.each<[string, cty.Value, cty.Value, cty.Value]>([
  ["another number is drift", THIRD, 0.5, 0.5],
  ["the same number is none", THIRD, 1 / 3, THIRD],
  ["a number that is whole keeps its digits", PAST_SAFE, 2 ** 53, PAST_SAFE],
])("a read: %s", async (_, before, answer, after) => {
  const shape = z.object({ ratio: optional(z.number(), "A ratio.") });
  const read = resource<unknown>()<typeof shape.shape>({
    description: "A thing.",
    schema: shape,
    create: async ({ planned }) => planned,
    read: async () => ({ ratio: answer as number }),
    delete: async () => {},
  });
  const one = new Service(testProvider({ resources: { test_thing: () => read } }));
  const { newState } = await one.call("ReadResource", { typeName, currentState: wired(shape, { ratio: before }) });
  expect(unwire(newState, typeOf(shape))).toEqual({ ratio: after });
});

test("members of a large set find the numbers that they were", async () => {
  const shape = z.object({ set: optional(setOf(z.object({ ratio: z.number(), name: z.string() })), "Ratios.") });
  const prior = Array.from({ length: 5_000 }, (_, index) => ({ ratio: digits(`${index}.${"3".repeat(150)}`), name: String(index % 7) }));
  const listed = resource<unknown>()<typeof shape.shape>({
    description: "A thing.",
    schema: shape,
    create: async ({ planned }) => planned,
    read: async ({ state }) => ({ set: state.set?.toReversed() ?? null }),
    delete: async () => {},
  });
  const one = new Service(testProvider({ resources: { test_thing: () => listed } }));
  const { newState } = await one.call("ReadResource", { typeName, currentState: wired(shape, { set: prior }) });
  expect(cty.equal(unwire(newState, typeOf(shape)), { set: prior }, typeOf(shape))).toBe(true);
});

test("what a failing write saved keeps its digits", async () => {
  const shape = z.object({ ratio: optional(z.number(), "A ratio."), id: computed(z.string(), "An id.") });
  const failing = resource<unknown>()<typeof shape.shape>({
    description: "A thing.",
    schema: shape,
    create: async ({ planned, save }) => {
      save({ ratio: planned.ratio, id: "1" });
      throw new Error("no");
    },
    read: async ({ state }) => state,
    delete: async () => {},
  });
  const one = new Service(testProvider({ resources: { test_thing: () => failing } }));
  const { newState } = await one.call("ApplyResourceChange", {
    typeName,
    config: wired(shape, { ratio: THIRD }),
    plannedState: wired(shape, { ratio: THIRD, id: unknown }),
    priorState: wired(shape, null),
  });
  expect(unwire(newState, typeOf(shape))).toEqual({ ratio: THIRD, id: "1" });
});

const fixed = z.object({
  ratio: optional(z.number(), "A ratio.", { replace: true }),
  name: optional(ipv6Address(), "An address.", { replace: true }),
  list: optional(z.array(z.number()), "Ratios.", { replace: true }),
  made: computed(z.string(), "Made."),
});
const imported = { ratio: 1 / 3, name: "0:0:0:0:0:0:0:1", list: [1 / 3], made: "then" };
const again = { ratio: THIRD, name: "::1", list: [THIRD], made: null };

test.each<[string, object, cty.ValueObject, cty.ValueObject, number]>([
  ["what means the same as what was read replaces nothing", { update: async () => imported }, again, imported, 0],
  ["nor where there is no update", {}, again, imported, 0],
  ["what is another value does", {}, { ...again, ratio: 0.5 }, { ...imported, ratio: 0.5, made: unknown }, 1],
  ["a list with another value is another", {}, { ...again, list: [THIRD, 1] }, { ...imported, list: [THIRD, 1], made: unknown }, 1],
])("%s", async (_, more, config, planned, replaces) => {
  const thing = resource<unknown>()<typeof fixed.shape>({
    description: "A thing.",
    schema: fixed,
    create: async () => imported,
    read: async ({ state }) => state,
    delete: async () => {},
    ...more,
  });
  const answer = await new Service(testProvider({ resources: { test_thing: () => thing } })).call("PlanResourceChange", {
    typeName,
    config: wired(fixed, config),
    priorState: wired(fixed, imported),
    proposedNewState: wired(fixed, { ...config, made: "then" }),
  });
  expect(answer.diagnostics).toBeUndefined();
  expect(structuredCloneOf(unwire(answer.plannedState, typeOf(fixed)))).toEqual(planned);
  expect(answer.requiresReplace ?? []).toHaveLength(replaces);
});

test("what can be changed in place is given the digits of the configuration", async () => {
  const shape = z.object({ ratio: optional(z.number(), "A ratio.") });
  const thing = resource<unknown>()<typeof shape.shape>({
    description: "A thing.",
    schema: shape,
    create: async ({ planned }) => planned,
    update: async ({ planned }) => planned,
    read: async ({ state }) => state,
    delete: async () => {},
  });
  const given = wired(shape, { ratio: THIRD });
  const { plannedState } = await new Service(testProvider({ resources: { test_thing: () => thing } })).call("PlanResourceChange", {
    typeName,
    config: given,
    priorState: wired(shape, { ratio: 1 / 3 }),
    proposedNewState: given,
  });
  expect(unwire(plannedState, typeOf(shape))).toEqual({ ratio: THIRD });
});

const shape = z.object({ ratio: required(z.number().lt(1), "A ratio.") });
type Ratio = typeof shape.shape;
const given = wired(shape, { ratio: THIRD });
const members: Partial<Provider> = {
  schema: shape as never,
  configure: ({ config }) => see("configure", config),
  dataSources: {
    test_data: () =>
      dataSource<unknown>()<Ratio>({
        description: "Data.",
        schema: shape,
        read: async ({ config }) => {
          see("data", config);
          return { ratio: Number(config.ratio) };
        },
      }),
  },
  ephemeralResources: {
    test_secret: () =>
      ephemeralResource<unknown>()<Ratio>({
        description: "A secret.",
        schema: shape,
        open: async ({ config }) => {
          see("open", config);
          return { ratio: Number(config.ratio) };
        },
      }),
  },
  actions: {
    test_act: () =>
      action<unknown>()<Ratio>({
        description: "An act.",
        schema: shape,
        plan: ({ config }) => see("act plan", config),
        invoke: async ({ config }) => see("act", config),
      }),
  },
  resources: {
    test_thing: () =>
      resource<unknown>()<Ratio>({
        description: "A thing.",
        schema: shape,
        identity: { attributes: ["ratio"] },
        create: async ({ planned }) => planned,
        read: async ({ state }) => state,
        delete: async () => {},
        import: async ({ identity }) => {
          see("import", identity);
          return { ratio: identity.ratio ?? 0 };
        },
      }),
  },
  listResources: {
    test_thing: () =>
      listResource<unknown>()<Ratio>({
        description: "Things.",
        schema: shape,
        list: ({ config }) => {
          see("list", config);
          return [];
        },
      }),
  },
  functions: {
    f: () =>
      providerFunction({
        summary: "F.",
        description: "F.",
        parameters: [parameter("ratio", z.number().lt(1), "A ratio."), parameter("ratios", z.array(z.int()), "Ratios.")],
        variadic: parameter("more", z.record(z.string(), z.number()), "More."),
        returns: z.number(),
        call: (args) => {
          see("function", args);
          return args[0];
        },
      }),
  },
};

test("every other callback is given the nearest JavaScript number too", async () => {
  const every = new Service(testProvider(members));
  await every.call("ValidateProviderConfig", { config: given });
  await every.call("ConfigureProvider", { config: given });
  const data = await every.call("ReadDataSource", { typeName: "test_data", config: given });
  expect(unwire(data.state, typeOf(shape))).toEqual({ ratio: THIRD });
  const opened = await every.call("OpenEphemeralResource", { typeName: "test_secret", config: given });
  expect(unwire(opened.result, typeOf(shape))).toEqual({ ratio: THIRD });
  await every.call("PlanAction", { actionType: "test_act", config: given });
  await every.stream("InvokeAction", { actionType: "test_act", config: given });
  await every.stream("ListResource", { typeName, config: given });
  await every.call("ImportResourceState", { typeName, identity: { identityData: given } });
  for (const name of ["configure", "data", "open", "act plan", "act", "list", "import"])
    expect([name, seen[name]]).toEqual([name, { ratio: 1 / 3 }]);
  await every.call("ImportResourceState", { typeName, id: String(THIRD) });
  expect(seen.import).toEqual({ ratio: 1 / 3 });
});

const call = (...args: readonly [cty.Value, cty.Value, ...cty.Value[]]) =>
  new Service(testProvider(members)).call("CallFunction", {
    name: "f",
    arguments: args.map((arg, index) => wire(arg, [cty.number, cty.list(cty.number)][index] ?? cty.map(cty.number))),
  });

test("a function is given the nearest JavaScript numbers", async () => {
  const { result, error } = await call(THIRD, [1, null], { a: THIRD });
  expect([unwire(result, cty.number), error]).toEqual([1 / 3, undefined]);
  expect(structuredCloneOf(seen.function)).toEqual([1 / 3, [1, null], { a: 1 / 3 }]);
});

test.each<[string, readonly [cty.Value, cty.Value, ...cty.Value[]], object]>([
  ["a number that is too large", [THREE_AND_A_BIT, []], { text: expect.stringMatching(/^Too big/), functionArgument: 0 }],
  ["no whole number", [THIRD, [1, THIRD, null]], { text: expect.stringMatching(/^\[1\]: .*expected int/), functionArgument: 1 }],
  [
    "a number out of range",
    [0, [], {}, { a: digits("1e999") }],
    { text: expect.stringMatching(/^\["a"\]: A number in/), functionArgument: 3 },
  ],
])("a function refuses %s", async (_, args, error) => {
  expect((await call(...args)).error).toEqual(error);
});

const within = async (zod: z.ZodType, value: cty.Value) => {
  const one = z.object({ it: optional(zod, "It.") });
  const { diagnostics = [] } = await new Service(
    testProvider({ dataSources: { test_data: () => ({ description: "Data.", schema: one as never, read: async () => ({}) as never }) } }),
  ).call("ValidateDataResourceConfig", { typeName: "test_data", config: wired(one, { it: value }) });
  return diagnostics.map(({ detail, attribute }) => [detail, attribute?.steps?.length]);
};

test.each<[string, z.ZodType, cty.Value, string]>([
  ["a fraction that is nearly whole", z.int(), digits(`3.${"0".repeat(150)}1`), "Invalid input: expected int, received number."],
  ["a fraction, in the author's words", z.int("Whole numbers only"), digits(`2.${"9".repeat(150)}`), "Whole numbers only."],
  [
    "a fraction beside bounds",
    z.number().min(10).int().max(20),
    digits(`12.${"0".repeat(150)}1`),
    "Invalid input: expected int, received number.",
  ],
  ["a whole number past 53 bits", z.int(), PAST_SAFE, "Too big: expected int to be <=9007199254740991."],
  ["a number past 64 bits", z.number(), digits("-1e999"), "A number in the range of 64 bits is expected."],
  ["a number below 64 bits", float64(), digits("1e-999"), "A number in the range of 64 bits is expected."],
  ["a number below 32 bits", float32(), digits("1e-46"), "A number in the range of 32 bits is expected."],
  ["a whole number past 64 bits", int64(), digits("9223372036854775808"), "A whole number of 64 bits is expected."],
  ["a fraction that has 64 bits", int64(), THIRD, "A whole number of 64 bits is expected."],
])("%s is an error at its path", async (_, zod, value, detail) => {
  expect(await within(zod, value)).toEqual([[detail, 1]]);
});

test("a number that nobody has every bit of is none of the messages' classes", async () => {
  for (const zod of [z.number().max(-1), z.int(), z.literal(1), z.union([z.literal(0), z.number().max(-1)]), z.enum({ One: 1 })])
    for (const [detail] of await within(zod, THIRD)) expect(detail).toMatch(/^(Too big|Invalid (input|option))(?!.*received (?!number))/);
});

const fail = (name: string, error: unknown): never => {
  throw new Error(`${name} is no JSON`, { cause: error });
};

test("private state keeps every digit, and a JavaScript number is a number in it", () => {
  const state = PrivateState.decode(undefined);
  for (const [name, value] of Object.entries({
    THIRD,
    third: 1 / 3,
    list: [PAST_SAFE, "1", null, { a: THIRD, b: undefined }],
    time: new Date(0),
  }))
    state.set(name, value);
  const text = Buffer.from(state.encode(fail)).toString();
  expect(text).toBe(`{"THIRD":${THIRD},"list":[${PAST_SAFE},"1",null,{"a":${THIRD}}],"third":${1 / 3},"time":"1970-01-01T00:00:00.000Z"}`);
  const again = PrivateState.decode(Buffer.from(text));
  expect([again.get("THIRD"), again.get("third"), again.get("list")]).toEqual([THIRD, 1 / 3, [PAST_SAFE, "1", null, { a: THIRD }]]);
  expect(Buffer.from(again.encode(fail)).toString()).toBe(text);
});
