const LEVELS = ["trace", "debug", "info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

/** Writes what the host reads from a plugin's stderr: one JSON object a line, in the form of its own logger. */
export class Logger {
  readonly #lowest: number;

  /** `level`: as in TF_LOG; undefined or another word writes nothing. */
  constructor(
    readonly module: string,
    level: string | undefined,
  ) {
    const wanted = level?.toLowerCase();
    const index = LEVELS.findIndex((name) => name === (wanted === "json" ? "trace" : wanted));
    this.#lowest = index < 0 ? LEVELS.length : index;
  }

  writes(level: Level): boolean {
    return LEVELS.indexOf(level) >= this.#lowest;
  }

  write(level: Level, message: string, fields: Readonly<Record<string, unknown>> = {}): void {
    if (this.writes(level)) writeLine({ ...fields, "@level": level, "@message": message, "@module": this.module });
  }
}

/** That of providers, where Terraform was told one of their own. */
export const providerLogLevel = (): string | undefined => process.env.TF_LOG_PROVIDER || process.env.TF_LOG;

/** Told even where no log is asked for: the host drops it, and a person who debugs sees it. */
export const logStray = (error: unknown): void =>
  writeLine({
    "@level": "error",
    "@message": "An error was thrown or rejected where nothing caught it, and belongs to no call that is running",
    error: error instanceof Error ? (error.stack ?? error.message) : "not an error",
  });

/** The host reads a time with six digits of a second, and takes the line for plain text otherwise. */
const writeLine = (fields: Readonly<Record<string, unknown>>): void => {
  const time = new Date().toISOString().replace("Z", "000Z");
  process.stderr.write(`${JSON.stringify({ ...fields, "@timestamp": time })}\n`);
};
