import { encodeType } from "../cty/index.js";
import type { CompiledIdentity } from "../framework/identity.js";
import type { Attribute, Nested, Schema } from "../framework/schema/schema.js";
import type { MessageOf } from "./wire/index.js";

const MARKDOWN = 1;
const NESTING = { single: 1, list: 2, set: 3, map: 4 } as const;

export const schemaTo = (schema: Schema): MessageOf<"Schema"> => ({
  version: schema.version,
  block: {
    version: schema.version,
    ...membersTo(schema.attributes),
    description: schema.description,
    descriptionKind: MARKDOWN,
    ...(schema.deprecated !== undefined && { deprecated: true, deprecationMessage: schema.deprecated }),
  },
});

/** Attributes and blocks lie apart in the protocol. */
const membersTo = (members: Readonly<Record<string, Attribute>>): Pick<MessageOf<"Schema.Block">, "attributes" | "blockTypes"> => ({
  attributes: attributesTo(Object.fromEntries(Object.entries(members).filter(([, { block }]) => !block))),
  blockTypes: Object.values(members)
    .filter(({ block }) => block)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(blockTo),
});

const blockTo = ({ name, nested, description, deprecated }: Attribute): MessageOf<"Schema.NestedBlock"> => ({
  typeName: name,
  nesting: nested ? NESTING[nested.nesting] : NESTING.single,
  block: {
    ...membersTo(nested?.attributes ?? {}),
    description,
    descriptionKind: MARKDOWN,
    ...(deprecated !== undefined && { deprecated: true, deprecationMessage: deprecated }),
  },
});

/** Sorted: equal schemas are equal bytes. */
const attributesTo = (attributes: Readonly<Record<string, Attribute>>): MessageOf<"Schema.Attribute">[] =>
  Object.values(attributes)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((attribute) => ({
      name: attribute.name,
      ...(attribute.nested ? { nestedType: nestedTo(attribute.nested) } : { type: typeBytes(attribute) }),
      description: attribute.description,
      descriptionKind: MARKDOWN,
      required: attribute.required,
      optional: attribute.optional,
      computed: attribute.computed,
      sensitive: attribute.sensitive,
      writeOnly: attribute.writeOnly,
      ...(attribute.deprecated !== undefined && { deprecated: true, deprecationMessage: attribute.deprecated }),
    }));

const nestedTo = ({ nesting, attributes }: Nested): MessageOf<"Schema.Object"> => ({
  attributes: attributesTo(attributes),
  nesting: NESTING[nesting],
});

export const identitySchemaTo = (schema: CompiledIdentity): MessageOf<"ResourceIdentitySchema"> => ({
  version: schema.version,
  identityAttributes: Object.values(schema.attributes).map((attribute) => ({
    name: attribute.name,
    type: typeBytes(attribute),
    requiredForImport: !schema.optional.includes(attribute.name),
    optionalForImport: schema.optional.includes(attribute.name),
    description: attribute.description,
  })),
});

export const typeBytes = ({ type }: Pick<Attribute, "type">): Uint8Array => Buffer.from(JSON.stringify(encodeType(type)));
