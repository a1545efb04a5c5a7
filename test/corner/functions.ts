import * as z from "zod";
import {
  type DynamicValue,
  exactNumber,
  float32,
  float64,
  int64,
  type ProviderFunction,
  parameter,
  providerFunction,
  setOf,
  tupleOf,
} from "../../src/bridge/sdk.js";

const text = z.string();
const twoDynamics = z.object({ dynamic_attr1: z.unknown(), dynamic_attr2: z.unknown() });
const textAndNumber = z.object({ attr1: text, attr2: int64() });

/** Functions that give back what they are given, one for each type. */
const echo = (name: string, type: z.ZodType): ProviderFunction => ({
  summary: "Echoes its argument.",
  description: `Gives back its argument, a ${name}.`,
  parameters: [parameter(`${name.replace("object_with_dynamic", "object")}_param`, type, "What to give back.")],
  returns: type,
  call: ([value]) => value,
});

const variadic = providerFunction({
  summary: "Lists its arguments.",
  description: "Gives back its arguments as a list.",
  parameters: [],
  variadic: parameter("variadic_param", text, "What to list."),
  returns: z.array(text),
  call: (args) => [...args],
});

const dynamicVariadic = providerFunction({
  summary: "Gives its arguments as a tuple.",
  description: "Gives back its arguments, whatever their types, as a tuple.",
  parameters: [],
  variadic: parameter("dynamic_variadic_param", z.unknown(), "What to give back."),
  returns: z.unknown(),
  call: (args) => tupleOf(args as readonly DynamicValue[]),
});

export const functions = {
  bool: () => echo("bool", z.boolean()),
  dynamic: () => echo("dynamic", z.unknown()),
  dynamic_variadic: () => dynamicVariadic,
  float32: () => echo("float32", float32()),
  float64: () => echo("float64", float64()),
  int32: () => echo("int32", z.int32()),
  int64: () => echo("int64", int64()),
  list: () => echo("list", z.array(text)),
  map: () => echo("map", z.record(text, text)),
  number: () => echo("number", exactNumber()),
  object: () => echo("object", textAndNumber),
  object_with_dynamic: () => echo("object_with_dynamic", twoDynamics),
  set: () => echo("set", setOf(text)),
  string: () => echo("string", text),
  variadic: () => variadic,
};
