import { writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { api, createOrg } from "../../support/organization.js";
import { temporaryDirectory } from "../../support/run-directory.js";
import { useSandbox } from "../../support/server.js";
import { command } from "../command.js";

const HOUR = 3_600_000;
let now = Date.parse("2031-01-01T00:00:00.000Z");
const sandbox = useSandbox({ now: () => new Date(now) });
/** No test waits for a server that is away. */
const server = {
  get env() {
    return { ...sandbox.env, PANGOLIN_RETRY_TIMEOUT: "0s", PANGOLIN_MAX_RETRIES: "0" };
  },
};
let directory: string;
let orgId: string;
beforeEach(async () => {
  directory = await temporaryDirectory("sweep");
  orgId = await createOrg(server.env);
});
afterEach(() => sandbox.sandbox.setFaults({}));

const sweep = (...args: string[]) => command(["sweep", "--org", orgId, ...args], { directory, env: { ...server.env } });
const mint = async (name: string) => ((await api(server.env, "PUT", `/org/${orgId}/api-key`, { name })) as { apiKeyId: string }).apiKeyId;
const keys = async () =>
  ((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: { apiKeyId: string }[] }).apiKeys.map(({ apiKeyId }) => apiKeyId);
const rows = (stdout: string) => JSON.parse(stdout) as { apiKeyId: string; deleted: boolean; recent: boolean; reason?: string }[];
const listed = (stdout: string) => rows(stdout).map(({ apiKeyId }) => apiKeyId);

/** A state file with one instance of a resource or data source. */
const stored = (type: string, attributes: object, more: object = {}) => ({
  version: 4,
  terraform_version: "1.11.4",
  serial: 1,
  lineage: "x",
  outputs: {},
  resources: [{ mode: "managed", type, name: "x", provider: "p", instances: [{ attributes, ...more }] }],
});
const shown = (type: string, values: object) => ({
  format_version: "1.0",
  values: { root_module: { child_modules: [{ resources: [{ address: "x", type, values }] }] } },
});
const write = async (name: string, content: unknown) => {
  await writeFile(join(directory, name), Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return name;
};
const stateWith = (...ids: string[]) => write("state.json", stored("pangolin_api_keys", { ids }));

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64");

test.each<[string, (id: string) => unknown]>([
  ["a key", (id) => stored("pangolin_api_key", { key_id: id })],
  ["a previous key", (id) => stored("pangolin_api_key", { key_id: "x", previous_key_id: id })],
  [
    "a key whose deletion is not confirmed",
    (id) => stored("pangolin_api_key", { key_id: "x" }, { private: base64({ superseded: [{ key_id: id }] }) }),
  ],
  ["a deposed key", (id) => stored("pangolin_api_key", { key_id: id }, { deposed: "00000000" })],
  ["a grant", (id) => stored("pangolin_api_key_grant", { id: `acme/${id}` })],
  ["permissions", (id) => stored("pangolin_api_key_permissions", { key_id: id })],
  ["a data source", (id) => stored("pangolin_api_key", { api_key: { id } })],
  ["a data source of many", (id) => stored("pangolin_api_keys", { api_keys: [{ key_id: id }] })],
  ["a token elsewhere", (id) => stored("pangolin_org", {}, { private: base64({ token: `${id}.secret` }) })],
  ["an output", (id) => ({ ...stored("pangolin_org", {}), outputs: { token: { value: `Bearer ${id}.secret`, type: "string" } } })],
  ["a key in a module, as `show -json` tells it", (id) => shown("pangolin_api_key", { key_id: id })],
  ["a grant, as `show -json` tells it", (id) => shown("pangolin_api_key_grant", { key_id: id })],
  [
    "a key, as PowerShell writes it",
    (id) => Buffer.from(`\uFEFF${JSON.stringify(stored("pangolin_api_key", { key_id: id }))}\r\n`, "utf16le"),
  ],
  [
    "a key, as a wrapper writes it",
    (id) => Buffer.from(`[command]x state pull\n${JSON.stringify(stored("pangolin_api_key", { key_id: id }), null, 2)}\n::debug::x\n`),
  ],
])("%s is known", async (_, state) => {
  const known = await mint("known");
  const orphan = await mint("orphan");
  const path = await write("state.json", state(known));
  expect(listed((await sweep("--state", path, "--json")).stdout)).toEqual([orphan]);
  expect((await sweep("--state", path)).stdout).toContain(orphan);
  now += HOUR;
  expect(await sweep("--state", path, "--delete")).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("deleted") });
  expect(await keys()).toEqual([known]);
  expect((await sweep("--state", path)).stderr).toContain("Every key is in a state");
});

