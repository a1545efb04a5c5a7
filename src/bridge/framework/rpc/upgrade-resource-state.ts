import { decodeJson, storedValues, type ValueObject } from "../../cty/index.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import { wholeState } from "../outcome.js";
import { withEmptyBlocks } from "../plan/empty-blocks.js";
import type { ProviderServer } from "../provider-server.js";
import type { Resource } from "../resource.js";
import type { Schema } from "../schema/schema.js";

export interface UpgradeResourceStateRequest {
  readonly version: number;
  /** State as it is stored: JSON. */
  readonly json: Uint8Array;
}

export interface Upgradable {
  readonly typeName: string;
  readonly schema: Schema;
  readonly upgrades?: Resource["upgrades"] | undefined;
}

/**
 * Fits stored state to today's schema. Within one version attributes may have come (they are null, and blocks are empty) or gone
 * (they are dropped); from an earlier version the resource's own upgrade leads.
 * Serves resource identities too.
 */
export async function upgradeResourceState(
  server: ProviderServer,
  { typeName, schema, upgrades = {} }: Upgradable,
  { version, json }: UpgradeResourceStateRequest,
): Promise<{ readonly state: ValueObject | null; readonly diagnostics: readonly Diagnostic[] }> {
  const diagnostics = new Diagnostics();
  const upgrade = version < schema.version ? upgrades[version] : undefined;
  if (upgrade) {
    const upgraded = await server.run(diagnostics, () => upgrade({ state: storedValues(json), diagnostics }));
    const state = upgraded === undefined && diagnostics.hasErrors ? undefined : wholeState({ typeName, schema }, upgraded, diagnostics);
    return { state: state ?? null, diagnostics: diagnostics.items };
  }
  if (version !== schema.version) {
    diagnostics.error(
      "State of another version",
      version > schema.version
        ? `The state of this ${typeName} was written by a newer version of the provider. Use that version or a later one.`
        : `The state of this ${typeName} has version ${version}, and this provider reads version ${schema.version} only.`,
    );
    return { state: null, diagnostics: diagnostics.items };
  }
  const state = await server.run(diagnostics, () => decodeJson(json, schema.type, { ignoreUnknownAttributes: true }) as ValueObject | null);
  return { state: state ? withEmptyBlocks(schema, state) : null, diagnostics: diagnostics.items };
}
