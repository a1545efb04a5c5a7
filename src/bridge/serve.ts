import {
  Logger,
  type Method,
  type MethodLookup,
  providerLogLevel,
  type Session,
  servePlugin,
  servePluginForDebugging,
} from "./plugin/index.js";
import type { ProviderMethods } from "./protocol/service.js";

export type { MethodLookup } from "./plugin/index.js";

/** What Terraform and OpenTofu send to tell a provider that it was started by them. */
const COOKIE = { key: "TF_PLUGIN_MAGIC_COOKIE", value: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2" };
const PROTOCOL_VERSION = 6;
const GET_PROVIDER_SCHEMA = "/tfplugin6.Provider/GetProviderSchema";

export interface ServeOptions {
  /** Where the provider comes from, e.g. `registry.terraform.io/hashicorp/random`. */
  readonly address: string;
  /** Loads the provider's methods, on the first call that needs them: most launches of Terraform need few. */
  readonly load: () => Promise<ProviderMethods>;
  /** The answer to GetProviderSchema made at build time, if there is one. */
  readonly schemaResponse?: () => Uint8Array | undefined;
  /** Serves without Terraform starting it: prints what `TF_REATTACH_PROVIDERS` has to be. */
  readonly debug?: boolean;
}

/** Serves a provider until Terraform ends it. */
export function serve({ address, load, schemaResponse, debug }: ServeOptions): Promise<void> {
  let loaded: Promise<ProviderMethods> | undefined;
  const session = (): Session => {
    let own: Promise<ProviderMethods> | undefined;
    const methods: MethodLookup = async (path) => {
      const prepared = path === GET_PROVIDER_SCHEMA ? schemaResponse?.() : undefined;
      if (prepared) return answering(prepared);
      loaded ??= load();
      own ??= loaded.then((of) => of.anew());
      return (await own)(path);
    };
    return {
      methods,
      // A launch that was never asked for more than its schema has no call, and nothing to end.
      takesStray: async (error) => (await own)?.takesStray(error) ?? false,
      end: async () => (await own)?.shutdown(),
    };
  };
  const options = {
    cookie: COOKIE,
    protocolVersion: PROTOCOL_VERSION,
    description:
      `This is a Terraform provider (${address}). It is started by Terraform or OpenTofu, not by hand.\n` +
      "Put it where they find it, and run `terraform init` in a folder whose configuration requires it.",
    session,
  };
  return debug ? servePluginForDebugging(options, { address }) : servePlugin(options);
}

const answering = (response: Uint8Array): Method => ({
  kind: "unary",
  call: async () => {
    new Logger("provider", providerLogLevel()).write("trace", "Served request", { tf_rpc: "GetProviderSchema" });
    return response;
  },
});
