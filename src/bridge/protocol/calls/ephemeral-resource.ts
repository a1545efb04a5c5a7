import {
  closeEphemeralResource as close,
  openEphemeralResource as open,
  renewEphemeralResource as renew,
} from "../../framework/rpc/ephemeral-resource.js";
import { validateConfig } from "../../framework/rpc/validate-config.js";
import { call } from "../call.js";
import { deferredTo } from "../deferred.js";
import { diagnosticsTo } from "../diagnostics.js";
import { configFrom, objectFrom, valueTo } from "../values.js";
import type { MessageOf } from "../wire/index.js";

const NO_BYTES = new Uint8Array();

export const validateEphemeralResourceConfig = call(
  "ValidateEphemeralResourceConfig.Request",
  "ValidateEphemeralResourceConfig.Response",
  async (server, request) => {
    const { schema, definition } = await server.ephemeralResource(request.typeName ?? "");
    return { diagnostics: diagnosticsTo(await validateConfig(server, schema, definition, objectFrom(request.config, schema.type))) };
  },
);

export const openEphemeralResource = call(
  "OpenEphemeralResource.Request",
  "OpenEphemeralResource.Response",
  async (server, request, signal) => {
    const resource = await server.ephemeralResource(request.typeName ?? "");
    const { type } = resource.schema;
    const config = configFrom(request.config, type);
    const deferralAllowed = request.clientCapabilities?.deferralAllowed ?? false;
    const response = await open(server, resource, { config, deferralAllowed, signal });
    return {
      diagnostics: diagnosticsTo(response.diagnostics),
      result: valueTo(response.result, type),
      private: response.private,
      ...timestamp(response.renewAt),
      ...deferredTo(response.deferred),
    };
  },
);

export const renewEphemeralResource = call(
  "RenewEphemeralResource.Request",
  "RenewEphemeralResource.Response",
  async (server, request, signal) => {
    const resource = await server.ephemeralResource(request.typeName ?? "");
    const response = await renew(server, resource, { private: request.private ?? NO_BYTES, signal });
    return { diagnostics: diagnosticsTo(response.diagnostics), private: response.private, ...timestamp(response.renewAt) };
  },
);

export const closeEphemeralResource = call("CloseEphemeralResource.Request", "CloseEphemeralResource.Response", async (server, request) => {
  const resource = await server.ephemeralResource(request.typeName ?? "");
  return { diagnostics: diagnosticsTo(await close(server, resource, { private: request.private ?? NO_BYTES })) };
});

function timestamp(time: Date | undefined): { readonly renewAt?: MessageOf<"Timestamp"> } {
  if (!time) return {};
  const seconds = Math.floor(time.getTime() / 1000);
  return { renewAt: { seconds, nanos: (time.getTime() - seconds * 1000) * 1_000_000 } };
}
