import * as z from "zod";
import * as cty from "../../../src/bridge/cty/index.js";
import { action, type Deferral, dataSource, ephemeralResource, optional, type Provider, resource } from "../../../src/bridge/sdk.js";
import { testProvider } from "../../support/provider.js";
import { Service, unwire, wire } from "../../support/service.js";

const schema = z.object({ id: optional(z.string(), "An id.") });
type S = typeof schema.shape;
const type = cty.object({ id: cty.string });
const value = wire({ id: "1" }, type);
const nothing = wire(null, type);

/** Does not ask whether it may. */
const putOff = ({ deferral }: { readonly deferral: Deferral }) => {
  deferral.defer("absent prerequisite");
  return { id: "1" };
};

const parts: Partial<Provider> = {
  resources: {
    test_thing: () =>
      resource<unknown>()<S>({
        description: "A thing.",
        schema,
        identity: { attributes: ["id"] },
        plan: (context) => {
          putOff(context);
        },
        create: async ({ planned }) => planned,
        read: async (context) => putOff(context),
        delete: async () => {},
        import: async (context) => putOff(context),
      }),
  },
  dataSources: { test_data: () => dataSource<unknown>()<S>({ description: "Data.", schema, read: async (context) => putOff(context) }) },
  ephemeralResources: {
    test_secret: () => ephemeralResource<unknown>()<S>({ description: "A secret.", schema, open: async (context) => putOff(context) }),
  },
  actions: {
    test_act: () =>
      action<unknown>()<S>({
        description: "An act.",
        schema,
        plan: (context) => {
          putOff(context);
        },
        invoke: async () => {},
      }),
  },
};

const calls = (service: Service, deferralAllowed: boolean) => {
  const clientCapabilities = { deferralAllowed };
  const thing = { typeName: "test_thing", clientCapabilities };
  return {
    plan: () => service.call("PlanResourceChange", { ...thing, config: value, proposedNewState: value, priorState: nothing }),
    read: () => service.call("ReadResource", { ...thing, currentState: value }),
    import: () => service.call("ImportResourceState", { ...thing, id: "1" }),
    data: () => service.call("ReadDataSource", { typeName: "test_data", config: value, clientCapabilities }),
    open: () => service.call("OpenEphemeralResource", { typeName: "test_secret", config: value, clientCapabilities }),
    action: () => service.call("PlanAction", { actionType: "test_act", config: value, clientCapabilities }),
  };
};

const NOT_ALLOWED = { diagnostics: [expect.objectContaining({ severity: 1, summary: "Invalid deferred response" })] };
const kinds = ["plan", "read", "import", "data", "open", "action"] as const;

test.each(kinds)("%s: what the engine allows is put off", async (kind) => {
  expect(await calls(new Service(testProvider(parts)), true)[kind]()).toMatchObject({ deferred: { reason: 3 } });
});

test.each(kinds)("%s: to put off what the engine does not allow is an error", async (kind) => {
  const answer = await calls(new Service(testProvider(parts)), false)[kind]();
  expect(answer).toMatchObject(NOT_ALLOWED);
  expect(answer).not.toHaveProperty("deferred");
});

test("a read that may not be put off leaves the state as it is", async () => {
  const { newState } = await calls(new Service(testProvider(parts)), false).read();
  expect(unwire(newState, type)).toEqual({ id: "1" });
});

test("a whole provider is put off only where the engine allows it", async () => {
  const service = new Service(testProvider({ ...parts, configure: (context) => putOff(context) }));
  const config = wire({}, cty.object({}));
  expect(await service.call("ConfigureProvider", { config })).toMatchObject(NOT_ALLOWED);
  expect(await service.call("ConfigureProvider", { config, clientCapabilities: { deferralAllowed: true } })).toEqual({});
});
