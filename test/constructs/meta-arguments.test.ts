import { TerraformCount, TerraformIterator, TerraformStack, Testing } from "cdktf";
import { ApiKey, Organization, PangolinProvider } from "pangolin-iac";
import { org } from "pangolin-iac/bindings";

type Elements = Record<string, Record<string, Record<string, unknown>>>;

function synthesized(build: (stack: TerraformStack, eu: PangolinProvider) => void): {
  resource: Elements;
  data: Elements;
  output: Elements;
} {
  const stack = new TerraformStack(Testing.app(), "stack");
  new PangolinProvider(stack, "pangolin");
  build(stack, new PangolinProvider(stack, "eu", { alias: "eu" }));
  return JSON.parse(Testing.synth(stack, true));
}

const first = (elements: Record<string, unknown> | undefined) => Object.values(elements ?? {})[0];
const provisioners = [{ type: "local-exec" as const, command: "true" }];
const connection = { type: "ssh" as const, host: "example.com" };

test.each<[string, string, (stack: TerraformStack, meta: object) => void]>([
  ["an organization", "pangolin_org", (stack, meta) => new Organization(stack, "o", { orgId: "acme", ...meta })],
  [
    "an API key",
    "pangolin_api_key",
    (stack, meta) => new ApiKey(stack, "ci", { organization: Organization.fromOrganizationId(stack, "o", "acme"), ...meta }),
  ],
  [
    "an API key of an organization",
    "pangolin_api_key",
    (stack, meta) => Organization.fromOrganizationId(stack, "o", "acme").addApiKey("ci", meta),
  ],
  [
    "the grant to a key of somebody else",
    "pangolin_api_key_grant",
    (stack, meta) =>
      ApiKey.fromApiKeyId(stack, "t", {
        organization: Organization.fromOrganizationId(stack, "o", "acme"),
        keyId: "abc",
        ...meta,
      }).grants.permissions("getOrg"),
  ],
])("%s takes what every resource takes", (_, type, build) => {
  const { resource } = synthesized((stack, provider) => {
    const first = new org.Org(stack, "first", { orgId: "first", name: "first" });
    const other = new Organization(stack, "other", { orgId: "other" });
    const lifecycle = { createBeforeDestroy: true, ignoreChanges: ["name"] };
    build(stack, { provider, lifecycle, dependsOn: [first, other], provisioners, connection });
  });
  const made = Object.entries(resource[type] ?? {}).find(([name]) => !/^(first|other)/.test(name))?.[1];
  expect(made).toMatchObject({
    provider: "pangolin.eu",
    lifecycle: { create_before_destroy: true, ignore_changes: ["name"] },
    depends_on: ["pangolin_org.first", expect.stringMatching(/^pangolin_org\.other_/)],
    provisioner: [{ "local-exec": { command: "true" } }],
    connection: { type: "ssh", host: "example.com" },
  });
});

test("what belongs to an organization uses its provider, unless it says otherwise", () => {
  const { resource, data } = synthesized((stack, eu) => {
    const own = new Organization(stack, "own", { orgId: "own", provider: eu });
    own.addApiKey("a");
    const theirs = Organization.fromOrganizationId(stack, "theirs", "theirs", { provider: eu });
    theirs.addApiKey("b");
    theirs.addApiKey("c", { provider: new PangolinProvider(stack, "us", { alias: "us" }) });
    ApiKey.fromApiKeyName(stack, "d", { organization: theirs, name: "d" }).grants.permissions("getOrg");
  });
  expect(Object.values(resource.pangolin_api_key ?? {}).map(({ name, provider }) => [name, provider])).toEqual([
    ["a", "pangolin.eu"],
    ["b", "pangolin.eu"],
    ["c", "pangolin.us"],
  ]);
  expect(first(data.pangolin_api_key)).toMatchObject({ provider: "pangolin.eu" });
  expect(first(resource.pangolin_api_key_grant)).toMatchObject({ provider: "pangolin.eu" });
});

