import { createOrg } from "../support/organization.js";
import { useSandbox } from "../support/server.js";
import { workspace } from "../support/terraform.js";

const server = useSandbox();
const words = (text: string) => text.replace(/\s*\n[│\s]*/g, " ");
const configuration = (provider = "") => `provider "pangolin" {\n${provider}\n}\ndata "pangolin_orgs" "all" {}\n`;

test.each([
  ["PANGOLIN_MAX_CONCURRENT_REQUESTS", "0", "Invalid max_concurrent_requests", "Expected a whole number from 1 to 64, got 0."],
  ["PANGOLIN_MAX_CONCURRENT_REQUESTS", "abc", "Invalid max_concurrent_requests", 'Expected a whole number from 1 to 64, got "abc".'],
  ["PANGOLIN_MAX_RETRIES", "-1", "Invalid max_retries", 'Expected a whole number from 0 to 20, got "-1".'],
  ["PANGOLIN_REQUEST_TIMEOUT", "0s", "Invalid request_timeout", 'Expected a duration from 1s to 1h, got "0s".'],
  ["PANGOLIN_RETRY_TIMEOUT", "forever", "Invalid retry_timeout", "is not a duration"],
  ["PANGOLIN_INSECURE_SKIP_VERIFY", "yes", "Invalid insecure_skip_verify", "Expected true or false"],
  ["PANGOLIN_CA_CERTIFICATE", "/etc/ssl/ca.pem", "Invalid ca_certificate", "looks like a path"],
])("%s=%s is refused by the provider, under the variable's name", async (variable, value, summary, message) => {
  const terraform = await workspace(configuration(), server.env);
  const text = words(await terraform.failingPlan([], { env: { [variable]: value } }));
  expect(text).toContain(summary);
  expect(text).toContain(`${variable}: `);
  expect(text).toContain(message);
  expect(server.sandbox.requests).toEqual([]);
});

test.each([
  ["max_concurrent_requests = 0", "Expected a whole number from 1 to 64, got 0."],
  ['request_timeout = "99999999999d"', "Expected a duration from 1s to 1h"],
  ['ca_certificate = "./ca.pem"', 'file("ca.pem")'],
  ['endpoint = "api.example.com"', "https://api.example.com"],
])("the argument %s is refused, at its place in the configuration", async (argument, message) => {
  const terraform = await workspace(configuration(argument), server.env);
  const text = words(await terraform.failingPlan());
  expect(text).toContain(message);
  expect(text).toContain(`${argument.split(" ")[0]} =`);
});

test("a certificate that becomes known at apply is waited for", async () => {
  const orgId = await createOrg(server.env);
  const terraform = await workspace(
    `resource "terraform_data" "ca" { input = "no certificate" }
     provider "pangolin" { ca_certificate = terraform_data.ca.output }
     data "pangolin_org" "o" { org_id = "${orgId}" }\n`,
    server.env,
  );
  expect(words(await terraform.failingPlan())).toContain("Pangolin is not known yet");
});
