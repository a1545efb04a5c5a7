import * as z from "zod";
import { at, type Config, type ConfigureContext, optional, unknown } from "../bridge/sdk.js";
import { IntegrationApi, normaliseEndpoint, parseToken } from "../integration-api/index.js";
import { duration, milliseconds } from "./duration.js";
import { Session } from "./session.js";

const MAX_CONCURRENT = 4;
const MAX_RETRIES = 3;
const REQUEST_TIMEOUT = "30s";

export const schema = z.object({
  endpoint: optional(
    z.string().min(1),
    "URL of Pangolin's Integration API, with or without the `/v1` at its end. Environment: `PANGOLIN_ENDPOINT`.",
  ),
  api_key: optional(
    z.string().min(1),
    "API key as `keyId.secret`. API keys are managed with a root key. Environment: `PANGOLIN_API_KEY`.",
    { sensitive: true },
  ),
  request_timeout: optional(
    duration(),
    `How long a request may take, such as \`30s\` (the default). Environment: \`PANGOLIN_REQUEST_TIMEOUT\`.`,
  ),
  max_retries: optional(
    z.int().min(0).max(20),
    "How often a request that is safe to repeat is sent again; default 3. Environment: `PANGOLIN_MAX_RETRIES`.",
  ),
  max_concurrent_requests: optional(
    z.int().min(1).max(64),
    "How many requests are in flight at most; default 4, since each makes the server compute a slow hash and more than it has cores gain nothing. Environment: `PANGOLIN_MAX_CONCURRENT_REQUESTS`.",
  ),
  ca_certificate: optional(
    z.string().min(1),
    "Certificate (PEM) of an authority to trust beside the usual ones. Environment: `PANGOLIN_CA_CERTIFICATE`.",
  ),
  insecure_skip_verify: optional(
    z.boolean(),
    "Do not check the server's certificate. For experiments only. Environment: `PANGOLIN_INSECURE_SKIP_VERIFY`.",
  ),
  allow_unknown_permissions: optional(
    z.boolean(),
    "Let permission names pass, with a warning, that this provider does not know, for a newer server. Environment: `PANGOLIN_ALLOW_UNKNOWN_PERMISSIONS`.",
  ),
});

type ProviderConfig = Config<typeof schema.shape>;

/** Sends nothing. An unknown endpoint or key gives a session that cannot send either. */
export function configure(version: string) {
  return ({ config, terraformVersion, diagnostics }: ConfigureContext<typeof schema.shape>): Session => {
    const options = { allowUnknownPermissions: flag(config, "allow_unknown_permissions") };
    const endpoint = text(config, "endpoint");
    const apiKey = text(config, "api_key");
    if (endpoint === undefined || apiKey === undefined) return new Session(undefined, options);
    for (const [name, value] of [
      ["endpoint", endpoint],
      ["api_key", apiKey],
    ] as const)
      if (value === null)
        diagnostics.error(
          `Missing ${name}`,
          `Set ${name} in the provider's configuration or ${environmentName(name)} in the environment.`,
          at(name),
        );
    if (apiKey !== null && !parseToken(apiKey))
      diagnostics.error(
        "Invalid api_key",
        "An API key has the form keyId.secret: the id, a dot, and the secret that was shown when the key was made.",
        at("api_key"),
      );
    if (endpoint === null || apiKey === null || diagnostics.hasErrors) return new Session(undefined, options);
    try {
      const api = new IntegrationApi({
        endpoint: normaliseEndpoint(endpoint),
        apiKey,
        requestTimeoutMs: milliseconds(text(config, "request_timeout") ?? REQUEST_TIMEOUT),
        maxRetries: count(config, "max_retries") ?? MAX_RETRIES,
        maxConcurrentRequests: count(config, "max_concurrent_requests") ?? MAX_CONCURRENT,
        caCertificate: text(config, "ca_certificate") ?? undefined,
        insecureSkipVerify: flag(config, "insecure_skip_verify"),
        userAgent: `terraform-provider-pangolin/${version} Terraform/${terraformVersion}`,
      });
      return new Session(api, options);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      diagnostics.error("Invalid endpoint", `The endpoint cannot be used: ${error.message}.`, at("endpoint"));
      return new Session(undefined, options);
    }
  };
}

const environmentName = (name: string): string => `PANGOLIN_${name.toUpperCase()}`;

/** undefined: not known yet; null: neither configured nor in the environment. An unknown argument never falls back to the environment. */
function text(config: ProviderConfig, name: keyof ProviderConfig & string): string | null | undefined {
  const value = config[name];
  if (value === unknown) return undefined;
  return value === null ? process.env[environmentName(name)] || null : String(value);
}

const flag = (config: ProviderConfig, name: keyof ProviderConfig & string): boolean => text(config, name) === "true";

function count(config: ProviderConfig, name: keyof ProviderConfig & string): number | undefined {
  const value = text(config, name);
  return value == null || !/^\d+$/.test(value) ? undefined : Number(value);
}
