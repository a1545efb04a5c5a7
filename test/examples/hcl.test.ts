import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { testSince } from "../support/engine.js";
import { api, createOrg } from "../support/organization.js";
import { useServer } from "../support/server.js";
import { workspace } from "../support/terraform.js";

const examples = resolve(__dirname, "..", "..", "examples");
const server = useServer();

const found = (readdirSync(examples, { recursive: true }) as string[])
  .filter((path) => path.endsWith(".tf"))
  .map((path) => ({ name: relative(examples, join(examples, path)), text: readFileSync(join(examples, path), "utf8") }));

test("there is an example of every resource", () => {
  expect(found.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["org", "api_key", "api_key_grant", "api_key_permissions"].map((type) => `resources/pangolin_${type}/main.tf`)),
  );
});

for (const { name, text } of found) {
  const run = text.includes("ephemeral ") ? testSince({ terraform: "1.10", tofu: "1.11" }) : test;
  run(`${name} is applied, leaves nothing to do, and is destroyed`, async () => {
    const orgId = await createOrg(server.env);
    await api(server.env, "PUT", `/org/${orgId}/api-key`, { name: "made in the dashboard" });
    // The organization of an example is one of its own where it is looked up, and a new one where it is made.
    const own = text.includes('resource "pangolin_org"') ? `${orgId}-new` : orgId;
    const configuration = text
      .replace(/terraform \{[\s\S]*?\n\}\n/, "")
      .replaceAll('"acme"', `"${own}"`)
      .replace(`"pangolin_org" "${own}"`, '"pangolin_org" "acme"');
    const terraform = await workspace(configuration, server.env);
    await terraform.apply();
    expect((await terraform.plan()).changes).toBe(false);
    await terraform.destroy();
  });
}
