import operations from "../integration-api/data/operations.json";
import { type Answer, redirected } from "./answers.js";
import type { OperationFacts } from "./facts.js";
import type { ValueFacts } from "./schema-of.js";
import type { ServerFacts } from "./version.js";

/** The documents that the real server gives without a key: what its OpenAPI file says of routes and parameters, made from the recorded facts. */
export function documentation(method: string, path: string, server: ServerFacts): Answer | undefined {
  const at = path.toLowerCase();
  // The page is no route of the server's framework, which is why it does not look at the method.
  if (at === "/docs" && method === "GET") return redirected("/v1/docs/");
  if (/^\/docs(\/|$)/.test(at)) return { status: 200, headers: { "Content-Type": "text/html; charset=utf-8" }, body: DOCS_PAGE };
  if (method !== "GET" || server.documented === null) return undefined;
  if (/^\/openapi\.json\/?$/.test(at))
    return { status: 200, headers: { "Content-Type": "application/json; charset=utf-8" }, body: openApi(server) };
  // Every JSON text is YAML too.
  if (/^\/openapi\.yaml\/?$/.test(at))
    return { status: 200, headers: { "Content-Type": "application/yaml; charset=utf-8" }, body: openApi(server) };
  return undefined;
}

const DOCS_PAGE =
  '<!DOCTYPE html>\n<html lang="en">\n<head><title>Integration API</title></head>\n<body><a href="../openapi.json">openapi.json</a></body>\n</html>\n';

const made = new Map<string, string>();

function openApi(server: ServerFacts): string {
  const known = made.get(server.version);
  if (known !== undefined) return known;
  const text = JSON.stringify({
    openapi: "3.0.0",
    info: { version: "v1", title: "Pangolin Integration API" },
    servers: [{ url: "/v1" }],
    components: { securitySchemes: { "Bearer Auth": { type: "http", scheme: "bearer" } } },
    paths: paths(server),
  });
  made.set(server.version, text);
  return text;
}

function paths(server: ServerFacts): Record<string, Record<string, unknown>> {
  const found: Record<string, Record<string, unknown>> = {};
  for (const documented of server.documented ?? []) {
    const [method = "", path = ""] = documented.split(" ");
    const operation = operations.operations.find((one) => one.method === method && [one.path, ...(one.aliases ?? [])].includes(path));
    found[path] ??= {};
    found[path][method.toLowerCase()] =
      operation && isAsDocumented(operation.id, server)
        ? described(laterFieldsRemoved(operation as unknown as OperationFacts, server))
        : {};
  }
  return found;
}

/** Of earlier servers only the bodies and parameters of organizations and keys are known; nothing is said of the others. */
const isAsDocumented = (id: string, server: ServerFacts): boolean => server.since("1.22.0") || /Orgs?$|ApiKey/.test(id);

function laterFieldsRemoved(facts: OperationFacts, server: ServerFacts): OperationFacts {
  const properties = Object.entries(facts.body?.properties ?? {}).filter(([name]) => !server.laterOrgFields.includes(name));
  return facts.body?.properties ? { ...facts, body: { ...facts.body, properties: Object.fromEntries(properties) } } : facts;
}

const described = ({ entity, pathParams, query, body }: OperationFacts) => ({
  tags: [entity],
  security: [{ "Bearer Auth": [] }],
  parameters: [
    ...Object.entries(pathParams).map(([name, facts]) => ({ in: "path", name, required: true, schema: jsonSchema(facts) })),
    ...Object.entries(query).map(([name, facts]) => ({ in: "query", name, required: facts.required ?? false, schema: jsonSchema(facts) })),
  ],
  ...(body && { requestBody: { content: { "application/json": { schema: jsonSchema(body) } } } }),
});

/** The facts are written near to JSON Schema; what they say otherwise is turned back. */
function jsonSchema(facts: ValueFacts): Record<string, unknown> {
  const {
    required: _required,
    invalidFallsBackToDefault: _falls,
    wholeText: _whole,
    strict,
    when: _when,
    properties,
    items,
    prefixItems,
    anyOf,
    oneOf,
    ...rest
  } = facts;
  const needed = Object.entries(properties ?? {}).flatMap(([name, { required }]) => (required ? [name] : []));
  return {
    ...rest,
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, jsonSchema(inner)])) }),
    ...(needed.length > 0 && { required: needed }),
    ...(strict && { additionalProperties: false }),
    ...(items && { items: jsonSchema(items) }),
    ...(prefixItems && { minItems: prefixItems.length }),
    ...(anyOf && { anyOf: anyOf.map(jsonSchema) }),
    ...(oneOf && { oneOf: oneOf.map(jsonSchema) }),
  };
}
