import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { PAGES, stalePages } from "../../scripts/generate/pages.js";
import { members } from "../../src/provider/index.js";
import { command } from "../commands/command.js";

const root = join(__dirname, "..", "..");
const textOf = (page: string): string => readFileSync(join(root, page), "utf8");
const readme = textOf("README.md");

/** Everything that people read and nobody generates as a whole. */
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "examples/gitops/README.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

test("the generated parts of the pages are current", async () => {
  for (const page of PAGES) expect(textOf(page)).toMatch(/<!-- (example: \S+|settings) -->/);
  expect(await stalePages(root)).toEqual([]);
});

test("the table of what is supported names every member of the provider", () => {
  const table = /<!-- supported -->([\s\S]*)<!-- \/supported -->/.exec(readme)?.[1] ?? "";
  for (const [kind, names] of [
    ["resource", members.resources],
    ["data source", members.dataSources],
    ["ephemeral resource", members.ephemeralResources],
    ["list resource", members.listResources],
    ["function", members.functions],
  ] as const)
    for (const name of Object.keys(names)) expect(table).toMatch(new RegExp(`^\\| ${kind} \\| \`${name}\` \\| \\S.*\\. \\|$`, "m"));
});

/** As GitHub makes them: a heading that repeats gets a number. */
function anchorsOf(page: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) => {
    const slug = title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-");
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}

test.each(pages)("every link of %s leads to a file of the repository, and to a heading of it", (page) => {
  const targets = [...textOf(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, target]) => target as string);
  const broken = targets.filter((target) => {
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? page : normalize(join(dirname(page), path));
    return !existsSync(join(root, file)) || (anchor !== undefined && !anchorsOf(file).includes(anchor));
  });
  expect(broken).toEqual([]);
});

test("the table of commands has every command, and no other", async () => {
  const { stdout: help } = await command(["--help"], { directory: root });
  const commands = [...help.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name as string).filter((name) => name !== "help");
  const listed = [...readme.matchAll(/^\| `pangolin-iac ([a-z-]+)/gm)].map(([, name]) => name as string);
  expect(listed.sort()).toEqual(commands.sort());
});

const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };

test.each(["README.md", "CONTRIBUTING.md"])("every npm script that %s names exists", (page) => {
  const named = [...textOf(page).matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name as string);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test("every path that CONTRIBUTING.md names exists, and so do the folders of src", () => {
  const page = textOf("CONTRIBUTING.md");
  const named = [...page.matchAll(/(?<=[`\s])(?:src|test|examples|constructs|scripts|docs|\.ci)(?:\/[\w.-]+)*(?=[`\s])/g)].map(
    ([path]) => path,
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const rooms = readdirSync(join(root, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(rooms.map(({ name }) => `src/${name}`).filter((room) => !page.includes(`| \`${room}\` |`))).toEqual([]);
});

test("every feature of the bridge names a test that exists", () => {
  const page = textOf("docs/bridge.md");
  const rows = page.split("\n").filter((line) => /^\| .* \| (yes|the same|texts|strings|zod|a block|of its own|no).* \|/.test(line));
  expect(rows.length).toBeGreaterThan(25);
  const untested = rows.filter((row) => !/\| no \| *\|$/.test(row) && !/\]\(\.\.\/test\//.test(row));
  expect(untested).toEqual([]);
});
