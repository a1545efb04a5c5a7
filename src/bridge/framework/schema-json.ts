import { encodeType } from "../cty/index.js";
import type { Provider } from "./provider.js";
import { ProviderServer } from "./provider-server.js";
import type { Attribute, Schema } from "./schema/schema.js";

/**
 * The schema as `terraform providers schema -json` prints it, for generators that would otherwise have to start Terraform.
 * `source` is the provider's address. Keys are sorted, and the version is left out: equal schemas are equal texts.
 */
export async function providerSchemaJson(provider: Provider, source: string): Promise<object> {
  const server = new ProviderServer(provider);
  return {
    format_version: "1.0",
    provider_schemas: {
      [source]: {
        provider: schemaJson(server.providerSchema()),
        resource_schemas: await byName(provider.resources, async (name) => schemaJson((await server.resource(name)).schema)),
        data_source_schemas: await byName(provider.dataSources, async (name) => schemaJson((await server.dataSource(name)).schema)),
      },
    },
  };
}

async function byName<T>(members: Readonly<Record<string, unknown>>, make: (name: string) => Promise<T>): Promise<Record<string, T>> {
  const result: Record<string, T> = {};
  for (const name of Object.keys(members).sort()) result[name] = await make(name);
  return result;
}

const schemaJson = (schema: Schema) => ({
  version: schema.version,
  block: {
    ...membersJson(schema.attributes),
    description: schema.description,
    description_kind: "markdown",
    ...(schema.deprecated !== undefined && { deprecated: true }),
  },
});

const membersJson = (members: Readonly<Record<string, Attribute>>) => {
  const entries = Object.entries(members);
  const blocks = entries.filter(([, { block }]) => block).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    attributes: attributesJson(Object.fromEntries(entries.filter(([, { block }]) => !block))),
    ...(blocks.length > 0 && { block_types: Object.fromEntries(blocks.map(([name, attribute]) => [name, blockJson(attribute)])) }),
  };
};

const blockJson = ({ nested, description, deprecated }: Attribute): object => ({
  nesting_mode: nested?.nesting ?? "single",
  block: {
    ...membersJson(nested?.attributes ?? {}),
    description,
    description_kind: "markdown",
    ...(deprecated !== undefined && { deprecated: true }),
  },
});

const attributesJson = (attributes: Readonly<Record<string, Attribute>>): Record<string, object> =>
  Object.fromEntries(
    Object.values(attributes)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((attribute) => [attribute.name, attributeJson(attribute)]),
  );

const attributeJson = ({ type, nested, description, deprecated, required, optional, computed, sensitive, writeOnly }: Attribute) => ({
  ...(nested
    ? { nested_type: { attributes: attributesJson(nested.attributes), nesting_mode: nested.nesting } }
    : { type: encodeType(type) }),
  description,
  description_kind: "markdown",
  ...(deprecated !== undefined && { deprecated: true }),
  ...(required && { required }),
  ...(optional && { optional }),
  ...(computed && { computed }),
  ...(sensitive && { sensitive }),
  ...(writeOnly && { write_only: true }),
});
