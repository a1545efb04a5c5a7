import type { Provider } from "../framework/provider.js";
import { ProviderServer } from "../framework/provider-server.js";
import type { Method, MethodLookup } from "../plugin/index.js";
import type { Call } from "./call.js";
import { readDataSource, validateDataResourceConfig } from "./calls/data-source.js";
import {
  closeEphemeralResource,
  openEphemeralResource,
  renewEphemeralResource,
  validateEphemeralResourceConfig,
} from "./calls/ephemeral-resource.js";
import { callFunction } from "./calls/function.js";
import { configureProvider, getProviderSchema, stopProvider, validateProviderConfig } from "./calls/provider.js";
import {
  applyResourceChange,
  importResourceState,
  moveResourceState,
  planResourceChange,
  readResource,
  upgradeResourceIdentity,
  upgradeResourceState,
  validateResourceConfig,
} from "./calls/resource.js";
import { getFunctions, getMetadata, getResourceIdentitySchemas } from "./calls/schema.js";
import { unsupported } from "./unsupported.js";
import { methods } from "./wire/index.js";

const CALLS: Readonly<Record<string, Call>> = {
  ApplyResourceChange: applyResourceChange,
  CallFunction: callFunction,
  CloseEphemeralResource: closeEphemeralResource,
  ConfigureProvider: configureProvider,
  GetFunctions: getFunctions,
  GetMetadata: getMetadata,
  GetProviderSchema: getProviderSchema,
  GetResourceIdentitySchemas: getResourceIdentitySchemas,
  ImportResourceState: importResourceState,
  MoveResourceState: moveResourceState,
  OpenEphemeralResource: openEphemeralResource,
  PlanResourceChange: planResourceChange,
  ReadDataSource: readDataSource,
  ReadResource: readResource,
  RenewEphemeralResource: renewEphemeralResource,
  StopProvider: stopProvider,
  UpgradeResourceIdentity: upgradeResourceIdentity,
  UpgradeResourceState: upgradeResourceState,
  ValidateDataResourceConfig: validateDataResourceConfig,
  ValidateEphemeralResourceConfig: validateEphemeralResourceConfig,
  ValidateProviderConfig: validateProviderConfig,
  ValidateResourceConfig: validateResourceConfig,
};

/** The gRPC methods of a provider, and what has to be done before it ends. */
export type ProviderMethods = MethodLookup & { shutdown(): Promise<void> };

/** The gRPC methods of a provider. Calls of the protocol that the bridge does not serve are answered as unsupported. */
export function providerMethods(provider: Provider): ProviderMethods {
  const server = new ProviderServer(provider);
  const lookup: MethodLookup = (path) => {
    const declared = methods[path];
    if (!declared) return undefined;
    const name = path.slice(path.lastIndexOf("/") + 1);
    const serve = CALLS[name] ?? unsupported(name, declared.response);
    return declared.stream ? oneMessage(server, serve) : { kind: "unary", call: (request, { signal }) => serve(server, request, signal) };
  };
  return Object.assign(lookup, { shutdown: () => server.shutdown() });
}

const oneMessage = (server: ProviderServer, serve: Call): Method => ({
  kind: "serverStream",
  async *call(request, { signal }) {
    yield await serve(server, request, signal);
  },
});

/** The answer to GetProviderSchema, to be made at build time: it depends on nothing else. */
export const providerSchemaResponse = (provider: Provider): Promise<Uint8Array> =>
  getProviderSchema(new ProviderServer(provider), new Uint8Array(), new AbortController().signal);
