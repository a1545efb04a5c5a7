import { TerraformOutput, TerraformStack, Testing } from "cdktf";
import { ApiKey, Duration, Organization, PangolinProvider } from "pangolin-iac";

const synth = (
  build: (stack: TerraformStack) => void,
): { resource: { pangolin_api_key: Record<string, Record<string, unknown>> }; output: Record<string, Record<string, unknown>> } =>
  JSON.parse(
    Testing.synthScope((scope) => {
      const stack = scope as TerraformStack;
      new PangolinProvider(stack, "pangolin");
      build(stack);
    }),
  );

const organization = (stack: TerraformStack) => Organization.fromOrganizationId(stack, "organization", "acme");

test("grants are collected, also late ones, into one sorted set without repetitions", () => {
  const { resource } = synth((stack) => {
    const apiKey = new ApiKey(stack, "ci", { organization: organization(stack), permissions: ["listSites"] });
    apiKey.grants.read("site");
    apiKey.grants.permissions("getOrg", "listSites");
  });
  expect(Object.values(resource.pangolin_api_key)).toEqual([
    expect.objectContaining({ org_id: "acme", name: "ci", permissions: ["getOrg", "getSite", "listSiteRoles", "listSites"] }),
  ]);
});

test("a key without grants leaves its permissions alone", () => {
  const { resource } = synth((stack) => new ApiKey(stack, "ci", { organization: organization(stack) }));
  expect(Object.values(resource.pangolin_api_key)[0]).not.toHaveProperty("permissions");
});

test("the token's output is sensitive and never null", () => {
  const { output } = synth((stack) => new ApiKey(stack, "ci", { organization: organization(stack) }).addTokenOutput());
  expect(Object.values(output)).toEqual([
    expect.objectContaining({ sensitive: true, value: expect.stringMatching(/^\$\{.*token == null \? "" : .*token\}$/) }),
  ]);
});

test("a name that is too long is refused where it is written", () => {
  expect(() => synth((stack) => new ApiKey(stack, "ci", { organization: organization(stack), name: "n".repeat(256) }))).toThrow(
    /1 to 255 characters/,
  );
});

test("a misspelt permission is a compile error", () => {
  const { resource } = synth((stack) => {
    // @ts-expect-error There is no such permission.
    new ApiKey(stack, "ci", { organization: organization(stack), permissions: ["listSite"] });
  });
  expect(Object.values(resource.pangolin_api_key)[0]?.permissions).toEqual(["listSite"]);
});

test("permissions for a key of somebody else become a grant of its own", () => {
  const { resource } = synth((stack) => {
    const apiKey = ApiKey.fromApiKeyId(stack, "theirs", { organization: organization(stack), keyId: "abc123" });
    apiKey.grants.permissions("listSites");
    apiKey.grants.permissions("getOrg");
  }) as unknown as { resource: { pangolin_api_key_grant: object; pangolin_api_key?: object } };
  expect(Object.values(resource.pangolin_api_key_grant)).toEqual([
    expect.objectContaining({ org_id: "acme", key_id: "abc123", permissions: ["getOrg", "listSites"] }),
  ]);
  expect(resource.pangolin_api_key).toBeUndefined();
});

test("a key that is known by its name is looked up", () => {
  const { data, resource } = synth((stack) => {
    ApiKey.fromApiKeyName(stack, "theirs", { organization: organization(stack), name: "ci" }).grants.permissions("listSites");
  }) as unknown as { data: { pangolin_api_key: object }; resource: { pangolin_api_key_grant: object } };
  expect(Object.values(data.pangolin_api_key)).toEqual([expect.objectContaining({ org_id: "acme", name: "ci" })]);
  expect(Object.values(resource.pangolin_api_key_grant)).toEqual([
    expect.objectContaining({ key_id: expect.stringMatching(/^\$\{data\.pangolin_api_key\..*\.key_id\}$/) }),
  ]);
});

test("a key of an organization of the stack waits for it", () => {
  const { resource } = synth((stack) => {
    const own = new Organization(stack, "organization", {
      orgId: "acme",
      subnet: "100.90.0.0/24",
      utilitySubnet: "100.96.128.0/24",
      logRetention: { request: 30 },
      onConflict: "adopt",
    });
    own.addApiKey("ci", { permissions: ["getOrg"] });
  }) as unknown as { resource: { pangolin_org: object; pangolin_api_key: object } };
  expect(Object.values(resource.pangolin_org)).toEqual([
    expect.objectContaining({ org_id: "acme", settings_log_retention_days_request: 30, on_conflict: "adopt" }),
  ]);
  expect(Object.values(resource.pangolin_api_key)).toEqual([
    expect.objectContaining({ org_id: expect.stringMatching(/^\$\{pangolin_org\..*\.id\}$/), name: "ci" }),
  ]);
});

