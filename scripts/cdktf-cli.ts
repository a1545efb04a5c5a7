/** Arguments of `npx` that start `cdktf`. cdktf-cli has no native build for Node.js 24 and later, so it runs on the npm package of Node.js 22 there. */
export const CDKTF: readonly string[] =
  Number(process.versions.node.split(".")[0]) >= 24 ? ["-y", "-p", "node@22", "-p", "cdktf-cli@0.21", "cdktf"] : ["cdktf"];
