import { Command, InvalidArgumentError } from "commander";
import { type IntegrationApi, isIntegrationApiError } from "../../integration-api/index.js";
import { duration, milliseconds } from "../../provider/duration.js";
import type { CommandContext } from "../context.js";
import { EXIT } from "../exit-code.js";
import { Failure } from "../failure.js";
import { requireApi } from "../integration-api.js";
import { deleteKeys, type Outcome } from "./delete.js";
import { type FoundKey, findUnknownKeys } from "./find.js";
import { type KnownState, readState } from "./known-state.js";
import { report } from "./report.js";

interface Options {
  readonly state: readonly string[];
  readonly org: readonly string[];
  readonly name?: string;
  /** Milliseconds. */
  readonly olderThan?: number;
  readonly endpoint?: string;
  readonly delete?: boolean;
  readonly includeRecent?: boolean;
  readonly allowEmptyState?: boolean;
  readonly json?: boolean;
}

export const sweepCommand = (context: CommandContext): Command =>
  new Command("sweep")
    .description("list API keys that are in no state, such as those that an interrupted run left behind")
    .option(
      "--state <file>",
      "a state file, or the output of `terraform state pull` or `terraform show -json`; - for stdin; may be repeated",
      collect,
      [],
    )
    .option("--org <id>", "only keys of this organization; may be repeated (default: all organizations)", collect, [])
    .option("--name <text>", "only keys with exactly this name")
    .option("--older-than <duration>", "only keys of at least this age by the server's clock, such as 1h or 30d", age)
    .option("--endpoint <url>", "URL of the Integration API (default: PANGOLIN_ENDPOINT)")
    .option("--delete", "delete the listed keys")
    .option("--include-recent", "with --delete: delete keys younger than an hour too, which a run in progress may need")
    .option("--allow-empty-state", "with --delete: accept a state without resources of Pangolin")
    .option("--json", "print a JSON array of {orgId, apiKeyId, name, createdAt, recent, deleted, reason}")
    .addHelpText(
      "after",
      "\nGive every state that manages keys of these organizations: a key of a state that is missing here looks left behind.\n" +
        "A key is in a state if the state mentions its id: as a key, its previous key, in a grant, a data source, an output or private state\n" +
        "(which only a state file holds, not `terraform show -json`).\n" +
        "Nothing is deleted without --delete, and with it no key younger than an hour: an apply, or an ephemeral key, may be at work.\n" +
        "The key in PANGOLIN_API_KEY, which has to be a root key, and other root keys are never listed.\n" +
        `Exit code ${EXIT.failed} with --delete: something that is listed was not deleted. An interrupt ends it after the deletion that is under way.`,
    )
    .action((options: Options) => sweep(context, options));

async function sweep(context: CommandContext, options: Options): Promise<void> {
  if (options.state.length === 0)
    throw new Failure(
      "No state was given, so every key would look left behind.",
      "Set --state for each state that manages keys.",
      EXIT.usage,
    );
  const states: KnownState[] = [];
  for (const path of options.state) states.push(await readState(context, path));
  if (options.delete && !options.allowEmptyState) refuseEmptyStates(states);
  const api = requireApi({ endpoint: options.endpoint }, context.env);
  const found = await find(api, states, options);
  if (!options.delete) return report(context, found.map(listed), false, options.json === true);
  const interrupted = context.interruption();
  interrupted.addEventListener("abort", () => context.say("Interrupted: it ends after the deletion that is under way."), { once: true });
  const outcomes = await deleteKeys(api, found, { includeRecent: options.includeRecent === true, interrupted });
  report(context, outcomes, true, options.json === true);
  const kept = outcomes.filter(({ deleted }) => !deleted);
  if (kept.length > 0) throw incomplete(outcomes, kept, interrupted.aborted);
}

const listed = (key: FoundKey): Outcome => ({ key, deleted: false });

/** Beside a state that is empty by mistake, such as one of another workspace, every key looks left behind. */
function refuseEmptyStates(states: readonly KnownState[]): void {
  const empty = states.filter(({ holdsPangolin }) => !holdsPangolin);
  if (empty.length > 0)
    throw new Failure(
      `${empty.map(({ name }) => name).join(", ")}: it has no resources of Pangolin, so nothing was deleted.`,
      "Check that this is the right state. If it is, add --allow-empty-state.",
    );
}

async function find(api: IntegrationApi, states: readonly KnownState[], { org, name, olderThan }: Options): Promise<FoundKey[]> {
  try {
    return await findUnknownKeys(api, states, { orgIds: org, name, olderThan });
  } catch (error) {
    if (isIntegrationApiError(error)) throw new Failure(`${error.message} Nothing was deleted.`, error.advice);
    throw error;
  }
}

function incomplete(outcomes: readonly Outcome[], kept: readonly Outcome[], interrupted: boolean): Failure {
  const recent = kept.every(({ key, reason }) => key.recent && reason?.startsWith("kept"));
  return new Failure(
    `${outcomes.length - kept.length} of ${outcomes.length} keys were deleted${interrupted ? ", and then it was interrupted" : ""}. ` +
      `Not deleted: ${kept.map(({ key, reason }) => `${key.apiKeyId} (${reason})`).join("; ")}`,
    recent
      ? "Keys younger than an hour may belong to a run in progress. Wait, exclude them with --older-than 1h, or add --include-recent."
      : "Run it again to delete the others.",
    interrupted ? EXIT.interrupted : EXIT.failed,
  );
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

function age(text: string): number {
  const { success, error } = duration().safeParse(text);
  if (!success) throw new InvalidArgumentError(`${error.issues[0]?.message ?? "It is not a duration"}.`);
  return milliseconds(text);
}
