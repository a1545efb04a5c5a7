import { providerMethods } from "../../src/bridge/sdk.js";
import { serve } from "../../src/bridge/serve.js";
import { corner } from "./provider.js";

void serve({
  address: "registry.terraform.io/hashicorp/framework",
  load: async () => providerMethods(corner),
  debug: process.argv.includes("--debug"),
});
