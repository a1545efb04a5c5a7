import * as z from "zod";
import {
  computed,
  optional,
  optionalComputed,
  provider,
  providerMethods,
  providerSchemaResponse,
  required,
  resource,
} from "../../../src/bridge/sdk.js";

/** Defined by the build. */
declare const RESOURCES: number;
declare const ATTRIBUTES: number;

const kinds = [
  () => required(z.string().min(1), "A text that the configuration has to give, of any length but none."),
  () => optional(z.int(), "A whole number, as the configuration likes it."),
  () => optional(z.array(z.string()), "Some texts in their order."),
  () => optionalComputed(z.boolean(), "Whether it is so; it is not where nothing is said.", { default: false }),
  () => computed(z.string(), "What the provider makes of the others."),
];

const schema = () =>
  z.object(
    Object.fromEntries(
      Array.from({ length: ATTRIBUTES }, (_, index) => [`attribute_${index}`, (kinds[index % kinds.length] as () => z.ZodType)()]),
    ),
  );

const made = (planned: object) =>
  Object.fromEntries(Object.entries(planned).map(([name, value]) => [name, typeof value === "symbol" ? "made" : value]));

const large = () =>
  resource<unknown>()({
    description: "One of many resources, each with as many attributes.",
    schema: schema(),
    create: async ({ planned }) => made(planned) as never,
    read: async ({ state }) => state,
    update: async ({ planned }) => made(planned) as never,
    delete: async () => {},
  });

/** A provider as large as those of the big clouds. It does nothing. */
const scale = provider({
  name: "scale",
  version: "0.1.0",
  description: "Many resources.",
  schema: z.object({}),
  configure: () => undefined,
  resources: Object.fromEntries(Array.from({ length: RESOURCES }, (_, index) => [`scale_thing_${index}`, large])),
  dataSources: {},
  functions: {},
});

export const methods = () => providerMethods(scale);
export const schemaResponse = () => providerSchemaResponse(scale);
