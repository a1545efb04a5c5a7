import { type ClientOptions, IntegrationApi } from "../integration-api/index.js";
import { clientOptions, environmentName, readSettings, type SettingName, type SettingProblem } from "../provider/settings.js";
import { version } from "../version.js";
import { EXIT } from "./exit-code.js";
import { Failure } from "./failure.js";

/** What a command's own options give; the rest comes from the environment. */
export type GivenSettings = Partial<Readonly<Record<"endpoint" | "retry_timeout", string | undefined>>>;

export interface ApiSettings {
  /** undefined: not given, or it cannot be used. */
  readonly endpoint: string | undefined;
  /** `keyId.secret`; undefined: not given, or it cannot be used. */
  readonly apiKey: string | undefined;
  readonly problems: readonly { readonly name: SettingName; readonly text: string }[];
  /** What a client is made with, once endpoint and key are known. */
  clientOptions(endpoint: string, apiKey: string): ClientOptions;
}

/** The settings of the provider, as options and the environment give them, checked as the provider checks them. */
export function apiSettings(given: GivenSettings, env: NodeJS.ProcessEnv): ApiSettings {
  const { settings, problems } = readSettings({ endpoint: given.endpoint ?? null, retry_timeout: given.retry_timeout ?? null }, env);
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  return {
    endpoint: text(settings.endpoint),
    apiKey: text(settings.api_key),
    problems: problems.map((problem) => ({ name: problem.name, text: textOf(problem) })),
    clientOptions: (endpoint, apiKey) => clientOptions({ ...settings, endpoint, api_key: apiKey }, `pangolin-iac/${version}`, env),
  };
}

const textOf = ({ name, source, message }: SettingProblem): string =>
  `${source === name ? `--${name.replaceAll("_", "-")}` : source}: ${message}`;

/** The Integration API for a command that cannot do without. */
export function requireApi(given: GivenSettings, env: NodeJS.ProcessEnv): IntegrationApi {
  const { endpoint, apiKey, problems, clientOptions: optionsOf } = apiSettings(given, env);
  if (problems.length > 0)
    throw new Failure(problems.map(({ text }) => text).join("\n"), "Correct it, or take it out of the environment.", EXIT.usage);
  if (endpoint === undefined)
    throw new Failure("No endpoint is given.", `Set ${environmentName("endpoint")}, or give --endpoint.`, EXIT.usage);
  if (apiKey === undefined)
    throw new Failure("No API key is given.", `Set ${environmentName("api_key")} to keyId.secret of a root key.`, EXIT.usage);
  return new IntegrationApi(optionsOf(endpoint, apiKey));
}
