import * as z from "zod";
import { DynamicValue, string } from "../../../src/bridge/cty/index.js";
import { validateConfig } from "../../../src/bridge/framework/rpc/validate-config.js";
import { dynamicOf, optional, optionalComputed, required, resource } from "../../../src/bridge/sdk.js";
import { plan, serverOf, summaries, unknown } from "./harness.js";

const fail = async (): Promise<never> => {
  throw new Error("nothing is written here");
};

const thing = resource<unknown>()({
  description: "A thing.",
  schema: z.object({
    given: required(z.unknown(), "What has to be given."),
    decided: optionalComputed(z.unknown(), "What is decided."),
    fallen: optionalComputed(z.unknown(), "What has a default.", { default: dynamicOf("x") }),
    old: optional(z.unknown(), "What is not to be used any more.", { deprecated: "Use another." }),
  }),
  create: fail,
  read: fail,
  update: fail,
  delete: fail,
});

const typedNull = new DynamicValue(string, null);
const config = { given: typedNull, decided: typedNull, fallen: typedNull, old: typedNull };

test("a null that brings a type along is no value", async () => {
  const server = serverOf(thing);
  const { schema } = await server.resource("test_thing");
  expect(summaries(await validateConfig(server, schema, {}, config))).toEqual(["error: Missing required argument (given)"]);
  const { planned, diagnostics } = await plan(thing, { ...config, given: dynamicOf(1) });
  expect(planned).toEqual({ given: dynamicOf(1), decided: unknown, fallen: dynamicOf("x"), old: typedNull });
  expect(diagnostics).toEqual([]);
});
