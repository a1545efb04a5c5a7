import { serve } from "./bridge/serve.js";

/** Starts the provider. With a schema's answer that was made at build time, a launch that asks only for it loads no resource. */
export function launch(schemaResponse: () => Uint8Array | undefined): void {
  void serve({
    address: "registry.terraform.io/pangolin-iac/pangolin",
    load: async () => (await import("./provider-server.js")).methods(),
    schemaResponse,
    debug: process.argv.includes("--debug"),
  });
}
