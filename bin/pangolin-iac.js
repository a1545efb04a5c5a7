#!/usr/bin/env node
// A launcher that exists before a build does, so that npm can link the command in a fresh checkout.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const command = join(__dirname, "..", "dist", "cli.js");
if (existsSync(command)) require(command);
else {
  console.error("pangolin-iac is not built yet. Run: npm run build");
  process.exitCode = 1;
}
