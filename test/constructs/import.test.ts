import { TerraformStack, Testing } from "cdktf";
import { ApiKey, Organization, PangolinProvider } from "pangolin-iac";

interface Synthesized {
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
  readonly import: readonly object[];
  readonly removed: readonly object[];
}

function synthesized(build: (stack: TerraformStack) => void): Synthesized {
  const stack = new TerraformStack(Testing.app(), "stack");
  new PangolinProvider(stack, "pangolin");
  build(stack);
  return JSON.parse(Testing.synth(stack, true));
}

const acme = (stack: TerraformStack) => Organization.fromOrganizationId(stack, "acme", "acme");
const keyOf = ({ resource }: Synthesized) => Object.values(resource.pangolin_api_key ?? {})[0];

test("an import names its organization by what is known before anything is deployed", () => {
  const stack = synthesized((stack) =>
    new Organization(stack, "acme", { orgId: "acme", onConflict: "adopt" }).addApiKey("ci").importFrom("abc123"),
  );
  expect(stack.import).toEqual([{ id: "acme/abc123", to: expect.stringMatching(/^pangolin_api_key\.acme_ci_/) }]);
  // A reference, so that the key still waits for the organization.
  expect(keyOf(stack)).toMatchObject({ org_id: expect.stringMatching(/^\$\{pangolin_org\.acme_\w+\.org_id\}$/) });
});

test("nothing destroys an imported key or mints a successor for its name", () => {
  expect(keyOf(synthesized((stack) => acme(stack).addApiKey("ci").importFrom("abc123")))).toMatchObject({
    lifecycle: { prevent_destroy: true, ignore_changes: ["name"] },
  });
});

test("the lifecycle of an imported key is what was said, and the protection beside it", () => {
  const lifecycle = { ignoreChanges: ["permissions", "name"], createBeforeDestroy: true };
  expect(keyOf(synthesized((stack) => acme(stack).addApiKey("ci", { lifecycle }).importFrom("abc123")))).toMatchObject({
    lifecycle: { prevent_destroy: true, ignore_changes: ["permissions", "name"], create_before_destroy: true },
  });
  const own = { ignoreChanges: "all" as const, preventDestroy: false };
  expect(keyOf(synthesized((stack) => acme(stack).addApiKey("ci", { lifecycle: own }).importFrom("abc123")))).toMatchObject({
    lifecycle: { prevent_destroy: false, ignore_changes: "all" },
  });
});

test.each<[string, (stack: TerraformStack) => void, RegExp]>([
  ["an id with its organization", (stack) => acme(stack).addApiKey("ci").importFrom("acme/abc123"), /the id of the key only/],
  ["a repeated key", (stack) => acme(stack).addApiKey("ci", { count: 2 }).importFrom("abc123"), /forEach or count cannot be imported/],
  [
    "one key twice",
    (stack) => {
      const organization = acme(stack);
      organization.addApiKey("a").importFrom("abc123");
      new Organization(stack, "again", { orgId: "acme" }).addApiKey("b").importFrom("abc123");
    },
    /imported by stack\/acme\/a already/,
  ],
])("%s is refused", (_, build, message) => {
  expect(() => synthesized(build)).toThrow(message);
});

test("a token in the place of an id is refused, and not repeated", () => {
  const secret = "s3cr3t";
  expect(() => synthesized((stack) => acme(stack).addApiKey("ci").importFrom(`abc123.${secret}`))).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining(secret) }),
  );
});

test("a key that is let go of has the address that it had", () => {
  let address = "";
  synthesized((stack) => {
    const { resource } = acme(stack).addApiKey("ci");
    address = `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
  });
  const stack = synthesized((stack) => ApiKey.forget(acme(stack), "ci"));
  expect(stack.removed).toEqual([{ from: address, lifecycle: { destroy: false } }]);
  expect(stack.resource).toBeUndefined();
});

test("a key that is let go of is not written as HCL, where the block would be missing", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  new PangolinProvider(stack, "pangolin");
  ApiKey.forget(acme(stack), "ci");
  expect(() => Testing.synthHcl(stack)).toThrow(/Synthesize JSON/);
});
