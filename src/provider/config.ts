import { at, type ConfigureContext, log, unknown } from "../bridge/sdk.js";
import { IntegrationApi, type SentRequest } from "../integration-api/index.js";
import { Session } from "./session.js";
import { clientOptions, environmentName, readSettings, type schema } from "./settings.js";

export { schema } from "./settings.js";

/** Settings that must be known before a request is sent. */
const WAITED_FOR = ["endpoint", "api_key", "ca_certificate", "insecure_skip_verify"] as const;

const onRequest = ({ method, path, status, milliseconds }: SentRequest): void =>
  log("trace", "Sent a request", { method, path, status: status ?? "no answer", duration_ms: milliseconds });

/** Sends no request. With an unknown endpoint, key or certificate, the session cannot send any. */
export function configure(version: string) {
  return ({ config, terraformVersion, diagnostics }: ConfigureContext<typeof schema.shape>): Session => {
    const { settings, problems } = readSettings(config, process.env);
    // If this is unknown, the apply decides.
    const options = {
      allowUnknownPermissions: settings.allow_unknown_permissions === true || settings.allow_unknown_permissions === unknown,
    };
    for (const { name, source, message } of problems) diagnostics.error(`Invalid ${name}`, `${source}: ${message}`, at(name));
    if (WAITED_FOR.some((name) => settings[name] === unknown)) return new Session(undefined, options);
    const { endpoint, api_key } = settings;
    for (const name of ["endpoint", "api_key"] as const)
      if (settings[name] === null && !problems.some((problem) => problem.name === name))
        diagnostics.error(
          `Missing ${name}`,
          `Set ${name} in the provider configuration or ${environmentName(name)} in the environment.`,
          at(name),
        );
    if (typeof endpoint !== "string" || typeof api_key !== "string" || diagnostics.hasErrors) return new Session(undefined, options);
    const userAgent = `terraform-provider-pangolin/${version} Terraform/${terraformVersion}`;
    return new Session(
      new IntegrationApi({ ...clientOptions({ ...settings, endpoint, api_key }, userAgent, process.env), onRequest }),
      options,
    );
  };
}
