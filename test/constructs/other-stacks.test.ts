import { type App, Fn, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { Organization, PangolinProvider } from "pangolin-iac";
import { synthesize } from "../support/stack.js";

/** What an output of another stack than the key's says, and what the key's own stack hands on. */
async function fromAnotherStack(value: (apiKey: ReturnType<Organization["addApiKey"]>) => unknown) {
  const { producer, consumer } = await synthesize((app: App) => {
    const [producer, consumer] = ["producer", "consumer"].map((id) => new TerraformStack(app, id)) as [TerraformStack, TerraformStack];
    for (const stack of [producer, consumer]) new PangolinProvider(stack, "pangolin");
    const apiKey = Organization.fromOrganizationId(producer, "acme", "acme").addApiKey("ci");
    new TerraformOutput(consumer, "copy", { value: value(apiKey), sensitive: true });
  });
  const [handedOn] = Object.entries(producer?.output ?? {});
  return { copy: String(consumer?.output?.copy?.value), handedOn };
}

test.each<[string, (apiKey: ReturnType<Organization["addApiKey"]>) => unknown]>([
  ["its token", ({ token }) => token],
  ["its token within a text", ({ token }) => `Bearer ${token}`],
  ["its token within a function", ({ token }) => Fn.join(" ", ["Bearer", token])],
  ["its secret", ({ resource }) => resource.secret],
  ["the output of its token", (apiKey) => apiKey.addTokenOutput().value],
  ["the whole key", (apiKey) => apiKey],
])("%s stays sensitive in another stack", async (_, value) => {
  const { copy, handedOn } = await fromAnotherStack(value);
  const [, output] = handedOn ?? [];
  expect(copy.match(/data\.terraform_remote_state\.[\w-]+\.outputs\.[\w-]+/g)).toHaveLength(1);
  expect(copy).toMatch(/sensitive\(data\.terraform_remote_state/);
  expect(output).toMatchObject({ sensitive: true });
});

test("what is no secret crosses as it is, and never as null", async () => {
  const { copy, handedOn } = await fromAnotherStack(({ previousKeyId }) => previousKeyId);
  expect(copy).toMatch(/^\$\{data\.terraform_remote_state\.[\w-]+\.outputs\.[\w-]+\}$/);
  expect(handedOn?.[1].value).toMatch(/previous_key_id == null \? "" : /);
});

test("in the key's own stack nothing is added", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  new PangolinProvider(stack, "pangolin");
  const apiKey = Organization.fromOrganizationId(stack, "acme", "acme").addApiKey("ci");
  const outputs = { token: apiKey.token, text: `Bearer ${apiKey.token}`, whole: apiKey };
  for (const [name, value] of Object.entries(outputs)) new TerraformOutput(stack, name, { value, sensitive: true });
  const address = `pangolin_api_key.${apiKey.resource.friendlyUniqueId}`;
  const { output } = JSON.parse(Testing.synth(stack, true)) as { output: Record<string, { value: string }> };
  expect(Object.fromEntries(Object.entries(output).map(([name, { value }]) => [name, value]))).toEqual({
    token: `\${${address}.token}`,
    text: `Bearer \${${address}.token}`,
    whole: `\${${address}}`,
  });
});

test("a stack of another line of the CDK is refused with what to do, not with a crash when it is synthesized", () => {
  const app = Testing.app({ stubVersion: false });
  const stack = new TerraformStack(app, "stack");
  stack.node.setContext("cdktfVersion", "0.24.0");
  const message = /version 0\.24 of the CDK.*npm:cdktn@/s;
  expect(() => new PangolinProvider(stack, "pangolin")).toThrow(message);
  expect(() => Organization.fromOrganizationId(stack, "acme", "acme")).toThrow(message);
});
