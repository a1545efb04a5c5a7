import { providerMethods } from "../../src/bridge/sdk.js";
import { serve } from "../../src/bridge/serve.js";
import { corner } from "./provider.js";

void serve({
  address: "registry.terraform.io/hashicorp/framework",
  load: async () => providerMethods(corner),
  debug: process.argv.includes("--debug"),
});

// So that it does not outlive a test that was killed.
if (process.env.CORNER_ENDS_WITH_STDIN) process.stdin.on("end", () => process.kill(process.pid, "SIGINT")).resume();
