import * as z from "zod";
import { block, computed, optional, optionalComputed, type Resource, required, resource, setOf, unknown } from "../../src/bridge/sdk.js";

const text = z.string();
const given = () => ({ name: required(text, "A name."), label: optional(text, "A label."), note: optional(text, "A note.") });
const decided = () => ({
  ...given(),
  label: optionalComputed(text, "A label.", { default: "none" }),
  made: computed(text, "Made with the member.", { useStateForUnknown: true }),
});

const attributesOf = (member: z.ZodObject, inSet = member) => ({
  single: optional(member, "An object."),
  list: optional(z.array(member), "A list of objects."),
  set: optional(setOf(inSet), "A set of objects."),
  map: optional(z.record(text, member), "A map of objects."),
});
const blocksOf = (member: z.ZodObject, inSet = member) => ({
  single: block(member, "A block."),
  list: block(z.array(member), "A list of blocks."),
  set: block(setOf(inSet), "A set of blocks."),
});

/**
 * Each nesting in each. Terraform tells which member of a set was which by what is given, and gives up where there is a set in it that
 * has more: were there anything that the provider decides, each plan would decide it anew.
 */
const twoLevels = (nest: typeof attributesOf | typeof blocksOf) => {
  const member = (inSet: z.ZodObject) => z.object({ ...decided(), ...nest(z.object(decided()), inSet) });
  return nest(member(z.object(decided())), member(z.object(given())));
};

/** What the provider decides is always the same. */
const settled = (value: unknown): unknown => {
  if (value === unknown) return "made";
  if (Array.isArray(value)) return value.map(settled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, settled(member)]));
};
const asPlanned = async ({ planned }: { readonly planned: object }) => settled(planned) as never;

const keeping = (description: string, shape: Record<string, z.ZodType>): Resource =>
  resource<unknown>()({
    description,
    schema: z.object(shape),
    create: asPlanned,
    update: asPlanned,
    read: async ({ state }) => state,
    delete: async () => {},
  });

/** The Go provider has no such resources. */
export const nestedAttributes = keeping("Has nested attributes of every nesting, two levels deep.", twoLevels(attributesOf));
export const nestedBlocks = keeping("Has nested blocks of every nesting, two levels deep.", twoLevels(blocksOf));