test("what uses a key can wait for its permissions", () => {
  const { resource } = synth((stack) => {
    const apiKey = ApiKey.fromApiKeyId(stack, "theirs", { organization: organization(stack), keyId: "abc123" });
    const other = ApiKey.fromApiKeyId(stack, "others", {
      organization: Organization.fromOrganizationId(stack, "o2", "umbrella"),
      keyId: "def",
    });
    const grant = apiKey.grants.permissions("listSites").combine(other.grants.permissions("getOrg"));
    grant.applyBefore(new ApiKey(stack, "after", { organization: organization2(stack) }));
    expect(grant.permissions).toEqual(["getOrg", "listSites"]);
  });
  expect(Object.values(resource.pangolin_api_key)[0]?.depends_on).toEqual([
    expect.stringMatching(/^pangolin_api_key_grant\.theirs/),
    expect.stringMatching(/^pangolin_api_key_grant\.others/),
  ]);
});
const organization2 = (stack: TerraformStack) => Organization.fromOrganizationId(stack, "o3", "initech");

test("a schedule is written as the provider takes it", () => {
  const { resource } = synth((stack) => {
    new ApiKey(stack, "ci", {
      organization: organization(stack),
      rotateAfter: Duration.days(90),
      gracePeriod: Duration.hours(12),
      rotationTriggers: { ticket: "1" },
    }).addRotationOutputs();
  });
  expect(Object.values(resource.pangolin_api_key)).toEqual([
    expect.objectContaining({ rotate_after: "90d", grace_period: "12h", rotation_triggers: { ticket: "1" } }),
  ]);
});

const synthesised = (build: (stack: TerraformStack) => void) => () => {
  const app = Testing.app();
  const stack = new TerraformStack(app, "stack");
  new PangolinProvider(stack, "pangolin");
  build(stack);
  return Testing.synth(stack, true);
};

test.each<[string, (stack: TerraformStack) => void, RegExp]>([
  [
    "a grace period as long as the rotation",
    (stack) => new ApiKey(stack, "ci", { organization: organization(stack), rotateAfter: Duration.days(1), gracePeriod: Duration.days(1) }),
    /shorter than rotateAfter/,
  ],
  [
    "a rotation shorter than the grace period by default",
    (stack) => new ApiKey(stack, "ci", { organization: organization(stack), rotateAfter: Duration.days(3) }),
    /72h by default/,
  ],
  ["half a day", () => Duration.days(0.5), /whole number/],
  ["an organization's id with capitals", (stack) => Organization.fromOrganizationId(stack, "o", "Acme"), /got "Acme"/],
  [
    "a network without a mask",
    (stack) => new Organization(stack, "o", { orgId: "a", subnet: "100.90.0.0" }),
    /expected an IPv4 network .* for subnet/,
  ],
  [
    "a permission that there is not",
    (stack) => new ApiKey(stack, "ci", { organization: organization(stack), permissions: ["listSite" as "listSites"] }),
    /There is no permission "listSite"/,
  ],
  [
    "two owners of one key's permissions",
    (stack) => {
      const own = new ApiKey(stack, "ci", { organization: organization(stack), permissions: ["getOrg"] });
      ApiKey.fromApiKeyId(stack, "again", { organization: own, keyId: own.keyId } as never).grants.permissions("listSites");
    },
    /Keep one of them/,
  ],
])("%s is refused when the app is synthesised", (_, build, message) => {
  expect(synthesised(build)).toThrow(message);
});

test("an imported key, and a secret that crosses stacks, are warned of", () => {
  const app = Testing.app();
  const [producer, consumer] = ["producer", "consumer"].map((id) => new TerraformStack(app, id)) as [TerraformStack, TerraformStack];
  for (const stack of [producer, consumer]) new PangolinProvider(stack, "pangolin");
  const apiKey = new ApiKey(producer, "ci", { organization: organization(producer) });
  apiKey.importFrom("abc123");
  new TerraformOutput(consumer, "copy", { value: apiKey.token, sensitive: true });
  app.synth();
  const warnings = apiKey.node.metadata.map(({ data }) => String(data));
  expect(warnings).toEqual(expect.arrayContaining([expect.stringContaining("empty until"), expect.stringContaining("states of both")]));
});
