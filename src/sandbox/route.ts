import operations from "../integration-api/data/operations.json";
import type { Answer } from "./answers.js";
import type { Store, StoredKey } from "./store.js";

export interface Request {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly key: StoredKey;
  readonly store: Store;
  readonly now: Date;
}

export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly rootOnly: boolean;
  readonly action: string | null;
  /** The organization in the path must be the key's own. */
  readonly scopedToOrg: boolean;
  readonly handle: (request: Request) => Answer;
}

/** A handler for an operation of the recorded facts; method, path, permission and scope come from there. */
export function route(id: string, handle: Route["handle"]): Route {
  const operation = operations.operations.find((candidate) => candidate.id === id);
  if (!operation) throw new Error(`There is no operation ${id}`);
  const names: string[] = [];
  const source = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    names.push(name);
    return "([^/]+)";
  });
  return {
    method: operation.method,
    pattern: new RegExp(`^${source}/?$`, "i"),
    names,
    rootOnly: operation.rootOnly,
    action: typeof operation.action === "string" ? operation.action : null,
    scopedToOrg: typeof operation.scope === "object",
    handle,
  };
}
