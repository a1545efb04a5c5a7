import * as z from "zod";
import type { Value } from "../../cty/index.js";
import type { Diagnostics } from "../diagnostics.js";
import { conflicting } from "../validators.js";
import { type Declared, optional } from "./attribute.js";

type Attributes<N extends string, Z extends z.ZodType> = {
  [K in N]: Declared<Z, "optional">;
} & { [K in `${N}_wo`]: Declared<Z, "optional"> } & { [K in `${N}_wo_version`]: Declared<z.ZodNumber, "optional"> };

type Values = Readonly<Record<string, unknown>>;

/** One secret argument in two forms. A configuration uses one of them. */
export interface WriteOnlyPair<N extends string, Z extends z.ZodType> {
  /** Attributes to spread into the resource's schema. */
  readonly attributes: Attributes<N, Z>;
  /** For the resource's `validate`: at most one form may be set, and no version without its value. */
  validate(context: { readonly config: Values; readonly diagnostics: Diagnostics }): void;
  /** The value of the form that the configuration uses, or null. */
  valueOf(config: Values): z.output<Z> | null;
  /** Whether an update has to send the value. Terraform cannot detect a change of a write-only value, so the version decides. */
  changed(prior: Values, planned: Values): boolean;
}

/**
 * Declares `name`, which is stored in the state; `name_wo`, which is stored nowhere and requires Terraform 1.11 or OpenTofu 1.11;
 * and `name_wo_version`, whose change sends `name_wo` again.
 */
export function writeOnlyPair<const N extends string, Z extends z.ZodType>(name: N, schema: Z, description: string): WriteOnlyPair<N, Z> {
  const [wo, version] = [`${name}_wo`, `${name}_wo_version`];
  const attributes = {
    [name]: optional(schema, `${description} It is stored in state; \`${wo}\` is not.`, { sensitive: true }),
    [wo]: optional(schema, `${description} It is stored nowhere. Raise \`${version}\` when it changes.`, { writeOnly: true }),
    [version]: optional(z.int() as z.ZodNumber, `A changed number sends \`${wo}\` again.`),
  };
  const given = (config: Values, attribute: string) => (config[attribute] ?? null) !== null;
  return {
    attributes: attributes as unknown as Attributes<N, Z>,
    validate(context) {
      conflicting(name, wo)(context);
      conflicting(name, version)(context);
      const { config, diagnostics } = context;
      if (given(config, version) && !given(config, wo) && !given(config, name))
        diagnostics.error("Missing Attribute Configuration", `${version} is the version of ${wo}, which is not given.`, [
          { kind: "attribute", name: version },
        ]);
    },
    valueOf: (config) => (config[wo] ?? config[name] ?? null) as z.output<Z> | null,
    changed: (prior, planned) => [name, version].some((attribute) => (prior[attribute] as Value) !== (planned[attribute] as Value)),
  };
}
