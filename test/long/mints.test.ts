import type { Fault } from "../../src/sandbox/faults.js";
import { api, createOrg } from "../support/organization.js";
import { useSandbox } from "../support/server.js";
import { workspace } from "../support/terraform.js";

const server = useSandbox();
const KEYS = 1000;
const SHARE_OF_FAULTS = 0.1;
const FAULTS: readonly Fault[] = ["reset-before", "reset-after", "cut", "error-before", "error-after", "html", "rate-limit"];

/** The same sequence each time. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

test("a thousand mints under faults of every kind leave a thousand keys, and every other one is named and can do nothing", async () => {
  const orgId = await createOrg(server.env);
  const { apiKeyId: stranger } = (await api(server.env, "PUT", `/org/${orgId}/api-key`, { name: "k1" })) as { apiKeyId: string };
  const terraform = await workspace(
    `resource "pangolin_api_key" "k" {\n  count = ${KEYS}\n  org_id = "${orgId}"\n  name = "k\${count.index}"\n  permissions = ["getOrg"]\n}\n`,
    server.env,
  );
  const random = randomNumbers(4711);
  server.sandbox.setFaults({
    decide: ({ method, path }) =>
      method === "PUT" && /api-key$/.test(path) && random() < SHARE_OF_FAULTS ? FAULTS[Math.floor(random() * FAULTS.length)] : undefined,
  });
  let told = "";
  for (let attempt = 0; attempt < 5; attempt++) {
    const { exitCode, text } = await terraform.apply([], { expect: "any" });
    told += text;
    if (exitCode === 0) break;
  }
  server.sandbox.setFaults({});
  const owned = new Set([...(await terraform.state()).values()].map(({ values }) => values.key_id));
  expect(owned.size).toBe(KEYS);
  const { apiKeys } = (await api(server.env, "GET", `/org/${orgId}/api-keys?limit=5000`)) as { apiKeys: { apiKeyId: string }[] };
  const alive = apiKeys.map(({ apiKeyId }) => apiKeyId);
  expect(alive).toContain(stranger);
  for (const keyId of owned) expect(alive).toContain(keyId);
  const orphans = alive.filter((keyId) => keyId !== stranger && !owned.has(keyId));
  console.log(`${KEYS} keys in the state, ${orphans.length} left over`);
  for (const orphan of orphans) {
    expect(told).toContain(orphan);
    expect(await api(server.env, "GET", `/org/${orgId}/api-key/${orphan}/actions`)).toMatchObject({ actions: [] });
  }
  expect((await terraform.plan()).changes).toBe(false);
});
