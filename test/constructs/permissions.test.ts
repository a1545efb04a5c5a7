import { Fn, type IResolvable, Lazy, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { ApiKey, Organization, PangolinProvider, type PermissionCategory, type PermissionName } from "pangolin-iac";
import { apiKeyGrant, apiKeyPermissions } from "pangolin-iac/bindings";

type Resources = Record<string, Record<string, Record<string, unknown>>>;

/** The resources of a stack, all validations passed. */
function synthesized(build: (stack: TerraformStack) => void): Resources {
  const stack = new TerraformStack(Testing.app(), "stack");
  new PangolinProvider(stack, "pangolin");
  build(stack);
  return JSON.parse(Testing.synth(stack, true)).resource;
}

const acme = (stack: TerraformStack) => Organization.fromOrganizationId(stack, "organization", "acme");
const permissionsOf = ({ pangolin_api_key: keys = {} }: Resources) => Object.values(keys)[0]?.permissions;
const listVariable = (stack: TerraformStack) => new TerraformVariable(stack, "names", { type: "list(string)" });

test.each<[string, (apiKey: ApiKey) => unknown]>([
  ["in grants", ({ grants }) => grants.permissions()],
  ["among names of a newer server", ({ grants }) => grants.unknownPermissions(...[])],
])("no permission at all is refused %s", (_, grant) => {
  expect(() => synthesized((stack) => grant(acme(stack).addApiKey("ci")))).toThrow(
    /stack\/organization\/ci: expected at least one permission/,
  );
});

test("an empty set is refused, also where something is granted later: the argument would say nothing", () => {
  expect(() => synthesized((stack) => acme(stack).addApiKey("ci", { permissions: [] }))).toThrow(/expected at least one permission/);
});

test("a category of which nothing can be granted is refused", () => {
  const categories: PermissionCategory[] = ["idp_org"];
  expect(() =>
    synthesized((stack) =>
      acme(stack)
        .addApiKey("ci")
        .grants.all(...categories),
    ),
  ).toThrow(/need a root key/);
  expect(() => synthesized((stack) => acme(stack).addApiKey("ci").grants.read("resource_auth"))).toThrow(/no read permission in/);
});

test("read-only arrays are taken", () => {
  const names: readonly PermissionName[] = ["listSites", "getOrg"];
  const resources = synthesized((stack) => {
    const apiKey = acme(stack).addApiKey("ci", { permissions: names, rotationTriggers: { ticket: "1" } as const });
    apiKey.grants.permissions(...(["getSite"] as const));
  });
  expect(permissionsOf(resources)).toEqual(["getOrg", "getSite", "listSites"]);
});

test.each<[string, (variable: TerraformVariable) => readonly PermissionName[] | IResolvable, string]>([
  ["a list token", (variable) => variable.listValue as PermissionName[], "${var.names}"],
  ["a resolvable", (variable) => variable.value, "${var.names}"],
  ["a function of one", (variable) => Fn.concat([variable.listValue, ["getOrg"]]), '${concat(var.names, ["getOrg"])}'],
  ["a lazy list", () => Lazy.listValue({ produce: () => ["getOrg"] }) as PermissionName[], "getOrg"],
])("%s is the set of permissions", (_, permissions, expected) => {
  const resources = synthesized((stack) => acme(stack).addApiKey("ci", { permissions: permissions(listVariable(stack)) }));
  expect([permissionsOf(resources)].flat()).toEqual([expected]);
});

test("lists that only Terraform knows, and texts, are granted beside names", () => {
  const resources = synthesized((stack) => {
    const names = listVariable(stack).listValue as PermissionName[];
    const one = new TerraformVariable(stack, "one", { type: "string" });
    const apiKey = acme(stack).addApiKey("ci", { permissions: names });
    apiKey.grants.read("site");
    const grant = apiKey.grants.permissions("getOrg", ...names, one.value);
    expect(grant.permissions).toEqual(["getOrg"]);
  });
  expect(permissionsOf(resources)).toBe('${distinct(flatten([["getOrg", "getSite", "listSiteRoles", "listSites"], var.names, var.one]))}');
});

test("a key of somebody else is granted a list that only Terraform knows", () => {
  const { pangolin_api_key_grant: grants = {} } = synthesized((stack) => {
    const theirs = ApiKey.fromApiKeyId(stack, "theirs", { organization: acme(stack), keyId: "abc123" });
    theirs.grants.permissions(...(listVariable(stack).listValue as PermissionName[]));
  });
  expect(Object.values(grants)).toEqual([expect.objectContaining({ permissions: "${var.names}" })]);
});

test.each<[string, (stack: TerraformStack) => void, RegExp]>([
  [
    "a key's own set and a grant",
    (stack) => {
      const { keyId } = acme(stack).addApiKey("ci", { permissions: ["getOrg"] });
      new apiKeyGrant.ApiKeyGrant(stack, "grant", { orgId: "acme", keyId, permissions: ["listSites"] });
    },
    /set by stack\/organization\/ci and by stack\/grant\b.*Keep one of them/,
  ],
  [
    "two whole sets",
    (stack) => {
      for (const id of ["a", "b"])
        new apiKeyPermissions.ApiKeyPermissions(stack, id, { orgId: "acme", keyId: "abc", permissions: ["listSites"] });
    },
    /set by stack\/a and by stack\/b/,
  ],
  [
    "two grants of the same permission",
    (stack) => {
      const organization = acme(stack);
      for (const id of ["a", "b"]) ApiKey.fromApiKeyId(stack, id, { organization, keyId: "abc" }).grants.permissions("getOrg");
    },
    /getOrg is granted to one API key by stack\/a\/Grant and by stack\/b\/Grant/,
  ],
])("%s of one key are refused", (_, build, message) => {
  expect(() =>
    synthesized((stack) => {
      build(stack);
      ApiKey.fromApiKeyId(stack, "bystander", { organization: Organization.fromOrganizationId(stack, "o2", "acme"), keyId: "other" });
    }),
  ).toThrow(message);
});

test("grants of different permissions may share a key", () => {
  const { pangolin_api_key_grant: grants = {} } = synthesized((stack) => {
    const organization = acme(stack);
    ApiKey.fromApiKeyId(stack, "a", { organization, keyId: "abc" }).grants.permissions("getOrg");
    ApiKey.fromApiKeyId(stack, "b", { organization, keyId: "abc" }).grants.permissions("listSites");
  });
  expect(Object.keys(grants)).toHaveLength(2);
});

test("owners of permissions are compared in one pass over the stack, however many keys there are", () => {
  const visitsWith = (keys: number) => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new PangolinProvider(stack, "pangolin");
    const organization = acme(stack);
    for (let index = 0; index < keys; index++) {
      organization.addApiKey(`own-${index}`, { permissions: ["getOrg"] });
      ApiKey.fromApiKeyId(stack, `theirs-${index}`, { organization, keyId: `key${index}` }).grants.permissions("getOrg");
    }
    const findAll = jest.spyOn(Object.getPrototypeOf(stack.node), "findAll");
    try {
      const conflicts = stack.node.findAll().flatMap(({ node }) => node.validate());
      expect(conflicts).toEqual([]);
      return findAll.mock.calls.length;
    } finally {
      findAll.mockRestore();
    }
  };
  // This test's own walk, and that of the comparison.
  expect([visitsWith(1), visitsWith(50)]).toEqual([2, 2]);
});
