import * as z from "zod";
import { block, ipv6Address, required, resource, setOf, unknown } from "../../src/bridge/sdk.js";

const member = () => z.object({ ipv6: required(ipv6Address(), "An address.") });
const schema = z.object({
  set_of_ipv6: required(setOf(ipv6Address()), "Addresses."),
  set_nested_attribute: required(setOf(member()), "Addresses in objects."),
  set_nested_block: block(setOf(member()), "Addresses in blocks."),
});

/** The server gives the addresses back in another order, and in short. */
const answer = {
  set_of_ipv6: ["2001:DB8::8:800:200C:417A", "::FFFF:192.168.255.255", "::", "::101"],
  set_nested_block: [{ ipv6: "::FFFF:192.168.255.255" }, { ipv6: "FF01::" }, { ipv6: "2001:DB8::8:800:200C:417A" }],
  set_nested_attribute: [{ ipv6: "2001:1:2:3:4:5:6:7" }, { ipv6: "2041:0000:140F::875B:131B" }],
};

export const setSemanticEquality = resource<unknown>()<typeof schema.shape>({
  description: "Has sets of addresses that can be written in several ways.",
  schema,
  validate({ config, diagnostics }) {
    if (config.set_nested_block !== unknown && config.set_nested_block?.length === 0)
      diagnostics.error("Missing block", "At least one set_nested_block is needed.");
  },
  create: async () => answer,
  update: async () => answer,
  read: async () => answer,
  delete: async () => {},
});
