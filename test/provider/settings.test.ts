import { createCertificate } from "../../src/bridge/plugin/certificate.js";
import { unknown } from "../../src/bridge/sdk.js";
import { clientOptions, environmentName, readSettings, type SettingName, schema } from "../../src/provider/settings.js";

const names = Object.keys(schema.shape) as SettingName[];
const { certificatePem, privateKeyPem } = createCertificate(Date.now());

test("every argument has a variable, and its description names it", () => {
  expect(names.map(environmentName)).toEqual([
    "PANGOLIN_ENDPOINT",
    "PANGOLIN_API_KEY",
    "PANGOLIN_REQUEST_TIMEOUT",
    "PANGOLIN_MAX_RETRIES",
    "PANGOLIN_RETRY_TIMEOUT",
    "PANGOLIN_MAX_CONCURRENT_REQUESTS",
    "PANGOLIN_CA_CERTIFICATE",
    "PANGOLIN_INSECURE_SKIP_VERIFY",
    "PANGOLIN_ALLOW_UNKNOWN_PERMISSIONS",
  ]);
});

test.each<[SettingName, string, unknown]>([
  ["endpoint", "https://api.example.com", "https://api.example.com"],
  ["api_key", "id.secret", "id.secret"],
  ["request_timeout", "1m30s", "1m30s"],
  ["max_retries", "0", 0],
  ["max_retries", "20", 20],
  ["retry_timeout", "0s", "0s"],
  ["max_concurrent_requests", "64", 64],
  ["ca_certificate", certificatePem, certificatePem],
  ["insecure_skip_verify", "true", true],
  ["insecure_skip_verify", "1", true],
  ["insecure_skip_verify", "TRUE", true],
  ["insecure_skip_verify", "T", true],
  ["insecure_skip_verify", "false", false],
  ["insecure_skip_verify", "0", false],
  ["allow_unknown_permissions", "F", false],
])("the variable of %s takes %j", (name, text, value) => {
  const { settings, problems } = readSettings({}, { [environmentName(name)]: text });
  expect(problems).toEqual([]);
  expect(settings[name]).toEqual(value);
});

const BAD: readonly [SettingName, string, RegExp][] = [
  ["endpoint", "pangolin", /not a URL/],
  ["endpoint", "localhost:3003/v1", /not a URL; include the scheme/],
  ["endpoint", "https://", /not a URL/],
  ["endpoint", "https://x/v1?a=b", /query/],
  ["endpoint", "ftp://x", /http or https/],
  ["endpoint", "https://user:hunter2@x", /must not contain credentials/],
  ["api_key", "hunter2", /form keyId\.secret/],
  ["api_key", "a.hunter2 ", /form keyId\.secret/],
  ["request_timeout", "soon", /not a duration/],
  ["request_timeout", "30", /not a duration/],
  ["request_timeout", "0s", /from 1s to 1h/],
  ["request_timeout", "99999999999d", /from 1s to 1h/],
  ["max_retries", "-1", /whole number from 0 to 20, got "-1"/],
  ["max_retries", "21", /whole number from 0 to 20, got 21/],
  ["max_retries", "abc", /got "abc"/],
  ["max_retries", "1.5", /got "1.5"/],
  ["max_retries", " 1", /got " 1"/],
  ["max_retries", "1e1", /got "1e1"/],
  ["max_retries", "0x1", /got "0x1"/],
  ["retry_timeout", "2h", /from 0s to 1h/],
  ["max_concurrent_requests", "0", /whole number from 1 to 64, got 0/],
  ["max_concurrent_requests", "65", /got 65/],
  ["max_concurrent_requests", "99999999999999999999", /from 1 to 64/],
  ["ca_certificate", "/etc/ssl/hunter2.pem", /looks like a path.*file\("ca\.pem"\)/],
  ["ca_certificate", "hunter2.pem", /looks like a path/],
  ["ca_certificate", "C:\\hunter2", /looks like a path/],
  ["ca_certificate", "hunter2", /PEM, which begins with/],
  ["ca_certificate", privateKeyPem, /private key/],
  ["ca_certificate", `${certificatePem}${privateKeyPem}`, /private key/],
  ["ca_certificate", certificatePem.replace(/\n-----END.*/, ""), /END line is missing/],
  ["ca_certificate", "-----BEGIN CERTIFICATE-----\nhunter2\n-----END CERTIFICATE-----\n", /Certificate 1 of 1 cannot be read/],
  ["ca_certificate", `${certificatePem}${certificatePem.replace(/\n.{20}/, "\n")}`, /Certificate 2 of 2 cannot be read/],
  ["insecure_skip_verify", "yes", /true or false/],
  ["insecure_skip_verify", "tRUE", /true or false/],
  ["allow_unknown_permissions", "2", /true or false/],
];

test.each(BAD)("the variable of %s refuses %j, and its error names the variable and no secret", (name, text, message) => {
  const { settings, problems } = readSettings({}, { [environmentName(name)]: text });
  expect(problems).toHaveLength(1);
  for (const problem of problems) {
    expect(problem).toMatchObject({ name, source: environmentName(name), message: expect.stringMatching(message) });
    expect(problem.message).toMatch(/[^.]\.$/);
    expect(problem.message).not.toContain("hunter2");
    expect(settings[name]).toBeNull();
  }
});

test("what a variable is refused for, an argument is refused for, under its own name", () => {
  expect(readSettings({ max_concurrent_requests: 0, request_timeout: "0s" }, {}).problems).toEqual([
    { name: "request_timeout", source: "request_timeout", message: 'Expected a duration from 1s to 1h, got "0s".' },
    { name: "max_concurrent_requests", source: "max_concurrent_requests", message: "Expected a whole number from 1 to 64, got 0." },
  ]);
  for (const [name, text, message] of BAD)
    if (!/retries|requests|skip|allow/.test(name)) expect(schema.shape[name].safeParse(text).error?.issues[0]?.message).toMatch(message);
});

test("an argument wins over its variable, which is not even looked at", () => {
  const { settings, problems } = readSettings(
    { max_retries: 0, insecure_skip_verify: false },
    {
      PANGOLIN_MAX_RETRIES: "abc",
      PANGOLIN_INSECURE_SKIP_VERIFY: "true",
    },
  );
  expect([settings.max_retries, settings.insecure_skip_verify, problems]).toEqual([0, false, []]);
});

test("an unknown argument does not fall back to its variable", () => {
  expect(readSettings({ endpoint: unknown }, { PANGOLIN_ENDPOINT: "https://x" }).settings.endpoint).toBe(unknown);
});

test("an empty variable counts as unset, and the defaults hold", () => {
  const env = Object.fromEntries(names.map((name) => [environmentName(name), ""]));
  const { settings, problems } = readSettings({}, env);
  expect(problems).toEqual([]);
  expect(Object.values(settings)).toEqual(names.map(() => null));
  expect(clientOptions({ ...settings, endpoint: "https://x/v1/", api_key: "a.b" }, "agent/1", {})).toEqual({
    endpoint: "https://x/v1",
    apiKey: "a.b",
    requestTimeoutMs: 30_000,
    maxRetries: 3,
    retryTimeoutMs: 30_000,
    maxConcurrentRequests: 4,
    caCertificate: undefined,
    insecureSkipVerify: false,
    userAgent: "agent/1",
    env: {},
  });
});
