import Table from "cli-table3";
import type { CommandContext } from "../context.js";
import type { Outcome } from "./delete.js";

/** Prints what was found and what became of it. `deleting`: whether it was to be deleted. */
export function report({ print, say, terminal }: CommandContext, outcomes: readonly Outcome[], deleting: boolean, json: boolean): void {
  if (json)
    return print(
      JSON.stringify(
        outcomes.map(({ key: { orgId, apiKeyId, name, createdAt, recent }, deleted, reason }) => ({
          orgId,
          apiKeyId,
          name,
          createdAt,
          recent,
          deleted,
          ...(reason !== undefined && { reason }),
        })),
        null,
        2,
      ),
    );
  if (outcomes.length === 0) return say("Every key is known to a state.");
  const table = new Table({ head: ["organization", "key", "name", "created", ""], style: terminal ? {} : { head: [], border: [] } });
  for (const { key, deleted, reason } of outcomes)
    table.push([
      key.orgId,
      key.apiKeyId,
      key.name,
      key.createdAt ?? "",
      deleted ? "deleted" : (reason ?? (key.recent ? "younger than an hour" : "")),
    ]);
  print(table.toString());
  if (!deleting)
    say("Nothing was deleted. Look whether one of these belongs to a state that was not given, and run it again with --delete.");
}
