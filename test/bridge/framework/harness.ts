import { unknown, type ValueObject } from "../../../src/bridge/cty/index.js";
import type { Diagnostic } from "../../../src/bridge/framework/diagnostics.js";
import { ProviderServer } from "../../../src/bridge/framework/provider-server.js";
import type { Resource } from "../../../src/bridge/framework/resource.js";
import { applyResourceChange } from "../../../src/bridge/framework/rpc/apply-resource-change.js";
import { planResourceChange } from "../../../src/bridge/framework/rpc/plan-resource-change.js";
import { testProvider } from "../../support/provider.js";

const { signal } = new AbortController();
const nothing = new Uint8Array();

/** One resource in a provider of its own, asked as Terraform asks. */
export function serverOf(resource: Resource): ProviderServer {
  return new ProviderServer(testProvider({ resources: { test_thing: () => resource } }));
}

export async function plan(resource: Resource, config: ValueObject, prior: ValueObject | null = null, proposed = propose(config, prior)) {
  const server = serverOf(resource);
  return planResourceChange(server, await server.resource("test_thing"), { config, prior, proposed, priorPrivate: nothing, signal });
}

export async function apply(resource: Resource, config: ValueObject | null, prior: ValueObject | null, planned: ValueObject | null) {
  const server = serverOf(resource);
  return applyResourceChange(server, await server.resource("test_thing"), { config, prior, planned, plannedPrivate: nothing, signal });
}

/** As Terraform proposes: what the configuration leaves out stays as it was. */
const propose = (config: ValueObject, prior: ValueObject | null): ValueObject =>
  Object.fromEntries(Object.entries(config).map(([name, value]) => [name, value === null ? (prior?.[name] ?? null) : value]));

export const summaries = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(
    ({ severity, summary, path }) =>
      `${severity}: ${summary}${path ? ` (${path.map((step) => ("name" in step ? step.name : "key" in step ? step.key : "index" in step ? step.index : "*")).join(".")})` : ""}`,
  );

export { unknown };
