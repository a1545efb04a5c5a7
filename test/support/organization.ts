import { randomBytes } from "node:crypto";

type Environment = Readonly<Record<string, string>>;

/** Calls the Integration API as somebody beside Terraform does; gives the answer's data. */
export async function api(env: Environment, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${env.PANGOLIN_ENDPOINT}${path}`, {
    method,
    headers: { Authorization: `Bearer ${env.PANGOLIN_API_KEY}`, "Content-Type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  const { data, message } = (await answer.json()) as { data: unknown; message: string };
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${message}`);
  return data;
}

/** Makes an organization of its own for a test: the API cannot delete one, so its id is new each time. */
export async function createOrg(env: Environment, orgId = `test-${randomBytes(6).toString("hex")}`): Promise<string> {
  await api(env, "PUT", "/org", { orgId, name: orgId, subnet: "100.90.0.0/24", utilitySubnet: "100.96.128.0/24" });
  return orgId;
}
