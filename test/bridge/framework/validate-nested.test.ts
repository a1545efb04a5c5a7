import * as z from "zod";
import { validateConfig } from "../../../src/bridge/framework/rpc/validate-config.js";
import { block, optional, required, resource } from "../../../src/bridge/sdk.js";
import { serverOf, summaries, unknown } from "./harness.js";

const fail = async (): Promise<never> => {
  throw new Error("nothing is written here");
};

const member = z.object({ key: required(z.string().min(2), "A key.") });
const thing = resource<unknown>()({
  description: "A thing.",
  schema: z.object({
    plain: optional(z.array(z.string()).max(1), "A list."),
    list: optional(z.array(member).max(1), "A list of objects."),
    blocks: block(z.array(member).min(1), "A block."),
  }),
  create: fail,
  read: fail,
  delete: fail,
});

const [a, b] = [{ key: "aa" }, { key: "bb" }];
const enough = { plain: null, list: null, blocks: [a] };

test.each<[string, object, string[]]>([
  ["what fits", { plain: [unknown], list: [a] }, []],
  ["a list that is too long, and is not all known", { plain: ["x", unknown] }, ["error: Invalid value (plain)"]],
  ["a list of objects that is too long", { list: [a, b] }, ["error: Invalid value (list)"]],
  ["blocks of which there are too few", { blocks: [] }, ["error: Invalid value (blocks)"]],
  ["what is required in an object that is null", { list: [null] }, ["error: Missing required argument (list.0.key)"]],
  ["an object that is not known yet", { list: [unknown] }, []],
])("%s", async (_, config, expected) => {
  const server = serverOf(thing);
  const { schema } = await server.resource("test_thing");
  expect(summaries(await validateConfig(server, schema, {}, { ...enough, ...config } as never))).toEqual(expected);
});
