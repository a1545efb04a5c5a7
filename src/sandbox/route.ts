import operations from "../integration-api/data/operations.json";
import type { Answer } from "./answers.js";
import type { Store, StoredKey } from "./store.js";
import type { ServerFacts } from "./version.js";

export interface Request {
  readonly params: Readonly<Record<string, string>>;
  /** A parameter that is given more than once is a list. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly body: unknown;
  readonly key: StoredKey;
  readonly store: Store;
  readonly now: Date;
  readonly server: ServerFacts;
}

export interface Route {
  /** The operation's name in the recorded facts. */
  readonly id: string;
  /** `{name}` stands for a parameter. */
  readonly path: string;
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly rootOnly: boolean;
  readonly action: string | null;
  /** What the request names and must belong to the key's organization, in the order of the checks. */
  readonly scope: readonly string[];
  readonly handle: (request: Request) => Answer;
}

export type Handlers = Readonly<Record<string, Route["handle"]>>;

/** Every route of the community edition, under each of its names; method, path, permission and scope come from the recorded facts. */
export function routesOf(handlers: Handlers, otherwise: (id: string) => Route["handle"]): Route[] {
  const own = operations.operations.filter(({ edition, id }) => edition === "oss" && id !== "health");
  for (const id of Object.keys(handlers)) if (!own.some((operation) => operation.id === id)) throw new Error(`There is no operation ${id}`);
  return own.flatMap(({ id, method, path, aliases, rootOnly, action, scope }) => {
    let handle = handlers[id];
    // A handler made from facts is made when it is first asked for: there are many, and a test asks for few.
    const lazily: Route["handle"] = (request) => {
      handle ??= otherwise(id);
      return handle(request);
    };
    return [path, ...(aliases ?? [])].map((name) => ({
      id,
      path: name,
      method,
      ...patternOf(name),
      rootOnly,
      action: typeof action === "string" ? action : null,
      scope: typeof scope === "object" && scope !== null ? scope.org : [],
      handle: lazily,
    }));
  });
}

function patternOf(path: string): Pick<Route, "pattern" | "names"> {
  const names: string[] = [];
  const source = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    names.push(name);
    return "([^/]+)";
  });
  return { pattern: new RegExp(`^${source}/?$`, "i"), names };
}
