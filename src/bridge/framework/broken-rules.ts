import type { Provider } from "./provider.js";
import { ProviderServer } from "./provider-server.js";
import { SchemaError } from "./schema/refusals.js";
import {
  brokenFunctionRules,
  brokenIdentityRules,
  brokenRules,
  collidingClassNames,
  isName,
  NAME_RULE,
  type SchemaKind,
} from "./schema/rules/index.js";
import type { Schema } from "./schema/schema.js";

interface Members {
  readonly kind: SchemaKind;
  /** Prefix of the type name in messages. */
  readonly prefix: string;
  readonly members: Readonly<Record<string, unknown>> | undefined;
  schemaOf(typeName: string): Promise<Schema>;
  /** Rules that it breaks besides those of its schema. */
  readonly more?: (typeName: string) => Promise<readonly string[]>;
  /** Names from which the CDKTF generator makes classes. */
  readonly className?: (typeName: string) => string;
}

/**
 * Rules of Terraform and of the framework that a provider breaks, one sentence each. Expect an empty list in your provider's
 * tests.
 */
export async function brokenRulesOf(provider: Provider): Promise<string[]> {
  const server = new ProviderServer(provider);
  const classes: Record<string, Schema> = {};
  const found: string[] = [];
  const look = async (owner: string, rules: () => readonly string[] | Promise<readonly string[]>) => {
    try {
      found.push(...(await rules()));
    } catch (error) {
      found.push(...wordsOf(error, owner));
    }
  };
  if (!isName(provider.name)) found.push(`provider ${provider.name}: ${NAME_RULE}`);
  await look("provider", () => brokenRules("provider", server.providerSchema(), "provider"));
  for (const { kind, prefix, members = {}, schemaOf, more, className } of membersOf(server))
    for (const typeName of Object.keys(members)) {
      if (!typeName.startsWith(`${provider.name}_`)) found.push(`${typeName}: a type name starts with "${provider.name}_"`);
      if (!isName(typeName)) found.push(`${prefix}${typeName}: ${NAME_RULE}`);
      await look(`${prefix}${typeName}`, async () => {
        const schema = await schemaOf(typeName);
        if (className) classes[className(typeName)] = schema;
        return [...brokenRules(`${prefix}${typeName}`, schema, kind), ...((await more?.(typeName)) ?? [])];
      });
    }
  for (const name of Object.keys(provider.functions))
    await look(`function ${name}`, async () => brokenFunctionRules(name, await server.function(name)));
  for (const collision of collidingClassNames(classes, provider.name)) found.push(`the CDKTF generator would rename a class: ${collision}`);
  return found;
}

/** One sentence for each thing that is refused, with its path; whatever else is thrown is one. */
const wordsOf = (error: unknown, owner: string): string[] =>
  error instanceof SchemaError
    ? error.refusals.map(({ path, reason }) => `${owner}${path && `.${path}`}: ${reason}`)
    : [`${owner}: ${(error as Error).message}`];

const membersOf = (server: ProviderServer): readonly Members[] => {
  const { resources, dataSources, ephemeralResources, actions, listResources } = server.provider;
  return [
    {
      kind: "resource",
      prefix: "",
      members: resources,
      schemaOf: async (name) => (await server.resource(name)).schema,
      more: (name) => moreOfResource(server, name),
      className: (name) => name,
    },
    {
      kind: "data source",
      prefix: "data ",
      members: dataSources,
      schemaOf: async (name) => (await server.dataSource(name)).schema,
      className: (name) => `data_${name}`,
    },
    {
      kind: "ephemeral resource",
      prefix: "ephemeral ",
      members: ephemeralResources,
      schemaOf: async (name) => (await server.ephemeralResource(name)).schema,
    },
    { kind: "action", prefix: "action ", members: actions, schemaOf: async (name) => (await server.action(name)).schema },
    { kind: "list resource", prefix: "list ", members: listResources, schemaOf: (name) => schemaOfList(server, name) },
  ];
};

async function moreOfResource(server: ProviderServer, typeName: string): Promise<readonly string[]> {
  const { definition, identity, schema } = await server.resource(typeName);
  const never = Object.keys(definition.upgrades ?? {}).filter((version) => !(Number(version) < schema.version));
  return [
    ...(identity ? brokenIdentityRules(typeName, identity) : []),
    ...(definition.import && !identity ? [`${typeName}: cannot be imported without an identity`] : []),
    ...never.map((version) => `${typeName}: its upgrade from version ${version} is never called, since its version is ${schema.version}`),
  ];
}

async function schemaOfList(server: ProviderServer, typeName: string): Promise<Schema> {
  const { schema, resource } = await server.listResource(typeName);
  if (!resource.identity) throw new Error("its resource has no identity, which its objects are told of by");
  return schema;
}