test("what several states know is known", async () => {
  const [one, two, orphan] = [await mint("k"), await mint("k"), await mint("k")];
  const first = await write("one.json", stored("pangolin_api_key", { key_id: one }));
  const second = await write("two.json", shown("pangolin_api_key", { key_id: two }));
  expect(listed((await sweep("--state", first, "--state", second, "--json")).stdout)).toEqual([orphan]);
  const { stdout } = await command(["sweep", "--org", orgId, "--state", first, "--state", "-", "--json"], {
    directory,
    env: { ...server.env },
    stdin: JSON.stringify(shown("pangolin_api_key", { key_id: two })),
  });
  expect(listed(stdout)).toEqual([orphan]);
});

test("by name and age, in all organizations", async () => {
  const empty = await write("empty.json", { format_version: "1.0" });
  const all = (...args: string[]) => command(["sweep", "--state", empty, "--json", ...args], { directory, env: { ...server.env } });
  const old = await mint("left");
  now += HOUR;
  const young = await mint("left");
  const other = await mint("other");
  expect(listed((await all("--name", "left")).stdout)).toEqual(expect.arrayContaining([old, young]));
  expect(listed((await sweep("--state", empty, "--older-than", "30m", "--json")).stdout)).toEqual([old]);
  expect(listed((await sweep("--state", empty, "--name", "other", "--json")).stdout)).toEqual([other]);
});

test("an empty state needs a word more before anything is deleted", async () => {
  const orphan = await mint("orphan");
  now += HOUR;
  const states = [
    await write("shown.json", { format_version: "1.0" }),
    await write("root.json", { format_version: "1.0", values: { root_module: {} } }),
    await write("stored.json", { ...stored("x", {}), resources: [] }),
    await write("other.json", stored("terraform_data", {})),
    await write("gone.json", { ...stored("x", {}), resources: [{ mode: "managed", type: "pangolin_api_key", name: "x", instances: [] }] }),
  ];
  for (const state of states) {
    expect(listed((await sweep("--state", state, "--json")).stdout)).toEqual([orphan]);
    expect(await sweep("--state", state, "--delete")).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr: expect.stringMatching(new RegExp(`${state}: it has no resources of Pangolin.*--allow-empty-state`, "s")),
    });
  }
  const known = await write("known.json", stored("pangolin_api_key", { key_id: "x" }));
  expect(await sweep("--state", known, "--state", states[0] ?? "", "--delete")).toMatchObject({ exitCode: 1 });
  expect(await keys()).toEqual([orphan]);
  expect(await sweep("--state", states[0] ?? "", "--delete", "--allow-empty-state")).toMatchObject({ exitCode: 0 });
  expect(await keys()).toEqual([]);
});

test("keys younger than an hour need a word more", async () => {
  const state = await stateWith();
  const old = await mint("old");
  now += HOUR - 1000;
  const young = await mint("young");
  now += 1000;
  expect((await sweep("--state", state)).stdout).toMatch(new RegExp(`${young}.*younger than an hour`));
  const first = await sweep("--state", state, "--delete", "--json");
  expect(first).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/1 of 2 keys were deleted.*--include-recent/s) });
  expect(rows(first.stdout)).toMatchObject([
    { apiKeyId: old, recent: false, deleted: true },
    { apiKeyId: young, recent: true, deleted: false, reason: "kept: younger than an hour" },
  ]);
  expect(await sweep("--state", state, "--delete", "--older-than", "1h")).toMatchObject({ exitCode: 0 });
  expect(await keys()).toEqual([young]);
  expect(await sweep("--state", state, "--delete", "--include-recent")).toMatchObject({ exitCode: 0 });
  expect(await keys()).toEqual([]);
});

test.each<[string, "error-before" | "error-after" | "html", number]>([
  ["answered with an error", "error-before", 2],
  ["answered with an error after it was done", "error-after", 3],
  ["answered by a proxy", "html", 2],
])("a deletion that is %s is told with what was deleted", async (_, fault, deleted) => {
  const state = await stateWith();
  await mint("k");
  const second = await mint("k");
  await mint("k");
  now += HOUR;
  sandbox.sandbox.setFaults({ decide: ({ method, path }) => (method === "DELETE" && path.includes(second) ? fault : undefined) });
  const { exitCode, stdout, stderr } = await sweep("--state", state, "--delete", "--json");
  expect(rows(stdout).filter(({ deleted: gone }) => gone)).toHaveLength(deleted);
  expect(exitCode).toBe(deleted === 3 ? 0 : 1);
  expect((await keys()).length).toBe(3 - deleted);
  if (deleted < 3) {
    expect(rows(stdout).find(({ apiKeyId }) => apiKeyId === second)).toMatchObject({
      deleted: false,
      reason: expect.stringContaining("DELETE"),
    });
    expect(stderr).toContain(`2 of 3 keys were deleted. Not deleted: ${second}`);
  }
});

