import { join } from "node:path";
import { type App, DataResource, LocalBackend, TerraformIterator, TerraformStack, TerraformVariable, Token } from "cdktf";
import { ApiKey, Organization, PangolinProvider, type PermissionName } from "pangolin-iac";
import { testSince } from "../support/engine.js";
import { api, createOrg } from "../support/organization.js";
import { useServer } from "../support/server.js";
import { type StackWorkspace, stackWorkspace, synthesize } from "../support/stack.js";

const server = useServer();

const keysOf = async (orgId: string): Promise<readonly { readonly apiKeyId: string; readonly name: string }[]> =>
  ((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: { apiKeyId: string; name: string }[] }).apiKeys;
const keyIdsOf = async (orgId: string) => (await keysOf(orgId)).map(({ apiKeyId }) => apiKeyId);
const mint = async (orgId: string, name: string): Promise<string> =>
  ((await api(server.env, "PUT", `/org/${orgId}/api-key`, { name })) as { apiKeyId: string }).apiKeyId;
const permissionsOf = async (orgId: string, keyId: string): Promise<string[]> =>
  ((await api(server.env, "GET", `/org/${orgId}/api-key/${keyId}/actions`)) as { actions: { actionId: string }[] }).actions
    .map(({ actionId }) => actionId)
    .sort();

/** A stack with its state beside the workspace, as a deployment of CDKTF has it. */
const stackOf = async (workspace: StackWorkspace, build: (stack: TerraformStack) => void, name = "stack") =>
  (await synthesize((app) => build(newStack(app, name, workspace))))[name] as Awaited<ReturnType<typeof synthesize>>[string];

function newStack(app: App, name: string, { terraform }: StackWorkspace): TerraformStack {
  const stack = new TerraformStack(app, name);
  new LocalBackend(stack, { path: join(terraform.directory, "stack.tfstate") });
  new PangolinProvider(stack, "pangolin");
  return stack;
}

test("a list of permissions that only Terraform knows is applied, alone and beside grants", async () => {
  const orgId = await createOrg(server.env);
  const workspace = await stackWorkspace({ ...server.env, TF_VAR_names: '["getOrg","listSites"]' });
  const terraform = await workspace.put(
    await stackOf(workspace, (stack) => {
      const names = new TerraformVariable(stack, "names", { type: "list(string)" }).listValue as PermissionName[];
      const organization = Organization.fromOrganizationId(stack, "acme", orgId);
      organization.addApiKey("alone", { permissions: names });
      organization.addApiKey("both", { permissions: names }).grants.read("site");
      ApiKey.fromApiKeyName(stack, "theirs", { organization, name: "theirs" }).grants.permissions(...names);
    }),
  );
  const theirs = await mint(orgId, "theirs");
  await terraform.apply();
  const byName = Object.fromEntries((await keysOf(orgId)).map(({ name, apiKeyId }) => [name, apiKeyId]));
  expect(await permissionsOf(orgId, byName.alone as string)).toEqual(["getOrg", "listSites"]);
  expect(await permissionsOf(orgId, byName.both as string)).toEqual(["getOrg", "getSite", "listSiteRoles", "listSites"]);
  expect(await permissionsOf(orgId, theirs)).toEqual(["getOrg", "listSites"]);
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.destroy();
  expect(await keyIdsOf(orgId)).toEqual([theirs]);
});

test("a key is imported beside an organization that is adopted, under another name and with grants, and survives everything", async () => {
  const orgId = await createOrg(server.env);
  const keyId = await mint(orgId, "made in the dashboard");
  const workspace = await stackWorkspace(server.env);
  const withKey = (id: string, change: (apiKey: ApiKey) => void) =>
    stackOf(workspace, (stack) => {
      const organization = new Organization(stack, "acme", { orgId, onConflict: "adopt", deletionPolicy: "abandon" });
      change(organization.addApiKey(id));
    });
  const imported = await withKey("ci", (apiKey) => {
    apiKey.importFrom(keyId);
    apiKey.grants.permissions("getOrg");
  });
  const terraform = await workspace.put(imported);
  expect((await terraform.apply()).stdout).toMatch(/1 imported, 1 added, 1 changed, 0 destroyed/);
  expect((await terraform.plan()).changes).toBe(false);
  expect(await permissionsOf(orgId, keyId)).toEqual(["getOrg"]);
  expect((await terraform.destroy([], { expect: 1 })).text).toMatch(/prevent_destroy/);
  expect(
    (await terraform.plan(["-replace", `pangolin_api_key.${Object.keys(imported.resource?.pangolin_api_key ?? {})[0]}`], { expect: 1 }))
      .text,
  ).toMatch(/prevent_destroy/);
  expect(await keyIdsOf(orgId)).toEqual([keyId]);
});

