/** What a server has that not all have; found out once per run, by asking it. */
export interface Capabilities {
  /** A root key deletes an organization. */
  readonly deletesOrganizations: boolean;
  /** The fields of an organization as the server shows it; null: those of the sandbox. */
  readonly organizationFields: readonly string[] | null;
}

const FOUND = "PANGOLIN_IAC_TEST_CAPABILITIES";

/** The Pangolin that the environment names, if it does. */
export function givenServer(): { readonly endpoint: string; readonly apiKey: string } | undefined {
  const { PANGOLIN_ENDPOINT: endpoint, PANGOLIN_API_KEY: apiKey } = process.env;
  return endpoint && apiKey ? { endpoint: endpoint.replace(/\/+$/, ""), apiKey } : undefined;
}

/** Asks a given server what it has; called before any test, since jest wants to know then which tests there are. */
export async function findCapabilities(): Promise<void> {
  const given = givenServer();
  if (!given) return;
  const call = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${given.endpoint}${path}`, {
      method,
      headers: { authorization: `Bearer ${given.apiKey}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok && method !== "DELETE")
      throw new Error(`${method} ${path} at ${given.endpoint}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const orgId = `test-probe-${Date.now().toString(36)}`;
  await call("PUT", "/org", { orgId, name: orgId, subnet: "100.90.0.0/24", utilitySubnet: "100.96.128.0/24" });
  const { data } = (await (await call("GET", `/org/${orgId}`)).json()) as { data: { org: object } };
  const capabilities: Capabilities = {
    deletesOrganizations: (await call("DELETE", `/org/${orgId}`)).ok,
    organizationFields: Object.keys(data.org),
  };
  process.env[FOUND] = JSON.stringify(capabilities);
}

/** What the tests' server has: the given one, or the sandbox of the newest version. */
export const capabilities = (): Capabilities =>
  givenServer() ? (JSON.parse(process.env[FOUND] ?? "{}") as Capabilities) : { deletesOrganizations: false, organizationFields: null };
