import type { CommandContext } from "../context.js";
import { identify, isObject, type JsonObject } from "../engine-json/identify.js";
import { nameOf, readEngineJson } from "../engine-json/read.js";
import { Failure } from "../failure.js";

/** A state and the key ids in it. */
export interface KnownState {
  /** For messages. */
  readonly name: string;
  /** Every word in it. A key is in the state if its id is among them: in resources, data sources, outputs or private state. */
  readonly words: ReadonlySet<string>;
  /** Whether a resource or data source of Pangolin is in it. */
  readonly holdsPangolin: boolean;
}

const ADVICE =
  "Use a state file, or the output of `terraform state pull` or `terraform show -json`. For an encrypted state, use `tofu state pull`.";

/** Reads a state. Fails for anything that may not be one, since all keys would look left behind. */
export async function readState(context: CommandContext, path: string): Promise<KnownState> {
  const identified = identify(await readEngineJson(context, path, { what: "a state", advice: ADVICE }));
  const name = nameOf(path);
  if (identified.kind === "plan") throw new Failure(`${name} is a plan, not a state.`, ADVICE);
  if (identified.kind === "other") throw new Failure(`${name} is not a state: it is ${identified.description}.`, ADVICE);
  const types = identified.kind === "state file" ? typesOfStored(identified.document, name) : typesOfShown(identified.document, name);
  return { name, words: wordsOf(identified.document), holdsPangolin: types.some((type) => type.startsWith("pangolin_")) };
}

/** Types of what a state file holds an object of. */
function typesOfStored({ resources }: JsonObject, name: string): string[] {
  return (resources as readonly unknown[]).flatMap((resource) => {
    if (!isObject(resource) || typeof resource.type !== "string" || !Array.isArray(resource.instances)) throw malformed(name);
    return resource.instances.length > 0 ? [resource.type] : [];
  });
}

function typesOfShown({ values }: JsonObject, name: string): string[] {
  const typesOfModule = (module: unknown): string[] => {
    if (!isObject(module)) throw malformed(name);
    const { resources = [], child_modules: children = [] } = module;
    if (!Array.isArray(resources) || !Array.isArray(children)) throw malformed(name);
    const types = resources.map((resource: unknown) => {
      if (!isObject(resource) || typeof resource.type !== "string") throw malformed(name);
      return resource.type;
    });
    return [...types, ...children.flatMap(typesOfModule)];
  };
  const root = isObject(values) ? values.root_module : undefined;
  return root === undefined ? [] : typesOfModule(root);
}

const malformed = (name: string) => new Failure(`${name} is a state whose resources cannot be understood.`, ADVICE);

/** Ids of keys are letters and digits, and stand alone or in `org/key`, `key.secret` and JSON. */
function wordsOf(value: unknown): ReadonlySet<string> {
  const words = new Set<string>();
  const add = (text: string) => {
    for (const word of text.split(/[^A-Za-z0-9]+/)) words.add(word);
  };
  const visit = (each: unknown, name?: string): void => {
    if (typeof each === "string") {
      add(each);
      // Private state is stored as JSON in base64: keys whose deletion is not confirmed yet are in it.
      if (name === "private") add(Buffer.from(each, "base64").toString());
    } else if (typeof each === "object" && each !== null)
      for (const [field, part] of Object.entries(each)) {
        add(field);
        visit(part, Array.isArray(each) ? name : field);
      }
  };
  visit(value);
  return words;
}
