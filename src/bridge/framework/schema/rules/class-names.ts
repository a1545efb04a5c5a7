import type { Attribute, Schema } from "../schema.js";

/**
 * Class names that the CDKTF generator would have to change, since it gives each class one name and appends an "A" to the second.
 * Such a class is renamed by whatever resource is added before it in the alphabet: a breaking change for its users.
 */
export function collidingClassNames(resources: Readonly<Record<string, Schema>>, providerName: string): string[] {
  const owners = new Map<string, string[]>();
  const claim = (className: string, owner: string) => owners.set(className, [...(owners.get(className) ?? []), owner]);
  for (const [typeName, schema] of Object.entries(resources)) {
    const base = pascalCase(
      typeName.replace(new RegExp(`^(data_)?${providerName}_`), (_, data?: string) => (data ? `data_${providerName}_` : "")),
    );
    claim(base, typeName);
    claim(`${base}Config`, typeName);
    claimNested(base, schema.attributes, typeName, claim);
  }
  return [...owners].filter(([, who]) => who.length > 1).map(([className, who]) => `${className}: ${who.join(", ")}`);
}

function claimNested(
  base: string,
  attributes: Readonly<Record<string, Attribute>>,
  owner: string,
  claim: (className: string, owner: string) => void,
): void {
  for (const { name, nested } of Object.values(attributes)) {
    if (!nested) continue;
    const className = base + pascalCase(name);
    claim(className, `${owner}.${name}`);
    claimNested(className, nested.attributes, `${owner}.${name}`, claim);
  }
}

const pascalCase = (name: string): string => name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
