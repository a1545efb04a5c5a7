import { randomBytes } from "node:crypto";

/** Makes an organization of its own for a test: the API cannot delete one, so its id is new each time. */
export async function createOrg(env: Readonly<Record<string, string>>): Promise<string> {
  const orgId = `test-${randomBytes(6).toString("hex")}`;
  const answer = await fetch(`${env.PANGOLIN_ENDPOINT}/org`, {
    method: "PUT",
    headers: { Authorization: `Bearer ${env.PANGOLIN_API_KEY}`, "Content-Type": "application/json" },
    body: JSON.stringify({ orgId, name: orgId, subnet: "100.90.0.0/24", utilitySubnet: "100.96.128.0/24" }),
  });
  if (answer.status !== 201) throw new Error(`The organization was not made: ${answer.status} ${await answer.text()}`);
  return orgId;
}
