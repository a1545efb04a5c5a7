import { cornerWorkspace } from "../../support/corner.js";
import { testSince } from "../../support/engine.js";

const VERSION = "CORNER_UPGRADE_VERSION";
const configuration = (text: string) =>
  `resource "framework_writeonly_upgrade" "test" {\n  string_attr      = "${text}"\n  writeonly_string = "secret"\n}\n`;

testSince({ terraform: "1.11", tofu: "1.11" })(
  "state of an earlier version is fitted to today's, and that of a later one is refused",
  async () => {
    const terraform = await cornerWorkspace(configuration("hello"), { [VERSION]: "0" });
    await terraform.apply();
    const upgraded = { env: { [VERSION]: "1" } };
    await terraform.write(configuration("hello, upgraded"));
    expect((await terraform.plan([], upgraded)).changes).toBe(false);
    await terraform.write(configuration("other"));
    const change = (await terraform.plan([], upgraded)).json.resource_changes?.[0]?.change;
    expect(change).toMatchObject({ actions: ["update"], before: { string_attr: "hello, upgraded", writeonly_string: null } });
    await terraform.apply([], upgraded);
    const state = (await terraform.run(["state", "pull"])).stdout;
    expect(state).toMatch(/"schema_version":\s*1\b/);
    expect(state).not.toContain("secret");
    expect((await terraform.plan([], upgraded)).changes).toBe(false);

    expect((await terraform.failingPlan()).replaceAll(/\s+│?\s*/g, " ")).toMatch(/newer (provider )?version/);
    expect((await terraform.failingPlan([], { env: { [VERSION]: "3" } })).replaceAll(/\s+│?\s*/g, " ")).toContain(
      "has version 1, and this provider reads version 3 only",
    );
    expect((await terraform.run(["state", "pull"])).stdout).toBe(state);
  },
);
