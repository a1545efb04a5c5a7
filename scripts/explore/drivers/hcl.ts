import type { Schema } from "../../../src/bridge/framework/schema/schema.js";
import { type Configuration, type Expression, type Json, type ResourceBlock, typeOfAddress } from "../terraform/configuration.js";
import { TERRAFORM_DATA } from "../terraform/terraform-data.js";

/** A template sequence in a text is doubled, so that it stays text. */
const text = (value: Json): string => JSON.stringify(value).replace(/([$%])\{/g, "$1$1{");

const expressionText = (expression: Expression): string => {
  if ("literal" in expression) return text(expression.literal);
  if ("list" in expression) return `[${expression.list.map(expressionText).join(", ")}]`;
  if ("map" in expression)
    return `{ ${Object.entries(expression.map)
      .map(([name, member]) => `${name} = ${expressionText(member)}`)
      .join(", ")} }`;
  return `${expression.reference}.${expression.attribute}`;
};

/** As a person would write it; arguments that the schema does not have are left out. */
export async function hclOf(
  { providers, resources }: Configuration,
  schemaOf: (typeName: string) => Promise<Pick<Schema, "attributes">>,
): Promise<string> {
  const blocks = Object.entries(providers).map(
    ([alias, config]) =>
      `provider "pangolin" {\n${alias === "" ? "" : `  alias = ${text(alias)}\n`}${Object.entries(config)
        .map(([name, value]) => `  ${name} = ${text(value)}\n`)
        .join("")}}\n`,
  );
  for (const [address, block] of resources) blocks.push(await resourceText(address, block, schemaOf));
  return blocks.join("\n");
}

async function resourceText(address: string, block: ResourceBlock, schemaOf: Parameters<typeof hclOf>[1]): Promise<string> {
  const typeName = typeOfAddress(address);
  const attributes = typeName === TERRAFORM_DATA ? undefined : (await schemaOf(typeName)).attributes;
  const lines = Object.entries(block.arguments)
    .filter(([name]) => !attributes || name in attributes)
    .map(([name, expression]) => `  ${name} = ${expressionText(expression)}\n`);
  const provider = block.provider ? [`  provider = pangolin.${block.provider}\n`] : [];
  return `resource "${block.type}" "${block.name}" {\n${[...provider, ...lines].join("")}}\n`;
}