test("a construct with an import that gets another id is refused, and moved instead", async () => {
  const orgId = await createOrg(server.env);
  const keyId = await mint(orgId, "made in the dashboard");
  const workspace = await stackWorkspace(server.env);
  const importedAs = (id: string, change: (apiKey: ApiKey) => void = () => {}) =>
    stackOf(workspace, (stack) => {
      const apiKey = Organization.fromOrganizationId(stack, "acme", orgId).addApiKey(id);
      apiKey.importFrom(keyId);
      change(apiKey);
    });
  const before = await importedAs("before");
  const terraform = await workspace.put(before);
  await terraform.apply();
  await workspace.put(await importedAs("after"));
  expect(await terraform.failingPlan()).toMatch(/Imported API key would be deleted/);
  const [former] = Object.keys(before.resource?.pangolin_api_key ?? {});
  await workspace.put(await importedAs("after", ({ resource }) => resource.moveFromId(`pangolin_api_key.${former}`)));
  expect((await terraform.apply()).stdout).toMatch(/0 added, 0 changed, 0 destroyed/);
  expect((await terraform.plan()).changes).toBe(false);
  expect(await keyIdsOf(orgId)).toEqual([keyId]);
});

testSince({ terraform: "1.7", tofu: "1.11" })(
  "a key that the app lets go of stays on the server, and is imported again elsewhere",
  async () => {
    const orgId = await createOrg(server.env);
    const workspace = await stackWorkspace(server.env);
    const withOrganization = (change: (organization: ReturnType<typeof Organization.fromOrganizationId>) => void) =>
      stackOf(workspace, (stack) => change(Organization.fromOrganizationId(stack, "acme", orgId)));
    const terraform = await workspace.put(
      await withOrganization((organization) => organization.addApiKey("ci", { permissions: ["getOrg"] })),
    );
    await terraform.apply();
    const [keyId] = (await keyIdsOf(orgId)) as [string];
    await workspace.put(
      await withOrganization((organization) => {
        ApiKey.forget(organization, "ci");
        organization.addApiKey("pipeline", { permissions: ["getOrg"] }).importFrom(keyId);
      }),
    );
    expect((await terraform.apply()).stdout).toMatch(/1 imported, 0 added, 0 changed, 0 destroyed/);
    expect((await terraform.plan()).changes).toBe(false);
    await workspace.put(await withOrganization((organization) => ApiKey.forget(organization, "pipeline")));
    await terraform.apply();
    expect((await terraform.state()).size).toBe(0);
    expect(await keyIdsOf(orgId)).toEqual([keyId]);
  },
);

test("a token that another stack uses is not printed by its plans", async () => {
  const orgId = await createOrg(server.env);
  const [producer, consumer] = await Promise.all([stackWorkspace(server.env), stackWorkspace(server.env)]);
  const stacks = await synthesize((app) => {
    const apiKey = Organization.fromOrganizationId(newStack(app, "producer", producer), "acme", orgId).addApiKey("ci");
    const stack = newStack(app, "consumer", consumer);
    const values = { token: apiKey.token, text: `Bearer ${apiKey.token}`, secret: apiKey.resource.secret, whole: apiKey.fqn };
    for (const [id, input] of Object.entries(values)) new DataResource(stack, id, { input: Token.asAnyMap(input) });
    new DataResource(stack, "previous", { input: Token.asAnyMap(apiKey.previousKeyId) });
  });
  const made = await producer.put(stacks.producer as NonNullable<typeof stacks.producer>);
  await made.apply();
  const [key] = (await made.state()).values();
  const secrets = [key?.values.token, key?.values.secret] as string[];
  const used = await consumer.put(stacks.consumer as NonNullable<typeof stacks.consumer>);
  const texts = [(await used.plan()).text, (await used.apply()).text, (await used.plan()).text];
  expect(secrets.every((secret) => secret.length > 20)).toBe(true);
  for (const secret of secrets) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
  expect(texts[0]?.match(/\(sensitive value\)/g)).toHaveLength(4);
  expect(texts[2]).toMatch(/No changes/);
  expect((await used.attributes("terraform_data.token")).input).toBe(key?.values.token);
  await made.destroy();
});

