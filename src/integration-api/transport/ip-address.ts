import { isIPv4, isIPv6 } from "node:net";

/** The bytes of an address, 4 or 16; an IPv4 address that is written as IPv6 has 4. undefined: it is none, or it has a zone. */
export function parseIp(text: string): readonly number[] | undefined {
  if (isIPv4(text)) return text.split(".").map(Number);
  if (!isIPv6(text) || text.includes("%")) return undefined;
  // The URL writes an address with dots in hexadecimal, and shortens one run of zeros.
  const [head = "", tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split("::");
  const [first, last] = [groups(head), groups(tail ?? "")];
  const all = tail === undefined ? first : [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
  const bytes = all.flatMap((group) => [group >> 8, group & 0xff]);
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  return isMapped ? bytes.slice(12) : bytes;
}

const groups = (text: string): number[] => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));

export interface Network {
  readonly address: readonly number[];
  readonly bits: number;
}

/** A network in CIDR notation; bits of the host do not count. */
export function parseNetwork(text: string): Network | undefined {
  const [, ip = "", digits] = /^([^/]+)\/(\d+)$/.exec(text) ?? [];
  const address = parseIp(ip);
  if (!address) return undefined;
  const written = ip.includes(":") ? 128 : 32;
  const bits = Number(digits);
  if (bits > written) return undefined;
  return { address, bits: Math.max(0, bits - (written - address.length * 8)) };
}

export function contains({ address, bits }: Network, ip: readonly number[]): boolean {
  if (address.length !== ip.length) return false;
  return ip.every((byte, index) => {
    const shift = 8 - Math.min(8, Math.max(0, bits - index * 8));
    return byte >> shift === (address[index] ?? 0) >> shift;
  });
}

export const isLoopback = (ip: readonly number[]): boolean =>
  ip.length === 4 ? ip[0] === 127 : ip.every((byte, index) => byte === (index === 15 ? 1 : 0));
