import { isIPv4, isIPv6, SocketAddress } from "node:net";
import type * as z from "zod";
import { customText } from "./custom-text.js";

/** An IPv4 address. It has one notation only. */
export const ipv4Address = (): z.ZodString =>
  customText({ invalid: "Invalid IPv4 Address String Value", expected: "An IPv4 address is expected, such as 192.0.2.1", accepts: isIPv4 });

/** An IPv6 address. Compared semantically: `::1` equals `0:0:0:0:0:0:0:1`. */
export const ipv6Address = (): z.ZodString =>
  customText({
    invalid: "Invalid IPv6 Address String Value",
    expected: "An IPv6 address is expected, such as 2001:db8::1",
    accepts: isIPv6,
    semanticEquals: (one, other) => canonical(one) === canonical(other),
  });

/** An IPv4 CIDR such as `192.0.2.0/24`, compared as a string. */
export const ipv4Prefix = (): z.ZodString =>
  customText({
    invalid: "Invalid IPv4 CIDR String Value",
    expected: "An IPv4 address with a prefix length is expected, such as 192.0.2.0/24",
    accepts: (text) => isPrefix(text, isIPv4, 32),
  });

/** An IPv6 CIDR. Compared by address and prefix length. */
export const ipv6Prefix = (): z.ZodString =>
  customText({
    invalid: "Invalid IPv6 CIDR String Value",
    expected: "An IPv6 address with a prefix length is expected, such as 2001:db8::/32",
    accepts: (text) => !text.includes("%") && isPrefix(text, isIPv6, 128),
    semanticEquals: (one, other) => canonicalPrefix(one) === canonicalPrefix(other),
  });

function isPrefix(text: string, isAddress: (text: string) => boolean, bits: number): boolean {
  const [address = "", length = "", ...rest] = text.split("/");
  return rest.length === 0 && isAddress(address) && /^(0|[1-9]\d{0,2})$/.test(length) && Number(length) <= bits;
}

/** A zone names an interface and belongs to the address. */
function canonical(text: string): string {
  const [address = "", zone] = text.split("%");
  const known = new SocketAddress({ address, family: "ipv6" }).address;
  return zone === undefined ? known : `${known}%${zone}`;
}

function canonicalPrefix(text: string): string {
  const [address = "", length] = text.split("/");
  return `${canonical(address)}/${length}`;
}
