import type { JsonObject } from "../engine-json/identify.js";
import type { Finding } from "./finding.js";
import { followsRotation } from "./grant-change.js";
import { type RotatingKey, refusalOfDrift, rotationOf } from "./key-rotation.js";
import { findingOfOutput } from "./output-change.js";
import { PlanDocument, type ResourceChange } from "./plan-document.js";
import { actionsOf, isUntouched, strangeness } from "./resource-change.js";

export interface Verdict {
  /** What is more than a rotation by age; none: the plan may be applied by a schedule. */
  readonly findings: readonly Finding[];
  /** How many resources change. */
  readonly changes: number;
}

/** Addresses of resources and of outputs (`output.name`) that may change too. An address without an instance key stands for all instances. */
export type Allowed = readonly string[];

/** Looks for whatever a plan does that is not a rotation or retirement of keys by age. What is not understood counts as that. */
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

/** What is handed a new token is updated or, where it cannot be, replaced. That it comes or goes is no part of a rotation. */
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
