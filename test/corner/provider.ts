import * as z from "zod";
import { optional, provider, unknown } from "../../src/bridge/sdk.js";
import { functions } from "./functions.js";
import { Users } from "./users.js";

/** A provider for the bridge's own tests, built on its doors alone. */
export const corner = provider({
  name: "framework",
  version: "0.1.0",
  description: "Shows what the bridge can do.",
  schema: z.object({
    dummy: optional(z.string(), "What an object tells of the configuration that made it."),
    deferral: optional(z.boolean(), "Nothing."),
  }),
  configure({ config, deferral }) {
    if (deferral.allowed && config.deferral === true) deferral.defer("provider configuration unknown");
    return new Users(config.dummy === unknown ? null : config.dummy);
  },
  resources: {
    framework_customtype: async () => (await import("./custom-types.js")).customType,
    framework_deferred_action: async () => (await import("./deferred-action.js")).deferredAction,
    framework_deferred_action_plan_modification: async () => (await import("./deferred-action.js")).deferredActionPlanModification,
    framework_dynamic_computed_type_change: async () => (await import("./dynamic-computed-type-change.js")).dynamicComputedTypeChange,
    framework_float32_precision: async () => (await import("./precision.js")).float32Precision,
    framework_float64_precision: async () => (await import("./precision.js")).float64Precision,
    framework_set_nested_attribute_with_defaults: async () =>
      (await import("./set-nested-attribute-with-defaults.js")).setNestedAttributeWithDefaults,
    framework_identity: async () => (await import("./identity.js")).identity,
    framework_misfit: async () => (await import("./misfit.js")).misfit,
    framework_move_state: async () => (await import("./move-state.js")).moveState,
    framework_nested_attributes: async () => (await import("./nested.js")).nestedAttributes,
    framework_nested_blocks: async () => (await import("./nested.js")).nestedBlocks,
    framework_schema: async () => (await import("./schema.js")).schemaResource,
    framework_secret: async () => (await import("./secret.js")).secret,
    framework_set_nested_block_with_defaults: async () => (await import("./set-nested-block-with-defaults.js")).setNestedBlockWithDefaults,
    framework_set_semantic_equality: async () => (await import("./set-semantic-equality.js")).setSemanticEquality,
    framework_steps: async () => (await import("./steps.js")).steps,
    framework_tfsdk_reflection: async () => (await import("./reflection.js")).reflection,
    framework_timeouts: async () => (await import("./timeouts.js")).timeoutsResource,
    framework_timeouts_block: async () => (await import("./timeouts.js")).timeoutsBlockResource,
    framework_timetypes: async () => (await import("./custom-types.js")).timeTypes,
    framework_user: async () => (await import("./user.js")).user,
    framework_writeonce: async () => (await import("./write-only.js")).writeOnceResource,
    framework_writeonly: async () => (await import("./write-only.js")).writeOnlyResource,
    framework_writeonly_validations: async () => (await import("./write-only-validations.js")).writeOnlyValidations,
    framework_writeonly_import: async () => (await import("./write-only.js")).writeOnlyImportResource,
    framework_writeonly_move: async () => (await import("./write-only.js")).writeOnlyMoveResource,
    framework_writeonly_upgrade: async () => (await import("./write-only.js")).writeOnlyUpgradeResource(),
  },
  dataSources: {},
  ephemeralResources: {
    framework_lifecycle: async () => (await import("./lifecycle.js")).lifecycle,
    framework_schema: async () => (await import("./schema.js")).schemaEphemeralResource,
  },
  actions: {
    framework_modify_file_action: async () => (await import("./modify-file-action.js")).modifyFile,
  },
  listResources: {
    framework_user: async () => (await import("./user-list.js")).userList,
  },
  functions,
});
