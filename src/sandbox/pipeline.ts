import { parse as parseQuery } from "node:querystring";
import { type Answer, failure, healthy, noSuchRoute, Refusal, refuse } from "./answers.js";
import { asAnsweredBy } from "./earlier-answers.js";
import * as apiKeys from "./entities/api-key.js";
import * as actions from "./entities/api-key-actions.js";
import * as born from "./entities/born-with.js";
import * as logs from "./entities/logs.js";
import * as orgs from "./entities/org.js";
import * as publicResources from "./entities/public-resource.js";
import * as sites from "./entities/site.js";
import { documentation } from "./openapi.js";
import { recordedHandler } from "./recorded.js";
import { type Request, type Route, routesOf } from "./route.js";
import { checkScope } from "./scope.js";
import { type Store, type StoredKey, secretMatches } from "./store.js";
import { NEWEST_FACTS, type ServerFacts } from "./version.js";

const ROUTES = routesOf(
  {
    ...orgs.handlers,
    ...apiKeys.handlers,
    ...actions.handlers,
    ...born.handlers,
    ...logs.handlers,
    ...sites.handlers,
    ...publicResources.handlers,
  },
  recordedHandler,
);
const BASE = /^\/v1(?=\/|$)/i;

export interface Incoming {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly authorization: string | undefined;
  /** Parsed body; undefined if there is none. */
  readonly body: unknown;
}

/** Checks in the order of the real server: key, organization, root key, permission, and then validation and existence in the handler. */
export function answer(request: Incoming, store: Store, now: Date, server: ServerFacts = NEWEST_FACTS): Answer {
  try {
    return serve(request, store, now, server);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    return failure(500, "An error occurred");
  }
}

/** A HEAD is a GET whose body is not sent, and every path has an OPTIONS. */
function serve({ method: asked, url, authorization, body }: Incoming, store: Store, now: Date, server: ServerFacts): Answer {
  if (asked === "OPTIONS") return { status: 204, body: "" };
  const method = asked === "HEAD" ? "GET" : asked;
  const [pathname = "", search = ""] = url.split(/\?(.*)/s);
  const path = pathname.replace(BASE, "");
  if (path === pathname) return noSuchRoute(method, pathname);
  if (method === "GET" && /^\/?$/.test(path)) return healthy();
  const document = documentation(method, path, server);
  if (document) return document;
  const key = authenticate(authorization, store);
  for (const route of ROUTES) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (!match || !server.hasRoute(method, route.path)) continue;
    const params = Object.fromEntries(route.names.map((name, index) => [name, decode(match[index + 1] ?? "", server)]));
    const incoming: Request = { params, query: parseQuery(search) as Request["query"], body, key, store, now, server };
    authorise(route, incoming);
    return asAnsweredBy(server, route.id, route.handle(incoming));
  }
  return noSuchRoute(method, pathname);
}

function authenticate(authorization: string | undefined, store: Store): StoredKey {
  const token = /^Bearer (.+)$/.exec(authorization ?? "")?.[1];
  if (!token) return refuse(401, "API key required");
  const [id = "", secret] = token.split(".");
  const key = store.key(id);
  if (!key) return refuse(401, "Invalid API key");
  if (secret === undefined) return refuse(500, "An error occurred checking API key");
  return secretMatches(key, secret) ? key : refuse(401, "Invalid API key");
}

function authorise({ scope, rootOnly, action }: Route, request: Request): void {
  const { key } = request;
  checkScope(scope, request);
  if (rootOnly && !key.isRoot) refuse(403, "Key does not have root access");
  if (action !== null && !key.actions.includes(action)) refuse(403, "Key does not have permission perform this action");
}

function decode(text: string, server: ServerFacts): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse(server.since("1.22.0") ? 400 : 500, `Failed to decode param '${text}'`);
  }
}
