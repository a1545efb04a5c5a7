import { isCtyNumber } from "./decimal.js";
import { canonicalKey, normalized } from "./equal.js";
import { CtyError } from "./error.js";
import { misfit, wrongLength } from "./misfit.js";
import type { PathStep } from "./path.js";
import { string, type Type } from "./type.js";
import { DynamicValue, isValueObject, isWhollyKnown, unknown, type Value, type ValueObject } from "./value.js";

/** What does not fit the type in a value that came from a provider's author, with the path to it; undefined when all fits. */
export function checkConforms(value: Value, type: Type): CtyError | undefined {
  if (value === null || value === unknown) return undefined;
  switch (type.kind) {
    case "string":
      if (typeof value !== "string") return misfit(value, type);
      return value.isWellFormed() ? undefined : new CtyError("the text is not Unicode: half of a surrogate pair is alone in it");
    case "bool":
      return typeof value === "boolean" ? undefined : misfit(value, type);
    case "number":
      return isCtyNumber(value) ? undefined : misfit(value, type);
    case "list":
      return Array.isArray(value) ? checkElements(value, () => type.element, indexStep) : misfit(value, type);
    case "set":
      if (!Array.isArray(value)) return misfit(value, type);
      return checkElements(value, () => type.element, elementStep) ?? checkDistinct(value, type.element);
    case "tuple":
      if (!Array.isArray(value)) return misfit(value, type);
      if (value.length !== type.elements.length) return wrongLength(value.length, type.elements.length);
      return checkElements(value, (index) => type.elements[index] as Type, indexStep);
    case "map":
      return isValueObject(value) ? checkMap(value, type.element) : misfit(value, type);
    case "object":
      return isValueObject(value) ? checkObject(value, type.attributes) : misfit(value, type);
    case "dynamic":
      if (!(value instanceof DynamicValue)) return misfit(value, type);
      return value.type.kind === "dynamic"
        ? new CtyError("the type that it brings is no type of a value")
        : checkConforms(value.value, value.type);
  }
}

const indexStep = (_element: Value, index: number): PathStep => ({ kind: "index", index });
const elementStep = (value: Value): PathStep => ({ kind: "element", value });

function checkElements(
  elements: readonly Value[],
  elementType: (index: number) => Type,
  stepTo: (element: Value, index: number) => PathStep,
): CtyError | undefined {
  for (const [index, element] of elements.entries()) {
    const wrong = checkConforms(element, elementType(index));
    if (wrong) return wrong.under(stepTo(element, index));
  }
  return undefined;
}

/** Elements with something unknown in them may still become different from each other. */
function checkDistinct(elements: readonly Value[], type: Type): CtyError | undefined {
  const seen = new Set<string>();
  for (const element of elements) {
    if (!isWhollyKnown(element)) continue;
    const key = canonicalKey(element, type);
    if (seen.has(key)) return new CtyError("the element is in the set twice", [elementStep(element)]);
    seen.add(key);
  }
  return undefined;
}

function checkMap(value: ValueObject, type: Type): CtyError | undefined {
  const seen = new Set<string>();
  for (const [key, member] of Object.entries(value)) {
    const wrong = checkConforms(key, string) ?? checkConforms(member, type);
    if (wrong) return wrong.under({ kind: "key", key });
    if (seen.has(normalized(key))) return new CtyError("the key is in the map twice, composed of other characters", [{ kind: "key", key }]);
    seen.add(normalized(key));
  }
  return undefined;
}

function checkObject(value: ValueObject, attributes: Readonly<Record<string, Type>>): CtyError | undefined {
  for (const [name, type] of Object.entries(attributes)) {
    const wrong = Object.hasOwn(value, name)
      ? checkConforms(value[name] as Value, type)
      : new CtyError("the attribute is missing (null says that there is no value)");
    if (wrong) return wrong.under({ kind: "attribute", name });
  }
  const extra = Object.keys(value).find((name) => !Object.hasOwn(attributes, name));
  return extra === undefined ? undefined : new CtyError("the type has no such attribute", [{ kind: "attribute", name: extra }]);
}
