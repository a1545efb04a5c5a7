import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { api } from "../support/organization.js";
import { useSandbox } from "../support/server.js";
import { type Workspace, workspace } from "../support/terraform.js";

/** The guide holds plans as Terraform prints them. `UPDATE_GUIDE=1` writes what this test sees into it. */
const guide = join(__dirname, "..", "..", "docs", "rotation.md");
const DAY = 86_400_000;
let now = Date.parse("2031-01-01T00:00:00.000Z");
const server = useSandbox({ now: () => new Date(now) });

const key = ({ name = "ci", permissions = '["getOrg"]', more = "" } = {}) =>
  `resource "pangolin_api_key" "ci" {\n  org_id = "acme"\n  name = "${name}"\n  permissions = ${permissions}\n  rotate_after = "30d"\n  ${more}\n}\n`;
const trigger = (value: string) => key({ more: `rotation_triggers = { incident = "${value}" }` });

/** Ids and last characters differ from run to run; numbers stand for the ids, in the order in which the keys were made. */
const normalise = (text: string, keyIds: readonly string[]): string =>
  keyIds.reduce((so, keyId, index) => so.replaceAll(keyId, `key-${index + 1}`), text).replace(/(last_chars +[=] )"\w{4}"/g, '$1"····"');

async function planned(terraform: Workspace): Promise<string> {
  const { stdout, stderr } = await terraform.plan();
  const changes = / {2}# pangolin_api_key\.ci[\s\S]*?Plan: .*\n/.exec(stdout)?.[0] ?? "";
  const warnings = [...`${stdout}\n${stderr}`.matchAll(/^Warning: [\s\S]*?(?=\n─|\n\n\S*Warning|$(?![\s\S]))/gm)].map(([text]) =>
    text.trim(),
  );
  return `${changes.trimEnd()}${warnings.length > 0 ? `\n\n${warnings.join("\n\n").split("\n─")[0]}` : ""}`
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

test("the plans of the guide are what Terraform prints", async () => {
  await api(server.env, "PUT", "/org", { orgId: "acme", name: "Acme", subnet: "100.90.0.0/24", utilitySubnet: "100.96.128.0/24" });
  const terraform = await workspace(key(), server.env);
  const keyIds: string[] = [];
  const apply = async () => {
    await terraform.apply();
    const { apiKeys } = (await api(server.env, "GET", "/org/acme/api-keys")) as { apiKeys: { apiKeyId: string }[] };
    for (const { apiKeyId } of apiKeys) if (!keyIds.includes(apiKeyId)) keyIds.push(apiKeyId);
  };
  await apply();
  const plans = new Map<string, string>();
  const see = async (name: string, configuration?: string) => {
    if (configuration !== undefined) await terraform.write(configuration);
    plans.set(name, await planned(terraform));
    await apply();
  };
  now += 31 * DAY;
  await see("due");
  now += 4 * DAY;
  await see("retire");
  await terraform.write(trigger("none"));
  await apply();
  await see("trigger", trigger("laptop lost"));
  await see("second trigger", trigger("backup lost"));
  now += 4 * DAY;
  await apply();
  await terraform.write(key());
  await apply();
  await see("name", key({ name: "pipeline" }));
  await see("permissions", key({ name: "pipeline", permissions: '["getOrg", "listSites"]' }));
  await terraform.destroy();

  const text = readFileSync(guide, "utf8");
  const wanted = text.replace(/<!-- plan: (.*?) -->[\s\S]*?<!-- \/plan -->/g, (_, name: string) => {
    const plan = plans.get(name);
    if (plan === undefined) throw new Error(`There is no plan "${name}".`);
    return `<!-- plan: ${name} -->\n\`\`\`text\n${normalise(plan, keyIds)}\n\`\`\`\n<!-- /plan -->`;
  });
  if (process.env.UPDATE_GUIDE) writeFileSync(guide, wanted);
  else expect(text).toBe(wanted);
});
