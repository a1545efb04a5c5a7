import type { Fault } from "../../src/sandbox/faults.js";
import { killAllIn } from "./crash.js";
import { api, createOrg } from "./organization.js";
import type { TestServer } from "./server.js";
import { type Workspace, workspace } from "./terraform.js";

/** What an apply does to a key, from which state to which configuration. */
export interface Operation {
  readonly name: "create" | "rotate" | "retire" | "destroy";
  /** Days that pass before it. */
  readonly days: number;
  /** Applies that come before it, each followed by so many days. */
  readonly before: readonly number[];
}

export const OPERATIONS: readonly Operation[] = [
  { name: "create", days: 0, before: [] },
  { name: "rotate", days: 31, before: [0] },
  { name: "retire", days: 4, before: [31, 0] },
  { name: "destroy", days: 0, before: [31, 0] },
];

/** How the operation is cut at one of its requests. */
export const CUTS = ["kill-before", "kill-after", "reset-before", "reset-after"] as const;
export type Cut = (typeof CUTS)[number];

export interface Outcome {
  readonly operation: string;
  readonly cut: Cut;
  readonly request: string;
  /** Keys on the server that no state knows, at the end. */
  readonly orphans: number;
}

const DAY = 86_400_000;

export interface World {
  readonly server: TestServer;
  advance(milliseconds: number): void;
}

const configuration = (orgId: string) =>
  `resource "pangolin_api_key" "ci" {\n  org_id = "${orgId}"\n  name = "ci"\n  permissions = ["getOrg"]\n  rotate_after = "30d"\n}\n`;

/** Runs an operation once uncut, and gives the number of its requests that a cut can hit. */
export async function countRequests(world: World, operation: Operation): Promise<number> {
  const { terraform } = await prepared(world, operation);
  const before = world.server.requests.length;
  await perform(terraform, operation);
  return world.server.requests.length - before;
}

/**
 * Cuts the operation at its n-th request, and then does what a person does: plan, apply. Throws where a key is lost, another's key is
 * touched, the second plan is not empty, or a key is left over. One may be left over where nobody could know it: it was minted and the
 * process was killed before the state was written, or the answer to the mint was lost.
 */
export async function cutAt(world: World, operation: Operation, cut: Cut, index: number): Promise<Outcome> {
  const { terraform, orgId, stranger } = await prepared(world, operation);
  let seen = 0;
  let request = "";
  let mayLeaveOne = false;
  let minted = false;
  world.server.setFaults({
    decide: ({ method, path }): Fault | undefined => {
      const mints = method === "PUT" && path.includes("/api-key");
      if (seen++ !== index) {
        minted ||= mints && seen <= index;
        return undefined;
      }
      const isCutInMint = mints && cut.endsWith("after");
      mayLeaveOne = isCutInMint || (minted && cut.startsWith("kill"));
      request = `${method} ${path
        .replace(/\?.*/, "")
        .replace(/api-key\/\w+/, "api-key/*")
        .replace(orgId, "*")}`;
      if (cut.startsWith("kill")) killAllIn(terraform.directory);
      return cut.endsWith("before") ? "reset-before" : "reset-after";
    },
  });
  await perform(terraform, operation).catch(() => undefined);
  world.server.setFaults({});
  if (operation.name === "destroy") await terraform.destroy(["-lock=false"]);
  else await terraform.apply(["-lock=false"]);
  const orphans = await verify(world, terraform, operation, orgId, stranger);
  if (orphans > (mayLeaveOne ? 1 : 0)) throw new Error(`${operation.name}, ${cut} ${request}: ${orphans} keys are left over`);
  return { operation: operation.name, cut, request, orphans };
}

async function prepared(world: World, { before, days }: Operation): Promise<{ terraform: Workspace; orgId: string; stranger: string }> {
  world.server.setFaults({});
  const orgId = await createOrg(world.server.env);
  const { apiKeyId: stranger } = (await api(world.server.env, "PUT", `/org/${orgId}/api-key`, { name: "ci" })) as { apiKeyId: string };
  await api(world.server.env, "POST", `/org/${orgId}/api-key/${stranger}/actions`, { actionIds: ["listSites"] });
  const terraform = await workspace(configuration(orgId), { ...world.server.env, PANGOLIN_MAX_RETRIES: "0" });
  for (const pause of before) {
    await terraform.apply();
    world.advance(pause * DAY);
  }
  world.advance(days * DAY);
  return { terraform, orgId, stranger };
}

const perform = (terraform: Workspace, { name }: Operation) => (name === "destroy" ? terraform.destroy() : terraform.apply());

async function verify(
  { server: { env } }: World,
  terraform: Workspace,
  { name }: Operation,
  orgId: string,
  stranger: string,
): Promise<number> {
  const held = async (keyId: string) =>
    ((await api(env, "GET", `/org/${orgId}/api-key/${keyId}/actions`)) as { actions: { actionId: string }[] }).actions.map(
      (action) => action.actionId,
    );
  const { apiKeys } = (await api(env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: { apiKeyId: string }[] };
  const alive = apiKeys.map(({ apiKeyId }) => apiKeyId);
  const fail = (reason: string): never => {
    throw new Error(`${reason}; alive: ${alive.join(", ")}`);
  };
  if (!alive.includes(stranger) || (await held(stranger)).join() !== "listSites") fail("the key of somebody else was touched");
  const owned = [...(await terraform.state()).values()]
    .flatMap(({ values }) => [values.key_id, values.previous_key_id])
    .filter((id) => typeof id === "string");
  if (name === "destroy" && owned.length > 0) fail("the destroy left something in the state");
  for (const keyId of owned) if (!alive.includes(keyId)) fail(`${keyId} is in the state and not on the server`);
  if (name !== "destroy") {
    const { token, key_id } = await terraform.attributes("pangolin_api_key.ci");
    const answer = await fetch(`${env.PANGOLIN_ENDPOINT}/org/${orgId}`, { headers: { Authorization: `Bearer ${token}` } });
    if (answer.status !== 200) fail(`the token of ${key_id} is answered with ${answer.status}`);
    if ((await terraform.plan(["-lock=false"])).changes) fail("the second plan is not empty");
  }
  const orphans = alive.filter((keyId) => keyId !== stranger && !owned.includes(keyId));
  for (const orphan of orphans)
    if ((await held(orphan)).length > 0 && name !== "rotate" && name !== "create") fail(`the orphan ${orphan} holds permissions`);
  return orphans.length;
}
