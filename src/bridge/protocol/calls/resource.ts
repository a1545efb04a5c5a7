import { applyResourceChange as apply } from "../../framework/rpc/apply-resource-change.js";
import { generateResourceConfig as generate } from "../../framework/rpc/generate-resource-config.js";
import { importResourceState as importState } from "../../framework/rpc/import-resource-state.js";
import { moveResourceState as move } from "../../framework/rpc/move-resource-state.js";
import { planResourceChange as plan } from "../../framework/rpc/plan-resource-change.js";
import { readResource as read } from "../../framework/rpc/read-resource.js";
import { upgradeResourceState as upgrade } from "../../framework/rpc/upgrade-resource-state.js";
import { validateConfig } from "../../framework/rpc/validate-config.js";
import { call } from "../call.js";
import { deferredTo } from "../deferred.js";
import { diagnosticsTo, pathTo } from "../diagnostics.js";
import { identityFrom, identityTo } from "../identity.js";
import { objectFrom, valueTo } from "../values.js";

const NO_BYTES = new Uint8Array();

export const validateResourceConfig = call("ValidateResourceConfig.Request", "ValidateResourceConfig.Response", async (server, request) => {
  const { schema, definition } = await server.resource(request.typeName ?? "");
  const writeOnlyAllowed = request.clientCapabilities?.writeOnlyAttributesAllowed ?? false;
  const config = objectFrom(request.config, schema.type);
  return { diagnostics: diagnosticsTo(await validateConfig(server, schema, definition, config, { writeOnlyAllowed })) };
});

export const upgradeResourceState = call("UpgradeResourceState.Request", "UpgradeResourceState.Response", async (server, request) => {
  const { typeName, schema, definition } = await server.resource(request.typeName ?? "");
  const { state, diagnostics } = await upgrade(
    server,
    { typeName, schema, upgrades: definition.upgrades },
    {
      version: request.version ?? 0,
      json: request.rawState?.json ?? NO_BYTES,
    },
  );
  return { upgradedState: valueTo(state, schema.type), diagnostics: diagnosticsTo(diagnostics) };
});

export const upgradeResourceIdentity = call(
  "UpgradeResourceIdentity.Request",
  "UpgradeResourceIdentity.Response",
  async (server, request) => {
    const { typeName, identity } = await server.resource(request.typeName ?? "");
    if (!identity) return {};
    const { state, diagnostics } = await upgrade(
      server,
      { typeName, schema: identity },
      {
        version: request.version ?? 0,
        json: request.rawIdentity?.json ?? NO_BYTES,
      },
    );
    const upgraded = state && identityTo(identity, state);
    return { ...(upgraded && { upgradedIdentity: upgraded }), diagnostics: diagnosticsTo(diagnostics) };
  },
);

export const readResource = call("ReadResource.Request", "ReadResource.Response", async (server, request, signal) => {
  const resource = await server.resource(request.typeName ?? "");
  const { type } = resource.schema;
  const response = await read(server, resource, {
    state: objectFrom(request.currentState, type),
    private: request.private ?? NO_BYTES,
    currentIdentity: identityFrom(resource.identity, request.currentIdentity),
    deferralAllowed: request.clientCapabilities?.deferralAllowed ?? false,
    signal,
  });
  const newIdentity = identityTo(resource.identity, response.identity);
  return {
    newState: valueTo(response.state, type),
    private: response.private,
    diagnostics: diagnosticsTo(response.diagnostics),
    ...(newIdentity && { newIdentity }),
    ...deferredTo(response.deferred),
  };
});

