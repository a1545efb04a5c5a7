import * as fc from "fast-check";
import { dynamic, type Type } from "../../src/bridge/cty/index.js";
import type { Provider } from "../../src/bridge/framework/provider.js";
import { ProviderServer } from "../../src/bridge/framework/provider-server.js";
import { argumentType } from "../../src/bridge/protocol/function.js";
import { encode, type MessageName, methods } from "../../src/bridge/protocol/wire/index.js";
import { MESSAGES } from "../../src/bridge/protocol/wire/messages.js";
import type { CallAttack } from "./attack.js";
import { mutated } from "./bytes.js";
import { messageMutation } from "./protobuf.js";
import { toJson, toMsgpack } from "./render.js";
import { anyText, type Values, valuesOf } from "./tree.js";

/** Kind of a request: one that Terraform could send, or one with hostile values in one of the two encodings. */
type Mode = "fitting" | "msgpack" | "stored";

/** Subject of a request: the name of a resource or function, and the types of its values. */
interface About {
  readonly name: string;
  readonly type: Type;
  readonly identity: Type;
  readonly argumentTypes: readonly Type[];
}

interface Field {
  readonly label: string;
  readonly kind: string;
}

const NOTHING: About = { name: "", type: dynamic, identity: dynamic, argumentTypes: [] };
const STORED = new Set(["UpgradeResourceState", "UpgradeResourceIdentity", "MoveResourceState"]);
const PROVIDERS = ["registry.terraform.io/hashicorp/framework", "registry.terraform.io/hashicorp/random"];
const PRIVATE = ["", "{}", '{"opened":1}', '{"__proto__":{"a":1}}', "null", "[1]", '"text"', "{broken"];

