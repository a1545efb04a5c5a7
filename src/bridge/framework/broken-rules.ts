import type { Provider } from "./provider.js";
import { ProviderServer } from "./provider-server.js";
import { brokenRules, collidingClassNames } from "./schema/rules.js";
import type { Schema } from "./schema/schema.js";

/** Every rule of the framework that a provider breaks, one sentence each; none is the only good answer. For a provider's tests. */
export async function brokenRulesOf(provider: Provider): Promise<string[]> {
  const server = new ProviderServer(provider);
  const schemas: Record<string, Schema> = {};
  const found: string[] = [];
  const prefix = `${provider.name}_`;
  for (const typeName of [
    ...Object.keys(provider.resources),
    ...Object.keys(provider.dataSources),
    ...Object.keys(provider.ephemeralResources ?? {}),
  ])
    if (!typeName.startsWith(prefix)) found.push(`${typeName}: a type name starts with "${prefix}"`);
  for (const typeName of Object.keys(provider.resources)) {
    try {
      const { schema } = await server.resource(typeName);
      schemas[typeName] = schema;
      found.push(...brokenRules(typeName, schema));
    } catch (error) {
      found.push(`${typeName}: ${(error as Error).message}`);
    }
  }
  for (const typeName of Object.keys(provider.dataSources)) {
    try {
      const { schema } = await server.dataSource(typeName);
      schemas[`data_${typeName}`] = schema;
      found.push(...brokenRules(`data ${typeName}`, schema));
    } catch (error) {
      found.push(`data ${typeName}: ${(error as Error).message}`);
    }
  }
  for (const typeName of Object.keys(provider.ephemeralResources ?? {})) {
    try {
      const { schema } = await server.ephemeralResource(typeName);
      found.push(...brokenRules(`ephemeral ${typeName}`, schema));
    } catch (error) {
      found.push(`ephemeral ${typeName}: ${(error as Error).message}`);
    }
  }
  for (const collision of collidingClassNames(schemas, provider.name)) found.push(`the CDKTF generator would rename a class: ${collision}`);
  return found;
}
