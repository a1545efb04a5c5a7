/** As in `TF_LOG`, from the most to the least. */
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error";

/** Facts beside a line of the log, by name. Nothing secret. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where lines go: they are Terraform's to keep, by `TF_LOG`. */
export type LogSink = (level: LogLevel, message: string, fields: LogFields) => void;

let sink: LogSink = () => {};

/** One process is one provider, so there is one log. */
export const logTo = (to: LogSink): void => {
  sink = to;
};

let fieldsOfCall: () => LogFields = () => ({});

export const logWith = (fields: () => LogFields): void => {
  fieldsOfCall = fields;
};

/**
 * Writes a line to Terraform's log, which `TF_LOG` or `TF_LOG_PROVIDER` switches on; it names the call that it was written in. The log is read
 * by others: nothing secret may be in it.
 */
export const log = (level: LogLevel, message: string, fields: LogFields = {}): void =>
  sink(level, message, { ...fieldsOfCall(), ...fields });

/** Where an error was thrown, and those that caused it. */
export function stackOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return "what was thrown is not an error";
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined || depth > 5 ? own : `${own}\nCaused by: ${stackOf(error.cause, depth + 1)}`;
}
