import { pathToString, type ValueObject } from "../../cty/index.js";
import { resultIsKnown } from "../consistency.js";
import { CallDeferral, type DeferralReason } from "../deferral.js";
import { type Diagnostic, DiagnosticError, Diagnostics } from "../diagnostics.js";
import { type CompiledIdentity, parseImportId } from "../identity.js";
import { ObjectIdentity } from "../object-identity.js";
import { identityAfter, privateAfter, wholeState } from "../outcome.js";
import { PrivateState } from "../private-state.js";
import type { CompiledResource, ProviderServer } from "../provider-server.js";
import { forCallback } from "../schema/doubles.js";
import { unknownState } from "../schema/schema.js";
import { validateSchema } from "../schema/validate.js";

export interface ImportResourceStateRequest {
  /** The text of `terraform import` or of an import block's `id`; empty where the identity is given. */
  readonly id: string;
  readonly identity: ValueObject | undefined;
  readonly deferralAllowed?: boolean;
  readonly signal: AbortSignal;
}

export interface ImportResourceStateResponse {
  readonly imported: { readonly state: ValueObject; readonly private: Uint8Array; readonly identity: ValueObject | undefined } | undefined;
  readonly deferred: DeferralReason | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** An import that is put off names the object and leaves its state for later. */
export async function importResourceState(
  server: ProviderServer,
  resource: CompiledResource,
  request: ImportResourceStateRequest,
): Promise<ImportResourceStateResponse> {
  const { definition, identity, schema, typeName } = resource;
  const diagnostics = new Diagnostics();
  const privateState = PrivateState.decode(undefined);
  const deferral = new CallDeferral(request.deferralAllowed ?? false, server.deferred);
  let identityData = new ObjectIdentity(resource, undefined);
  const failed = () => ({ imported: undefined, deferred: deferral.reason, diagnostics: diagnostics.items });
  if (server.deferred && deferral.reason)
    return { ...failed(), imported: { state: unknownState(schema), private: new Uint8Array(), identity: undefined } };
  const found = await server.run(diagnostics, async () => {
    if (!definition.import || !identity) throw new DiagnosticError("Import is not supported", `A ${typeName} cannot be imported.`);
    const parts = request.identity ?? parseImportId(identity, request.id);
    if (!isValidIdentity(identity, parts, diagnostics)) return undefined;
    identityData = new ObjectIdentity(resource, parts);
    const answer = await definition.import({
      ...server.context(diagnostics, request.signal),
      identity: forCallback(identity, parts) as never,
      private: privateState,
      identityData,
      deferral,
    });
    if (!answer) throw new DiagnosticError("Nothing to import", `There is no ${typeName} "${Object.values(parts).join("/")}".`);
    return answer;
  });
  const state = found && wholeState(resource, found, diagnostics);
  if (!state) return failed();
  if (!deferral.reason) resultIsKnown(typeName, state, diagnostics);
  const imported = {
    state,
    private: privateAfter(typeName, privateState, diagnostics),
    identity: identityAfter(resource, identityData, state, diagnostics),
  };
  return diagnostics.hasErrors ? failed() : { ...failed(), imported };
}

/** Attributes of the resource are validated in its configuration; those that only the identity has are validated nowhere else. */
function isValidIdentity(identity: CompiledIdentity, parts: ValueObject, diagnostics: Diagnostics): boolean {
  if (!identity.own) return true;
  const found = new Diagnostics();
  validateSchema(identity, parts, found);
  for (const { detail, path = [] } of found.items) diagnostics.error("Invalid import identity", `${pathToString(path)}: ${detail}`);
  return !found.hasErrors;
}
