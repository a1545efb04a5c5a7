import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { Command, Option } from "commander";
import type { CommandContext } from "./context.js";
import { EXIT } from "./exit-code.js";
import { Failure } from "./failure.js";

interface Change {
  readonly actions: readonly string[];
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly after_unknown?: Readonly<Record<string, unknown>> | boolean;
}

interface Plan {
  readonly format_version?: string;
  readonly resource_changes?: readonly { readonly address: string; readonly type: string; readonly change: Change }[];
}

interface Options {
  readonly only: "rotation";
  readonly allow: readonly string[];
}

/** What the user gives: where one of these changes, it is not the calendar that changed the key. */
const ARGUMENTS = ["org_id", "name", "permissions", "rotate_after", "grace_period", "rotation_triggers"];

export const planCheckCommand = (context: CommandContext): Command =>
  new Command("plan-check")
    .description("prove that a plan changes nothing but what a scheduled run may change")
    .argument("<plan.json>", "what `terraform show -json PLANFILE` prints")
    .addOption(
      new Option("--only <what>", "what may change: keys that rotate or retire because of their age")
        .choices(["rotation"])
        .makeOptionMandatory(),
    )
    .option(
      "--allow <address>",
      "a resource that may change too, such as one that is handed the new token; may be repeated",
      (value: string, before: readonly string[]) => [...before, value],
      [],
    )
    .addHelpText("after", `\nExit code ${EXIT.otherChanges}: something else changes; stdout says what.`)
    .action((path: string, options: Options) => check(context, path, options));

function check({ print, say }: CommandContext, path: string, { allow }: Options): void {
  const changes = planAt(path).resource_changes?.filter(({ change }) => !["no-op", "read"].includes(change.actions.join())) ?? [];
  const others = changes.filter(({ address, type, change }) => !allow.includes(address) && !isRotation(type, change));
  for (const { address, change } of others) print(`${address}: ${reasonOf(change)}`);
  if (others.length > 0)
    throw new Failure(
      `${others.length} of ${changes.length} changes are not a rotation.`,
      "Look at the plan, and apply it by hand.",
      EXIT.otherChanges,
    );
  say(changes.length === 0 ? "Nothing changes." : `${changes.length} changes, and nothing but rotation.`);
}

const isRotation = (type: string, change: Change): boolean =>
  type === "pangolin_api_key" && change.actions.join() === "update" && changedArguments(change).length === 0;

function changedArguments({ before, after, after_unknown: unknown }: Change): string[] {
  const open = typeof unknown === "object" ? unknown : {};
  return ARGUMENTS.filter((name) => open[name] === true || !isDeepStrictEqual(before?.[name] ?? null, after?.[name] ?? null));
}

function reasonOf(change: Change): string {
  const actions = change.actions.join(" and ");
  const changed = change.actions.join() === "update" ? changedArguments(change) : [];
  return changed.length > 0 ? `${actions}, with another ${changed.join(", ")}` : actions;
}

function planAt(path: string): Plan {
  let plan: Plan;
  try {
    plan = JSON.parse(readFileSync(path, "utf8")) as Plan;
  } catch (error) {
    throw new Failure(`${path} cannot be read as a plan: ${(error as Error).message}`, "Make it with `terraform show -json PLANFILE`.");
  }
  if (typeof plan.format_version !== "string") throw new Failure(`${path} is no plan.`, "Make it with `terraform show -json PLANFILE`.");
  return plan;
}
