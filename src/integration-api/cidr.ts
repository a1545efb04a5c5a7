/** Whether two IPv4 networks share an address; host bits do not count. */
export function overlap(a: string, b: string): boolean {
  const [first, second] = [range(a), range(b)];
  return first.start <= second.end && second.start <= first.end;
}

function range(cidr: string): { readonly start: number; readonly end: number } {
  const [address = "", bits = "32"] = cidr.split("/");
  const value = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - Number(bits));
  const start = Math.floor(value / size) * size;
  return { start, end: start + size - 1 };
}
