/** `test` where there is what it needs; elsewhere the test is shown as skipped, with the reason. */
export const testWhere = (has: boolean, reason: string): typeof test => (has ? test : skipped(reason));

function skipped(reason: string): typeof test {
  const titled = (name: string) => `${name} (skipped: ${reason})`;
  const one = (name: string) => test.skip(titled(name), () => undefined);
  const each = (table: readonly unknown[]) => (name: string) =>
    test.skip.each(table as readonly unknown[][])(titled(name), () => undefined);
  return Object.assign(one, { each }) as unknown as typeof test;
}
