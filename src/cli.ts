import { join } from "node:path";
import { runCommandLine } from "./command-line.js";

void runCommandLine(process.argv.slice(2), join(__dirname, "provider"));
