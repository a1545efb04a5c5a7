import type { JsonObject } from "../engine-json/identify.js";
import type { Finding } from "./finding.js";
import { COMPUTED, type RotatingKey, SECRETS } from "./key-rotation.js";
import type { Change, PlanDocument } from "./plan-document.js";
import { type Reference, referencesOfOutput } from "./references.js";
import { actionsOf } from "./resource-change.js";

/**
 * What is more in an output's change than the new value of a key that rotates; undefined: nothing, or nothing changes.
 * What holds a secret must be declared sensitive, before and after.
 */
export function findingOfOutput(name: string, change: Change, plan: PlanDocument, keys: readonly RotatingKey[]): Finding | undefined {
  const { actions, before_sensitive: wasSensitive, after_sensitive: isSensitive } = change;
  const subject = `output.${name}`;
  if (Boolean(wasSensitive) !== Boolean(isSensitive) && ["no-op", "update"].includes(actions.join()))
    return { subject, text: `update that makes it ${isSensitive ? "sensitive" : "no longer sensitive"}` };
  if (actions.join() === "no-op") return undefined;
  if (actions.join() !== "update") return { subject, text: actionsOf(change) };
  const allow = subject;
  const references = referencesOfOutput(plan.document.configuration, name);
  if (!references || references.length === 0) return { subject, text: "update, and the plan does not show what it refers to", allow };
  const foreign = references.filter((reference) => keysOf(reference, keys).length === 0).map(({ address }) => address);
  if (foreign.length > 0) return { subject, text: `update of what is made of ${foreign.join(", ")}, which no rotation changes`, allow };
  // It may be allowed by those who know what they do, and nobody is advised to.
  if (isSensitive !== true && references.some(mayBeSecret))
    return { subject, text: "update that shows a secret of the key, since it is not sensitive" };
  if (!references.every((reference) => keysOf(reference, keys).some((key) => wasPartOf(change.before, reference, key, plan))))
    return { subject, text: "update, and its value was not that of the key before", allow };
  return undefined;
}

const keysOf = ({ address }: Reference, keys: readonly RotatingKey[]): RotatingKey[] =>
  keys.filter((key) => key.address.replaceAll(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, "") === address);

const mayBeSecret = ({ attribute }: Reference): boolean =>
  attribute === undefined || SECRETS.includes(attribute) || !COMPUTED.includes(attribute);

/** Whether the output's former value holds the attribute's. A refresh may have changed the attribute since. */
function wasPartOf(value: unknown, { attribute }: Reference, key: RotatingKey, plan: PlanDocument): boolean {
  const drifted = plan.drift.find(({ address }) => address === key.address)?.change.before as JsonObject | null | undefined;
  const text = JSON.stringify(value) ?? "null";
  return [key.before, drifted].some((state) => {
    const part = attribute === undefined ? state?.key_id : state?.[attribute];
    return part !== undefined && text.includes(typeof part === "string" ? JSON.stringify(part).slice(1, -1) : JSON.stringify(part));
  });
}
