import {
  DOCUMENTED_OPERATIONS,
  IntegrationApi,
  type IntegrationApiError,
  isIntegrationApiError,
  permissionCatalogue,
} from "../../integration-api/index.js";
import { apiSettings } from "../integration-api.js";
import { type Finding, failed, ok, warning } from "./finding.js";

export interface ServerOptions {
  /** The option of the command; otherwise the environment says it. */
  readonly endpoint: string | undefined;
  /** An organization to try an organization's key on. */
  readonly org: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

/** Permissions of a root key that the provider needs. */
const NEEDED = [
  "createApiKey",
  "createOrg",
  "deleteApiKey",
  "getOrg",
  "listApiKeyActions",
  "listApiKeys",
  "listOrgs",
  "setApiKeyActions",
  "updateOrg",
];

/** Whoever asks wants to know how it stands now, so a server that is away is not waited for, unless the environment says so. */
const NO_PATIENCE = "0s";
/** What is sent where no key is given, to calls that ask for none. */
const NO_KEY = "none.none";

/** Checks the server and the key. Stops after a check that the following ones depend on. */
export async function examineServer(options: ServerOptions, tell: (finding: Finding) => void): Promise<void> {
  const { env } = options;
  const settings = apiSettings({ endpoint: options.endpoint, ...(!env.PANGOLIN_RETRY_TIMEOUT && { retry_timeout: NO_PATIENCE }) }, env);
  const keyProblem = settings.problems.find(({ name }) => name === "api_key");
  const others = settings.problems.filter(({ name }) => name !== "api_key");
  for (const { name, text } of others)
    tell(failed(name === "endpoint" ? "Endpoint" : "Settings", text, "Correct it, or take it out of the environment."));
  if (others.length > 0) return;
  const { endpoint, apiKey } = settings;
  if (endpoint === undefined)
    return tell(failed("Endpoint", "Not set.", "Set PANGOLIN_ENDPOINT or --endpoint to the URL of the Integration API."));
  const api = new IntegrationApi(settings.clientOptions(endpoint, apiKey ?? NO_KEY));
  try {
    await api.requireHealthy();
    tell(ok("Endpoint", `${api.endpoint} is an Integration API`));
    tell(await serverVersion(api));
    if (keyProblem) tell(failed("API key", keyProblem.text, "Give the id, a dot, and the secret that was shown when the key was created."));
    else if (apiKey === undefined) tell(failed("API key", "Not set.", "Set PANGOLIN_API_KEY to keyId.secret."));
    else await examineKey(api, api.keyId ?? "", options.org, tell);
  } catch (error) {
    if (!isIntegrationApiError(error)) throw error;
    tell(findingOf(error));
  }
}

const findingOf = ({ code, message, advice }: IntegrationApiError): Finding =>
  failed(code === "invalid_key" ? "API key" : "Endpoint", message, advice);

async function serverVersion(api: IntegrationApi): Promise<Finding> {
  const subject = "Server";
  const document = await api.openApiDocument();
  if (!document)
    return ok(
      subject,
      "it gives no OpenAPI document, so it is older than Pangolin 1.16, or a proxy hides it (its version is told nowhere)",
    );
  const missing = DOCUMENTED_OPERATIONS.filter((operation) => !document.operations.has(operation));
  if (missing.length === 0) return ok(subject, "it has every operation of Pangolin 1.22.0 (its version is told nowhere)");
  return ok(
    subject,
    `it lacks ${missing.length} of ${DOCUMENTED_OPERATIONS.length} operations of Pangolin 1.22.0, such as ${missing.slice(0, 3).join(", ")}; so it is of another version`,
  );
}

async function examineKey(api: IntegrationApi, keyId: string, org: string | undefined, tell: (finding: Finding) => void): Promise<void> {
  if (await api.isRootKey()) {
    tell(ok("API key", `${keyId} is a root key`));
    return tell(await permissionsOfRootKey(api, keyId));
  }
  tell(
    warning(
      "API key",
      `${keyId} is an organization key.`,
      "API keys, permissions and new organizations require a root key, which a server administrator creates.",
    ),
  );
  tell(
    org === undefined
      ? warning(
          "Permissions",
          "An organization key cannot list its own permissions.",
          "Set --org to its organization to check what it may read.",
        )
      : await readablePermissions(api, org),
  );
}

/** This call ignores the organization in the path and works for root keys too. */
async function permissionsOfRootKey(api: IntegrationApi, keyId: string): Promise<Finding> {
  try {
    const held = await api.listApiKeyActions("any", keyId);
    const missing = NEEDED.filter((name) => !held.includes(name));
    return missing.length === 0
      ? ok("Permissions", `${held.length} of ${permissionCatalogue.all.length}, including all that the provider needs`)
      : failed(
          "Permissions",
          `The key lacks ${missing.join(", ")}.`,
          "Grant them to the root key in the dashboard under Server Admin > API Keys.",
        );
  } catch (error) {
    if (!isIntegrationApiError(error) || error.code !== "missing_permission") throw error;
    return failed(
      "Permissions",
      "The key lacks listApiKeyActions, so its other permissions cannot be checked.",
      `The provider needs ${NEEDED.join(", ")}.`,
    );
  }
}

/** Sends every GET that only needs an organization, and reports which were allowed. */
async function readablePermissions(api: IntegrationApi, org: string): Promise<Finding> {
  const probes = DOCUMENTED_OPERATIONS.filter((operation) => /^GET \/org\/\{orgId\}(\/[\w-]+)?$/.test(operation));
  const readable = await Promise.all(
    probes.map(async (operation) => ((await api.mayRead(operation.slice("GET ".length), org)) ? operation : undefined)),
  );
  const found = readable.filter((operation) => operation !== undefined);
  const text = `it may send ${found.length} of ${probes.length} reads of ${org}${found.length > 0 ? `: ${found.join(", ")}` : ""}`;
  return found.length > 0 ? ok("Permissions", text) : warning("Permissions", text, "Grant it permissions, or check --org.");
}
