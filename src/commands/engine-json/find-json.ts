import { stripVTControlCharacters } from "node:util";

/** Why a text holds no JSON document that is surely the one. Never quotes the text, which may hold secrets. */
export class NoJson extends Error {}

/**
 * The one JSON document in what a command printed. Wrappers print lines of their own around it: hashicorp/setup-terraform
 * `[command]/path/to/terraform` before and `::debug::…` after it, npm and yarn what they run. An error of Terraform among them, a second document
 * or half a document is refused.
 */
export function findJson(printed: string): unknown {
  // In JSON itself an escape character is written in another way, so no colour is part of it.
  const text = stripVTControlCharacters(printed);
  if (text.trim() === "") throw new NoJson("it is empty");
  const whole = parse(text);
  if (whole !== undefined) return whole.value;
  const start = /^[ \t]*\{/m.exec(text);
  if (!start) throw new NoJson("it holds no JSON");
  const end = endOfObject(text, start.index);
  if (end === undefined) throw new NoJson("its JSON is incomplete");
  const found = parse(text.slice(start.index, end));
  if (!found) throw new NoJson("it contains no valid JSON");
  const around = `${text.slice(0, start.index)}\n${text.slice(end)}`;
  if (/^[ \t]*\{/m.test(around)) throw new NoJson("it contains more than one JSON document");
  if (/^[\s│|╷]*Error: /m.test(around)) throw new NoJson("it contains an error besides the JSON");
  return found.value;
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Where the object ends that begins at `start`; undefined where it does not end. */
function endOfObject(text: string, start: number): number | undefined {
  const mark = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}]/gs;
  mark.lastIndex = start;
  let depth = 0;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    if (found[0] === "{") depth += 1;
    else if (found[0] === "}") depth -= 1;
    if (depth === 0) return mark.lastIndex;
  }
  return undefined;
}
