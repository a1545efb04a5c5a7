import { equal, isNull, unknown, type Value, type ValueObject } from "../../cty/index.js";
import { type Attribute, type Nested, schemaType } from "../schema/schema.js";

/** What one attribute is in the configuration, before the change (null on create) and in the plan so far. */
export interface PlannedAttribute {
  readonly config: Value;
  readonly prior: Value;
  readonly planned: Value;
  /** The object that the attribute is in does not exist yet. */
  readonly isNew: boolean;
}

export type Step = (attribute: Attribute, values: PlannedAttribute) => Value;

/**
 * Applies a step to every attribute, at every depth: first to the attribute itself, then to the members of what came out.
 * Members of a list pair by index and those of a map by key. Those of a set have no names: they have no prior member, and that of the
 * configuration is found by what it gives.
 */
export function mapAttributes(
  attributes: Readonly<Record<string, Attribute>>,
  step: Step,
  values: { readonly config: ValueObject | null; readonly prior: ValueObject | null; readonly planned: ValueObject },
): ValueObject {
  const result: Record<string, Value> = Object.create(null);
  for (const attribute of Object.values(attributes)) {
    const { name, nested } = attribute;
    const given = values.config?.[name] ?? null;
    const own: PlannedAttribute = {
      config: isNull(given) ? null : given,
      prior: values.prior?.[name] ?? null,
      planned: values.planned[name] ?? null,
      isNew: values.prior === null,
    };
    const value: Value = step(attribute, own);
    // Members are planned one by one only where the configuration gives them: a default or a kept value is whole.
    const isGiven = nested && own.config !== null && value !== null && value !== unknown;
    result[name] = isGiven ? mapNested(nested, step, { ...own, planned: value }) : value;
  }
  return result;
}

function mapNested(nested: Nested, step: Step, { config, prior, planned }: Omit<PlannedAttribute, "isNew">): Value {
  const one = (configMember: Value, priorMember: Value, member: Value): Value =>
    member === null || member === unknown
      ? member
      : mapAttributes(nested.attributes, step, {
          config: objectOrNull(configMember),
          prior: objectOrNull(priorMember),
          planned: member as ValueObject,
        });

  if (nested.nesting === "single") return one(config, prior, planned);
  if (nested.nesting === "map")
    return Object.fromEntries(
      Object.entries(planned as ValueObject).map(([key, member]) => [
        key,
        one(objectOrNull(config)?.[key] ?? null, objectOrNull(prior)?.[key] ?? null, member),
      ]),
    );
  if (nested.nesting === "set") {
    const configMembers = [...arrayOrEmpty(config)];
    // Terraform has merged each with the prior member that it can have come from: where that is unchanged, the two are equal.
    const type = schemaType(nested.attributes);
    const priorOf = (member: Value) => arrayOrEmpty(prior).find((candidate) => equal(candidate, member, type)) ?? null;
    return (planned as readonly Value[]).map((member) => one(takeMatch(configMembers, member, nested), priorOf(member), member));
  }
  const [configMembers, priorMembers] = [arrayOrEmpty(config), arrayOrEmpty(prior)];
  return (planned as readonly Value[]).map((member, index) => one(configMembers[index] ?? null, priorMembers[index] ?? null, member));
}

/** Takes the member of the configuration's set that a planned member came from: all that it gives is in the planned one. */
function takeMatch(configMembers: Value[], member: Value, { attributes }: Nested): Value {
  const planned = objectOrNull(member);
  const found = configMembers.findIndex((candidate) => {
    const given = objectOrNull(candidate);
    return Object.values(attributes).every(({ name, type }) => {
      const value = given?.[name] ?? null;
      return value === null || equal(value, planned?.[name] ?? null, type);
    });
  });
  return found < 0 ? null : (configMembers.splice(found, 1)[0] ?? null);
}

const objectOrNull = (value: Value): ValueObject | null =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as ValueObject) : null;

const arrayOrEmpty = (value: Value): readonly Value[] => (Array.isArray(value) ? (value as readonly Value[]) : []);
