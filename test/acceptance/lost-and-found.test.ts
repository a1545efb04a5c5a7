import { startSandbox } from "../../src/sandbox/index.js";
import { createOrg } from "../support/organization.js";
import { OrganizationKeys } from "../support/organization-keys.js";
import { useServer } from "../support/server.js";
import { type Workspace, workspace } from "../support/terraform.js";

/** R28 to R35: keys that somebody else deleted, that another server has, or that are not listed yet. */
const DAY = 86_400_000;
let now = Date.now();
const server = useServer({ now: () => new Date(now) });
let orgId: string;
let keys: OrganizationKeys;
beforeEach(async () => {
  now = Date.parse("2031-01-01T00:00:00.000Z");
  server.setFaults({});
  orgId = await createOrg(server.env);
  keys = new OrganizationKeys(server.env, orgId);
});

const key = (more: string, name = "ci") => `
resource "pangolin_api_key" "ci" {
  org_id = "${orgId}"
  name   = "${name}"
  ${more}
}
`;
const SCHEDULE = 'rotate_after = "30d"';
const GRANTED = 'permissions = ["getOrg"]';
const stateOf = (terraform: Workspace, address = "pangolin_api_key.ci") => terraform.attributes(address);
const words = (text: string) => text.replace(/\s*\n[│\s]*/g, " ");

async function created(configuration: string): Promise<Workspace> {
  const terraform = await workspace(configuration, server.env);
  await terraform.apply();
  return terraform;
}

async function expectSettled(terraform: Workspace): Promise<void> {
  const plan = await terraform.plan();
  expect(plan.changes ? plan.text : "").toBe("");
  expect(await keys.statusOf((await stateOf(terraform)).token)).toBe(200);
}

describe("R28: the current key is deleted in the dashboard", () => {
  const rotated = async () => {
    const terraform = await created(key(`${GRANTED}\n  rotation_triggers = { t = "one" }`));
    await terraform.write(key(`${GRANTED}\n  rotation_triggers = { t = "two" }`));
    await terraform.apply();
    await keys.remove((await stateOf(terraform)).key_id);
    return terraform;
  };

  test.each<[string, string]>([
    ["its schedule changes", `${GRANTED}\n  rotation_triggers = { t = "two" }\n  ${SCHEDULE}`],
    ["its permissions change", 'permissions = ["getOrg", "listSites"]\n  rotation_triggers = { t = "two" }'],
    ["its grace period changes", `${GRANTED}\n  rotation_triggers = { t = "two" }\n  grace_period = "24h"`],
    ["its permissions and its trigger change", 'permissions = ["getOrg", "listSites"]\n  rotation_triggers = { t = "three" }'],
  ])("and %s: it is minted again, and the previous key stays", async (_, arguments_) => {
    const terraform = await rotated();
    const { previous_key_id: previous } = await stateOf(terraform);
    await terraform.write(key(arguments_));
    const { text } = await terraform.apply();
    expect(words(text)).toContain("A deleted API key is minted again");
    await expectSettled(terraform);
    expect(await keys.all()).toEqual([previous, (await stateOf(terraform)).key_id]);
  });

  test("while a retirement is due: the last key is not deleted before there is another one", async () => {
    const terraform = await rotated();
    now += 4 * DAY;
    await terraform.apply();
    await expectSettled(terraform);
    expect(await keys.all()).toEqual([(await stateOf(terraform)).key_id]);
  });

  test("with a grant beside it: the grant is given again, and copied from nobody", async () => {
    const grant = (...names: string[]) =>
      `resource "pangolin_api_key_grant" "g" {\n  org_id = "${orgId}"\n  key_id = pangolin_api_key.ci.key_id\n  previous_key_id = pangolin_api_key.ci.previous_key_id\n  permissions = ${JSON.stringify(names)}\n}\n`;
    const terraform = await created(key('rotation_triggers = { t = "one" }') + grant("getOrg", "listSites"));
    await terraform.write(key('rotation_triggers = { t = "two" }') + grant("getOrg", "listSites"));
    await terraform.apply();
    await keys.remove((await stateOf(terraform)).key_id);
    await terraform.write(key('rotation_triggers = { t = "two" }') + grant("getOrg"));
    await terraform.apply();
    await expectSettled(terraform);
    expect(await keys.heldByAll()).toEqual([["getOrg"], ["getOrg"]]);
  });
});