export const planResourceChange = call("PlanResourceChange.Request", "PlanResourceChange.Response", async (server, request, signal) => {
  const resource = await server.resource(request.typeName ?? "");
  const { type } = resource.schema;
  const response = await plan(server, resource, {
    config: objectFrom(request.config, type),
    prior: objectFrom(request.priorState, type),
    proposed: objectFrom(request.proposedNewState, type),
    priorPrivate: request.priorPrivate ?? NO_BYTES,
    priorIdentity: identityFrom(resource.identity, request.priorIdentity),
    deferralAllowed: request.clientCapabilities?.deferralAllowed ?? false,
    signal,
  });
  const plannedIdentity = identityTo(resource.identity, response.plannedIdentity);
  return {
    plannedState: valueTo(response.planned, type),
    plannedPrivate: response.plannedPrivate,
    requiresReplace: response.requiresReplace.map(pathTo),
    diagnostics: diagnosticsTo(response.diagnostics),
    ...(plannedIdentity && { plannedIdentity }),
    ...deferredTo(response.deferred),
  };
});

export const applyResourceChange = call("ApplyResourceChange.Request", "ApplyResourceChange.Response", async (server, request, signal) => {
  const resource = await server.resource(request.typeName ?? "");
  const { type } = resource.schema;
  const response = await apply(server, resource, {
    config: objectFrom(request.config, type),
    prior: objectFrom(request.priorState, type),
    planned: objectFrom(request.plannedState, type),
    plannedPrivate: request.plannedPrivate ?? NO_BYTES,
    plannedIdentity: identityFrom(resource.identity, request.plannedIdentity),
    signal,
  });
  const newIdentity = identityTo(resource.identity, response.identity);
  return {
    newState: valueTo(response.state, type),
    private: response.private,
    diagnostics: diagnosticsTo(response.diagnostics),
    ...(newIdentity && { newIdentity }),
  };
});

export const importResourceState = call("ImportResourceState.Request", "ImportResourceState.Response", async (server, request, signal) => {
  const resource = await server.resource(request.typeName ?? "");
  const { typeName, schema, identity } = resource;
  const { imported, deferred, diagnostics } = await importState(server, resource, {
    id: request.id ?? "",
    identity: identityFrom(identity, request.identity),
    deferralAllowed: request.clientCapabilities?.deferralAllowed ?? false,
    signal,
  });
  if (!imported) return { diagnostics: diagnosticsTo(diagnostics), ...deferredTo(deferred) };
  const importedIdentity = identityTo(identity, imported.identity);
  return {
    importedResources: [
      {
        typeName,
        state: valueTo(imported.state, schema.type),
        private: imported.private,
        ...(importedIdentity && { identity: importedIdentity }),
      },
    ],
    diagnostics: diagnosticsTo(diagnostics),
    ...deferredTo(deferred),
  };
});

export const moveResourceState = call("MoveResourceState.Request", "MoveResourceState.Response", async (server, request, signal) => {
  const resource = await server.resource(request.targetTypeName ?? "");
  const sourceIdentity = request.sourceIdentity?.json;
  const { moved, diagnostics } = await move(server, resource, {
    sourceProviderAddress: request.sourceProviderAddress ?? "",
    sourceTypeName: request.sourceTypeName ?? "",
    sourceSchemaVersion: request.sourceSchemaVersion ?? 0,
    sourceState: request.sourceState?.json ?? NO_BYTES,
    sourceIdentity: sourceIdentity?.length ? sourceIdentity : undefined,
    sourcePrivate: request.sourcePrivate ?? NO_BYTES,
    signal,
  });
  if (!moved) return { diagnostics: diagnosticsTo(diagnostics) };
  const targetIdentity = identityTo(resource.identity, moved.identity);
  return {
    targetState: valueTo(moved.state, resource.schema.type),
    targetPrivate: moved.private,
    ...(targetIdentity && { targetIdentity }),
    diagnostics: diagnosticsTo(diagnostics),
  };
});

export const generateResourceConfig = call("GenerateResourceConfig.Request", "GenerateResourceConfig.Response", async (server, request) => {
  const { schema } = await server.resource(request.typeName ?? "");
  const state = objectFrom(request.state, schema.type);
  return { config: valueTo(state && generate(schema, state), schema.type) };
});
