/** Environment of a command. */
export interface CommandContext {
  readonly env: NodeJS.ProcessEnv;
  /** The directory the command was started in. */
  readonly directory: string;
  readonly home: string;
  /** The folder of the built provider package. */
  readonly providerPackage: string;
  /** Whether stdout is a terminal: only then is there colour. */
  readonly terminal: boolean;
  /** All of stdin. */
  readonly readStdin: () => Promise<Buffer>;
  /** Handles SIGINT and SIGTERM from now on: the first aborts the signal, a second ends the process. */
  readonly interruption: () => AbortSignal;
  /** Writes a result to stdout. */
  readonly print: (text: string) => void;
  /** Writes everything that is not the result to stderr. */
  readonly say: (text: string) => void;
}