describe("R29: a permission that becomes known only in the apply", () => {
  const configuration = (input: string, trigger: string) =>
    `resource "terraform_data" "t" {\n  input            = "${input}"\n  triggers_replace = "${trigger}${input}"\n}\n${key(
      `permissions = ["getOrg", terraform_data.t.output]\n  rotation_triggers = { t = "${trigger}" }`,
    )}`;

  test("is written to a new key, an existing one and a rotating one", async () => {
    const terraform = await created(configuration("listSites", "one"));
    for (const [input, trigger] of [
      ["listRoles", "one"],
      ["listSites", "two"],
    ] as const) {
      await terraform.write(configuration(input, trigger));
      await terraform.apply();
      await expectSettled(terraform);
      for (const held of await keys.heldByAll()) expect(held).toEqual(["getOrg", input]);
    }
  });

  test("is written to an imported key", async () => {
    const keyId = await keys.mint("ci", "getOrg");
    const terraform = await workspace(configuration("listSites", "one"), server.env);
    await terraform.import("pangolin_api_key.ci", `${orgId}/${keyId}`);
    await terraform.apply();
    expect((await terraform.plan()).changes).toBe(false);
    expect(await keys.heldByAll()).toEqual([["getOrg", "listSites"]]);
  });
});

test("R30: an imported key that holds permissions takes a grant beside it", async () => {
  const keyId = await keys.mint("ci", "getOrg");
  const terraform = await workspace(
    `${key(SCHEDULE)}resource "pangolin_api_key_grant" "g" {\n  org_id = "${orgId}"\n  key_id = pangolin_api_key.ci.key_id\n  permissions = ["listSites"]\n}\n`,
    server.env,
  );
  await terraform.import("pangolin_api_key.ci", `${orgId}/${keyId}`);
  await terraform.apply();
  expect((await terraform.plan()).changes).toBe(false);
  now += 31 * DAY;
  await terraform.apply();
  await expectSettled(terraform);
  expect(await keys.heldByAll()).toEqual([
    ["getOrg", "listSites"],
    ["getOrg", "listSites"],
  ]);
});

describe("R31: the endpoint changes", () => {
  test("to another server that has an organization of the same id: an error, and nothing is forgotten", async () => {
    const terraform = await created(
      `${key(GRANTED)}resource "pangolin_api_key_grant" "g" {\n  org_id = "${orgId}"\n  key_id = "${await keys.mint("other")}"\n  permissions = ["listSites"]\n}\n`,
    );
    const other = await startSandbox();
    try {
      const env = { PANGOLIN_ENDPOINT: other.endpoint, PANGOLIN_API_KEY: other.apiKey };
      await createOrg(env, orgId);
      expect(words(await terraform.failingPlan([], { env }))).toContain("API key is not at this endpoint");
      for (const args of [[], ["-refresh=false"]])
        expect(words((await terraform.destroy(args, { env, expect: 1 })).text)).toContain("API key is not at this endpoint");
      await terraform.write(key('permissions = ["getOrg", "listSites"]'));
      await terraform.apply(["-refresh=false"], { env, expect: 1 });
      expect(await new OrganizationKeys(env, orgId).all()).toEqual([]);
    } finally {
      await other.close();
    }
    await terraform.apply();
    await expectSettled(terraform);
  });

  test("to another name of the same server: no change, and the name is followed", async () => {
    const terraform = await created(key(GRANTED));
    const env = { PANGOLIN_ENDPOINT: server.env.PANGOLIN_ENDPOINT.replace("127.0.0.1", "localhost") };
    expect((await terraform.plan([], { env })).changes).toBe(false);
    await terraform.apply(["-refresh-only"], { env });
    await keys.remove((await stateOf(terraform)).key_id);
    await terraform.apply([], { env });
    expect(await keys.all()).toHaveLength(1);
  });
});

