import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { computed, optionalComputed, provider, providerMethods, required, resource, type State } from "pangolin-iac/bridge";
import { serve } from "pangolin-iac/bridge/serve";
import * as z from "zod";

/** A complete Terraform provider. It manages notes, each a file in a folder. */
const schema = z.object({
  name: required(z.string().regex(/^\w+$/, "A name is letters, digits and underscores"), "Name of the note.", { replace: true }),
  text: required(z.string(), "What it says."),
  author: optionalComputed(z.string(), "Who says it.", { default: "nobody" }),
  path: computed(z.string(), "Where it is.", { useStateForUnknown: true }),
});
type Note = State<typeof schema.shape>;

interface Folder {
  readonly path: string;
}

function write(path: string, { name, text, author }: Pick<Note, "name" | "text"> & { readonly author: unknown }): Note {
  const note = { name, text, author: String(author), path };
  writeFileSync(path, JSON.stringify(note));
  return note;
}

const read = (path: string): Note | null => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null);

const note = resource<Folder>()<typeof schema.shape>({
  description: "A note, kept in a file.",
  schema,
  identity: { attributes: ["name"] },
  create: async ({ planned, provider: folder }) => write(`${folder.path}/${planned.name}.json`, planned),
  read: async ({ state }) => read(String(state.path)),
  update: async ({ planned, prior }) => write(String(prior.path), planned),
  delete: async ({ state }) => rmSync(String(state.path), { force: true }),
  import: async ({ identity, provider: folder }) => read(`${folder.path}/${identity.name}.json`),
});

const notes = provider({
  name: "notes",
  version: "0.1.0",
  description: "Keeps notes.",
  schema: z.object({ folder: required(z.string(), "Folder of the notes.") }),
  configure: ({ config }): Folder => ({ path: String(config.folder) }),
  resources: { notes_note: () => note },
  dataSources: {},
  functions: {},
});

void serve({ address: "registry.terraform.io/example/notes", load: async () => providerMethods(notes) });
