import { Decimal } from "./decimal.js";
import { canonicalKey } from "./equal.js";
import { CtyError } from "./error.js";
import type { Path } from "./path.js";
import { type Type } from "./type.js";
import { typeToString } from "./type-json.js";
import { DynamicValue, unknown, type Value, type ValueObject } from "./value.js";

/** What does not fit the type in a value that came from a provider's author, with the path to it; undefined when all fits. */
export function checkConforms(value: Value, type: Type, path: Path = []): CtyError | undefined {
  const wrong = () => new CtyError(`it is ${kindOf(value)}, and the type is ${typeToString(type)}`, path);
  if (value === null || value === unknown) return undefined;
  switch (type.kind) {
    case "string":
      return typeof value === "string" ? undefined : wrong();
    case "bool":
      return typeof value === "boolean" ? undefined : wrong();
    case "number":
      return (typeof value === "number" && Number.isFinite(value)) || value instanceof Decimal ? undefined : wrong();
    case "list":
    case "set":
      if (!Array.isArray(value)) return wrong();
      return firstWrong(value as Value[], (element, index) => checkConforms(element, type.element, [...path, type.kind === "list" ? { kind: "index", index } : { kind: "element", value: element }])) ??
        (type.kind === "set" && hasDuplicates(value as Value[], type.element) ? new CtyError("an element is in the set twice", path) : undefined);
    case "tuple":
      if (!Array.isArray(value)) return wrong();
      if (value.length !== type.elements.length) return new CtyError(`it has ${value.length} elements, and the type has ${type.elements.length}`, path);
      return firstWrong(value as Value[], (element, index) => checkConforms(element, type.elements[index] as Type, [...path, { kind: "index", index }]));
    case "map":
      if (!isObject(value)) return wrong();
      return firstWrong(Object.entries(value), ([key, member]) => checkConforms(member, type.element, [...path, { kind: "key", key }]));
    case "object": {
      if (!isObject(value)) return wrong();
      const extra = Object.keys(value).find((name) => !Object.hasOwn(type.attributes, name));
      if (extra !== undefined) return new CtyError("the type has no such attribute", [...path, { kind: "attribute", name: extra }]);
      return firstWrong(Object.entries(type.attributes), ([name, attribute]) => {
        const member = value[name];
        const own: Path = [...path, { kind: "attribute", name }];
        return member === undefined ? new CtyError("it is missing (null says that there is no value)", own) : checkConforms(member, attribute, own);
      });
    }
    case "dynamic":
      return value instanceof DynamicValue ? checkConforms(value.value, value.type, path) : wrong();
  }
}

const isObject = (value: Value): value is ValueObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Decimal) && !(value instanceof DynamicValue);

function firstWrong<T>(items: readonly T[], check: (item: T, index: number) => CtyError | undefined): CtyError | undefined {
  for (const [index, item] of items.entries()) {
    const found = check(item, index);
    if (found) return found;
  }
  return undefined;
}

const hasDuplicates = (elements: readonly Value[], type: Type): boolean =>
  new Set(elements.map((element) => canonicalKey(element, type))).size !== elements.length;

const kindOf = (value: Value): string => (Array.isArray(value) ? "a list" : value === undefined ? "undefined" : `of JavaScript type ${typeof value}`);
