import type * as z from "zod";

/** What a zod schema of a container says about its members. */
export interface Container {
  readonly type: z.ZodType["_zod"]["def"]["type"];
  readonly element?: z.ZodType;
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly items?: readonly z.ZodType[];
}

export const containerOf = (schema: z.ZodType): Container => schema._zod.def as Container;

/** The schema of the member under a key or an index. */
export function memberOf(schema: z.ZodType, key: PropertyKey): z.ZodType | undefined {
  const { element, valueType, shape, items } = containerOf(schema);
  return element ?? valueType ?? shape?.[String(key)] ?? items?.[Number(key)];
}

/** The schemas of all members. */
export function membersOf(schema: z.ZodType): readonly z.ZodType[] {
  const { element, valueType, shape, items } = containerOf(schema);
  return [element, valueType, ...Object.values(shape ?? {}), ...(items ?? [])].filter((member) => member !== undefined);
}
