import { sharedCorner } from "../../support/corner.js";
import { type Given, nestingsOf, ordered, storedOf } from "./nested.js";

const corner = sharedCorner();

describe.each(["attributes", "blocks"] as const)("%s", (kind) => {
  const nestings = nestingsOf[kind];
  const type = `framework_nested_${kind}`;
  const configuration = (given: Given) => ({ "main.tf.json": JSON.stringify({ resource: { [type]: { test: given } } }) });
  const [a, b] = [{ name: "a" }, { name: "b", label: "mine" }];

  test("every nesting in every nesting: made, unchanged, a member changed, members removed, all removed", async () => {
    const terraform = await corner(configuration(nestings({ name: "one", ...nestings(a, b) }, { name: "two", ...nestings(a, b) })));
    const applied = async (given: Given) => {
      await terraform.write(configuration(given));
      const { json, file } = await terraform.plan();
      await terraform.apply([file]);
      expect(ordered(await terraform.attributes(`${type}.test`))).toEqual(storedOf(kind, given));
      expect((await terraform.plan()).changes).toBe(false);
      return json.resource_changes?.[0]?.change;
    };
    await applied(nestings({ name: "one", ...nestings(a, b) }, { name: "two", ...nestings(a, b) }));
    const noted = { ...a, note: "new" };
    const change = await applied(nestings({ name: "one", ...nestings(noted, b) }, { name: "two", ...nestings(a, b) }));
    // A changed member of a set is a new one, with all that is in it. All others are what they were, and keep what was made.
    expect(JSON.stringify(change?.after_unknown).match(/"made":true/g)).toHaveLength(kind === "attributes" ? 3 + 6 : 2 + 4);
    await applied(nestings({ name: "one", ...nestings(b) }));
    await applied({ list: [], set: [], ...(kind === "attributes" && { map: {} }) });
    await applied({});
  });

  test("defaults are given to each member of a set by itself, whatever its place", async () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const set = [...names.map((name) => ({ name })), ...names.map((name) => ({ name, label: "mine" }))];
    const given = { set, single: { name: "one", set } };
    const terraform = await corner(configuration(given));
    await terraform.apply();
    const both = (name: string) =>
      expect.arrayContaining([expect.objectContaining({ name, label: "none" }), expect.objectContaining({ name, label: "mine" })]);
    const state = (await terraform.attributes(`${type}.test`)) as { set: []; single: { set: [] } };
    for (const name of names) {
      expect(state.set).toEqual(both(name));
      expect(state.single.set).toEqual(both(name));
    }
    expect(state.set).toHaveLength(12);
    expect((await terraform.plan()).changes).toBe(false);
  });
});
