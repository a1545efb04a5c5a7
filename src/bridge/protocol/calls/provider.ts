import { configureProvider as configure } from "../../framework/rpc/configure-provider.js";
import { validateConfig } from "../../framework/rpc/validate-config.js";
import { call } from "../call.js";
import { diagnosticsTo } from "../diagnostics.js";
import { objectFrom } from "../values.js";
import { providerSchema } from "./schema.js";

export const getProviderSchema = call("GetProviderSchema.Request", "GetProviderSchema.Response", (server) => providerSchema(server));

export const validateProviderConfig = call("ValidateProviderConfig.Request", "ValidateProviderConfig.Response", async (server, request) => {
  const schema = server.providerSchema();
  return { diagnostics: diagnosticsTo(await validateConfig(server, schema, server.provider, objectFrom(request.config, schema.type))) };
});

export const configureProvider = call("ConfigureProvider.Request", "ConfigureProvider.Response", async (server, request) => {
  const config = objectFrom(request.config, server.providerSchema().type);
  return {
    diagnostics: config
      ? diagnosticsTo(
          await configure(server, {
            config,
            terraformVersion: request.terraformVersion ?? "",
            deferralAllowed: request.clientCapabilities?.deferralAllowed ?? false,
          }),
        )
      : [],
  };
});

export const stopProvider = call("StopProvider.Request", "StopProvider.Response", async (server) => {
  try {
    server.stop();
    return {};
  } catch (error) {
    const { summary, detail } = server.diagnosticOf(error);
    return { error: `${summary}: ${detail}` };
  }
});
