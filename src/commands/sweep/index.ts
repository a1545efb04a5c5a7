import Table from "cli-table3";
import { Command, InvalidArgumentError } from "commander";
import { type ApiKeyRow, type IntegrationApi, isIntegrationApiError, normaliseEndpoint, parseToken } from "../../integration-api/index.js";
import { duration, milliseconds } from "../../provider/duration.js";
import type { CommandContext } from "../context.js";
import { EXIT } from "../exit-code.js";
import { Failure } from "../failure.js";
import { integrationApi } from "../integration-api.js";
import { knownKeys } from "./known-keys.js";

interface Options {
  readonly state: readonly string[];
  readonly org: readonly string[];
  readonly name?: string;
  /** Milliseconds. */
  readonly olderThan?: number;
  readonly endpoint?: string;
  readonly delete?: boolean;
  readonly json?: boolean;
}

export const sweepCommand = (context: CommandContext): Command =>
  new Command("sweep")
    .description("list API keys that no state knows, such as those that an interrupted run left behind")
    .option("--state <file>", "a state file, or what `terraform show -json` prints; may be repeated", collect, [])
    .option("--org <id>", "only keys of this organization; may be repeated; otherwise of all", collect, [])
    .option("--name <text>", "only keys of exactly this name")
    .option("--older-than <duration>", "only keys of at least this age by the server's clock, such as 1h or 30d", age)
    .option("--endpoint <url>", "the Integration API; otherwise PANGOLIN_ENDPOINT")
    .option("--delete", "delete what is listed")
    .option("--json", "print a JSON array of {orgId, apiKeyId, name, createdAt, deleted}")
    .addHelpText(
      "after",
      "\nGive every state that manages keys of these organizations: a key that belongs to a state which is not given looks left behind.\n" +
        "Nothing is deleted without --delete. The key in PANGOLIN_API_KEY, which has to be a root key, and other root keys are never listed.",
    )
    .action((options: Options) => sweep(context, options));

interface Found extends ApiKeyRow {
  readonly deleted: boolean;
}

async function sweep(context: CommandContext, options: Options): Promise<void> {
  if (options.state.length === 0)
    throw new Failure(
      "No state is given, so every key would look left behind.",
      "Give --state with each state that manages keys.",
      EXIT.usage,
    );
  const known = new Set(options.state.flatMap((path) => [...knownKeys(path)]));
  const api = apiOf(context, options);
  try {
    const orgIds = options.org.length > 0 ? options.org : (await api.listOrgs()).map(({ orgId }) => orgId);
    const found: Found[] = [];
    for (const orgId of orgIds) {
      if (!(await api.organizationExists(orgId)))
        throw new Failure(`There is no organization "${orgId}" at ${api.endpoint}.`, "Correct --org.");
      const { rows, time } = await api.listApiKeys(orgId);
      for (const row of rows) {
        if (known.has(row.apiKeyId) || row.apiKeyId === api.keyId) continue;
        if (options.name !== undefined && row.name !== options.name) continue;
        if (options.olderThan !== undefined && time - Date.parse(row.createdAt) < options.olderThan) continue;
        if (options.delete) await api.deleteApiKey(orgId, row.apiKeyId);
        found.push({ ...row, deleted: options.delete === true });
      }
    }
    show(context, found, options);
  } catch (error) {
    if (isIntegrationApiError(error)) throw new Failure(error.message, error.advice);
    throw error;
  }
}

function show({ print, say, terminal }: CommandContext, found: readonly Found[], { json }: Options): void {
  if (json)
    return print(
      JSON.stringify(
        found.map(({ orgId, apiKeyId, name, createdAt, deleted }) => ({ orgId, apiKeyId, name, createdAt, deleted })),
        null,
        2,
      ),
    );
  if (found.length === 0) return say("Every key is known to a state.");
  const table = new Table({ head: ["organization", "key", "name", "created", ""], style: terminal ? {} : { head: [], border: [] } });
  for (const { orgId, apiKeyId, name, createdAt, deleted } of found)
    table.push([orgId, apiKeyId, name, createdAt, deleted ? "deleted" : ""]);
  print(table.toString());
  if (!found[0]?.deleted)
    say("Nothing was deleted. Look whether one of these belongs to a state that was not given, and run it again with --delete.");
}

function apiOf({ env }: CommandContext, { endpoint = env.PANGOLIN_ENDPOINT }: Options): IntegrationApi {
  const apiKey = env.PANGOLIN_API_KEY;
  if (!endpoint) throw new Failure("No endpoint is given.", "Set PANGOLIN_ENDPOINT, or give --endpoint.");
  if (!apiKey || !parseToken(apiKey)) throw new Failure("No API key is given.", "Set PANGOLIN_API_KEY to keyId.secret of a root key.");
  let url: string;
  try {
    url = normaliseEndpoint(endpoint);
  } catch (error) {
    throw new Failure(`The endpoint cannot be used: ${(error as Error).message}.`, "Correct PANGOLIN_ENDPOINT or --endpoint.");
  }
  return integrationApi(url, apiKey, env);
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

function age(text: string): number {
  const { success, error } = duration().safeParse(text);
  if (!success) throw new InvalidArgumentError(`${error.issues[0]?.message ?? "It is no duration"}.`);
  return milliseconds(text);
}
