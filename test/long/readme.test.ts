import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { follow, root, walkthroughOf } from "../examples/walkthrough.js";
import { temporaryDirectory } from "../support/run-directory.js";
import { useSandbox } from "../support/server.js";

/** As `test/examples/readme.test.ts`, with the packed package and all others from npm. */
const terraformServer = useSandbox();
const cdktfServer = useSandbox();

/** An empty folder beside one with the tarball. */
async function besideClone(): Promise<string> {
  const folder = await temporaryDirectory("reader");
  for (const name of ["pangolin-iac", "project"]) await mkdir(join(folder, name));
  await promisify(execFile)("npm", ["pack", "--ignore-scripts", "--pack-destination", join(folder, "pangolin-iac")], { cwd: root });
  return join(folder, "project");
}

test.each([
  ["Terraform", terraformServer],
  ["CDKTF", cdktfServer],
])("the %s section works in an empty folder with packages from npm", async (title, server) => {
  expect(await follow(await walkthroughOf(title), await besideClone(), server.env)).toContain("2 added");
});
