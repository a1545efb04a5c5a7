import * as z from "zod";
import { float32, float64, optionalComputed, type Resource, resource, unknown } from "../../src/bridge/sdk.js";

/** Keeps of a number what a float of so many bits keeps, as its server would. */
const precision = (attribute: string, type: z.ZodType<number>, stored: (value: number) => number): Resource => {
  const schema = z.object({ [attribute]: optionalComputed(type, "A number.") });
  const settle = async ({ planned }: { readonly planned: object }) => {
    const value = (planned as Readonly<Record<string, unknown>>)[attribute];
    return { [attribute]: value === unknown || value === null ? null : stored(value as number) } as never;
  };
  return resource<unknown>()({
    description: "Keeps a number with the precision of its type.",
    schema,
    create: settle,
    update: settle,
    read: async ({ state }) => state,
    delete: async () => {},
  });
};

export const float32Precision = precision("float32_attribute", float32(), Math.fround);
/** What a callback is given has 64 bits already. */
export const float64Precision = precision("float64_attribute", float64(), (value) => value);
