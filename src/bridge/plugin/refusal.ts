import { writeSync } from "node:fs";

/**
 * Says in one line why a plugin does not start. The host shows a person the first line that it finds where the handshake would be, and keeps
 * what is on stderr to itself.
 */
export function refuseToStart(error: unknown, { host }: { readonly host: boolean }): void {
  const reason = error instanceof Error ? error.message : "what was thrown is not an error";
  // Bars would make it look like a handshake.
  const line = `The provider cannot start: ${reason.replaceAll(/[\n|]+/g, " ")}\n`;
  if (host) writeSync(1, line);
  else process.stderr.write(line);
  process.exitCode = 1;
}