test("the look-up of a key waits for what it depends on, and is repeated with its grant", () => {
  const { data, resource } = synthesized((stack) => {
    const organization = Organization.fromOrganizationId(stack, "o", "acme");
    const dependsOn = [new Organization(stack, "other", { orgId: "other" })];
    const each = TerraformIterator.fromList(["a", "b"]);
    ApiKey.fromApiKeyName(stack, "t", { organization, name: each.value, forEach: each, dependsOn }).grants.permissions("getOrg");
  });
  expect(first(data.pangolin_api_key)).toMatchObject({
    for_each: '${toset(["a", "b"])}',
    name: "${each.value}",
    most_recent: true,
    depends_on: [expect.stringMatching(/^pangolin_org\.other_/)],
  });
  expect(first(resource.pangolin_api_key_grant)).toMatchObject({
    for_each: '${toset(["a", "b"])}',
    key_id: expect.stringMatching(/^\$\{data\.pangolin_api_key\.\w+\[each\.key\]\.key_id\}$/),
  });
});

test("a key of an organization that is repeated is repeated with it", () => {
  const { resource } = synthesized((stack) => {
    const each = TerraformIterator.fromList(["acme", "umbrella"]);
    new Organization(stack, "each", { orgId: each.value, forEach: each }).addApiKey("a");
    new Organization(stack, "count", { orgId: "org", count: TerraformCount.of(2) }).addApiKey("b");
  });
  expect(Object.values(resource.pangolin_api_key ?? {})).toEqual([
    expect.objectContaining({ count: 2, org_id: expect.stringMatching(/^\$\{pangolin_org\.count_\w+\[count\.index\]\.id\}$/) }),
    expect.objectContaining({
      for_each: expect.any(String),
      org_id: expect.stringMatching(/^\$\{pangolin_org\.each_\w+\[each\.key\]\.id\}$/),
    }),
  ]);
});

test("outputs of repeated keys are maps and lists", () => {
  const { output } = synthesized((stack) => {
    const organization = Organization.fromOrganizationId(stack, "o", "acme");
    organization.addApiKey("each", { forEach: TerraformIterator.fromList(["a", "b"]) }).addTokenOutput();
    organization.addApiKey("count", { count: 2 }).addTokenOutput();
  });
  expect(Object.values(output).map(({ value }) => value)).toEqual([
    expect.stringMatching(/^\$\{\[for instance in pangolin_api_key\.o_count_\w+ : instance\.token == null \? "" : instance\.token\]\}$/),
    expect.stringMatching(
      /^\$\{\{ for key, instance in pangolin_api_key\.o_each_\w+ : key => instance\.token == null \? "" : instance\.token \}\}$/,
    ),
  ]);
});

test("what waits for a grant: resources, look-ups and, in another stack, the whole stack", () => {
  const app = Testing.app();
  const [stack, later] = ["stack", "later"].map((id) => new TerraformStack(app, id)) as [TerraformStack, TerraformStack];
  for (const each of [stack, later]) new PangolinProvider(each, "pangolin");
  const organization = Organization.fromOrganizationId(stack, "o", "acme");
  const theirs = ApiKey.fromApiKeyId(stack, "theirs", { organization, keyId: "abc" });
  const lookedUp = ApiKey.fromApiKeyName(stack, "named", { organization, name: "x" });
  const elsewhere = Organization.fromOrganizationId(later, "o", "acme").addApiKey("ci");
  theirs.grants.permissions("getOrg").applyBefore(stack, elsewhere);
  const { data, resource } = JSON.parse(Testing.synth(stack, true)) as { data: Elements; resource: Elements };
  expect(lookedUp.node.path).toBe("stack/named");
  expect(first(data.pangolin_api_key)).toMatchObject({ depends_on: [expect.stringMatching(/^pangolin_api_key_grant\.theirs/)] });
  expect(first(resource.pangolin_api_key_grant)).not.toHaveProperty("depends_on");
  expect(later.dependsOn(stack)).toBe(true);
  expect(JSON.parse(Testing.synth(later, true)).resource.pangolin_api_key).not.toHaveProperty("depends_on");
});
