/**
 * The first lines of a provider's executable: a shell script that becomes Node.js, and to JavaScript a few texts that nobody reads.
 *
 * An editor's debugger, or a hook that is not there in this place, comes by NODE_OPTIONS, and Node.js then waits, or ends before the first line
 * of ours, or a hook prints where the handshake is read. What cannot be started with is left out and said. Terraform shows the first line of stdout of a provider that does not start.
 */
const LINES = [
  `if ! command -v node >/dev/null 2>&1; then echo "Node.js is not on the PATH, and this provider needs it: install Node.js 20 or later."; exit 127; fi`,
  `if [ -n "$NODE_OPTIONS" ]; then NODE_OPTIONS=$(printf %s "$NODE_OPTIONS" | sed -E 's/--inspect[^ ]*//g'); export NODE_OPTIONS; fi`,
  `if [ -n "$NODE_OPTIONS" ] && ! { said=$(node -e 0 2>/dev/null) && [ -z "$said" ]; }; then echo "NODE_OPTIONS is left out, since Node.js does not start with it: $NODE_OPTIONS" >&2; unset NODE_OPTIONS; fi`,
  `exec node "$0" "$@"`,
];

export const EXECUTABLE_HEADER = ["#!/bin/sh", ...LINES.map((line) => `':' //; ${line}`)].join("\n");
