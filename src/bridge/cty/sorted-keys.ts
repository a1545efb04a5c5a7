/** Keys in the order of their code points, which is the order of their UTF-8 bytes; JavaScript's own order differs past U+FFFF. */
export const sortedKeys = (object: object): string[] => Object.keys(object).sort(compare);

function compare(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left === right) continue;
    const bothOrNeither = isSurrogate(left) === isSurrogate(right);
    return bothOrNeither ? left - right : isSurrogate(left) ? 1 : isSurrogate(right) ? -1 : 0;
  }
  return a.length - b.length;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xe000;
