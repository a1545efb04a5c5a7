import * as z from "zod";
import type { Value } from "../../cty/index.js";
import type { Diagnostics } from "../diagnostics.js";
import { conflicting } from "../validators.js";
import { type Declared, optional } from "./attribute.js";

type Attributes<N extends string, Z extends z.ZodType> = {
  [K in N]: Declared<Z, "optional">;
} & { [K in `${N}_wo`]: Declared<Z, "optional"> } & { [K in `${N}_wo_version`]: Declared<z.ZodNumber, "optional"> };

type Values = Readonly<Record<string, unknown>>;

/** One secret argument in two forms, of which a configuration uses one. */
export interface WriteOnlyPair<N extends string, Z extends z.ZodType> {
  /** To be spread into the resource's schema. */
  readonly attributes: Attributes<N, Z>;
  /** For the resource's `validate`: one form at most, and no version without the value that it is of. */
  validate(context: { readonly config: Values; readonly diagnostics: Diagnostics }): void;
  /** The value of whichever form the configuration uses; null: of none. */
  valueOf(config: Values): z.output<Z> | null;
  /** Whether an update has to send the value: Terraform cannot see that a write-only one changed, so its version tells. */
  changed(prior: Values, planned: Values): boolean;
}

/**
 * Declares `name`, which is stored in state, `name_wo`, which is stored nowhere and needs Terraform 1.11 or OpenTofu 1.11,
 * and `name_wo_version`, whose change sends the latter again.
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
