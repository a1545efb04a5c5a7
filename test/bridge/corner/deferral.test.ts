import { unknown, type ValueObject } from "../../../src/bridge/cty/index.js";
import { WiredCorner } from "./wire.js";

const RESOURCE_CONFIG = 1;
const PROVIDER_CONFIG = 2;
const TYPE = "framework_deferred_action";
const PLANNING_TYPE = "framework_deferred_action_plan_modification";

/** A provider that is configured, and what an engine that allows deferral asks it, or one that does not. */
async function configured({ deferral = false, allowed = true } = {}) {
  const corner = new WiredCorner();
  const clientCapabilities = { deferralAllowed: allowed };
  const told = await corner.call("ConfigureProvider", {
    config: await corner.wired("provider", { deferral }),
    clientCapabilities,
  });
  expect(told.diagnostics ?? []).toEqual([]);
  return {
    async plan(typeName: string, config: ValueObject) {
      const wired = await corner.wired(typeName, config);
      const {
        plannedState,
        deferred,
        diagnostics = [],
      } = await corner.call("PlanResourceChange", {
        typeName,
        config: wired,
        proposedNewState: wired,
        priorState: await corner.wired(typeName, null),
        clientCapabilities,
      });
      return {
        state: await corner.unwired(typeName, plannedState),
        reason: deferred?.reason,
        told: diagnostics.map(({ summary }) => summary),
      };
    },
    async read(state: ValueObject) {
      const {
        newState,
        deferred,
        diagnostics = [],
      } = await corner.call("ReadResource", {
        typeName: TYPE,
        currentState: await corner.wired(TYPE, state),
        clientCapabilities,
      });
      return { state: await corner.unwired(TYPE, newState), reason: deferred?.reason, told: diagnostics.map(({ summary }) => summary) };
    },
    async import(id: string) {
      const {
        importedResources = [],
        deferred,
        diagnostics = [],
      } = await corner.call("ImportResourceState", {
        typeName: TYPE,
        id,
        clientCapabilities,
      });
      const states = await Promise.all(importedResources.map(({ state }) => corner.unwired(TYPE, state)));
      return { states, reason: deferred?.reason, told: diagnostics.map(({ summary }) => summary) };
    },
  };
}

const nothing = { id: null, modify_plan_deferral: null, read_deferral: null };

test("a provider that is put off puts off what is planned, read and imported, without asking the resource", async () => {
  const { plan, read, import: importing } = await configured({ deferral: true });
  expect(await plan(TYPE, { id: "not test_id" })).toEqual({ state: { ...nothing, id: "not test_id" }, reason: PROVIDER_CONFIG, told: [] });
  expect(await plan(TYPE, { id: "test_id", modify_plan_deferral: true })).toMatchObject({ reason: PROVIDER_CONFIG, told: [] });
  expect(await read({ id: "test_id", read_deferral: true })).toMatchObject({ state: { id: "test_id" }, reason: PROVIDER_CONFIG, told: [] });
  expect(await importing("test_id")).toEqual({
    states: [{ id: unknown, modify_plan_deferral: unknown, read_deferral: unknown }],
    reason: PROVIDER_CONFIG,
    told: [],
  });
});

test("a resource may plan although its provider is put off, and give a reason of its own", async () => {
  const { plan } = await configured({ deferral: true });
  expect(await plan(PLANNING_TYPE, { id: "not test_id" })).toMatchObject({ reason: PROVIDER_CONFIG, told: ["invalid id value"] });
  expect(await plan(PLANNING_TYPE, { id: "test_id" })).toMatchObject({ reason: PROVIDER_CONFIG, told: [] });
  expect(await plan(PLANNING_TYPE, { id: "test_id", modify_plan_deferral: true })).toMatchObject({ reason: RESOURCE_CONFIG, told: [] });
});

test("a resource puts off its plan, its reading and its import", async () => {
  const { plan, read, import: importing } = await configured();
  expect(await plan(TYPE, { id: "test_id", modify_plan_deferral: true })).toMatchObject({ reason: RESOURCE_CONFIG, told: [] });
  expect(await plan(TYPE, { id: "test_id" })).toEqual({ state: { ...nothing, id: "test_id" }, reason: undefined, told: [] });
  expect(await plan(TYPE, { id: "not test_id" })).toMatchObject({ reason: undefined, told: ["invalid id value"] });
  expect(await read({ id: "test_id", read_deferral: true })).toMatchObject({ state: { id: "test_id" }, reason: RESOURCE_CONFIG, told: [] });
  expect(await read({ id: "test_id" })).toMatchObject({ reason: undefined, told: [] });
  expect(await importing("deferral-id")).toMatchObject({ reason: RESOURCE_CONFIG, told: [] });
  expect(await importing("test-id")).toEqual({ states: [{ ...nothing, id: "test-id" }], reason: undefined, told: [] });
});

test("nothing is put off where the engine does not allow it", async () => {
  const { plan, read, import: importing } = await configured({ deferral: true, allowed: false });
  expect(await plan(TYPE, { id: "not test_id" })).toMatchObject({ reason: undefined, told: ["invalid id value"] });
  expect(await plan(TYPE, { id: "test_id", modify_plan_deferral: true })).toMatchObject({ reason: undefined, told: [] });
  expect(await read({ id: "test_id", read_deferral: true })).toMatchObject({ state: { id: "test_id" }, reason: undefined, told: [] });
  expect(await importing("deferral-id")).toMatchObject({ states: [{ id: "deferral-id" }], reason: undefined, told: [] });
});