test("where the server's time is not known, no key is old", async () => {
  const orphan = await mint("orphan");
  now += HOUR;
  const proxy = createServer((incoming, answer) => {
    const { method, url, headers } = incoming;
    answer.sendDate = false;
    incoming.pipe(
      request(new URL(server.env.PANGOLIN_ENDPOINT ?? ""), { method, path: url, headers }, (response) => {
        const { date: _date, ...others } = response.headers;
        response.pipe(answer.writeHead(response.statusCode ?? 500, others));
      }),
    );
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  const endpoint = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const state = await stateWith();
  const { exitCode, stdout } = await sweep("--state", state, "--endpoint", endpoint, "--delete", "--json");
  const aged = await sweep("--state", state, "--endpoint", endpoint, "--older-than", "1m");
  proxy.closeAllConnections();
  proxy.close();
  expect({ exitCode, rows: rows(stdout) }).toMatchObject({ exitCode: 1, rows: [{ apiKeyId: orphan, recent: true, deleted: false }] });
  expect(aged).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("no readable Date") });
});

test("an interrupt ends it, and says what was deleted", async () => {
  const state = await stateWith();
  const [first, second] = [await mint("k"), await mint("k")];
  now += HOUR;
  const controller = new AbortController();
  controller.abort();
  const { exitCode, stderr } = await command(["sweep", "--org", orgId, "--state", state, "--delete"], {
    directory,
    env: { ...server.env },
    interrupted: controller.signal,
  });
  expect(exitCode).toBe(130);
  expect(stderr).toContain(
    `0 of 2 keys were deleted, and then it was interrupted. Not deleted: ${first} (not tried: interrupted); ${second}`,
  );
  expect(await keys()).toHaveLength(2);
});

test.each<[string, unknown, string]>([
  ["a plan", { format_version: "1.2", planned_values: {}, configuration: {}, prior_state: {} }, "is a plan, not a state"],
  ["a schema", { format_version: "1.0", provider_schemas: {} }, "providers schema"],
  ["a validation", { format_version: "1.0", valid: true, diagnostics: [] }, "validate"],
  ["a package", { name: "x", version: "1.0.0" }, "is not a state"],
  ["a number", { version: 4 }, "is not a state"],
  ["an older state", { version: 3, serial: 1, lineage: "x", modules: [] }, "is not a state"],
  ["outputs", { token: { value: "x", sensitive: true, type: "string" } }, "output -json"],
  ["null", null, "it is null"],
  ["an encrypted state", { serial: 1, lineage: "", encrypted_data: "x" }, "an encrypted state"],
  ["resources that are none", { ...stored("x", {}), resources: [null] }, "whose resources cannot be understood"],
  [
    "modules that are none",
    { format_version: "1.0", values: { root_module: { child_modules: [1] } } },
    "whose resources cannot be understood",
  ],
  ["nothing", Buffer.alloc(0), "it is empty"],
  ["half a state", Buffer.from('{"version":4,'), "its JSON is incomplete"],
])("%s is not a state, and nothing is deleted", async (_, content, message) => {
  const orphan = await mint("orphan");
  now += HOUR;
  const path = await write("x.json", content);
  expect(await sweep("--state", path, "--delete", "--allow-empty-state", "--include-recent")).toMatchObject({
    exitCode: 1,
    stdout: "",
    stderr: expect.stringContaining(message),
  });
  expect(await keys()).toEqual([orphan]);
});

test.each<[string, string[], number, string]>([
  ["no state", [], 2, "--state"],
  ["a state that is not there", ["--state", "nowhere.json"], 1, "cannot be read"],
  ["an age that is none", ["--state", "x", "--older-than", "soon"], 2, "is not a duration"],
  [
    "an organization that is not there",
    ["--state", "EMPTY", "--org", "no-such", "--delete", "--allow-empty-state"],
    1,
    "There is no organization",
  ],
])("%s is told", async (_, args, exitCode, message) => {
  const empty = await write("empty.json", { format_version: "1.0" });
  const result = await sweep(...args.map((arg) => (arg === "EMPTY" ? empty : arg)));
  expect(result).toMatchObject({ exitCode, stderr: expect.stringContaining(message) });
});
