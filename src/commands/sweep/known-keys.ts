import { readFileSync } from "node:fs";
import { Failure } from "../failure.js";

type Attributes = Readonly<Record<string, unknown>>;

interface StateFile {
  readonly version?: number;
  readonly resources?: readonly { readonly type?: string; readonly instances?: readonly { readonly attributes?: Attributes }[] }[];
}

interface Module {
  readonly resources?: readonly { readonly type?: string; readonly values?: Attributes }[];
  readonly child_modules?: readonly Module[];
}

/** Ids of the keys that a state knows: a state file, or what `terraform show -json` prints. */
export function knownKeys(path: string): Set<string> {
  let content: StateFile & { readonly format_version?: string; readonly values?: { readonly root_module?: Module } };
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Failure(
      `${path} cannot be read as a state: ${(error as Error).message}`,
      "Give a state file, or what `terraform show -json` prints.",
    );
  }
  if (content.version === 4) return new Set((content.resources ?? []).flatMap(keysOfStored));
  // `terraform show -json` of an empty state has no values at all.
  if (typeof content.format_version === "string") return new Set(keysOfModule(content.values?.root_module ?? {}));
  throw new Failure(
    `${path} is neither a state file of version 4 nor what \`terraform show -json\` prints.`,
    "An encrypted state is read with `terraform show -json` or `tofu show -json`.",
  );
}

const keysOfStored = ({ type, instances }: NonNullable<StateFile["resources"]>[number]): string[] =>
  type === "pangolin_api_key" ? (instances ?? []).flatMap(({ attributes }) => keysOf(attributes ?? {})) : [];

const keysOfModule = ({ resources, child_modules: children }: Module): string[] => [
  ...(resources ?? []).flatMap(({ type, values }) => (type === "pangolin_api_key" ? keysOf(values ?? {}) : [])),
  ...(children ?? []).flatMap(keysOfModule),
];

const keysOf = ({ key_id: current, previous_key_id: previous }: Attributes): string[] =>
  [current, previous].filter((id): id is string => typeof id === "string");
