import { type Sandbox, startSandbox } from "../../src/sandbox/index.js";
import { createOrg } from "../support/organization.js";
import { workspace } from "../support/terraform.js";

let sandbox: Sandbox;
let env: Record<string, string>;
let orgId: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  env = { PANGOLIN_ENDPOINT: sandbox.endpoint, PANGOLIN_API_KEY: sandbox.apiKey };
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  orgId = await createOrg(env);
});

const key = (more = "") => `
resource "pangolin_api_key" "ci" {
  org_id = "${orgId}"
  name   = "ci"
  ${more}
}
output "token" {
  value     = pangolin_api_key.ci.token
  sensitive = true
}
`;

test("a key is created with its permissions, and a second plan is empty", async () => {
  const terraform = await workspace(key('permissions = ["listSites", "getOrg"]'), env);
  await terraform.apply();
  const token = String((await terraform.outputs()).token);
  const answer = await fetch(`${env.PANGOLIN_ENDPOINT}/org/${orgId}`, { headers: { Authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.destroy();
});
