import { IntegrationApi } from "../integration-api/index.js";
import { version } from "../version.js";

const TIMEOUT_MS = 30_000;
const RETRIES = 2;
/** The usual server has two cores, and each request occupies one with a slow hash. */
const CONCURRENT = 2;

/** The Integration API for a command. `endpoint` is normalised; `apiKey` is `keyId.secret`. */
export const integrationApi = (endpoint: string, apiKey: string, env: NodeJS.ProcessEnv): IntegrationApi =>
  new IntegrationApi({
    endpoint,
    apiKey,
    requestTimeoutMs: TIMEOUT_MS,
    maxRetries: RETRIES,
    maxConcurrentRequests: CONCURRENT,
    caCertificate: env.PANGOLIN_CA_CERTIFICATE || undefined,
    userAgent: `pangolin-iac/${version}`,
  });
