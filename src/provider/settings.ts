import * as z from "zod";
import { type Config, optional, type Unknown, unknown } from "../bridge/sdk.js";
import { type ClientOptions, normaliseEndpoint, problemOfCertificates } from "../integration-api/index.js";
import { milliseconds } from "./duration.js";
import { count, flag, fromText, period, problemOfApiKey, problemOfEndpoint, text } from "./setting-types.js";

/** Defaults of settings that neither an argument nor the environment sets. */
const DEFAULTS = { request_timeout: "30s", max_retries: 3, retry_timeout: "30s", max_concurrent_requests: 4 } as const;

interface Setting {
  readonly type: z.ZodType;
  readonly description: string;
  readonly sensitive?: boolean;
}

/** Every setting is a provider argument and an environment variable, validated by the same type. */
const SETTINGS = {
  endpoint: {
    type: text(problemOfEndpoint),
    description: "URL of Pangolin's Integration API, with or without the `/v1` at its end.",
  },
  api_key: {
    type: text(problemOfApiKey),
    description: "API key as `keyId.secret`. API keys are managed with a root key.",
    sensitive: true,
  },
  request_timeout: {
    type: period("1s", "1h"),
    description: `Timeout of one attempt of a request, from connecting to the last byte of the answer. From \`1s\` to \`1h\`; default \`${DEFAULTS.request_timeout}\`.`,
  },
  max_retries: {
    type: count(0, 20),
    description: `How often a request that is safe to repeat is retried. From 0 to 20; default ${DEFAULTS.max_retries}. 0 disables retries.`,
  },
  retry_timeout: {
    type: period("0s", "1h"),
    description: `How long requests are retried while the server cannot be reached or its gateway answers 502, 503 or 504, as during a restart. Up to \`1h\`; default \`${DEFAULTS.retry_timeout}\`. With \`0s\`, only \`max_retries\` applies.`,
  },
  max_concurrent_requests: {
    type: count(1, 64),
    description: `Maximum number of concurrent requests. From 1 to 64; default ${DEFAULTS.max_concurrent_requests}. The server computes a slow hash for each, so more than it has cores gain nothing.`,
  },
  ca_certificate: {
    type: text(problemOfCertificates),
    description: "Certificates (PEM text, not a path) of additional certificate authorities to trust.",
  },
  insecure_skip_verify: {
    type: flag(),
    description: "Do not verify the server's certificate. For experiments only.",
  },
  allow_unknown_permissions: {
    type: flag(),
    description: "Accept permission names that this provider does not know, with a warning. For a newer server.",
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

/** Environment variable of a setting, used if the argument is not set. */
export const environmentName = (name: SettingName): string => `PANGOLIN_${name.toUpperCase()}`;

/** Argument, variable and description of each setting, as Markdown. */
export const documentedSettings = (): readonly (readonly [argument: string, variable: string, description: string])[] =>
  Object.entries<Setting>(SETTINGS).map(([name, { description }]) => [
    `\`${name}\``,
    `\`${environmentName(name as SettingName)}\``,
    description,
  ]);

type Shape = {
  [K in SettingName]: (typeof SETTINGS)[K]["type"] extends infer Z extends z.ZodType ? ReturnType<typeof optional<Z>> : never;
};

/** The arguments of the provider. */
export const schema = z.object(
  Object.fromEntries(
    Object.entries<Setting>(SETTINGS).map(([name, { type, description, sensitive = false }]) => [
      name,
      optional(type, `${description} Environment: \`${environmentName(name as SettingName)}\`.`, { sensitive }),
    ]),
  ) as Shape,
);

/** null: set neither by an argument nor in the environment. An unknown argument never falls back to the environment. */
export type Settings = { readonly [K in SettingName]: z.output<(typeof SETTINGS)[K]["type"]> | null | Unknown };

/** An invalid value. The message never contains the value of a setting that may be secret. */
export interface SettingProblem {
  readonly name: SettingName;
  /** Where the value came from: an argument such as `max_retries`, or a variable such as `PANGOLIN_MAX_RETRIES`. */
  readonly source: string;
  /** What is wrong with it and what is expected, as a sentence. */
  readonly message: string;
}

/** Settings from arguments and environment. An invalid setting is null. An empty variable counts as unset. */
export function readSettings(
  given: Partial<Config<Shape>>,
  env: NodeJS.ProcessEnv,
): { readonly settings: Settings; readonly problems: readonly SettingProblem[] } {
  const problems: SettingProblem[] = [];
  const settings: Partial<Record<SettingName, unknown>> = {};
  for (const [name, { type }] of Object.entries<Setting>(SETTINGS) as [SettingName, Setting][]) {
    const argument = given[name] ?? null;
    const variable = env[environmentName(name)] || null;
    settings[name] = argument;
    if (argument === unknown || (argument === null && variable === null)) continue;
    const source = argument === null ? environmentName(name) : name;
    const { data, error } = type.safeParse(argument ?? fromText(type, variable as string));
    settings[name] = error ? null : data;
    const issue = error?.issues[0];
    if (issue) problems.push({ name, source, message: `${issue.message}.` });
  }
  return { settings: settings as Settings, problems };
}

/** Options of the Integration API client. Unknown settings count as unset. The environment also names proxies and certificate authorities. */
export function clientOptions(
  settings: Settings & { readonly endpoint: string; readonly api_key: string },
  userAgent: string,
  env: NodeJS.ProcessEnv,
): ClientOptions {
  const { endpoint, api_key: apiKey } = settings;
  return {
    endpoint: normaliseEndpoint(endpoint),
    apiKey,
    requestTimeoutMs: milliseconds(known(settings.request_timeout) ?? DEFAULTS.request_timeout),
    maxRetries: known(settings.max_retries) ?? DEFAULTS.max_retries,
    retryTimeoutMs: milliseconds(known(settings.retry_timeout) ?? DEFAULTS.retry_timeout),
    maxConcurrentRequests: known(settings.max_concurrent_requests) ?? DEFAULTS.max_concurrent_requests,
    caCertificate: known(settings.ca_certificate),
    insecureSkipVerify: known(settings.insecure_skip_verify) ?? false,
    userAgent,
    env,
  };
}

const known = <T>(value: T | null | Unknown): T | undefined => (value === unknown || value === null ? undefined : (value as T));
