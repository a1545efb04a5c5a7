import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "./bridge/serve.js";

/** Made at build time and shipped beside the entry: a launch that is asked for the schema only loads nothing else. */
const schemaFile = join(__dirname, "schema.bin");

void serve({
  address: "registry.terraform.io/pangolin-iac/pangolin",
  load: async () => (await import("./provider-server.js")).methods(),
  schemaResponse: () => (existsSync(schemaFile) ? readFileSync(schemaFile) : undefined),
  debug: process.argv.includes("--debug"),
});
