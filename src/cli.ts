import { homedir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./commands/index.js";

// A reader that has seen enough (`pangolin-iac permissions | head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

runCommand(process.argv.slice(2), {
  env: process.env,
  directory: process.cwd(),
  home: homedir(),
  providerPackage: join(__dirname, "provider"),
  terminal: process.stdout.isTTY === true,
  print: (text) => process.stdout.write(`${text}\n`),
  say: (text) => process.stderr.write(`${text}\n`),
}).then((exitCode) => {
  process.exitCode = exitCode;
});
