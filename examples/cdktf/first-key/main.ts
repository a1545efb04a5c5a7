import { App, LocalBackend, TerraformStack } from "cdktf";
import { ApiKey, Organization, PangolinProvider } from "pangolin-iac";

/** An API key for a pipeline that may look at sites and resources, and change targets. The server and the key that it is managed with come from the environment. */
const app = new App();
const stack = new TerraformStack(app, "first-key");
new LocalBackend(stack, { path: "terraform.tfstate" });
new PangolinProvider(stack, "pangolin");

const organization = Organization.fromOrganizationId(stack, "organization", process.env.PANGOLIN_ORG_ID ?? "acme");
const apiKey = new ApiKey(stack, "ci", { organization, permissions: ["getOrg"] });
apiKey.grants.read("site", "public_resource");
if (process.env.MAY_CHANGE_TARGETS) apiKey.grants.all("target");
apiKey.addTokenOutput();

app.synth();
