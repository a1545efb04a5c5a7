import { useGateway } from "../support/gateway.js";
import { useSandbox } from "../support/server.js";
import { workspace } from "../support/terraform.js";

/** A server of the enterprise edition without a licence: it has calls that the community's lacks, and ignores what it has no licence for. */
const server = useSandbox();
const gateway = useGateway(() => server.sandbox.endpoint);
const refused = { data: null, success: false, error: true, message: "License is not valid", status: 403, stack: null };

const org = (more: string) =>
  `resource "pangolin_org" "acme" {\n  org_id = "acme"\n  subnet = "100.90.0.0/24"\n  utility_subnet = "100.96.128.0/24"\n  ${more}\n}\n`;

test("a setting that the server ignores is a warning once, and then an error at plan instead of a difference for ever", async () => {
  gateway.intercept(({ url }) =>
    url.pathname.endsWith("/logs/action") ? { status: 403, type: "application/json", body: JSON.stringify(refused) } : undefined,
  );
  const terraform = await workspace(org("max_session_length_hours = 24"), { ...server.env, PANGOLIN_ENDPOINT: gateway.endpoint });
  expect((await terraform.apply()).text).toContain("max_session_length_hours was not applied");
  expect(await terraform.failingPlan()).toContain("max_session_length_hours is ignored by the server");
  // Another value is another attempt.
  await terraform.write(org("max_session_length_hours = 48"));
  expect((await terraform.apply()).text).toContain("max_session_length_hours was not applied");
  expect(await terraform.failingPlan()).toContain("max_session_length_hours is ignored by the server");
  await terraform.write(org(""));
  expect((await terraform.plan()).changes).toBe(false);
});
