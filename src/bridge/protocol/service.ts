import { logTo } from "../framework/log.js";
import type { Provider } from "../framework/provider.js";
import { ProviderServer } from "../framework/provider-server.js";
import type { Method, MethodLookup } from "../plugin/index.js";
import { Logger, providerLogLevel } from "../plugin/log.js";
import type { Call, StreamCall } from "./call.js";
import { invokeAction, planAction, validateActionConfig } from "./calls/action.js";
import { readDataSource, validateDataResourceConfig } from "./calls/data-source.js";
import {
  closeEphemeralResource,
  openEphemeralResource,
  renewEphemeralResource,
  validateEphemeralResourceConfig,
} from "./calls/ephemeral-resource.js";
import { callFunction } from "./calls/function.js";
import { listResource, validateListResourceConfig } from "./calls/list-resource.js";
import { configureProvider, getProviderSchema, stopProvider, validateProviderConfig } from "./calls/provider.js";
import {
  applyResourceChange,
  generateResourceConfig,
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
  GenerateResourceConfig: generateResourceConfig,
  GetFunctions: getFunctions,
  GetMetadata: getMetadata,
  GetProviderSchema: getProviderSchema,
  GetResourceIdentitySchemas: getResourceIdentitySchemas,
  ImportResourceState: importResourceState,
  MoveResourceState: moveResourceState,
  OpenEphemeralResource: openEphemeralResource,
  PlanAction: planAction,
  PlanResourceChange: planResourceChange,
  ReadDataSource: readDataSource,
  ReadResource: readResource,
  RenewEphemeralResource: renewEphemeralResource,
  StopProvider: stopProvider,
  UpgradeResourceIdentity: upgradeResourceIdentity,
  UpgradeResourceState: upgradeResourceState,
  ValidateActionConfig: validateActionConfig,
  ValidateDataResourceConfig: validateDataResourceConfig,
  ValidateEphemeralResourceConfig: validateEphemeralResourceConfig,
  ValidateListResourceConfig: validateListResourceConfig,
  ValidateProviderConfig: validateProviderConfig,
  ValidateResourceConfig: validateResourceConfig,
};

const STREAM_CALLS: Readonly<Record<string, StreamCall>> = { InvokeAction: invokeAction, ListResource: listResource };

/** The gRPC methods of a provider that is configured once: for one Terraform, and one provider block of it. */
export type ProviderMethods = MethodLookup & {
  /** Those of the same provider for another one, neither configured nor stopped yet. */
  anew(): ProviderMethods;
  /** Takes what was thrown or rejected where nobody caught it, if it belongs to a call that runs: that call fails. */
  takesStray(error: unknown): boolean;
  /** Ends what runs, and closes what is open. */
  shutdown(): Promise<void>;
};

const logger = new Logger("provider", providerLogLevel());
logTo((level, message, fields) => logger.write(level, message, fields));

/** The gRPC methods of a provider. Calls of the protocol that the bridge does not serve are answered as unsupported. */
export function providerMethods(provider: Provider): ProviderMethods {
  const server = new ProviderServer(provider);
  const lookup: MethodLookup = (path) => {
    const declared = Object.hasOwn(methods, path) ? methods[path] : undefined;
    if (!declared) return undefined;
    const name = path.slice(path.lastIndexOf("/") + 1);
    const serve = CALLS[name] ?? unsupported(name, declared.response);
    if (declared.stream) return streamOf(server, name, STREAM_CALLS[name] ?? oneMessage(serve));
    return {
      kind: "unary",
      call: (request, context) => server.calls.run(name, context.signal, ({ signal }) => serve(server, request, signal)),
    };
  };
  return Object.assign(lookup, {
    anew: () => providerMethods(provider),
    takesStray: (error: unknown) => server.takesStray(error),
    shutdown: () => server.shutdown(),
  });
}

const streamOf = (server: ProviderServer, name: string, serve: StreamCall): Method => ({
  kind: "serverStream",
  call: (request, context) => server.calls.stream(name, context.signal, ({ signal }) => serve(server, request, signal)),
});

const oneMessage = (serve: Call): StreamCall =>
  async function* (server, request, signal) {
    yield await serve(server, request, signal);
  };

/** The answer to GetProviderSchema, to be made at build time: it depends on nothing else. */
export const providerSchemaResponse = (provider: Provider): Promise<Uint8Array> =>
  getProviderSchema(new ProviderServer(provider), new Uint8Array(), new AbortController().signal);
