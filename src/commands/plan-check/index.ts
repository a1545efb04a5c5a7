import { Command, Option } from "commander";
import type { CommandContext } from "../context.js";
import { identify, type JsonObject } from "../engine-json/identify.js";
import { nameOf, readEngineJson } from "../engine-json/read.js";
import { EXIT } from "../exit-code.js";
import { Failure } from "../failure.js";
import { checkPlan } from "./check-plan.js";
import type { Finding } from "./finding.js";

interface Options {
  readonly only: "rotation";
  readonly allow: readonly string[];
}

const ADVICE = "Create it with `terraform show -json PLANFILE` (or `tofu show -json PLANFILE`).";

export const planCheckCommand = (context: CommandContext): Command =>
  new Command("plan-check")
    .description("check that a plan changes nothing but what a scheduled run may change")
    .argument("<plan.json>", "output of `terraform show -json PLANFILE`; - for stdin")
    .addOption(
      new Option("--only <what>", "what may change: keys that rotate or retire because of their age")
        .choices(["rotation"])
        .makeOptionMandatory(),
    )
    .option(
      "--allow <address>",
      "a resource that may be updated or replaced too, such as a consumer of the token, or an output as output.NAME; may be repeated",
      (value: string, before: readonly string[]) => [...before, value],
      [],
    )
    .addHelpText(
      "after",
      "\nA rotation is: keys of this provider that are due by age are rotated or retired, their grants follow them, and outputs made of their\n" +
        "attributes change with them (what holds a secret must be sensitive). Anything else is reported and fails: other arguments, triggers,\n" +
        "permissions, imports, moves, drift, data sources read at apply, a key that was deleted outside of Terraform, a plan that is not complete,\n" +
        "and anything that this release does not know.\n" +
        `\nExit code ${EXIT.otherChanges}: something else changes. Stdout lists it.`,
    )
    .action((path: string, options: Options) => check(context, path, options));

async function check(context: CommandContext, path: string, { allow }: Options): Promise<void> {
  const { findings, changes } = checkPlan(await planAt(context, path), allow);
  for (const { subject, text } of findings) context.print(`${subject}: ${text}`);
  if (findings.length > 0) throw new Failure("The plan does more than a rotation.", adviceOn(findings), EXIT.otherChanges);
  context.say(changes === 0 ? "Nothing changes." : `${changes} ${changes === 1 ? "change" : "changes"}, and nothing but rotation.`);
}

function adviceOn(findings: readonly Finding[]): string {
  const options = findings.flatMap(({ allow }) => (allow === undefined ? [] : [`--allow ${shellWord(allow)}`]));
  const look = "Review the plan and apply it manually.";
  return options.length > 0 && options.length === findings.length
    ? `${look} If these are consumers of the key, allow them: ${options.join(" ")}`
    : look;
}

const shellWord = (text: string): string => (/^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

async function planAt(context: CommandContext, path: string): Promise<JsonObject> {
  const identified = identify(await readEngineJson(context, path, { what: "a plan", advice: ADVICE }));
  switch (identified.kind) {
    case "plan":
      return identified.document;
    case "state file":
    case "shown state":
      throw new Failure(`${nameOf(path)} is a state, not a plan.`, ADVICE);
    case "other":
      throw new Failure(`${nameOf(path)} is not a plan: it is ${identified.description}.`, ADVICE);
  }
}
