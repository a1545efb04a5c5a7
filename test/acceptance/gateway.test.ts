import { useGateway } from "../support/gateway.js";
import { api, createOrg } from "../support/organization.js";
import { useSandbox } from "../support/server.js";
import { workspace } from "../support/terraform.js";

const server = useSandbox();
const gateway = useGateway(() => server.sandbox.endpoint);
afterEach(() => gateway.intercept());

const workspaceOf = (configuration: string) => workspace(configuration, { ...server.env, PANGOLIN_ENDPOINT: gateway.endpoint });
const keyOf = (orgId: string) => `resource "pangolin_api_key" "ci" {\n  org_id = "${orgId}"\n  name = "ci"\n}\n`;

test.each([
  ["a gateway that has no route", 404, "application/json", '{"message":"no Route matched with those values"}'],
  ["a gateway that refuses", 403, "application/json", '{"message":"Key does not have access to this organization"}'],
  ["another API", 200, "application/json", '{"data":{"apiKeys":[]},"status":"ok"}'],
  ["a gateway's page", 404, "text/html", "<title>404 Not Found</title>"],
])("%s proves nothing: a refresh is an error, and the state stays", async (_, status, type, body) => {
  const terraform = await workspaceOf(keyOf(await createOrg(server.env)));
  await terraform.apply();
  gateway.intercept(() => ({ status, type, body }));
  const { text } = await terraform.apply(["-refresh-only"], { expect: 1 });
  expect(text).toContain("No Integration API at this endpoint");
  expect((await terraform.state()).size).toBe(1);
  gateway.intercept();
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.destroy();
});

test("R34: a thousand and one keys, one deleted while the pages are read: every living key stays", async () => {
  const orgId = await createOrg(server.env);
  const others: string[] = [];
  for (let index = 0; index < 1_000; index++) {
    const { apiKeyId } = (await api(server.env, "PUT", `/org/${orgId}/api-key`, { name: `other ${index}` })) as { apiKeyId: string };
    others.push(apiKeyId);
  }
  const terraform = await workspaceOf(keyOf(orgId));
  await terraform.apply();
  // The key of the state is the last of 1,001, so that it moves to the first page when another one is deleted.
  let pages = 0;
  gateway.intercept(async ({ url: { pathname, searchParams } }) => {
    if (!pathname.endsWith("/api-keys") || searchParams.get("offset") === "0") return undefined;
    pages++;
    if (pages === 1) await api(server.env, "DELETE", `/org/${orgId}/api-key/${others[0]}`);
    return undefined;
  });
  const { json } = await terraform.plan();
  expect(pages).toBeGreaterThan(0);
  expect(json.resource_changes?.map(({ change }) => change.actions)).toEqual([["no-op"]]);
  await terraform.destroy();
});