test("repeated keys of a repeated organization are applied, with their outputs", async () => {
  const orgIds = [await createOrg(server.env), await createOrg(server.env)];
  const workspace = await stackWorkspace(server.env);
  const terraform = await workspace.put(
    await stackOf(workspace, (stack) => {
      const each = TerraformIterator.fromList(orgIds);
      const organization = new Organization(stack, "each", {
        orgId: each.value,
        forEach: each,
        onConflict: "adopt",
        deletionPolicy: "abandon",
      });
      organization.addApiKey("ci", { permissions: ["getOrg"] }).addTokenOutput();
      ApiKey.fromApiKeyName(stack, "theirs", { organization, name: "theirs", forEach: each }).grants.permissions("listSites");
    }),
  );
  const theirs = await Promise.all(orgIds.map((orgId) => mint(orgId, "theirs")));
  await terraform.apply();
  const [tokens] = Object.values(await terraform.outputs()) as [Record<string, string>];
  expect(Object.keys(tokens).sort()).toEqual([...orgIds].sort());
  for (const [index, orgId] of orgIds.entries()) {
    expect(await api({ ...server.env, PANGOLIN_API_KEY: tokens[orgId] as string }, "GET", `/org/${orgId}`)).toMatchObject({
      org: { orgId },
    });
    expect(await permissionsOf(orgId, theirs[index] as string)).toEqual(["listSites"]);
  }
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.destroy();
});

test("a stack of another name finds the state and the resources of its former name", async () => {
  const orgId = await createOrg(server.env);
  const workspace = await stackWorkspace(server.env);
  const build = (stack: TerraformStack) => void Organization.fromOrganizationId(stack, "acme", orgId).addApiKey("ci");
  const terraform = await workspace.put(await stackOf(workspace, build, "before"));
  await terraform.apply();
  await workspace.put(await stackOf(workspace, build, "after"));
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.destroy();
});

test("what a grant takes away is taken from the previous key too, and a look-up by name finds the newest", async () => {
  const orgId = await createOrg(server.env);
  const workspace = await stackWorkspace(server.env);
  const deploy = async (trigger: string, ...permissions: PermissionName[]) => {
    const terraform = await workspace.put(
      await stackOf(workspace, (stack) => {
        const organization = Organization.fromOrganizationId(stack, "acme", orgId);
        const { keyId, previousKeyId } = organization.addApiKey("ci", { rotationTriggers: { trigger } });
        ApiKey.fromApiKeyId(stack, "granted", { organization, keyId, previousKeyId }).grants.permissions(...permissions);
      }),
    );
    await terraform.apply();
    expect((await terraform.plan()).changes).toBe(false);
  };
  await deploy("1", "getOrg", "listSites");
  const [first] = (await keyIdsOf(orgId)) as [string];
  await deploy("2", "getOrg", "listSites");
  const second = (await keyIdsOf(orgId)).find((keyId) => keyId !== first) as string;
  for (const keyId of [first, second]) expect(await permissionsOf(orgId, keyId)).toEqual(["getOrg", "listSites"]);
  await deploy("2", "getOrg");
  for (const keyId of [first, second]) expect(await permissionsOf(orgId, keyId)).toEqual(["getOrg"]);

  const other = await stackWorkspace(server.env);
  const terraform = await other.put(
    await stackOf(other, (stack) => {
      const organization = Organization.fromOrganizationId(stack, "acme", orgId);
      ApiKey.fromApiKeyName(stack, "named", { organization, name: "ci" }).grants.permissions("listRoles");
    }),
  );
  await terraform.apply();
  expect(await permissionsOf(orgId, first)).toEqual(["getOrg"]);
  expect(await permissionsOf(orgId, second)).toEqual(["getOrg", "listRoles"]);
});
