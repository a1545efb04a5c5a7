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

  write(level: Level, message: string, fields: Readonly<Record<string, unknown>> = {}): void {
    if (LEVELS.indexOf(level) < this.#lowest) return;
    const line = { "@level": level, "@message": message, "@module": this.module, "@timestamp": new Date().toISOString(), ...fields };
    process.stderr.write(`${JSON.stringify(line)}\n`);
  }
}
