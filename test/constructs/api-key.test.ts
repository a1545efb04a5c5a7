import { type TerraformStack, Testing } from "cdktf";
import { ApiKey, Organization, PangolinProvider } from "pangolin-iac";

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
