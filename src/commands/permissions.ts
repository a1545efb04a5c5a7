import Table from "cli-table3";
import { Command } from "commander";
import { permissionCatalogue } from "../integration-api/index.js";
import type { CommandContext } from "./context.js";
import { Failure } from "./failure.js";

interface Options {
  readonly category?: string;
  readonly rootOnly?: boolean;
  readonly json?: boolean;
}

export const permissionsCommand = (context: CommandContext): Command =>
  new Command("permissions")
    .description("search the permissions that an API key can have")
    .argument("[text]", "part of a name")
    .option("--category <name>", "only permissions of this category, such as site")
    .option("--root-only", "only permissions that have an effect on root keys only")
    .option("--json", "print a JSON array of {name, category, rootOnly}")
    .action((text: string | undefined, options: Options) => search(context, text ?? "", options));

function search({ print, terminal }: CommandContext, text: string, { category, rootOnly, json }: Options): void {
  const categories = [...new Set(permissionCatalogue.all.map((permission) => permission.category))].sort();
  if (category !== undefined && !categories.includes(category))
    throw new Failure(`There is no category "${category}".`, `The categories are ${categories.join(", ")}.`);
  const found = permissionCatalogue.all.filter(
    (permission) =>
      permission.name.toLowerCase().includes(text.toLowerCase()) &&
      (category === undefined || permission.category === category) &&
      (!rootOnly || permission.rootOnly),
  );
  if (json) return print(JSON.stringify(found, null, 2));
  if (found.length === 0) {
    const suggestion = permissionCatalogue.suggest(text);
    throw new Failure(`No permission has "${text}" in its name.`, suggestion ? `Did you mean ${suggestion}?` : "Try a shorter text.");
  }
  const table = new Table({ head: ["name", "category", "keys"], style: terminal ? {} : { head: [], border: [] } });
  for (const permission of found) table.push([permission.name, permission.category, permission.rootOnly ? "root only" : "any"]);
  print(table.toString());
}
