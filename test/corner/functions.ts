import * as z from "zod";
import {
  type DynamicValue,
  exactNumber,
  FunctionError,
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

/** The Go provider has none of these. */
const double: ProviderFunction = {
  ...echo("double", z.number().lt(1)),
  description: "Gives back its argument, as JavaScript has it.",
  call: ([value]) => JSON.parse(JSON.stringify(value)),
};

const nullable: ProviderFunction = {
  ...echo("text", text),
  parameters: [{ ...parameter("nullable_param", text, "What to give back."), allowNull: true }],
};

const refusing: ProviderFunction = {
  summary: "Refuses empty texts.",
  description: "Gives back how many texts it is given, of which none is empty.",
  parameters: [parameter("first_param", text, "A text.")],
  variadic: parameter("more_param", text, "Other texts."),
  returns: z.number(),
  call: (args) => {
    const empty = args.indexOf("");
    if (empty >= 0) throw new FunctionError("A text is empty.", empty);
    return args.length;
  },
};

export const functions = {
  bool: () => echo("bool", z.boolean()),
  double: () => double,
  dynamic: () => echo("dynamic", z.unknown()),
  dynamic_variadic: () => dynamicVariadic,
  float32: () => echo("float32", float32()),
  float64: () => echo("float64", float64()),
  int32: () => echo("int32", z.int32()),
  int64: () => echo("int64", int64()),
  list: () => echo("list", z.array(text)),
  map: () => echo("map", z.record(text, text)),
  number: () => echo("number", exactNumber()),
  nullable: () => nullable,
  object: () => echo("object", textAndNumber),
  object_with_dynamic: () => echo("object_with_dynamic", twoDynamics),
  refusing: () => refusing,
  set: () => echo("set", setOf(text)),
  string: () => echo("string", text),
  variadic: () => variadic,
};
