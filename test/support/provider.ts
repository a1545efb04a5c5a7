import * as z from "zod";
import type { Provider } from "../../src/bridge/sdk.js";

/** A provider `test` that has nothing but what is said. */
export const testProvider = (parts: Partial<Provider> = {}): Provider => ({
  name: "test",
  version: "1.0.0",
  description: "A provider for tests.",
  schema: z.object({}),
  configure: () => undefined,
  resources: {},
  dataSources: {},
  functions: {},
  ...parts,
});
