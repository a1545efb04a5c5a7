import * as z from "zod";
import { exactNumber, optionalComputed, type Resource, resource, unknown } from "../../src/bridge/sdk.js";

/** Keeps a number as it was written, whatever its precision. */
export const precision = (attribute: string): Resource => {
  const schema = z.object({ [attribute]: optionalComputed(exactNumber(), "A number.") });
  const settle = async ({ planned }: { readonly planned: object }) =>
    Object.fromEntries(Object.entries(planned).map(([name, value]) => [name, value === unknown ? null : value])) as never;
  return resource<unknown>()({
    description: "Keeps a number as it was written.",
    schema,
    create: settle,
    update: settle,
    read: async ({ state }) => state,
    delete: async () => {},
  });
};
