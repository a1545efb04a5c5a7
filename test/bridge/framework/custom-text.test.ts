import * as z from "zod";
import { readResource } from "../../../src/bridge/framework/rpc/read-resource.js";
import { validateConfig } from "../../../src/bridge/framework/rpc/validate-config.js";
import { traitsOf } from "../../../src/bridge/framework/schema/traits.js";
import { semanticEquality } from "../../../src/bridge/framework/semantic-equality.js";
import { goDuration, millisecondsOf, rfc3339 } from "../../../src/bridge/framework/types/time-text.js";
import {
  ipv4Address,
  ipv4Prefix,
  ipv6Address,
  ipv6Prefix,
  jsonText,
  normalizedJsonText,
  optional,
  type Resource,
  resource,
  setOf,
} from "../../../src/bridge/sdk.js";
import { apply, plan, serverOf, summaries } from "./harness.js";

const textOf = (schema: z.ZodType) => {
  const { text } = traitsOf(schema);
  if (!text) throw new Error("no custom text");
  return text;
};

test.each<[string, z.ZodType, readonly string[], readonly string[]]>([
  ["IPv4", ipv4Address(), ["0.0.0.0", "192.0.2.146"], ["", "256.0.0.1", "1.2.3", "01.2.3.4", "::1"]],
  ["IPv6", ipv6Address(), ["::", "::ffff:192.0.2.1", "fe80::1%eth0", "1:2:3:4:5:6:7:8"], ["", "1::2::3", "12345::", "1.2.3.4"]],
  [
    "IPv4 prefix",
    ipv4Prefix(),
    ["10.0.0.0/8", "1.2.3.4/0", "1.2.3.4/32"],
    ["10.0.0.0", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/", "::/8", "1.2.3.4/8/8"],
  ],
  ["IPv6 prefix", ipv6Prefix(), ["::/0", "2001:db8::/32", "::1/128"], ["::", "::/129", "fe80::%eth0/64", "1.2.3.4/8"]],
  ["JSON", jsonText(), ["{}", "1e400", '"a"', " [1, 2] "], ["", "{", "{a:1}", "[1,]"]],
  [
    "RFC 3339",
    rfc3339(),
    ["1985-04-12T23:20:50.52Z", "2024-02-29T00:00:00+14:00"],
    ["1985-04-12", "2023-02-29T00:00:00Z", "2024-01-01T24:00:00Z", "2024-13-01T00:00:00Z", "2024-01-01t00:00:00z"],
  ],
  ["duration", goDuration(), ["0", "90s", "1h2m3s", "-1.5h", ".5s", "1µs"], ["", "1", "s", "1d", "1h 2m", "invalid"]],
])("%s: what has the form, and what has not", (_, schema, accepted, refused) => {
  for (const text of accepted) expect([text, textOf(schema).accepts(text), schema.safeParse(text).success]).toEqual([text, true, true]);
  for (const text of refused) expect([text, textOf(schema).accepts(text), schema.safeParse(text).success]).toEqual([text, false, false]);
});

test.each<[string, z.ZodType, string, string, boolean]>([
  ["IPv6 addresses in full and in short", ipv6Address(), "0:0:0:0:0:FFFF:192.168.255.255", "::ffff:c0a8:ffff", true],
  ["other zones", ipv6Address(), "fe80::1%a", "fe80::1%b", false],
  ["IPv6 prefixes", ipv6Prefix(), "2001:db8:0::/32", "2001:DB8::/32", true],
  ["other lengths", ipv6Prefix(), "::/8", "::/9", false],
  ["JSON in another order", normalizedJsonText(), '{"a":1,"b":[true]}', ' { "b": [ true ], "a": 1 } ', true],
  ["numbers that a binary64 cannot tell apart", normalizedJsonText(), "9007199254740993", "9007199254740992", false],
  ["the three ways to write UTC", rfc3339(), "2024-01-01T00:00:00Z", "2024-01-01T00:00:00-00:00", true],
  ["one moment in two zones", rfc3339(), "2024-01-01T01:00:00+01:00", "2024-01-01T00:00:00Z", false],
  ["durations of one length", goDuration(), "60m", "1h", true],
])("%s: whether they mean the same", (_, schema, one, other, same) => {
  expect(textOf(schema).semanticEquals?.(one, other)).toBe(same);
});

test("durations in milliseconds", () => {
  expect(["1h2m3s", "1.5ms", "-2s", "0"].map(millisecondsOf)).toEqual([3_723_000, 1.5, -2_000, 0]);
});

const addresses: Resource = resource<unknown>()({
  description: "Has addresses at every depth.",
  schema: z.object({
    one: optional(ipv6Address(), "One."),
    all: optional(setOf(ipv6Address()), "A set."),
    rows: optional(z.array(z.object({ ip: optional(ipv6Address(), "One."), name: optional(z.string(), "A name.") })), "A list."),
    by_name: optional(z.record(z.string(), ipv6Address()), "A map."),
  }),
  create: async ({ planned }) => ({ ...planned, one: "0:0:0:0:0:0:0:1" }) as never,
  update: async ({ planned }) => planned as never,
  read: async () =>
    ({
      one: "0:0:0:0:0:0:0:1",
      all: ["0::2", "0:0::1"],
      rows: [{ ip: "0:0::3", name: "other" }],
      by_name: { a: "0::4", b: "::9" },
    }) as never,
  delete: async () => {},
});
const written = { one: "::1", all: ["::1", "::2"], rows: [{ ip: "::3", name: "row" }], by_name: { a: "::4" } };

test("what means the same stays as it was written, at every depth, and the rest is taken over", async () => {
  const server = serverOf(addresses);
  const { state } = await readResource(server, await server.resource("test_thing"), {
    state: written,
    private: new Uint8Array(),
    signal: new AbortController().signal,
  });
  expect(state).toEqual({ one: "::1", all: ["::2", "::1"], rows: [{ ip: "::3", name: "other" }], by_name: { a: "::4", b: "::9" } });
});

test("apply gives back what was planned where the answer means the same, and a change of the text is still a change", async () => {
  const { planned } = await plan(addresses, written);
  expect(await apply(addresses, written, null, planned)).toMatchObject({ state: written, diagnostics: [] });
  expect((await plan(addresses, { ...written, one: "0::1" }, written)).planned).toMatchObject({ one: "0::1" });
});

test("two equal members of a set take two prior members, not one twice", async () => {
  const { schema } = await serverOf(addresses).resource("test_thing");
  const prior = { ...written, all: ["::1"] };
  expect(semanticEquality(schema, prior, { ...written, all: ["0::1", "0:0::1"] }, (name) => expect(name).toBe("")).all).toEqual([
    "::1",
    "0:0::1",
  ]);
});

test("a text without its form is named as what it is not, with its path", async () => {
  const server = serverOf(addresses);
  const { schema: compiled, definition } = await server.resource("test_thing");
  const config = { one: "x", all: ["::1", "y"], rows: [{ ip: "z", name: null }], by_name: null };
  expect(summaries(await validateConfig(server, compiled, definition as never, config))).toEqual([
    "error: Invalid IPv6 Address String Value (one)",
    "error: Invalid IPv6 Address String Value (all)",
    "error: Invalid IPv6 Address String Value (rows.0.ip)",
  ]);
});

test("digits without a unit are no duration, however many there are", () => {
  for (const text of ["1".repeat(1_000_000), `${"1".repeat(500_000)}.${"1".repeat(500_000)}`]) expect(millisecondsOf(text)).toBeUndefined();
});
