import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { members } from "../../src/provider/index.js";
import { documentedSettings } from "../../src/provider/settings.js";

/** Pages with generated parts. The rest of them is written by hand. */
export const PAGES = ["README.md", "docs/bridge.md", "docs/connection.md", "docs/testing.md"];

/** Writes the generated parts of the pages. */
export async function generatePages(root: string): Promise<void> {
  for (const { path, wanted } of await renderedPages(root)) writeFileSync(join(root, path), wanted);
}

/** The pages whose generated parts are not current. */
export async function stalePages(root: string): Promise<readonly string[]> {
  return (await renderedPages(root)).filter(({ found, wanted }) => found !== wanted).map(({ path }) => path);
}

async function renderedPages(root: string): Promise<readonly { readonly path: string; readonly found: string; readonly wanted: string }[]> {
  const table = await tableOfMembers();
  return PAGES.map((path) => {
    const found = readFileSync(join(root, path), "utf8");
    return { path, found, wanted: withTable(withSettings(withExamples(found, root)), table) };
  });
}

/** A code block after `<!-- example: PATH -->` holds that file. */
const withExamples = (page: string, root: string): string =>
  page.replace(
    /(<!-- example: (\S+) -->\n(`{3,})\w+\n)[\s\S]*?\3/g,
    (_, before: string, path: string, fence: string) => `${before}${readFileSync(join(root, path), "utf8")}${fence}`,
  );

/** Everything between `<!-- settings -->` and `<!-- /settings -->`. */
const withSettings = (page: string): string =>
  page.replace(
    /(<!-- settings -->\n)[\s\S]*?(<!-- \/settings -->)/,
    (_, before: string, after: string) => `${before}${tableOfSettings()}${after}`,
  );

/** Everything between `<!-- supported -->` and `<!-- /supported -->`. */
const withTable = (page: string, table: string): string =>
  page.replace(/(<!-- supported -->\n)[\s\S]*?(<!-- \/supported -->)/, (_, before: string, after: string) => `${before}${table}${after}`);

async function tableOfMembers(): Promise<string> {
  const kinds: readonly (readonly [string, Readonly<Record<string, () => Promise<{ description?: string }>>>])[] = [
    ["resource", members.resources],
    ["data source", members.dataSources],
    ["ephemeral resource", members.ephemeralResources],
    ["list resource", members.listResources],
    ["function", members.functions],
  ];
  const rows = ["| kind | name | what it is |", "|---|---|---|"];
  for (const [kind, entries] of kinds)
    for (const [name, load] of Object.entries(entries))
      rows.push(`| ${kind} | \`${name}\` | ${firstSentence((await load()).description)} |`);
  return `${rows.join("\n")}\n`;
}

const tableOfSettings = (): string =>
  ["| argument | variable | what it is |", "|---|---|---|", ...documentedSettings().map((row) => `| ${row.join(" | ")} |`), ""].join("\n");

const firstSentence = (text = ""): string => /^[\s\S]*?\.(?=\s+[A-Z]|$)/.exec(text)?.[0] ?? text;
