import { isDeepStrictEqual } from "node:util";
import { isObject, type JsonObject } from "../engine-json/identify.js";
import type { Change, ResourceChange } from "./plan-document.js";

export const actionsOf = ({ actions }: Change): string => actions.join(" and ");

/** Nothing happens to it, not even to its address or its place in a state. */
export const isUntouched = (resource: ResourceChange): boolean =>
  resource.change.actions.join() === "no-op" && strangeness(resource) === undefined;

/** What a rotation never does to an object, whatever the action is called; undefined: none of it. */
export function strangeness({ mode, previous_address: from, deposed, change, action_reason: reason }: ResourceChange): string | undefined {
  if (from !== undefined) return `moved from ${from}`;
  if (isSet(change.importing)) return "an import";
  if (isSet(change.generated_config)) return "generated configuration";
  if (deposed !== undefined) return `${actionsOf(change)} of a deposed object`;
  if (mode !== "managed") return `${actionsOf(change)} of ${mode === "data" ? "a data source" : `an object of the mode ${mode}`}`;
  if (reason !== undefined && change.actions.join() === "update") return `update because of ${reason}`;
  return undefined;
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

/** The object before and after the change, and which of its attributes differ or become known at apply only. */
export interface Update {
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly unknown: ReadonlySet<string>;
  readonly changed: readonly string[];
}

/** undefined where the change is no update of an object that is there. */
export function updateOf({ actions, before, after, after_unknown: unknownParts }: Change): Update | undefined {
  if (actions.join() !== "update" || !isObject(before) || !isObject(after)) return undefined;
  const unknown = new Set(isObject(unknownParts) ? Object.keys(unknownParts).filter((name) => hasTrue(unknownParts[name])) : []);
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...unknown]);
  const changed = [...names].filter((name) => unknown.has(name) || !isDeepStrictEqual(before[name] ?? null, after[name] ?? null));
  return { before, after, unknown, changed: changed.sort() };
}

/** `after_unknown` holds true for what is unknown, and objects and lists of such for what is in part. */
function hasTrue(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).some(hasTrue);
  return value !== false && value !== null && value !== undefined;
}
