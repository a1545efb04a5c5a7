import { dirname } from "node:path";
import { launch } from "./launch.js";
// Beside no file of its own: the schema's answer is a part of the executable.
import schema from "./schema.bin";

/** Terraform starts a provider without arguments. With some, the executable is the command, where there is no Node.js for it. */
const args = process.argv.slice(2);
if (args.length === 0 || args[0] === "--debug") launch(() => schema);
else void import("./command-line.js").then(({ runCommandLine }) => runCommandLine(args, dirname(process.execPath)));
