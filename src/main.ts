import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./launch.js";

/** Made at build time and shipped beside the entry. */
const schemaFile = join(__dirname, "schema.bin");

launch(() => (existsSync(schemaFile) ? readFileSync(schemaFile) : undefined));
