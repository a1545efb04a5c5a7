import type { JsonObject } from "../engine-json/identify.js";
import type { Finding } from "./finding.js";
import { followsRotation } from "./grant-change.js";
import { type RotatingKey, refusalOfDrift, rotationOf } from "./key-rotation.js";
import { findingOfOutput } from "./output-change.js";
import { PlanDocument, type ResourceChange } from "./plan-document.js";
import { actionsOf, isUntouched, strangeness } from "./resource-change.js";

export interface Verdict {
  /** Changes beyond a rotation by age. If empty, a scheduled job may apply the plan. */
  readonly findings: readonly Finding[];
  /** How many resources change. */
  readonly changes: number;
}

/** Addresses of resources and of outputs (`output.name`) that may change too. An address without an instance key stands for all instances. */
export type Allowed = readonly string[];

/** Finds everything in a plan that is not a rotation or retirement by age. Anything unknown counts as such. */
export function checkPlan(document: JsonObject, allowed: Allowed): Verdict {
  const plan = new PlanDocument(document);
  const touched = plan.changes.filter((resource) => !isUntouched(resource));
  const keys = touched.flatMap((resource) => {
    const rotation = strangeness(resource) === undefined ? rotationOf(resource) : "";
    return typeof rotation === "string" ? [] : [rotation];
  });
  const findings = [
    ...plan.findings,
    ...plan.drift.flatMap((resource) => findingOfDrift(resource, allowed)),
    ...touched.flatMap((resource) => findingOfChange(resource, keys, allowed)),
    ...[...plan.outputs].flatMap(([name, change]) =>
      allowed.includes(`output.${name}`) && change.actions.join() === "update" ? [] : (findingOfOutput(name, change, plan, keys) ?? []),
    ),
  ];
  if (document.applyable === false && touched.length > 0)
    findings.push({ subject: "plan", text: "it changes something and is not applyable" });
  return { findings, changes: touched.length };
}

function findingOfChange(resource: ResourceChange, keys: readonly RotatingKey[], allowed: Allowed): Finding[] {
  const { address: subject, change } = resource;
  const strange = strangeness(resource);
  if (strange !== undefined) {
    const isRead = resource.mode === "data" && change.actions.join() === "read" && resource.previous_address === undefined;
    if (!isRead) return [{ subject, text: strange }];
    return isAllowed(resource, allowed) ? [] : [{ subject, text: strange, allow: subject }];
  }
  const rotation = rotationOf(resource);
  if (typeof rotation !== "string" || followsRotation(resource, keys)) return [];
  if (!MAY_BE_ALLOWED.includes(actionsOf(change))) return [{ subject, text: rotation }];
  return isAllowed(resource, allowed) ? [] : [{ subject, text: rotation, allow: subject }];
}

/** A consumer of a token may be updated or replaced, but not created or deleted. */
const MAY_BE_ALLOWED: readonly string[] = ["update", "delete and create", "create and delete"];

function findingOfDrift(resource: ResourceChange, allowed: Allowed): Finding[] {
  const { address: subject, change } = resource;
  if (resource.previous_address !== undefined) return [{ subject, text: `moved from ${resource.previous_address}` }];
  const text = change.actions.join() === "no-op" ? undefined : refusalOfDrift(resource);
  if (text === undefined) return [];
  const mayBeAllowed = change.actions.join() === "update";
  if (mayBeAllowed && isAllowed(resource, allowed)) return [];
  return [{ subject, text, ...(mayBeAllowed && { allow: subject }) }];
}

const isAllowed = ({ address }: ResourceChange, allowed: Allowed): boolean =>
  allowed.includes(address) || allowed.includes(address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]$/, ""));
