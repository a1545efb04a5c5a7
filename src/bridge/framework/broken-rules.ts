import type { Provider } from "./provider.js";
import { ProviderServer } from "./provider-server.js";
import { SchemaError } from "./schema/refusals.js";
import { brokenRules, collidingClassNames } from "./schema/rules.js";
import type { Schema } from "./schema/schema.js";

interface Kind {
  /** As messages call it: the words before a type name. */
  readonly prefix: string;
  readonly members: Readonly<Record<string, unknown>> | undefined;
  schemaOf(typeName: string): Promise<Schema>;
  /** What the CDKTF generator makes a class of. */
  readonly className?: (typeName: string) => string;
}

/** Every rule of the framework that a provider breaks, one sentence each; none is the only good answer. For a provider's tests. */
export async function brokenRulesOf(provider: Provider): Promise<string[]> {
  const server = new ProviderServer(provider);
  const classes: Record<string, Schema> = {};
  const found: string[] = [];
  try {
    server.providerSchema();
  } catch (error) {
    found.push(...wordsOf(error, "provider"));
  }
  for (const { prefix, members = {}, schemaOf, className } of kindsOf(server))
    for (const typeName of Object.keys(members)) {
      if (!typeName.startsWith(`${provider.name}_`)) found.push(`${typeName}: a type name starts with "${provider.name}_"`);
      try {
        const schema = await schemaOf(typeName);
        if (className) classes[className(typeName)] = schema;
        found.push(...brokenRules(`${prefix}${typeName}`, schema));
      } catch (error) {
        found.push(...wordsOf(error, prefix + typeName));
      }
    }
  for (const name of Object.keys(provider.functions))
    await server.function(name).catch((error: unknown) => found.push(...wordsOf(error, `function ${name}`)));
  for (const collision of collidingClassNames(classes, provider.name)) found.push(`the CDKTF generator would rename a class: ${collision}`);
  return found;
}

/** One sentence for each thing that is refused, with its path; whatever else is thrown is one. */
const wordsOf = (error: unknown, owner: string): string[] =>
  error instanceof SchemaError
    ? error.refusals.map(({ path, reason }) => `${owner}${path && `.${path}`}: ${reason}`)
    : [`${owner}: ${(error as Error).message}`];

const kindsOf = (server: ProviderServer): readonly Kind[] => {
  const { resources, dataSources, ephemeralResources, actions, listResources } = server.provider;
  return [
    { prefix: "", members: resources, schemaOf: async (name) => (await server.resource(name)).schema, className: (name) => name },
    {
      prefix: "data ",
      members: dataSources,
      schemaOf: async (name) => (await server.dataSource(name)).schema,
      className: (name) => `data_${name}`,
    },
    { prefix: "ephemeral ", members: ephemeralResources, schemaOf: async (name) => (await server.ephemeralResource(name)).schema },
    { prefix: "action ", members: actions, schemaOf: async (name) => (await server.action(name)).schema },
    { prefix: "list ", members: listResources, schemaOf: (name) => schemaOfList(server, name) },
  ];
};

async function schemaOfList(server: ProviderServer, typeName: string): Promise<Schema> {
  const { schema, resource } = await server.listResource(typeName);
  if (!resource.identity) throw new Error("its resource has no identity, which its objects are told of by");
  return schema;
}
