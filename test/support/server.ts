import type { FaultOptions } from "../../src/sandbox/faults.js";
import { type LoggedRequest, type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/index.js";
import { type FaultyProxy, startFaultyProxy } from "./faulty-proxy.js";
import { givenServer } from "./given-server.js";
import { api } from "./organization.js";

export type Decide = NonNullable<FaultOptions["decide"]>;

export interface TestServer {
  /** What a workspace and {@link api} need to find it. */
  readonly env: Readonly<Record<"PANGOLIN_ENDPOINT" | "PANGOLIN_API_KEY", string>>;
  /** A root key that holds every permission. */
  readonly apiKey: string;
  /** Every request that was sent to {@link env}'s endpoint, in the order of the answers. */
  readonly requests: readonly LoggedRequest[];
  /** Replaces what goes wrong from now on; `{}`: nothing. */
  setFaults(faults: { readonly decide?: Decide }): void;
  /** What a person does in the dashboard: the organization goes with all in it. Where the server has no call for it, use `testWhereOrganizationsAreDeleted`. */
  deleteOrg(orgId: string): Promise<void>;
}

/**
 * The server of a file's acceptance tests: a Pangolin where `PANGOLIN_ENDPOINT` and `PANGOLIN_API_KEY` name one, otherwise a sandbox of its own.
 * Before a given server stands a proxy that makes the faults and, where a test has a clock of its own, tells the times by that clock.
 * To be called at the top of the file; what it gives may be used inside of tests only.
 */
export function useServer(options: { readonly now?: () => Date } = {}): TestServer {
  const given = givenServer();
  if (!given) return useSandbox(options);
  let proxy: FaultyProxy | undefined;
  const started = () => proxy ?? notYet();
  beforeAll(async () => {
    proxy = await startFaultyProxy(given.endpoint, options);
  });
  afterAll(() => proxy?.close());
  return {
    get env() {
      return { PANGOLIN_ENDPOINT: started().endpoint, PANGOLIN_API_KEY: given.apiKey };
    },
    apiKey: given.apiKey,
    get requests() {
      return started().requests;
    },
    setFaults: (faults) => started().setFaults(faults),
    async deleteOrg(orgId) {
      await api({ PANGOLIN_ENDPOINT: given.endpoint, PANGOLIN_API_KEY: given.apiKey }, "DELETE", `/org/${orgId}`);
    },
  };
}

/** The sandbox of a file whose tests are about it, or need more than a server can be asked for. */
export function useSandbox(options: SandboxOptions = {}): TestServer & { readonly sandbox: Sandbox } {
  let started: Sandbox | undefined;
  const sandbox = () => started ?? notYet();
  beforeAll(async () => {
    started = await startSandbox(options);
  });
  afterAll(() => started?.close());
  return {
    get env() {
      return { PANGOLIN_ENDPOINT: sandbox().endpoint, PANGOLIN_API_KEY: sandbox().apiKey };
    },
    get apiKey() {
      return sandbox().apiKey;
    },
    get requests() {
      return sandbox().requests;
    },
    setFaults: (faults) => sandbox().setFaults(faults),
    deleteOrg: async (orgId) => sandbox().deleteOrg(orgId),
    get sandbox() {
      return sandbox();
    },
  };
}

const notYet = (): never => {
  throw new Error("The server starts before the first test; it cannot be used earlier.");
};
