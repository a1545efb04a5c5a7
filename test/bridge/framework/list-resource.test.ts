import * as z from "zod";
import * as cty from "../../../src/bridge/cty/index.js";
import { computed, type Listed, listResource, optional, required, resource } from "../../../src/bridge/sdk.js";
import { testProvider } from "../../support/provider.js";
import { Service, unwire, wire } from "../../support/service.js";

const never = async (): Promise<never> => {
  throw new Error("nothing is ever made");
};
const thing = resource<unknown>()({
  description: "A thing.",
  schema: z.object({ name: required(z.string(), "A name."), size: computed(z.number(), "A size.") }),
  identity: { attributes: ["name"] },
  create: never,
  read: never,
  delete: never,
});
const thingType = cty.object({ name: cty.string, size: cty.number });
const identityType = cty.object({ name: cty.string });

let asked = 0;
const schema = z.object({ like: optional(z.string().min(2), "How they begin.") });
const serviceOf = (list: () => Iterable<Listed>) =>
  new Service(
    testProvider({
      resources: { test_thing: () => thing },
      listResources: { test_thing: () => listResource<unknown>()<typeof schema.shape>({ description: "Things.", schema, list }) },
    }),
  );
const three = serviceOf(function* () {
  for (asked = 1; asked <= 3; asked += 1)
    yield { identity: { name: `t${asked}` }, displayName: `Thing ${asked}`, state: { name: `t${asked}`, size: asked } };
});

const request = (more: object = {}) => ({
  typeName: "test_thing",
  config: wire({ like: null }, cty.object({ like: cty.string })),
  ...more,
});
const list = (service: Service, more?: object) => service.stream("ListResource", request(more));

test("a list resource is in the schema, and its configuration is validated", async () => {
  const { listResourceSchemas } = await three.call("GetProviderSchema", {});
  expect(listResourceSchemas?.test_thing?.block?.attributes).toEqual([expect.objectContaining({ name: "like", optional: true })]);
  const bad = request({ config: wire({ like: "a" }, cty.object({ like: cty.string })) });
  const { diagnostics } = await three.call("ValidateListResourceConfig", bad);
  expect(diagnostics).toEqual([
    expect.objectContaining({ attribute: { steps: [{ attributeName: "config" }, { attributeName: "like" }] } }),
  ]);
});

test("objects are told of by identity and name, and by their state where Terraform asks", async () => {
  const [first, ...others] = await list(three);
  expect(others).toHaveLength(2);
  expect(first).toEqual({ displayName: "Thing 1", identity: expect.anything() });
  expect(unwire(first?.identity?.identityData, identityType)).toEqual({ name: "t1" });
  const [whole] = await list(three, { includeResourceObject: true });
  expect(unwire(whole?.resourceObject, thingType)).toEqual({ name: "t1", size: 1 });
});

test("what is beyond the limit is not asked for", async () => {
  expect(await list(three, { limit: 2 })).toHaveLength(2);
  expect(asked).toBe(2);
});

test("an error follows what was found before it", async () => {
  const broken = serviceOf(function* () {
    yield { identity: { name: "one" }, displayName: "One" };
    throw new Error("the server went away");
  });
  const [found, failed, ...more] = await list(broken);
  expect(found?.displayName).toBe("One");
  expect(failed?.diagnostic).toEqual([expect.objectContaining({ severity: 1 })]);
  expect(more).toEqual([]);
});

test("an object that does not fit is an error that names the resource", async () => {
  const wrong = serviceOf(() => [{ identity: { nom: "one" }, displayName: "One" }]);
  const [event] = await list(wrong);
  expect(event?.diagnostic?.[0]).toMatchObject({
    summary: "Provider returned an invalid value",
    detail: expect.stringContaining("The identity of test_thing"),
  });
});
