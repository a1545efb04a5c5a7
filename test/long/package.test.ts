import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { temporaryDirectory } from "../support/run-directory.js";
import { useSandbox } from "../support/server.js";

const root = resolve(__dirname, "..", "..");
const server = useSandbox();

const MAIN = `import { App, LocalBackend, TerraformStack } from "cdktf";
import { ApiKey, Duration, Organization, PangolinProvider } from "pangolin-iac";
import { apiKey } from "pangolin-iac/bindings";

const app = new App();
const stack = new TerraformStack(app, "pack");
new LocalBackend(stack, { path: "terraform.tfstate" });
new PangolinProvider(stack, "pangolin");
const organization = new Organization(stack, "org", { orgId: "packed", subnet: "100.90.0.0/24", utilitySubnet: "100.96.128.0/24", deletionPolicy: "abandon" });
const key: ApiKey = organization.addApiKey("ci", { permissions: ["getOrg"], rotateAfter: Duration.days(90) });
key.addTokenOutput();
export const types = [apiKey.ApiKey];
app.synth();
`;

/** What needs the types of zod, which ask for `esModuleInterop`. */
const OTHERS = `import { required } from "pangolin-iac/bridge";
import { serve } from "pangolin-iac/bridge/serve";
import { startSandbox } from "pangolin-iac/testing";
export const values = [required, serve, startSandbox];
`;

test("the packed package works in an empty CDKTF project", async () => {
  const folder = await temporaryDirectory("package");
  const project = join(folder, "app");
  await mkdir(project);
  const run = async (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = project) =>
    promisify(execFile)(command, [...args], { cwd, env: { ...process.env, CI: "1", ...env }, maxBuffer: 2 ** 26 }).then(
      ({ stdout }) => stdout,
      (error: { message: string; stdout: string }) =>
        Promise.reject(
          new Error(`${error.message}
${error.stdout}`),
        ),
    );

  const [packed] = JSON.parse(await run("npm", ["pack", "--json", "--pack-destination", folder], {}, root)) as {
    filename: string;
    size: number;
    unpackedSize: number;
  }[];
  console.log(`packed: ${((packed?.size ?? 0) / 1024).toFixed(0)} KiB, unpacked: ${((packed?.unpackedSize ?? 0) / 1024).toFixed(0)} KiB`);
  await writeFile(join(project, "package.json"), '{"name":"app","private":true}');
  await writeFile(join(project, "cdktf.json"), '{"language":"typescript","app":"node main.js","projectId":"x","sendCrashReports":"false"}');
  await writeFile(join(project, "main.ts"), MAIN);
  await writeFile(join(project, "others.ts"), OTHERS);
  await run("npm", [
    "install",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "cdktf@^0.21.0",
    "cdktf-cli@^0.21.0",
    "constructs@>=10.6.0 <10.8.0",
    "typescript@~5.9.3",
    "@types/node@^20",
    join(folder, packed?.filename ?? ""),
  ]);
  const lock = JSON.parse(await readFile(join(project, "package-lock.json"), "utf8")) as {
    packages: Record<string, { dependencies?: object }>;
  };
  expect(Object.keys(lock.packages["node_modules/pangolin-iac"]?.dependencies ?? {})).toEqual(["zod"]);

  const compile = (...args: string[]) =>
    run("npx", [
      "tsc",
      "--strict",
      "--module",
      "commonjs",
      "--moduleResolution",
      "node10",
      "--target",
      "es2022",
      "--types",
      "node",
      ...args,
    ]);
  await compile("main.ts");
  await compile("--noEmit", "--esModuleInterop", "others.ts");
  const printed = await run("npx", ["pangolin-iac", "provider", "install", "--print-env"]);
  const env = {
    ...Object.fromEntries([...printed.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name, value])),
    ...server.env,
  };
  await run("npx", ["cdktf", "synth"], env);
  expect(await run("npx", ["cdktf", "deploy", "pack", "--auto-approve"], env)).toContain("2 added");
  expect(await run("npx", ["cdktf", "diff", "pack"], env)).toContain("No changes");
  expect(await run("npx", ["cdktf", "destroy", "pack", "--auto-approve"], env)).toContain("2 destroyed");
});
