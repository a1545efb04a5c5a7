import { version } from "../../package.json";
import { provider } from "../bridge/sdk.js";
import { configure, schema } from "./config.js";
import { diagnose } from "./diagnose.js";
import { members } from "./index.js";

export const ADDRESS = "registry.terraform.io/pangolin-iac/pangolin";

export const pangolin = provider({
  name: "pangolin",
  version,
  description: "Manages Pangolin, a self-hosted tunnelling reverse proxy, through its Integration API.",
  schema,
  configure: configure(version),
  diagnose,
  stop: (session) => session?.api?.stop(),
  ...members,
});
