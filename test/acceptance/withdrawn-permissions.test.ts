import { createOrg } from "../support/organization.js";
import { OrganizationKeys } from "../support/organization-keys.js";
import { useServer } from "../support/server.js";
import { type Workspace, workspace } from "../support/terraform.js";

/** R26 and R27: what was withdrawn is withdrawn from every generation, and a permission that moves ends with its new owner. */
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

const list = (names: readonly string[]) => JSON.stringify(names);
const key = (permissions: readonly string[] | null, trigger = "one") => `
resource "pangolin_api_key" "ci" {
  org_id            = "${orgId}"
  name              = "ci"
  ${permissions ? `permissions = ${list(permissions)}` : ""}
  rotate_after      = "30d"
  rotation_triggers = { t = "${trigger}" }
}
`;
const owner = (type: string, name: string, permissions: readonly string[]) => `
resource "${type}" "${name}" {
  org_id          = "${orgId}"
  key_id          = pangolin_api_key.ci.key_id
  previous_key_id = pangolin_api_key.ci.previous_key_id
  permissions     = ${list(permissions)}
}
`;
const grant = (name: string, ...permissions: string[]) => owner("pangolin_api_key_grant", name, permissions);
const set = (...permissions: string[]) => owner("pangolin_api_key_permissions", "all", permissions);

async function created(configuration: string): Promise<Workspace> {
  const terraform = await workspace(configuration, server.env);
  await terraform.apply();
  return terraform;
}

async function change(terraform: Workspace, configuration: string): Promise<void> {
  await terraform.write(configuration);
  await terraform.apply();
  const plan = await terraform.plan();
  expect(plan.changes ? plan.text : "").toBe("");
}

describe("R26: permissions are narrowed in the apply that rotates", () => {
  test.each<[string, (permissions: string[], trigger: string) => string]>([
    ["the key's own set", key],
    ["a grant", (permissions, trigger) => key(null, trigger) + grant("g", ...permissions)],
    ["the authoritative set", (permissions, trigger) => key(null, trigger) + set(...permissions)],
  ])("%s: both generations hold what is left", async (_, configuration) => {
    const terraform = await created(configuration(["getOrg", "listSites"], "one"));
    await change(terraform, configuration(["getOrg"], "two"));
    expect(await keys.heldByAll()).toEqual([["getOrg"], ["getOrg"]]);
    await terraform.destroy();
    expect(await keys.all()).toEqual([]);
  });

  test("rights that were added in the dashboard before a rotation stay on neither key", async () => {
    const terraform = await created(key(["getOrg"]));
    await keys.grant((await keys.all())[0], "getOrg", "deleteSite");
    now += 31 * DAY;
    await terraform.apply();
    expect(await keys.heldByAll()).toEqual([["getOrg"], ["getOrg"]]);
    expect((await terraform.plan()).changes).toBe(false);
  });

  test.each(["key", "set"])("rights that are added to the previous key in the dashboard are drift of the %s", async (kind) => {
    const configuration = (trigger: string) => (kind === "key" ? key(["getOrg"], trigger) : key(null, trigger) + set("getOrg"));
    const terraform = await created(configuration("one"));
    await change(terraform, configuration("two"));
    await keys.grant((await keys.all())[0], "getOrg", "deleteSite");
    await terraform.apply(["-refresh-only"]);
    expect((await terraform.plan()).changes).toBe(true);
    await terraform.apply();
    expect(await keys.heldByAll()).toEqual([["getOrg"], ["getOrg"]]);
    expect((await terraform.plan()).changes).toBe(false);
  });

  test("a set that is narrowed in the grace period is narrowed on the previous key", async () => {
    const terraform = await created(key(null) + set("getOrg", "listSites"));
    await change(terraform, key(null, "two") + set("getOrg", "listSites"));
    await change(terraform, key(null, "two") + set("getOrg"));
    expect(await keys.heldByAll()).toEqual([["getOrg"], ["getOrg"]]);
  });
});

describe("R27: an owner of permissions comes or goes", () => {
  test.each(["one", "two"])("a removed grant leaves nothing on any key (trigger %s)", async (trigger) => {
    const terraform = await created(key(null) + grant("a", "getOrg") + grant("b", "listSites"));
    await change(terraform, key(null, trigger) + grant("a", "getOrg"));
    for (const held of await keys.heldByAll()) expect(held).toEqual(["getOrg"]);
  });

  test("a grant that is removed after its key was rotated alone leaves nothing on the successor", async () => {
    const terraform = await created(key(null) + grant("a", "getOrg") + grant("b", "listSites"));
    await terraform.write(key(null, "two") + grant("a", "getOrg") + grant("b", "listSites"));
    await terraform.apply(["-target=pangolin_api_key.ci"]);
    await terraform.write(key(null, "two") + grant("a", "getOrg"));
    await terraform.apply();
    for (let applies = 0; applies < 4 && (await terraform.plan()).changes; applies++) await terraform.apply();
    expect(await keys.heldByAll()).toEqual([["getOrg"], ["getOrg"]]);
  });

  test.each(["one", "two"])("permissions move from owner to owner, whatever the order (trigger %s)", async (trigger) => {
    const terraform = await created(key(null) + grant("a", "getOrg", "listSites") + grant("b", "listRoles"));
    const expectHeld = async (...names: string[]) => expect((await keys.heldByAll()).at(-1)).toEqual(names.sort());
    await change(terraform, key(null, trigger) + grant("a", "getOrg") + grant("b", "listSites", "listRoles"));
    await expectHeld("getOrg", "listRoles", "listSites");
    await change(terraform, key(null, `${trigger}-2`) + set("getOrg", "listSites"));
    await expectHeld("getOrg", "listSites");
    await change(terraform, key(["getOrg", "listRoles"], `${trigger}-2`));
    await expectHeld("getOrg", "listRoles");
    await change(terraform, key(null, `${trigger}-3`) + grant("a", "getOrg", "listRoles"));
    await expectHeld("getOrg", "listRoles");
    await change(terraform, key(["getOrg"], `${trigger}-4`));
    await expectHeld("getOrg");
    await terraform.destroy();
    expect(await keys.all()).toEqual([]);
  });

  test("two grants that give the same permission are refused at plan", async () => {
    const terraform = await created(key(null) + grant("a", "getOrg", "listSites"));
    await terraform.write(key(null) + grant("a", "getOrg", "listSites") + grant("b", "getOrg", "listRoles"));
    expect(await terraform.failingPlan()).toContain("Permissions have two owners");
    // A replacement plans the same grant twice, which is no second owner.
    await terraform.write(key(null) + grant("a", "getOrg", "listSites"));
    expect((await terraform.plan(["-replace=pangolin_api_key_grant.a"])).changes).toBe(true);
  });

  test("a grant that moves to a key that is not the successor takes its permissions from the old one", async () => {
    const [one, other] = [await keys.mint("one", "getSite"), await keys.mint("other", "getSite")];
    const moved = (keyId: string) =>
      `resource "pangolin_api_key_grant" "g" {\n  org_id = "${orgId}"\n  key_id = "${keyId}"\n  permissions = ["getOrg"]\n}\n`;
    const terraform = await created(moved(one));
    await change(terraform, moved(other));
    expect(await keys.heldByAll()).toEqual([["getSite"], ["getOrg", "getSite"]]);
  });
});
