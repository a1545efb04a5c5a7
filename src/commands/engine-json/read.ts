import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { CommandContext } from "../context.js";
import { Failure } from "../failure.js";
import { decodeText } from "./decode.js";
import { findJson, NoJson } from "./find-json.js";

/** Stands for stdin in place of a file's name. */
export const STDIN = "-";

/** The JSON document that an engine printed, from a file or from stdin. `what` and `advice` are for the words of a failure. */
export async function readEngineJson(
  { directory, readStdin }: Pick<CommandContext, "directory" | "readStdin">,
  path: string,
  { what, advice }: { readonly what: string; readonly advice: string },
): Promise<unknown> {
  const name = nameOf(path);
  let bytes: Buffer;
  try {
    bytes = path === STDIN ? await readStdin() : await readFile(resolve(directory, path));
  } catch (error) {
    throw new Failure(`${name} cannot be read: ${(error as Error).message}.`, advice);
  }
  const text = decodeText(bytes);
  if (text === undefined) throw new Failure(`${name} cannot be read as ${what}: it is not text in UTF-8 or UTF-16.`, advice);
  try {
    return findJson(text);
  } catch (error) {
    if (!(error instanceof NoJson)) throw error;
    throw new Failure(`${name} cannot be read as ${what}: ${error.message}.`, advice);
  }
}

export const nameOf = (path: string): string => (path === STDIN ? "stdin" : path);
