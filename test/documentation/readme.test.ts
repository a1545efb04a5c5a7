import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { members } from "../../src/provider/index.js";

const root = join(__dirname, "..", "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

test.each(["README.md", "docs/bridge.md"])("every example of %s is a file of the repository, which other tests run", (page) => {
  const examples = [...readFileSync(join(root, page), "utf8").matchAll(/<!-- example: (\S+) -->\n```\w+\n([\s\S]*?)```/g)];
  expect(examples.length).toBeGreaterThan(0);
  for (const [, file, text] of examples) expect(text).toBe(readFileSync(join(root, file as string), "utf8"));
});

test("the table of what is supported is the provider's own list", () => {
  const table = /<!-- supported -->([\s\S]*)<!-- \/supported -->/.exec(readme)?.[1] ?? "";
  const listed = [...table.matchAll(/^\| *(\w[\w ]*?) *\| *`(\w+)` *\|$/gm)].map(([, kind, name]) => `${kind} ${name}`);
  const had = [
    ...Object.keys(members.resources).map((name) => `resource ${name}`),
    ...Object.keys(members.dataSources).map((name) => `data source ${name}`),
    ...Object.keys(members.ephemeralResources).map((name) => `ephemeral resource ${name}`),
    ...Object.keys(members.listResources).map((name) => `list resource ${name}`),
    ...Object.keys(members.functions).map((name) => `function ${name}`),
  ];
  expect(listed).toEqual(had);
});

test("every feature of the bridge names a test that there is", () => {
  const page = readFileSync(join(root, "docs", "bridge.md"), "utf8");
  const rows = page.split("\n").filter((line) => /^\| .* \| (yes|the same|texts|zod|a block|of its own|no).* \|/.test(line));
  expect(rows.length).toBeGreaterThan(25);
  const untested = rows.filter((row) => !/\| no \| *\|$/.test(row) && !/\]\(\.\.\/test\//.test(row));
  expect(untested).toEqual([]);
  const named = [...page.matchAll(/\]\(\.\.\/(test\/[^)]+)\)/g)].map(([, file]) => file as string);
  expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});
