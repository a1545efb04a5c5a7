import { canonicalKey, equal, isNull, isValueObject, unknown, type Value, type ValueObject } from "../../cty/index.js";
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
    const priorByKey = new Map<string, Value>(arrayOrEmpty(prior).map((member) => [canonicalKey(member, type), member]));
    const priorOf = (member: Value): Value => (priorByKey.size > 0 ? (priorByKey.get(canonicalKey(member, type)) ?? null) : null);
    return (planned as readonly Value[]).map((member) => one(takeMatch(configMembers, member, nested) ?? null, priorOf(member), member));
  }
  const [configMembers, priorMembers] = [arrayOrEmpty(config), arrayOrEmpty(prior)];
  return (planned as readonly Value[]).map((member, index) => one(configMembers[index] ?? null, priorMembers[index] ?? null, member));
}

/**
 * Takes the member of the configuration's set that a planned member came from: all that it gives is in the planned one. Of two that
 * this is true of, the one that gives more is the first, since Terraform sends null after all else.
 */
function takeMatch(configMembers: Value[], member: Value, { attributes }: Nested): Value | undefined {
  const found = configMembers.findIndex((candidate) => isWithin(attributes, candidate, member));
  return found < 0 ? undefined : configMembers.splice(found, 1)[0];
}

/** Whether a planned object has all that a given one gives. What that leaves out has got a default or was decided before. */
function isWithin(attributes: Readonly<Record<string, Attribute>>, given: Value, planned: Value): boolean {
  if (!isValueObject(given) || !isValueObject(planned)) return given === planned;
  return Object.values(attributes).every(({ name, type, nested }) => {
    const value: Value = given[name] ?? null;
    const other: Value = planned[name] ?? null;
    return isNull(value) || equal(value, other, type) || (nested !== undefined && areWithin(nested, value, other));
  });
}

function areWithin(nested: Nested, given: Value, planned: Value): boolean {
  const { nesting, attributes } = nested;
  if (nesting === "single") return isWithin(attributes, given, planned);
  if (given === unknown || planned === unknown || planned === null) return false;
  const [members, others] = [Object.entries(given as ValueObject), Object.entries(planned as ValueObject)];
  if (members.length !== others.length) return false;
  const left = members.map(([, member]) => member);
  if (nesting === "set") return others.every(([, other]) => takeMatch(left, other, nested) !== undefined);
  return members.every(([key, member]) => isWithin(attributes, member, (planned as ValueObject)[key] ?? null));
}

const objectOrNull = (value: Value): ValueObject | null =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as ValueObject) : null;

const arrayOrEmpty = (value: Value): readonly Value[] => (Array.isArray(value) ? (value as readonly Value[]) : []);
