import { ADDRESSES } from "./address.js";

/** What a CLI configuration of ours was made from: a file named by TF_CLI_CONFIG_FILE, or undefined for the default files. */
export interface OwnConfigOrigin {
  readonly file: string | undefined;
}

export interface OwnConfig {
  readonly origin: OwnConfigOrigin;
  readonly mirror: string;
  /** Plugin folders that Terraform searches by itself only while there is no `provider_installation`. */
  readonly implicitMirrors: readonly string[];
  readonly carried: readonly { readonly path: string; readonly carried: string }[];
}

const MARK = "# Written by `pangolin-iac provider install`, which writes it anew each time: change what it was made from instead.";
const ORIGIN = "# Made from: ";

/** The text of our CLI configuration file. */
export function ownConfigText({ origin, mirror, implicitMirrors, carried }: OwnConfig): string {
  const sections = carried
    .filter((section) => section.carried !== "")
    .map((section) => `# From ${quoted(section.path)}:\n${section.carried}\n`);
  return [`${MARK}\n${ORIGIN}${JSON.stringify(origin.file ?? null)}\n`, installationBlock(mirror, implicitMirrors), ...sections].join("\n");
}

/** Where the text of a file of ours came from; undefined where the file is not ours. */
export function originOf(text: string): OwnConfigOrigin | undefined {
  const [mark, origin = ""] = text.split("\n", 2);
  if (mark !== MARK || !origin.startsWith(ORIGIN)) return undefined;
  const file: unknown = JSON.parse(origin.slice(ORIGIN.length));
  return { file: typeof file === "string" ? file : undefined };
}

function installationBlock(mirror: string, implicitMirrors: readonly string[]): string {
  const implicit = implicitMirrors.map((path) =>
    indented(`filesystem_mirror {\n  path    = ${quoted(path)}\n  exclude = ${ADDRESS_LIST}\n}\n`),
  );
  return `provider_installation {\n${indented(mirrorBlock(mirror))}${implicit.join("")}  direct {\n    exclude = ${ADDRESS_LIST}\n  }\n}\n`;
}

const ADDRESS_LIST = JSON.stringify(ADDRESSES).replaceAll(",", ", ");

export const mirrorBlock = (mirror: string) => `filesystem_mirror {\n  path    = ${quoted(mirror)}\n  include = ${ADDRESS_LIST}\n}\n`;
export const directExclusion = `exclude = ${ADDRESS_LIST}`;

const indented = (text: string) => text.replace(/^(?=.)/gm, "  ");

/** A text as HCL 1 and JSON both write it. */
export const quoted = (text: string) => JSON.stringify(text);
