import type { ProviderServer } from "../../framework/provider-server.js";
import { call } from "../call.js";
import { functionTo } from "../function.js";
import { identitySchemaTo, schemaTo } from "../schema.js";
import type { MessageOf } from "../wire/index.js";

/** `get_provider_schema_optional` saves a launch its schema; `plan_destroy` lets a resource refuse a destroy before anything is lost. */
const SERVER_CAPABILITIES: MessageOf<"ServerCapabilities"> = {
  planDestroy: true,
  getProviderSchemaOptional: true,
  moveResourceState: true,
  generateResourceConfig: true,
};

export async function providerSchema(server: ProviderServer): Promise<MessageOf<"GetProviderSchema.Response">> {
  const { provider } = server;
  return {
    provider: schemaTo(server.providerSchema()),
    resourceSchemas: await mapNames(provider.resources, async (name) => schemaTo((await server.resource(name)).schema)),
    dataSourceSchemas: await mapNames(provider.dataSources, async (name) => schemaTo((await server.dataSource(name)).schema)),
    ephemeralResourceSchemas: await mapNames(provider.ephemeralResources ?? {}, async (name) =>
      schemaTo((await server.ephemeralResource(name)).schema),
    ),
    actionSchemas: await mapNames(provider.actions ?? {}, async (name) => ({ schema: schemaTo((await server.action(name)).schema) })),
    listResourceSchemas: await mapNames(provider.listResources ?? {}, async (name) => schemaTo((await server.listResource(name)).schema)),
    functions: await functions(server),
    serverCapabilities: SERVER_CAPABILITIES,
  };
}

export const getMetadata = call("GetMetadata.Request", "GetMetadata.Response", async ({ provider }) => ({
  serverCapabilities: SERVER_CAPABILITIES,
  resources: Object.keys(provider.resources).map((typeName) => ({ typeName })),
  dataSources: Object.keys(provider.dataSources).map((typeName) => ({ typeName })),
  ephemeralResources: Object.keys(provider.ephemeralResources ?? {}).map((typeName) => ({ typeName })),
  actions: Object.keys(provider.actions ?? {}).map((typeName) => ({ typeName })),
  listResources: Object.keys(provider.listResources ?? {}).map((typeName) => ({ typeName })),
  functions: Object.keys(provider.functions).map((name) => ({ name })),
}));

export const getFunctions = call("GetFunctions.Request", "GetFunctions.Response", async (server) => ({
  functions: await functions(server),
}));

export const getResourceIdentitySchemas = call(
  "GetResourceIdentitySchemas.Request",
  "GetResourceIdentitySchemas.Response",
  async (server) => {
    const compiled = await Promise.all(Object.keys(server.provider.resources).map((name) => server.resource(name)));
    return {
      identitySchemas: Object.fromEntries(
        compiled.flatMap(({ typeName, identity }) => (identity ? [[typeName, identitySchemaTo(identity)]] : [])),
      ),
    };
  },
);

const functions = (server: ProviderServer) => mapNames(server.provider.functions, async (name) => functionTo(await server.function(name)));

async function mapNames<T>(members: Readonly<Record<string, unknown>>, make: (name: string) => Promise<T>): Promise<Record<string, T>> {
  const names = Object.keys(members).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await make(name)] as const)));
}