describe("R32: a key that was made since the listing", () => {
  test("by another alias is found by a grant", async () => {
    const terraform = await workspace(
      `
provider "pangolin" {
  alias = "other"
}
resource "pangolin_api_key_grant" "lists" {
  org_id      = "${orgId}"
  key_id      = "${await keys.mint("first")}"
  permissions = ["getSite"]
}
resource "pangolin_api_key" "ci" {
  provider   = pangolin.other
  org_id     = "${orgId}"
  name       = "ci"
  depends_on = [pangolin_api_key_grant.lists]
}
resource "pangolin_api_key_grant" "grants" {
  org_id      = "${orgId}"
  key_id      = pangolin_api_key.ci.key_id
  permissions = ["getOrg"]
}
`,
      server.env,
    );
    await terraform.apply();
    await expectSettled(terraform);
  });

  test("with its organization, by another alias, is found", async () => {
    const made = `${orgId}-made`;
    const terraform = await workspace(
      `
provider "pangolin" {
  alias = "other"
}
data "pangolin_orgs" "before" {}
resource "pangolin_org" "made" {
  provider        = pangolin.other
  org_id          = "${made}"
  name            = "Made"
  subnet          = "100.90.0.0/24"
  utility_subnet  = "100.96.128.0/24"
  deletion_policy = "abandon"
}
resource "pangolin_api_key" "ci" {
  org_id      = "${made}"
  name        = "ci"
  permissions = ["getOrg"]
  depends_on  = [pangolin_org.made]
}
`,
      server.env,
    );
    await terraform.apply();
    expect((await terraform.plan()).changes).toBe(false);
  });

  test("by a local-exec is read by data sources of the same apply", async () => {
    const script = `const [e, k] = [process.env.PANGOLIN_ENDPOINT, process.env.PANGOLIN_API_KEY]; fetch(e + "/org/${orgId}/api-key", { method: "PUT", headers: { authorization: "Bearer " + k, "content-type": "application/json" }, body: JSON.stringify({ name: "made" }) }).then((r) => process.exit(r.ok ? 0 : 1))`;
    const terraform = await workspace(
      {
        "main.tf": `
resource "pangolin_api_key_grant" "lists" {
  org_id      = "${orgId}"
  key_id      = "${await keys.mint("first")}"
  permissions = ["getSite"]
}
resource "terraform_data" "mint" {
  depends_on = [pangolin_api_key_grant.lists]
  provisioner "local-exec" {
    command = "node mint.cjs"
  }
}
data "pangolin_api_key" "made" {
  org_id     = "${orgId}"
  name       = "made"
  depends_on = [terraform_data.mint]
}
data "pangolin_api_keys" "all" {
  org_ids    = ["${orgId}"]
  depends_on = [terraform_data.mint]
}
output "found" { value = data.pangolin_api_key.made.key_id }
output "count" { value = length(data.pangolin_api_keys.all.api_keys) }
`,
        "mint.cjs": script,
      },
      server.env,
    );
    await terraform.apply();
    const outputs = await terraform.outputs();
    expect(await keys.all()).toContain(outputs.found);
    expect(outputs.count).toBe(2);
  });
});

test("a data source by name finds the current key in a grace period", async () => {
  const data = (more: string) =>
    `data "pangolin_api_key" "ci" {\n  org_id = "${orgId}"\n  name = "ci"\n  ${more}\n}\noutput "id" { value = data.pangolin_api_key.ci.key_id }\n`;
  await keys.mint("ci", "getSite");
  now += 1_000;
  const latest = await keys.mint("ci", "getOrg");
  const terraform = await workspace(data(""), server.env);
  expect(words(await terraform.failingPlan())).toContain("Set most_recent = true");
  await terraform.write(data("most_recent = true"));
  await terraform.apply();
  expect((await terraform.outputs()).id).toBe(latest);
});

test("R33: a server slower than the timeout at every attempt leaves no more keys than attempts, each named", async () => {
  const terraform = await workspace(key(GRANTED), { ...server.env, PANGOLIN_REQUEST_TIMEOUT: "1s" });
  server.setFaults({ decide: ({ method }) => (method === "PUT" ? "hang-after" : undefined) });
  const text = words((await terraform.apply([], { expect: 1 })).text);
  server.setFaults({});
  const left = await keys.all();
  expect(left.length).toBeLessThanOrEqual(3);
  for (const keyId of left) expect(text).toContain(keyId);
  expect(text).toContain("Pangolin did not answer in time");
});

test.each(["rotate_after", "grace_period"])("R35: a %s that makes no date is refused at plan", async (name) => {
  const terraform = await created(key(GRANTED));
  await terraform.write(key(`${GRANTED}\n  ${name} = "99999999999d"`));
  expect(words(await terraform.failingPlan())).toContain("is longer than the longest duration");
  expect(await keys.all()).toHaveLength(1);
});
