import { resolve } from "node:path";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { Organization, PangolinProvider } from "pangolin-iac";

/**
 * An organization with an API key for a pipeline that may look at sites and resources, and change targets.
 * The server and the key that it is managed with come from the environment.
 */
const app = new App();
const stack = new TerraformStack(app, "first-key");
// Beside cdktf.json: `cdktf synth` clears its output folder. Not named after the stack, which can be renamed then.
new LocalBackend(stack, { path: resolve("first-key.tfstate") });
new PangolinProvider(stack, "pangolin");

const organization = new Organization(stack, "organization", {
  orgId: process.env.PANGOLIN_ORG_ID ?? "acme",
  subnet: "100.90.128.0/24",
  utilitySubnet: "100.96.128.0/24",
  onConflict: "adopt",
  deletionPolicy: "abandon",
});
const apiKey = organization.addApiKey("ci", { permissions: ["getOrg"] });
apiKey.grants.read("site", "public_resource");
if (process.env.MAY_CHANGE_TARGETS) apiKey.grants.all("target");
apiKey.addTokenOutput();

app.synth();
