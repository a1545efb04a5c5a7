import * as z from "zod";
import { at, block, computed, float64, int64, optional, type Resource, required, resource } from "../../src/bridge/sdk.js";

const text = z.string();
const bool = z.boolean();
const writeOnly = { writeOnly: true } as const;

/** Gives the whole configuration back as state: what is write-only must not get into it. */
const asConfigured = async ({ config }: { readonly config: object }) => ({ ...config, computed_attr: "computed_val" }) as never;

const schema = z.object({
  computed_attr: computed(text, "A text."),
  writeonly_custom_ipv6: optional(text, "An address.", writeOnly),
  writeonly_string: optional(text, "A text.", writeOnly),
  writeonly_list: optional(z.array(text), "A list.", writeOnly),
  nested_map: required(
    z.record(text, z.object({ string_attr: required(text, "A text."), writeonly_float64: optional(float64(), "A number.", writeOnly) })),
    "A map of objects.",
  ),
  writeonly_nested_object: optional(
    z.object({
      writeonly_int64: required(int64(), "A number.", writeOnly),
      writeonly_bool: required(bool, "A bool.", writeOnly),
      writeonly_nested_list: required(z.array(z.object({ writeonly_string: required(text, "A text.", writeOnly) })), "A list.", writeOnly),
    }),
    "An object.",
    writeOnly,
  ),
  nested_block_list: block(
    z.array(
      z.object({
        string_attr: required(text, "A text."),
        writeonly_string: optional(text, "A text.", writeOnly),
        double_nested_object: block(
          z.object({ bool_attr: required(bool, "A bool."), writeonly_bool: optional(bool, "A bool.", writeOnly) }),
          "A block in a block.",
        ),
      }),
    ),
    "A list of blocks.",
  ),
});

export const writeOnlyResource: Resource = resource<unknown>()({
  description: "Has write-only attributes at every depth.",
  schema,
  create: asConfigured,
  update: asConfigured,
  read: async ({ state }) => ({ ...(state as object), writeonly_string: "stored nowhere", computed_attr: "computed_val" }) as never,
  delete: async () => {},
});

const onceSchema = z.object({
  trigger_attr: required(text, "A change of it replaces.", { replace: true }),
  writeonce_string: optional(text, "Needed when the object is made, and only then.", writeOnly),
});

export const writeOnceResource: Resource = resource<unknown>()<typeof onceSchema.shape>({
  description: "Has an attribute that is needed once.",
  schema: onceSchema,
  plan({ config, prior, diagnostics }) {
    if (!prior && config.writeonce_string === null)
      diagnostics.error(
        "Attribute Required when Creating",
        "Attribute writeonce_string is required when creating the object.",
        at("writeonce_string"),
      );
  },
  create: async ({ planned }) => ({ trigger_attr: planned.trigger_attr, writeonce_string: null }),
  update: async ({ prior }) => prior,
  read: async ({ state }) => state,
  delete: async () => {},
});

const importSchema = z.object({ string_attr: required(text, "A text."), writeonly_string: optional(text, "A text.", writeOnly) });

export const writeOnlyImportResource: Resource = resource<unknown>()<typeof importSchema.shape>({
  description: "Is imported with a write-only attribute.",
  schema: importSchema,
  identity: { attributes: ["string_attr"] },
  create: async ({ planned }) => ({ string_attr: planned.string_attr, writeonly_string: "stored nowhere" }),
  update: async ({ planned }) => ({ string_attr: planned.string_attr, writeonly_string: "stored nowhere" }),
  read: async ({ state }) => ({ ...state, string_attr: "hello world!" }),
  delete: async () => {},
  import: async () => ({ string_attr: "hello world!", writeonly_string: "stored nowhere" }),
});

const kept = z.object({ string_attr: required(text, "A text."), writeonly_string: optional(text, "A text.", writeOnly) });
const leaking = (string_attr: string) => ({ string_attr, writeonly_string: "stored nowhere" });

export const writeOnlyMoveResource: Resource = resource<unknown>()<typeof kept.shape>({
  description: "Takes over objects of any type.",
  schema: kept,
  create: async ({ planned }) => leaking(planned.string_attr),
  update: async ({ planned }) => leaking(planned.string_attr),
  read: async ({ state }) => state,
  delete: async () => {},
  move: () => leaking("hello world!"),
});

/** Its version is the environment's, so that a test can raise it between two launches. */
export const writeOnlyUpgradeResource = (): Resource =>
  resource<unknown>()<typeof kept.shape>({
    description: "Fits state of an earlier version to its own.",
    schema: kept,
    version: Number(process.env.CORNER_UPGRADE_VERSION ?? 0),
    create: async ({ planned }) => leaking(planned.string_attr),
    update: async ({ planned }) => leaking(planned.string_attr),
    read: async ({ state }) => state,
    delete: async () => {},
    upgrades: { 0: ({ state }) => leaking(`${String(state.string_attr)}, upgraded`) },
  });
