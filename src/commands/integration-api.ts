import { IntegrationApi } from "../integration-api/index.js";
import { clientOptions, readSettings, type SettingName } from "../provider/settings.js";
import { version } from "../version.js";
import { EXIT } from "./exit-code.js";
import { Failure } from "./failure.js";

/** The Integration API for a command, with the settings that the environment gives, checked as the provider checks them. `apiKey` is `keyId.secret`. */
export function integrationApi(endpoint: string, apiKey: string, env: NodeJS.ProcessEnv): IntegrationApi {
  const { settings, problems } = readSettings({ endpoint, api_key: apiKey }, env);
  if (problems.length > 0)
    throw new Failure(
      problems.map(({ name, source, message }) => `${source === name ? optionName(name) : source}: ${message}`).join("\n"),
      "Correct it, or take it out of the environment.",
      EXIT.usage,
    );
  return new IntegrationApi(clientOptions({ ...settings, endpoint, api_key: apiKey }, `pangolin-iac/${version}`));
}

const optionName = (name: SettingName): string => `--${name.replaceAll("_", "-")}`;