/** Valid and invalid requests for every method of a provider. */
export async function requestsOf(provider: Provider): Promise<fc.Arbitrary<CallAttack>> {
  const about = await subjectsOf(provider);
  const request = (path: string, mode: Mode): fc.Arbitrary<Uint8Array> => {
    const { request: message } = methods[path] ?? { request: "StopProvider.Request" as const };
    return fc
      .constantFrom(...about(path))
      .chain((subject) => messageOf(message, subject, mode))
      .map((made) => encode(message, made as never));
  };
  const paths = Object.keys(methods);
  const withValues = paths.filter((path) => holds(methods[path]?.request ?? "", "DynamicValue"));
  const ofKind = (kind: CallAttack["kind"], among: readonly string[], make: (path: string) => fc.Arbitrary<Uint8Array>) =>
    fc.constantFrom(...among).chain((path) => make(path).map((bytes): CallAttack => ({ kind, path, request: bytes })));
  return fc.oneof(
    { weight: 4, arbitrary: ofKind("protobuf", paths, (path) => mutated(request(path, "fitting"), messageMutation)) },
    { weight: 4, arbitrary: ofKind("msgpack", withValues, (path) => request(path, "msgpack")) },
    { weight: 1, arbitrary: ofKind("stored", withValues, (path) => request(path, "stored")) },
    {
      weight: 2,
      arbitrary: ofKind(
        "stored",
        paths.filter((path) => STORED.has(nameOf(path))),
        (path) => request(path, "stored"),
      ),
    },
  );
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

const holds = (message: string, kind: string): boolean =>
  fieldsOf(message).some(([, field]) => field.kind === kind || (field.kind in MESSAGES && holds(field.kind, kind)));

const fieldsOf = (message: string): [string, Field][] => Object.entries((MESSAGES[message as MessageName] ?? {}) as Record<string, Field>);

async function subjectsOf(provider: Provider): Promise<(path: string) => readonly About[]> {
  const server = new ProviderServer(provider);
  const resources = await Promise.all(
    Object.keys(provider.resources).map(async (name): Promise<About> => {
      const { schema, identity } = await server.resource(name);
      return { ...NOTHING, name, type: schema.type, identity: identity?.type ?? dynamic };
    }),
  );
  const typed = (members: object | undefined, compiled: (name: string) => Promise<{ readonly schema: { readonly type: Type } }>) =>
    Promise.all(
      Object.keys(members ?? {}).map(async (name): Promise<About> => ({ ...NOTHING, name, type: (await compiled(name)).schema.type })),
    );
  const ephemeral = await typed(provider.ephemeralResources, (name) => server.ephemeralResource(name));
  const lists = await typed(provider.listResources, (name) => server.listResource(name));
  const actions = await typed(provider.actions, (name) => server.action(name));
  const functions = await Promise.all(
    Object.keys(provider.functions).map(async (name): Promise<About> => {
      const definition = await server.function(name);
      return { ...NOTHING, name, argumentTypes: [0, 1].map((index) => argumentType(definition, index)) };
    }),
  );
  const configured: About = { ...NOTHING, type: server.providerSchema().type };
  return (path) => {
    const name = nameOf(path);
    if (/Function/.test(name)) return functions;
    if (/Ephemeral/.test(name)) return ephemeral;
    if (/List/.test(name)) return lists;
    // The action writes a file to the path that it is given.
    if (/(Validate|Plan)Action/.test(name)) return actions;
    if (/Resource/.test(name) && !/Data/.test(name)) return resources;
    return /Provider/.test(name) ? [configured] : [NOTHING];
  };
}

function messageOf(message: string, about: About, mode: Mode): fc.Arbitrary<Record<string, unknown>> {
  const fields = fieldsOf(message);
  const model = Object.fromEntries(fields.map(([key, field]) => [key, fieldOf(key, field, about, mode)]));
  const names = fields.flatMap(([key, { kind }]) => (kind === "string" ? [key] : []));
  return fc.record(model, mode === "fitting" ? {} : { requiredKeys: names });
}

function fieldOf(key: string, { label, kind }: Field, about: About, mode: Mode): fc.Arbitrary<unknown> {
  if (key === "arguments") return fc.tuple(...about.argumentTypes.map((type) => dynamicValue(type, mode)));
  if (label === "map") return fc.dictionary(fc.string({ maxLength: 4 }), fc.string({ maxLength: 4 }), { maxKeys: 2 });
  const one = singleOf(key, kind, about, mode);
  return label === "repeated" ? fc.array(one, { maxLength: 2 }) : one;
}

function singleOf(key: string, kind: string, about: About, mode: Mode): fc.Arbitrary<unknown> {
  const type = /identity/i.test(key) ? about.identity : about.type;
  const hostile = mode !== "fitting";
  switch (kind) {
    case "DynamicValue":
      return dynamicValue(type, mode);
    case "RawState":
      return trees(type, mode).map((tree) => ({ json: toJson(tree) }));
    case "string": {
      const usual = /(name|type)$/i.test(key) ? fc.constant(about.name) : fc.constantFrom(...PROVIDERS, "id-123", "1.13.0");
      return hostile ? fc.oneof({ weight: 20, arbitrary: usual }, { weight: 1, arbitrary: anyText }) : usual;
    }
    case "bytes":
      return fc.constantFrom(...PRIVATE.slice(0, hostile ? undefined : 3)).map((text) => Buffer.from(text));
    case "bool":
      return fc.boolean();
    case "int32":
    case "int64":
      return hostile ? fc.oneof(fc.constantFrom(0, 1), fc.maxSafeInteger()) : fc.constantFrom(0, 1);
    default:
      return messageOf(kind, { ...about, type }, mode);
  }
}

const dynamicValue = (type: Type, mode: Mode): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 9, arbitrary: trees(type, mode).map((tree) => (mode === "stored" ? { json: toJson(tree) } : { msgpack: toMsgpack(tree) })) },
    { weight: 2, arbitrary: fc.constantFrom({ msgpack: Buffer.from([0xc0]) }, {}) },
  );

const known = new WeakMap<Type, Values>();

function trees(type: Type, mode: Mode) {
  const values = known.get(type) ?? valuesOf(type);
  known.set(type, values);
  return mode === "fitting" ? values.fitting : values.hostile;
}
