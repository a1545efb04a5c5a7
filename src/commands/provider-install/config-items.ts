/** An attribute or block at the top of a CLI configuration file. */
export interface ConfigItem {
  readonly name: string;
  /** The item's text is `text.slice(start, end)`. */
  readonly start: number;
  readonly end: number;
}

export class ConfigSyntaxError extends Error {}

const BLANK = /\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const NAME = /[A-Za-z_][\w.-]*|"(?:[^"\\\n]|\\.)*"/y;
const HEREDOC = /<<-?([A-Za-z_]\w*)[ \t]*\r?\n(?:[\s\S]*?\n)?[ \t]*\1(?=\r?\n|$)/y;
const STRING = /"(?:[^"\\\n]|\\.)*"/y;
const INLINE_COMMENT = /#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const CLOSING: Readonly<Record<string, string>> = { "{": "}", "[": "]" };

/**
 * The items at the top of a CLI configuration file (HCL 1). Only where items begin and end is told, so that they can be carried over verbatim.
 * Text that is not surely understood is a ConfigSyntaxError.
 */
export function configItems(text: string): readonly ConfigItem[] {
  const items: ConfigItem[] = [];
  for (let position = skipBlank(text, 0); position < text.length; ) {
    const name = match(NAME, text, position);
    if (name === undefined) throw new ConfigSyntaxError(`unexpected text in line ${lineOf(text, position)}`);
    const end = endOfItem(text, position + name.length);
    items.push({ name: name.replaceAll('"', ""), start: position, end });
    position = skipBlank(text, end);
  }
  return items;
}

/** A block ends with its brace, an attribute with its line; brackets may spread either over lines. */
function endOfItem(text: string, from: number): number {
  const open: string[] = [];
  for (let position = from; position < text.length; ) {
    const character = text.charAt(position);
    const whole = match(STRING, text, position) ?? match(HEREDOC, text, position) ?? match(INLINE_COMMENT, text, position);
    if (whole !== undefined) {
      position += whole.length;
      continue;
    }
    if (character === "\n" && open.length === 0) return position;
    const closing = CLOSING[character];
    if (closing) open.push(closing);
    else if (character === '"' || character === "<") throw new ConfigSyntaxError(`unfinished text in line ${lineOf(text, position)}`);
    else if (character === "}" || character === "]") {
      if (open.pop() !== character) throw new ConfigSyntaxError(`unexpected ${character} in line ${lineOf(text, position)}`);
      if (open.length === 0 && character === "}") return position + 1;
    }
    position += 1;
  }
  if (open.length > 0) throw new ConfigSyntaxError(`a block that begins in line ${lineOf(text, from)} has no end`);
  return text.length;
}

function skipBlank(text: string, from: number): number {
  let position = from;
  for (let blank = match(BLANK, text, position); blank; blank = match(BLANK, text, position)) position += blank.length;
  return position;
}

function match(pattern: RegExp, text: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0];
}

const lineOf = (text: string, position: number) => text.slice(0, position).split("\n").length;
