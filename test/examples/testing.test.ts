import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { workspace } from "../support/terraform.js";

const root = resolve(__dirname, "..", "..");

test("the example of a test passes, and so does its command", async () => {
  const terraform = await workspace("");
  const { NODE_TEST_CONTEXT: _, ...own } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", "--test", "examples/testing/pipeline.test.ts"], {
    cwd: root,
    env: {
      ...own,
      ...terraform.environment(),
      PATH: process.env.PATH,
      TF_DATA_DIR: undefined,
      TERRAFORM_BINARY_NAME: terraform.engine.binary,
    },
  });
  expect(stdout).toMatch(/pass 1\n/);
  expect(stdout).toMatch(/fail 0\n/);
});
