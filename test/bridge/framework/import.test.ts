import * as z from "zod";
import { importResourceState } from "../../../src/bridge/framework/rpc/import-resource-state.js";
import { computed, optional, type Resource, required, resource } from "../../../src/bridge/sdk.js";
import { apply, plan, serverOf, summaries } from "./harness.js";

const schema = z.object({
  path: required(z.string(), "A path."),
  name: optional(z.string(), "A name."),
  id: computed(z.string(), "An id."),
});
const named = (attributes: readonly ("path" | "name")[]): Resource =>
  resource<unknown>()<typeof schema.shape>({
    description: "A thing.",
    schema,
    identity: { attributes },
    create: async ({ planned }) => ({ ...planned, path: planned.path.normalize("NFD"), id: "1" }),
    read: async ({ state }) => state,
    update: async ({ planned }) => ({ ...planned, id: "1" }),
    delete: async () => {},
    import: async ({ identity }) => ({ path: identity.path ?? "", name: identity.name ?? null, id: "1" }),
  });

async function imported(thing: Resource, id: string) {
  const server = serverOf(thing);
  const { signal } = new AbortController();
  return importResourceState(server, await server.resource("test_thing"), { id, identity: undefined, signal });
}

test.each(["a/b/c", "/", "a//b", "plain"])("the import text of one attribute is that attribute, whatever is in it: %s", async (id) => {
  expect((await imported(named(["path"]), id)).imported?.state).toEqual({ path: id, name: null, id: "1" });
});

test.each(["", "a", "a/b/c", "/b", "a/"])("the import text of two attributes has two parts: %j", async (id) => {
  const { imported: found, diagnostics } = await imported(named(["path", "name"]), id);
  expect(found).toBeUndefined();
  expect(summaries(diagnostics)).toEqual(["error: Invalid import id"]);
  expect(diagnostics[0]?.detail).toBe(`Expected path/name, got "${id}".`);
});

test("a text is the same in whatever characters it is composed of", async () => {
  const config = { path: "caf\u00e9", name: null, id: null };
  expect((await imported(named(["path"]), "cafe\u0301")).imported?.state.path).toBe("caf\u00e9");
  const { planned } = await plan(named(["path"]), config);
  const { state, diagnostics } = await apply(named(["path"]), config, null, planned);
  expect(diagnostics).toEqual([]);
  expect((await plan(named(["path"]), config, state)).planned?.id).toBe("1");
});
