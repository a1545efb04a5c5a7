import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "../../../src/bridge/serve.js";
import type * as Provider from "./provider.js";

const schemaFile = join(__dirname, "schema.bin");

void serve({
  address: "registry.terraform.io/bench/scale",
  load: async () => (require("./provider.js") as typeof Provider).methods(),
  schemaResponse: () => (existsSync(schemaFile) ? readFileSync(schemaFile) : undefined),
  debug: process.argv.includes("--debug"),
});
