import { equal, isWhollyKnown, type Type, unknown, type Value, type ValueObject } from "../../../src/bridge/cty/index.js";
import type { Schema } from "../../../src/bridge/framework/schema/schema.js";

/** Terraform's own rules about the values of a change (its package objchange), for schemas without nested attributes and blocks. */

/** The merge of configuration and prior state that a provider is asked to plan: what is computed and not configured stays. */
export const proposedNew = ({ attributes }: Schema, prior: ValueObject | null, config: ValueObject): ValueObject =>
  Object.fromEntries(
    Object.values(attributes).map(({ name, computed }) => {
      const given = config[name] ?? null;
      return [name, computed && given === null ? (prior?.[name] ?? null) : given];
    }),
  );

/** A plan holds what the configuration says, or what was there before; what it may decide is what is computed and not configured. */
export function planErrors({ attributes }: Schema, prior: ValueObject | null, config: ValueObject, planned: ValueObject): string[] {
  return Object.values(attributes).flatMap(({ name, type, computed }) => {
    const [given, was, value]: Value[] = [config[name] ?? null, prior?.[name] ?? null, planned[name] ?? null];
    if (equalWithUnknowns(value as Value, given as Value, type)) return [];
    if (was !== null && given !== null && equalWithUnknowns(value as Value, was as Value, type)) return [];
    return given === null && computed ? [] : [`planned a value for ${name} that the configuration does not give`];
  });
}

/** What was planned and known is what comes out. */
export function incompatibilities({ attributes }: Schema, planned: ValueObject, actual: ValueObject): string[] {
  return Object.values(attributes).flatMap(({ name, type }) =>
    isCompatible(type, planned[name] ?? null, actual[name] ?? null) ? [] : [`.${name} is not as it was planned`],
  );
}

function isCompatible(type: Type, planned: Value, actual: Value): boolean {
  if (planned === unknown) return true;
  if (isWhollyKnown(planned) || planned === null || actual === null || actual === unknown) return equalWithUnknowns(planned, actual, type);
  if (type.kind === "set") {
    const [members, others] = [planned as readonly Value[], actual as readonly Value[]];
    return (
      others.length <= members.length &&
      members.every((member) => member === unknown || others.some((other) => equal(member, other, type.element)))
    );
  }
  if (type.kind !== "map") return false;
  const names = Object.keys(planned as ValueObject);
  return (
    names.length === Object.keys(actual as ValueObject).length &&
    names.every((name) => isCompatible(type.element, (planned as ValueObject)[name] ?? null, (actual as ValueObject)[name] ?? null))
  );
}

/** Equality of what may hold unknown members, which a set's members are not compared by one by one. */
function equalWithUnknowns(a: Value, b: Value, type: Type): boolean {
  if (type.kind !== "set" || !Array.isArray(a) || !Array.isArray(b)) return equal(a, b, type);
  const split = (members: readonly Value[]) => ({
    known: members.filter((member) => member !== unknown),
    unknowns: members.filter((member) => member === unknown).length,
  });
  const [one, other] = [split(a as readonly Value[]), split(b as readonly Value[])];
  return one.unknowns === other.unknowns && equal(one.known, other.known, type);
}

export const isNoChange = ({ attributes }: Schema, prior: ValueObject, planned: ValueObject): boolean =>
  Object.values(attributes).every(({ name, type }) => equalWithUnknowns(prior[name] ?? null, planned[name] ?? null, type));
