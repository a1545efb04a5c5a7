import { sharedCorner } from "../../support/corner.js";

const corner = sharedCorner();

const customType = (attributes: Readonly<Record<string, string>>) =>
  `resource "framework_customtype" "test" {\n${Object.entries(attributes)
    .map(([name, value]) => `  ${name} = ${JSON.stringify(value)}\n`)
    .join("")}}\n`;

test("a text that means the same keeps the one before, whatever the server writes", async () => {
  const written = {
    ip_v6_attribute: "2001:DB8::8:800:200C:417A",
    ip_v6_cidr_attribute: "2001:DB8::/32",
    ip_v4_attribute: "192.0.2.1",
    ip_v4_cidr_attribute: "192.0.2.0/24",
    json_normalized_attribute: '{ "b": 1, "a": [true] }',
    json_exact_attribute: '{ "b": 1 }',
    time_rfc3339_attribute: "2000-01-02T03:04:05+00:00",
  };
  const terraform = await corner(customType(written));
  await terraform.apply();
  expect(await terraform.attributes("framework_customtype.test")).toEqual(written);
  // The server writes the address in full with each reading.
  expect((await terraform.plan(["-refresh-only"])).changes).toBe(false);
  expect((await terraform.plan()).changes).toBe(false);

  // What the configuration says is said, in its own words: that is a change, which the provider takes over.
  await terraform.write(customType({ ...written, ip_v6_attribute: "2001:db8::8:800:200c:417a" }));
  expect((await terraform.plan()).json.resource_changes?.[0]?.change).toMatchObject({
    actions: ["update"],
    after: { ip_v6_attribute: "2001:db8::8:800:200c:417a", json_normalized_attribute: written.json_normalized_attribute },
  });
  await terraform.apply();
  expect((await terraform.attributes("framework_customtype.test")).ip_v6_attribute).toBe("2001:db8::8:800:200c:417a");
  expect((await terraform.plan()).changes).toBe(false);
});

test.each([
  ["ip_v4_attribute", "256.0.0.1", "Invalid IPv4 Address String Value"],
  ["ip_v4_cidr_attribute", "192.0.2.0", "Invalid IPv4 CIDR String Value"],
  ["ip_v6_attribute", "1::2::3", "Invalid IPv6 Address String Value"],
  ["ip_v6_cidr_attribute", "::/129", "Invalid IPv6 CIDR String Value"],
  ["json_exact_attribute", "{", "Invalid JSON String Value"],
  ["json_normalized_attribute", "[1,]", "Invalid JSON String Value"],
  ["time_rfc3339_attribute", "2023-02-29T00:00:00Z", "Invalid RFC3339 String Value"],
])("%s: a text without its form is an error there", async (attribute, text, summary) => {
  const terraform = await corner(customType({ [attribute]: text }));
  const told = await terraform.failingPlan();
  expect(told).toContain(summary);
  expect(told).toMatch(new RegExp(`\\n\\s*│?\\s*2:\\s+${attribute} = `));
});

test("members of sets that mean the same keep the texts before, whatever their order", async () => {
  const sets = (of: { readonly plain: readonly string[]; readonly nested: readonly string[]; readonly blocks: readonly string[] }) => `
resource "framework_set_semantic_equality" "test" {
  set_of_ipv6          = ${JSON.stringify(of.plain)}
  set_nested_attribute = [${of.nested.map((ipv6) => `{ ipv6 = "${ipv6}" }`).join(", ")}]
${of.blocks.map((ipv6) => `  set_nested_block {\n    ipv6 = "${ipv6}"\n  }\n`).join("")}}
`;
  const written = {
    plain: ["0:0:0:0:0:0:0:0", "2001:0DB8:0:0:8:800:200C:417A", "0:0:0:0:0:0:0:101", "0:0:0:0:0:FFFF:192.168.255.255"],
    nested: ["2041:0:140F:0:0:0:875B:131B", "2001:1:2:3:4:5:6:7"],
    blocks: ["FF01:0:0:0:0:0:0:0", "2001:db8::8:800:200c:417a", "0:0:0:0:0:FFFF:192.168.255.255"],
  };
  const ADDRESS = "framework_set_semantic_equality.test";
  const terraform = await corner(sets(written));
  const state = async () => {
    const { set_of_ipv6, set_nested_attribute, set_nested_block } = await terraform.attributes(ADDRESS);
    const texts = (members: unknown) => (members as { ipv6: string }[]).map(({ ipv6 }) => ipv6).sort();
    return { plain: [...(set_of_ipv6 as string[])].sort(), nested: texts(set_nested_attribute), blocks: texts(set_nested_block) };
  };
  const sorted = (of: typeof written) => ({ plain: [...of.plain].sort(), nested: [...of.nested].sort(), blocks: [...of.blocks].sort() });
  await terraform.apply();
  expect(await state()).toEqual(sorted(written));
  expect((await terraform.plan()).changes).toBe(false);

  await terraform.write(
    sets({ plain: written.plain.toReversed(), nested: written.nested.toReversed(), blocks: written.blocks.toReversed() }),
  );
  expect((await terraform.plan()).changes).toBe(false);

  const reworded = {
    plain: ["::", ...written.plain.slice(1)],
    nested: ["2041:0000:140F::875B:131B", "2001:1:2:3:4:5:6:7"],
    blocks: ["FF01::", ...written.blocks.slice(1)],
  };
  await terraform.write(sets(reworded));
  expect((await terraform.plan()).json.resource_changes?.[0]?.change.actions).toEqual(["update"]);
  await terraform.apply();
  expect(await state()).toEqual(sorted(reworded));
  expect((await terraform.plan()).changes).toBe(false);

  await terraform.write(sets({ ...reworded, blocks: [] }));
  expect(await terraform.failingPlan()).toContain("At least one set_nested_block is needed.");
});
