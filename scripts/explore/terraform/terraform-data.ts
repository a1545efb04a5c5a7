import { equal, string, unknown, type Value, type ValueObject } from "../../../src/bridge/cty/index.js";

/** `terraform_data`, which is built into Terraform, as far as lives use it: an output that is unknown until it is applied. */
export const TERRAFORM_DATA = "terraform_data";
export const TYPES = { input: string, triggers_replace: string, output: string, id: string } as const;

/** The planned object; `replaces`: in place of the one before. */
export function planTerraformData(
  prior: ValueObject | null,
  config: ValueObject,
): { readonly planned: ValueObject; readonly replaces: boolean } {
  const same = (name: "input" | "triggers_replace") =>
    config[name] !== unknown && equal(prior?.[name] ?? null, config[name] ?? null, string);
  const replaces = prior !== null && !same("triggers_replace");
  const keeps = prior !== null && !replaces;
  return {
    planned: {
      ...config,
      id: keeps ? (prior.id ?? null) : unknown,
      output: keeps && same("input") ? (prior.output ?? null) : unknown,
    },
    replaces,
  };
}

export const applyTerraformData = (planned: ValueObject, id: string): ValueObject => ({
  ...planned,
  id: planned.id === unknown ? (id as Value) : (planned.id ?? null),
  output: planned.input ?? null,
});
