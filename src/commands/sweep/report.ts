import Table from "cli-table3";
import type { CommandContext } from "../context.js";
import type { Outcome } from "./delete.js";

/** Prints the keys and their outcomes. `deleting`: whether --delete was given. */
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
  if (outcomes.length === 0) return say("Every key is in a state.");
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
    say("Nothing was deleted. Check that none of these belongs to a state that you did not give, and run it again with --delete.");
}
