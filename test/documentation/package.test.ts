import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { promisify } from "node:util";

const root = join(__dirname, "..", "..");

/** What `npm pack` would put into the package, by path. */
async function packedFiles(): Promise<ReadonlySet<string>> {
  const { stdout } = await promisify(execFile)("npm", ["pack", "--dry-run", "--json"], { cwd: root, maxBuffer: 2 ** 26 });
  const [packed] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  return new Set(packed.files.map(({ path }) => path));
}

const linksOf = (page: string): string[] =>
  [...readFileSync(join(root, page), "utf8").matchAll(/\]\((?!https?:|#)([^)\s#]+)[^)]*\)/g)].map(([, target = ""]) =>
    normalize(join(dirname(page), target)).replace(/\/$/, ""),
  );

test("the package holds what its README links to, and what the pages link to that it reaches", async () => {
  const files = await packedFiles();
  const isPacked = (path: string) => files.has(path) || [...files].some((file) => file.startsWith(`${path}/`));
  const missing: string[] = [];
  const pages = ["README.md"];
  const linked = new Set(pages);
  for (const page of pages)
    for (const target of linksOf(page)) {
      if (!isPacked(target)) missing.push(`${page}: ${target}`);
      if (linked.has(target)) continue;
      linked.add(target);
      if (target.endsWith(".md") && files.has(target)) pages.push(target);
    }
  expect(missing).toEqual([]);
  expect(pages).toEqual(expect.arrayContaining(["docs/bridge.md", "docs/rotation.md", "docs/cdktf.md", "docs/testing.md"]));
  expect([...files]).toEqual(expect.arrayContaining(["LICENSE", "CHANGELOG.md", "dist/testing-thread.js"]));
});

test("nothing but what users need is packed", async () => {
  const kinds = new Set([...(await packedFiles())].map((path) => path.split("/")[0]));
  expect([...kinds].sort()).toEqual(
    ["CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "bin", "dist", "docs", "examples", "package.json", "test"].sort(),
  );
});
