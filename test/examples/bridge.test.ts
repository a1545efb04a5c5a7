import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { terraformPlatform } from "../../src/commands/provider-install/platform.js";
import { requireTerraform } from "../../src/commands/terraform.js";
import { temporaryDirectory } from "../support/run-directory.js";
import { Workspace } from "../support/terraform.js";

const root = resolve(__dirname, "..", "..");

test("the provider of the bridge's page is built as the page says, and plans and applies", async () => {
  const source = await readFile(join(root, "examples", "bridge", "main.ts"), "utf8");
  expect(source.trimEnd().split("\n").length).toBeLessThanOrEqual(60);
  const folder = await temporaryDirectory("bridge-example");
  for (const host of ["registry.terraform.io", "registry.opentofu.org"]) {
    const mirror = join(folder, "mirror", host, "example", "notes", "0.1.0", terraformPlatform());
    await mkdir(mirror, { recursive: true });
    const outfile = join(mirror, "terraform-provider-notes_v0.1.0");
    const banner = "--banner:js=#!/usr/bin/env node";
    await promisify(execFile)(
      "npx",
      ["esbuild", "examples/bridge/main.ts", "--bundle", "--platform=node", banner, `--outfile=${outfile}`],
      { cwd: root },
    );
    await chmod(outfile, 0o755);
  }
  await writeFile(
    join(folder, "terraform.rc"),
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(join(folder, "mirror"))}\n  }\n}\n`,
  );
  const terraform = new Workspace(await requireTerraform(process.env), await temporaryDirectory("notes"), join(folder, "terraform.rc"), {});
  const note = (text: string) =>
    `terraform {\n  required_providers {\n    notes = {\n      source = "example/notes"\n    }\n  }\n}\nprovider "notes" {\n  folder = "${folder}"\n}\nresource "notes_note" "a" {\n  name = "first"\n  text = "${text}"\n}\n`;
  await terraform.write(note("hello"));
  await terraform.init();
  await terraform.apply();
  expect(JSON.parse(await readFile(join(folder, "first.json"), "utf8"))).toMatchObject({ text: "hello", author: "nobody" });
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.write(note("changed"));
  expect((await terraform.plan()).json.resource_changes?.[0]?.change.actions).toEqual(["update"]);
  await terraform.apply();
  await terraform.run(["state", "rm", "notes_note.a"]);
  await terraform.import("notes_note.a", "first");
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.write(note("changed").replace('"first"', '"two words"'));
  expect(await terraform.failingPlan()).toContain("A name is letters, digits and underscores");
  await terraform.write(note("changed"));
  await terraform.destroy();
});
