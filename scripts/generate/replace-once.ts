/** For changes of what another generator writes: fails where that is no longer what it was. */
export function replaceOnce(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`The generator no longer writes this once: ${from}`);
  return text.replace(from, () => to);
}
