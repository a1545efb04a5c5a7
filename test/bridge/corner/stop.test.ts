import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cornerWorkspace, runCorner } from "../../support/corner.js";
import { temporaryDirectory } from "../../support/run-directory.js";

const linesOf = (file: string): string[] => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []);

async function told(file: string, line: string): Promise<void> {
  while (!linesOf(file).includes(line)) await sleep(20);
}

function signalProviderIn(directory: string, signal: NodeJS.Signals): void {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const isProvider = readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("terraform-provider-framework");
      if (isProvider && readlinkSync(`/proc/${pid}/cwd`) === directory) process.kill(Number(pid), signal);
    } catch {
      // Ended meanwhile, or somebody else's.
    }
  }
}

const stepsFile = async () => join(await temporaryDirectory("steps"), "steps");
const steps = (name: string, more = "") => `resource "framework_steps" "${name}" {\n  name = "${name}"\n  ${more}\n}\n`;

test("a create that is stopped half-way keeps what it saved, and nothing new is begun", async () => {
  const file = await stepsFile();
  const terraform = await cornerWorkspace(`${steps("one", 'waits_for = "stop"')}${steps("two", "depends_on = [framework_steps.one]")}`, {
    CORNER_STEPS_FILE: file,
  });
  const apply = terraform.begin(["apply", "-input=false", "-auto-approve"]);
  await told(file, "one begun");
  apply.kill("SIGINT");
  const { exitCode, text } = await apply.ended;
  expect(exitCode).toBe(1);
  expect(text).toContain("Terraform stopped the provider before this was finished");
  expect(linesOf(file)).toEqual(["one begun", "one stopped"]);
  expect(await terraform.attributes("framework_steps.one")).toMatchObject({ name: "one", configured: "half" });
});

test("a create whose Terraform was killed is told, and has the time to undo what it has begun", async () => {
  const file = await stepsFile();
  const terraform = await cornerWorkspace(steps("one", 'waits_for = "abandonment"'), { CORNER_STEPS_FILE: file });
  const apply = terraform.begin(["apply", "-input=false", "-auto-approve"]);
  await told(file, "one begun");
  apply.kill("SIGKILL");
  await expect(apply.ended).rejects.toThrow("did not end by itself");
  await told(file, "one undone");
});

test("a provider that is told to end finishes and answers what it is doing", async () => {
  const file = await stepsFile();
  const terraform = await cornerWorkspace(steps("one", 'waits_for = "stop"'), { CORNER_STEPS_FILE: file });
  const apply = terraform.begin(["apply", "-input=false", "-auto-approve"]);
  await told(file, "one begun");
  signalProviderIn(terraform.directory, "SIGTERM");
  expect((await apply.ended).exitCode).toBe(1);
  expect(linesOf(file)).toEqual(["one begun", "one stopped"]);
  expect(await terraform.attributes("framework_steps.one")).toMatchObject({ configured: "half" });
});

test("while debugging, a run that was stopped stops no later one, and each provider block has its own configuration", async () => {
  const file = await stepsFile();
  const corner = await runCorner({ CORNER_STEPS_FILE: file });
  try {
    const stopped = await corner.workspace(steps("one", 'waits_for = "stop"'));
    const apply = stopped.begin(["apply", "-input=false", "-auto-approve"]);
    await told(file, "one begun");
    apply.kill("SIGINT");
    expect((await apply.ended).exitCode).toBe(1);

    const blocks = 'provider "framework" {\n  dummy = "first"\n}\nprovider "framework" {\n  alias = "second"\n  dummy = "second"\n}\n';
    const terraform = await corner.workspace(`${blocks}${steps("a")}${steps("b", "provider = framework.second")}`);
    await terraform.apply();
    expect((await terraform.attributes("framework_steps.a")).configured).toBe("first");
    expect((await terraform.attributes("framework_steps.b")).configured).toBe("second");
  } finally {
    expect(await corner.end()).toEqual([0, null]);
  }
});

test.each(["rejection", "exception"])("a stray %s fails its own call, which keeps what it made, and no other", async (strays) => {
  const terraform = await cornerWorkspace(`${steps("one", `strays = "${strays}"`)}${steps("two")}`);
  const { text } = await terraform.apply([], { expect: 1 });
  expect(text).toContain("nobody waits for this");
  expect(text).toContain("with framework_steps.one");
  expect(text).not.toContain("plugin crashed");
  expect([...(await terraform.state()).keys()].sort()).toEqual(["framework_steps.one", "framework_steps.two"]);
});
