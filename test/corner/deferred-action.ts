import * as z from "zod";
import { optional, type Resource, resource } from "../../src/bridge/sdk.js";

const REASON = "resource configuration unknown";
const bool = z.boolean();
const schema = z.object({
  modify_plan_deferral: optional(bool, "Puts off the plan."),
  read_deferral: optional(bool, "Puts off the reading."),
  id: optional(z.string(), "An id."),
});

const deferred = (planWhenDeferred: boolean): Resource =>
  resource<unknown>()<typeof schema.shape>({
    description: "Can be put off.",
    schema,
    planWhenDeferred,
    identity: { attributes: ["id"] },
    plan({ planned, diagnostics, deferral }) {
      if (typeof planned.id === "string" && planned.id !== "test_id") diagnostics.error("invalid id value", "The id is test_id.");
      else if (deferral.allowed && planned.modify_plan_deferral === true) deferral.defer(REASON);
    },
    create: async ({ planned }) => planned,
    update: async ({ planned }) => planned,
    read: async ({ state, deferral }) => {
      if (deferral.allowed && state.read_deferral) deferral.defer(REASON);
      return state;
    },
    delete: async () => {},
    import: async ({ identity: { id = null }, deferral }) => {
      if (deferral.allowed && id === "deferral-id") deferral.defer(REASON);
      return { id, modify_plan_deferral: null, read_deferral: null };
    },
  });

export const deferredAction = deferred(false);
export const deferredActionPlanModification = deferred(true);
