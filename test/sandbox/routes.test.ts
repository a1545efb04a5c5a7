import operations from "../../src/integration-api/data/operations.json";
import permissions from "../../src/integration-api/data/permissions.json";
import { type Sandbox, startSandbox } from "../../src/sandbox/index.js";
import { api, createOrg } from "../support/organization.js";

let sandbox: Sandbox;
let orgId: string;
let keys: Readonly<Record<"root" | "all" | "none" | "foreign", string>>;

beforeAll(async () => {
  sandbox = await startSandbox();
  const env = { PANGOLIN_ENDPOINT: sandbox.endpoint, PANGOLIN_API_KEY: sandbox.apiKey };
  orgId = await createOrg(env);
  const mint = async (of: string, ...actionIds: string[]) => {
    const { apiKeyId, apiKey } = (await api(env, "PUT", `/org/${of}/api-key`, { name: "key" })) as { apiKeyId: string; apiKey: string };
    if (actionIds.length > 0) await api(env, "POST", `/org/${of}/api-key/${apiKeyId}/actions`, { actionIds });
    return `${apiKeyId}.${apiKey}`;
  };
  const every = permissions.map(({ id }) => id);
  keys = {
    root: sandbox.apiKey,
    all: await mint(orgId, ...every),
    none: await mint(orgId),
    foreign: await mint(await createOrg(env), ...every),
  };
});
afterAll(() => sandbox.close());

const own = operations.operations.filter(({ edition, id }) => edition === "oss" && id !== "health");
const paths = own.flatMap((operation) =>
  [operation.path, ...(operation.aliases ?? [])].map((path) => ({ operation, title: `${operation.method} ${path}`, path })),
);

const isNumber = (operation: (typeof own)[number], name: string) =>
  (operation.pathParams as Record<string, { type?: string }>)[name]?.type === "integer";

async function send({ operation, path }: (typeof paths)[number], key: string | undefined, body?: unknown, query = "") {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === "orgId" ? orgId : isNumber(operation, name) ? "999999" : "missing",
  );
  const answer = await fetch(`${sandbox.endpoint}${filled}${query}`, {
    method: operation.method,
    headers: {
      ...(key !== undefined && { Authorization: `Bearer ${key}` }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, message: (JSON.parse(text) as { message: string }).message };
}

test("the contract has the routes of the community edition, and their other names", () => {
  expect(own).toHaveLength(198);
  expect(paths.length).toBeGreaterThan(270);
});

test.each(paths)("$title asks for a key, and for a root key or a permission where the facts say so", async (route) => {
  const { operation } = route;
  expect(await send(route, undefined)).toEqual({ status: 401, message: "API key required" });
  const refused = await send(route, keys.none, operation.body ? {} : undefined);
  const needsSomething = operation.rootOnly || typeof operation.action === "string";
  if (needsSomething) expect([403, 404, 400]).toContain(refused.status);
  if (operation.rootOnly && operation.scope === "root key") expect(refused.message).toBe("Key does not have root access");
  const first = typeof operation.scope === "object" && operation.scope !== null ? operation.scope.org[0] : undefined;
  if (first === "orgId")
    expect(await send(route, keys.foreign, operation.body ? {} : undefined)).toEqual({
      status: 403,
      message: "Key does not have access to this organization",
    });
});

const strictLists = paths.filter(
  ({ operation, path }) => operation.method === "GET" && operation.queryStrict && /^\/org\/\{orgId\}\/[\w-]+$/.test(path),
);

test.each(strictLists)("$title refuses a query that it does not know", async (route) => {
  const { status, message } = await send(route, keys.root, undefined, "?nope=1");
  expect({ status, message }).toEqual({ status: 400, message: expect.stringContaining('Unrecognized key: "nope"') });
});
