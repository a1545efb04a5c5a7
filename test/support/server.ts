import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/index.js";

export interface Server {
  /** What a workspace and {@link api} need to find it. */
  readonly env: Readonly<Record<string, string>>;
  /** undefined: a Pangolin that somebody else runs. */
  readonly sandbox: Sandbox | undefined;
}

/**
 * The server of a file's acceptance tests: a Pangolin where `PANGOLIN_ENDPOINT` and `PANGOLIN_API_KEY` name one, otherwise a sandbox of its own.
 * To be called at the top of the file; what it gives may be used inside of tests only.
 */
export function useServer(options: SandboxOptions = {}): Server {
  const { PANGOLIN_ENDPOINT, PANGOLIN_API_KEY } = process.env;
  if (PANGOLIN_ENDPOINT && PANGOLIN_API_KEY) return { env: { PANGOLIN_ENDPOINT, PANGOLIN_API_KEY }, sandbox: undefined };
  return useSandbox(options);
}

/** The sandbox of a file whose tests need what no Pangolin can be asked for: faults, a clock, the list of requests. */
export function useSandbox(options: SandboxOptions = {}): Server & { readonly sandbox: Sandbox } {
  let started: Sandbox | undefined;
  const sandbox = () => {
    if (!started) throw new Error("The sandbox starts before the first test; it cannot be used earlier.");
    return started;
  };
  beforeAll(async () => {
    started = await startSandbox(options);
  });
  afterAll(() => started?.close());
  return {
    get env() {
      return { PANGOLIN_ENDPOINT: sandbox().endpoint, PANGOLIN_API_KEY: sandbox().apiKey };
    },
    get sandbox() {
      return sandbox();
    },
  };
}
