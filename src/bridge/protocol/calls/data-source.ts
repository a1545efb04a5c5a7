import { readDataSource as read } from "../../framework/rpc/read-data-source.js";
import { validateConfig } from "../../framework/rpc/validate-config.js";
import { call } from "../call.js";
import { deferredTo } from "../deferred.js";
import { diagnosticsTo } from "../diagnostics.js";
import { configFrom, objectFrom, valueTo } from "../values.js";

export const validateDataResourceConfig = call(
  "ValidateDataResourceConfig.Request",
  "ValidateDataResourceConfig.Response",
  async (server, request) => {
    const { schema, definition } = await server.dataSource(request.typeName ?? "");
    return { diagnostics: diagnosticsTo(await validateConfig(server, schema, definition, objectFrom(request.config, schema.type))) };
  },
);

export const readDataSource = call("ReadDataSource.Request", "ReadDataSource.Response", async (server, request, signal) => {
  const dataSource = await server.dataSource(request.typeName ?? "");
  const { type } = dataSource.schema;
  const config = configFrom(request.config, type);
  const deferralAllowed = request.clientCapabilities?.deferralAllowed ?? false;
  const { state, deferred, diagnostics } = await read(server, dataSource, { config, deferralAllowed, signal });
  return { state: valueTo(state, type), diagnostics: diagnosticsTo(diagnostics), ...deferredTo(deferred) };
});
