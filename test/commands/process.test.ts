import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { api, createOrg } from "../support/organization.js";
import { runDirectory, temporaryDirectory } from "../support/run-directory.js";
import { useSandbox } from "../support/server.js";
import { commandProcess, type ProcessOptions, type ProcessResult, written } from "./process.js";

const HOUR = 3_600_000;
let now = Date.parse("2031-01-01T00:00:00.000Z");
const server = useSandbox({ now: () => new Date(now) });
const QUICK = { PANGOLIN_RETRY_TIMEOUT: "0s" };
/** Nothing listens there: the port was given back just now, or it is the one that is reserved for nothing. */
const DEAD = { PANGOLIN_ENDPOINT: "http://127.0.0.1:9", PANGOLIN_API_KEY: "keykeykeykeykey.secret", ...QUICK };

const servers: Server[] = [];
afterEach(() => {
  for (const each of servers.splice(0)) {
    each.closeAllConnections();
    each.close();
  }
});
async function serving(handler: Parameters<typeof createServer>[1]): Promise<string> {
  const made = createServer(handler as never);
  servers.push(made);
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`;
}

const PLAN = { format_version: "1.2", planned_values: {}, configuration: {}, resource_changes: [] };
const STATE = { version: 4, serial: 1, lineage: "x", resources: [{ type: "pangolin_org", instances: [{ attributes: {} }] }] };
const files = mkdtempSync(join(runDirectory(), "process-"));
const file = (name: string, content: unknown) => {
  writeFileSync(join(files, name), JSON.stringify(content));
  return join(files, name);
};
const plan = file("plan.json", PLAN);
const others = file("others.json", { ...PLAN, resource_changes: [null] });
const state = file("state.json", STATE);
const noTime = file("no-time", "soon");

interface Case {
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly stdin?: string;
  readonly exitCode: number;
  readonly stdout?: RegExp;
  readonly stderr?: RegExp;
}
const NOTHING = /^$/;

test.each<[string, Case]>([
  ["help", { args: ["--help"], exitCode: 0, stdout: /Usage: pangolin-iac/, stderr: NOTHING }],
  ["the version", { args: ["--version"], exitCode: 0, stdout: /^\d+\.\d+\.\d+\n$/, stderr: NOTHING }],
  ["no command", { args: [], exitCode: 2, stdout: NOTHING, stderr: /Usage/ }],
  ["an unknown command", { args: ["dance"], exitCode: 2, stdout: NOTHING, stderr: /unknown command/ }],

  ["permissions", { args: ["permissions", "getOrg", "--json"], exitCode: 0, stdout: /"getOrg"/, stderr: NOTHING }],
  ["no such permission", { args: ["permissions", "gteOrg"], exitCode: 1, stdout: NOTHING, stderr: /Did you mean getOrg\?/ }],
  ["a wrong option of permissions", { args: ["permissions", "--nonsense"], exitCode: 2, stdout: NOTHING, stderr: /unknown option/ }],

  ["plan-check of nothing", { args: ["plan-check", "--only", "rotation", plan], exitCode: 0, stdout: NOTHING, stderr: /Nothing changes/ }],
  ["plan-check of more", { args: ["plan-check", "--only", "rotation", others], exitCode: 3, stdout: /not understood/, stderr: /manually/ }],
  [
    "plan-check of stdin",
    { args: ["plan-check", "--only", "rotation", "-"], stdin: JSON.stringify(PLAN), exitCode: 0, stderr: /Nothing changes/ },
  ],
  [
    "plan-check of no plan",
    { args: ["plan-check", "--only", "rotation", state], exitCode: 1, stdout: NOTHING, stderr: /is a state, not a plan/ },
  ],
  [
    "plan-check of null",
    { args: ["plan-check", "--only", "rotation", "-"], stdin: "null", exitCode: 1, stdout: NOTHING, stderr: /it is null/ },
  ],
  ["plan-check without a word", { args: ["plan-check", plan], exitCode: 2, stdout: NOTHING, stderr: /--only/ }],

  [
    "doctor at a dead port",
    {
      args: ["doctor"],
      env: DEAD,
      exitCode: 1,
      stdout: /FAILED +Endpoint: GET .*ECONNREFUSED/s,
      stderr: /1 of \d+ checks failed: Endpoint/,
    },
  ],
  [
    "doctor in JSON at a dead port",
    { args: ["doctor", "--json"], env: DEAD, exitCode: 1, stdout: /^\[[\s\S]*"failed"[\s\S]*\]\n$/, stderr: /checks failed/ },
  ],
  ["doctor without an endpoint", { args: ["doctor"], exitCode: 1, stdout: /FAILED +Endpoint: Not set/, stderr: /checks failed/ }],
  [
    "doctor with a wrong variable",
    { args: ["doctor"], env: { ...DEAD, PANGOLIN_MAX_RETRIES: "many" }, exitCode: 1, stdout: /FAILED +Settings: PANGOLIN_MAX_RETRIES/ },
  ],
  ["a wrong option of doctor", { args: ["doctor", "--nonsense"], exitCode: 2, stdout: NOTHING, stderr: /unknown option/ }],

  [
    "sweep at a dead port",
    { args: ["sweep", "--state", state, "--delete"], env: DEAD, exitCode: 1, stdout: NOTHING, stderr: /ECONNREFUSED.*Nothing was deleted/ },
  ],
  ["sweep without a state", { args: ["sweep"], env: DEAD, exitCode: 2, stdout: NOTHING, stderr: /No state was given/ }],
  ["sweep without an endpoint", { args: ["sweep", "--state", state], exitCode: 2, stdout: NOTHING, stderr: /No endpoint is given/ }],
  [
    "sweep without a key",
    {
      args: ["sweep", "--state", state],
      env: { ...DEAD, PANGOLIN_API_KEY: "" },
      exitCode: 2,
      stdout: NOTHING,
      stderr: /No API key is given/,
    },
  ],
  [
    "sweep with a wrong variable",
    {
      args: ["sweep", "--state", state],
      env: { ...DEAD, PANGOLIN_MAX_CONCURRENT_REQUESTS: "0" },
      exitCode: 2,
      stdout: NOTHING,
      stderr: /PANGOLIN_MAX_CONCURRENT_REQUESTS/,
    },
  ],
  [
    "sweep with a wrong endpoint",
    { args: ["sweep", "--state", state, "--endpoint", "x"], env: DEAD, exitCode: 2, stdout: NOTHING, stderr: /--endpoint: / },
  ],
  [
    "sweep with no state",
    { args: ["sweep", "--state", plan, "--delete"], env: DEAD, exitCode: 1, stdout: NOTHING, stderr: /is a plan, not a state/ },
  ],
  [
    "sweep with no JSON",
    {
      args: ["sweep", "--state", "-"],
      env: DEAD,
      stdin: "No state.",
      exitCode: 1,
      stdout: NOTHING,
      stderr: /stdin cannot be read as a state/,
    },
  ],

  [
    "provider install for what cannot work",
    { args: ["provider", "install", "--platform", "windows_amd64"], exitCode: 2, stdout: NOTHING, stderr: /\.exe/ },
  ],
  [
    "the same in eval",
    { args: ["provider", "install", "--platform", "x", "--print-env"], exitCode: 2, stdout: /^false #.*\n$/, stderr: /one of linux_amd64/ },
  ],

  [
    "sandbox with a log in no folder",
    {
      args: ["sandbox", "--log", "/no/such/log"],
      exitCode: 1,
      stdout: NOTHING,
      stderr: /--log \/no\/such\/log cannot be used: ENOENT.*\n.*folder/,
    },
  ],
  [
    "sandbox with a clock in no folder",
    {
      args: ["sandbox", "--clock", "/no/such/clock"],
      exitCode: 1,
      stdout: NOTHING,
      stderr: /--clock \/no\/such\/clock cannot be used: ENOENT/,
    },
  ],
  [
    "sandbox with a clock that shows nothing",
    { args: ["sandbox", "--clock", noTime], exitCode: 1, stdout: NOTHING, stderr: /holds no time/ },
  ],
  [
    "sandbox with a state in no folder",
    {
      args: ["sandbox", "--state", "/no/such/state"],
      exitCode: 1,
      stdout: NOTHING,
      stderr: /--state \/no\/such\/state cannot be used: ENOENT/,
    },
  ],
  ["sandbox with a state that is none", { args: ["sandbox", "--state", files], exitCode: 1, stdout: NOTHING, stderr: /cannot be used/ }],
  ["sandbox with a port that is none", { args: ["sandbox", "--port", "70000"], exitCode: 2, stdout: NOTHING, stderr: /65535/ }],
  ["sandbox with a share that is none", { args: ["sandbox", "--error-rate", "2"], exitCode: 2, stdout: NOTHING, stderr: /from 0 to 1/ }],
])("%s", async (_, { args, env = {}, stdin, exitCode, stdout, stderr }) => {
  const directory = await temporaryDirectory("process");
  const result = await commandProcess(args, { directory, env, ...(stdin !== undefined && { stdin }) });
  expect(result).toMatchObject({ exitCode, signal: null });
  if (stdout) expect(result.stdout).toMatch(stdout);
  if (stderr) expect(result.stderr).toMatch(stderr);
  expect(result.stderr).not.toMatch(/\n +at |Unhandled|bug of/);
});

test("a port that is taken", async () => {
  const endpoint = await serving((_request, response) => response.end());
  const result = await commandProcess(["sandbox", "--port", new URL(endpoint).port]);
  expect(result).toMatchObject({ exitCode: 1, stdout: "", stderr: expect.stringMatching(/Port \d+ is in use/) });
});

describe("doctor and sweep", () => {
  const both = async (env: NodeJS.ProcessEnv): Promise<readonly [ProcessResult, ProcessResult]> => [
    await commandProcess(["doctor"], { env: { ...server.env, ...QUICK, ...env } }),
    await commandProcess(["sweep", "--state", state, "--delete"], { env: { ...server.env, ...QUICK, ...env } }),
  ];

  test("with a key that is not known", async () => {
    const [doctor, sweep] = await both({ PANGOLIN_API_KEY: "unknownunknown1.verysecret" });
    expect(doctor).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/FAILED +API key: .*401/) });
    expect(sweep).toMatchObject({ exitCode: 1, stdout: "", stderr: expect.stringMatching(/401.*Nothing was deleted/) });
    for (const { stdout, stderr } of [doctor, sweep]) expect(stdout + stderr).not.toContain("verysecret");
  });

  test("at a page", async () => {
    const endpoint = await serving((_request, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<title>Pangolin</title>"),
    );
    const [doctor, sweep] = await both({ PANGOLIN_ENDPOINT: endpoint });
    expect(doctor).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/FAILED +Endpoint: .*"Pangolin"/) });
    expect(sweep).toMatchObject({ exitCode: 1, stdout: "", stderr: expect.stringMatching(/"Pangolin".*Nothing was deleted/) });
  });

  test("at a server that comes back while it is waited for", async () => {
    let asked = 0;
    const endpoint = await serving((incoming, answer) => {
      asked += 1;
      if (asked === 1) return answer.writeHead(503).end();
      const { method, url, headers } = incoming;
      incoming.pipe(
        request(new URL(server.env.PANGOLIN_ENDPOINT ?? ""), { method, path: url, headers }, (response) =>
          response.pipe(answer.writeHead(response.statusCode ?? 500, response.headers)),
        ),
      );
    });
    const { exitCode, stdout } = await commandProcess(["doctor"], { env: { ...server.env, PANGOLIN_ENDPOINT: endpoint } });
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/is a root key/) });
    expect(asked).toBeGreaterThan(2);
  });
});

describe("sweep --delete", () => {
  /** Three keys that no state knows, and a way to the server that decides about each deletion. */
  async function left(onDelete: (count: number) => "pass" | "fail" | "reset" | "hold", release: Promise<unknown> = Promise.resolve()) {
    const orgId = await createOrg(server.env);
    for (const name of ["a", "b", "c"]) await api(server.env, "PUT", `/org/${orgId}/api-key`, { name });
    now += HOUR;
    let deletions = 0;
    const endpoint = await serving((incoming, answer) => {
      const { method, url, headers } = incoming;
      const decision = method === "DELETE" ? onDelete(++deletions) : "pass";
      if (decision === "fail")
        return answer
          .writeHead(500, { "content-type": "application/json" })
          .end(JSON.stringify({ data: null, success: false, error: true, message: "An error occurred", status: 500 }));
      if (decision === "reset") return incoming.socket.destroy();
      incoming.pipe(
        request(new URL(server.env.PANGOLIN_ENDPOINT ?? ""), { method, path: url, headers }, async (response) => {
          if (decision === "hold") await release;
          response.pipe(answer.writeHead(response.statusCode ?? 500, response.headers));
        }),
      );
    });
    const run = (options: ProcessOptions = {}, ...args: string[]) =>
      commandProcess(["sweep", "--state", state, "--org", orgId, "--delete", "--json", ...args], {
        ...options,
        env: { ...server.env, ...QUICK, PANGOLIN_MAX_RETRIES: "1", PANGOLIN_ENDPOINT: endpoint },
      });
    const names = async () =>
      ((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: { name: string }[] }).apiKeys.map(({ name }) => name);
    return { run, names };
  }
  const deletedOf = (stdout: string) =>
    (JSON.parse(stdout) as { name: string; deleted: boolean }[]).filter(({ deleted }) => deleted).map(({ name }) => name);

  test("says what it deleted where a deletion fails half-way", async () => {
    const { run, names } = await left((count) => (count === 2 ? "fail" : "pass"));
    const { exitCode, stdout, stderr } = await run();
    expect({ exitCode, deleted: deletedOf(stdout), left: await names() }).toEqual({ exitCode: 1, deleted: ["a", "c"], left: ["b"] });
    expect(stderr).toMatch(/2 of 3 keys were deleted\. Not deleted: \w+ \(DELETE .*500/);
  });

  test("says what it deleted where the server goes away half-way", async () => {
    const { run, names } = await left((count) => (count === 1 ? "pass" : "reset"));
    const { exitCode, stdout, stderr } = await run();
    expect({ exitCode, deleted: deletedOf(stdout), left: await names() }).toEqual({ exitCode: 1, deleted: ["a"], left: ["b", "c"] });
    expect(stderr).toMatch(/1 of 3 keys were deleted/);
  });

  test("says what it deleted where it is interrupted", async () => {
    let interrupt = () => {};
    let release = () => {};
    const { run, names } = await left(
      () => {
        interrupt();
        return "hold";
      },
      new Promise<void>((resolve) => {
        release = resolve;
      }),
    );
    const { exitCode, stdout, stderr } = await run({
      meanwhile: async (child) => {
        interrupt = () => child.kill("SIGINT");
        await written(child.stderr, "Interrupted");
        release();
      },
    });
    expect({ exitCode, deleted: deletedOf(stdout), left: await names() }).toEqual({ exitCode: 130, deleted: ["a"], left: ["b", "c"] });
    expect(stderr).toMatch(/1 of 3 keys were deleted, and then it was interrupted/);
  });

  test("does its work also where nobody reads what it says", async () => {
    const { run, names } = await left(() => "pass");
    expect(await run({ meanwhile: (child) => child.stdout.destroy() })).toMatchObject({ exitCode: 0 });
    expect(await names()).toEqual([]);
  });
});

describe("an exit code does not depend on who reads", () => {
  const closed: ProcessOptions = { meanwhile: (child) => child.stdout.destroy() };
  test.each<[string, readonly string[], number]>([
    ["permissions", ["permissions"], 0],
    ["plan-check of more", ["plan-check", "--only", "rotation", others], 3],
    ["doctor", ["doctor"], 1],
  ])("of %s", async (_, args, exitCode) => {
    expect(await commandProcess(args, closed)).toMatchObject({ exitCode, signal: null, stderr: expect.not.stringMatching(/EPIPE/) });
  });

  test("but a result that cannot be written is a failure", async () => {
    const { exitCode, stderr } = await commandProcess(["permissions"], { redirect: "/dev/full" });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringMatching(/could not write its result to stdout: ENOSPC/) });
  });
});

describe("Ctrl+C", () => {
  test("ends a sandbox as it should end", async () => {
    expect(
      await commandProcess(["sandbox"], {
        meanwhile: async (child) => {
          await written(child.stdout, "PANGOLIN_API_KEY");
          child.kill("SIGINT");
        },
      }),
    ).toMatchObject({ exitCode: 0, signal: null });
  });

  test("ends what only reads at once", async () => {
    let asked: () => void = () => {};
    const hanging = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const endpoint = await serving(() => asked());
    const result = await commandProcess(["doctor"], {
      env: { ...server.env, PANGOLIN_ENDPOINT: endpoint },
      meanwhile: async (child) => {
        await hanging;
        child.kill("SIGINT");
      },
    });
    expect(result).toMatchObject({ exitCode: null, signal: "SIGINT" });
  });
});

test("a process that ends before its work is done has failed, and says so", async () => {
  const script = 'const { awaited } = require("./src/command-line.ts"); awaited(new Promise(() => {}), () => console.error("too early"));';
  const run = promisify(execFile)(process.execPath, ["--import", "tsx", "-e", script], {
    cwd: resolve(__dirname, "..", ".."),
  });
  await expect(run).rejects.toMatchObject({ code: 1, stderr: "too early\n" });
});
