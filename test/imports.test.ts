import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const root = join(__dirname, "..");

/** What each folder may import beside itself; what is not named here imports nothing of ours. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "src/bridge/cty": [],
  "src/bridge/plugin": [],
  "src/bridge/protocol/wire": [],
  "src/bridge/framework": ["src/bridge/cty"],
  "src/bridge/protocol": ["src/bridge/protocol/wire", "src/bridge/framework", "src/bridge/cty", "src/bridge/plugin"],
  "src/integration-api": [],
  "src/sandbox": ["src/integration-api"],
  "src/testing": ["src/sandbox"],
  "src/provider": ["src/bridge/sdk.ts", "src/integration-api", "package.json"],
  "src/commands": ["src/integration-api", "src/sandbox", "src/provider", "src/version.ts"],
  constructs: [],
};

const folders = Object.keys(MAY_IMPORT).sort((a, b) => b.length - a.length);
const folderOf = (file: string) => folders.find((folder) => file.startsWith(`${folder}/`));

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesIn(path) : path.endsWith(".ts") ? [path] : [];
  });

const importsOf = (file: string): string[] =>
  [...readFileSync(join(root, file), "utf8").matchAll(/(?:from|import\()\s*["'](\.{1,2}\/[^"']+)["']/g)].map(([, target]) =>
    relative(root, join(root, dirname(file), (target ?? "").replace(/\.js$/, ".ts"))),
  );

test("imports point one way", () => {
  const files = [...filesIn("src"), ...filesIn("constructs")];
  expect(files.length).toBeGreaterThan(100);
  const wrong = files.flatMap((file) => {
    const own = folderOf(file);
    if (!own) return [];
    const allowed = [own, ...(MAY_IMPORT[own] ?? [])];
    return importsOf(file)
      .filter((target) => !allowed.some((folder) => target === folder || target.startsWith(`${folder}/`)))
      .map((target) => `${file} imports ${target}`);
  });
  expect(wrong).toEqual([]);
});

test("nothing in the bridge names Pangolin", () => {
  const named = filesIn("src/bridge").filter((file) => /pangolin/i.test(readFileSync(join(root, file), "utf8")));
  expect(named).toEqual([]);
});
