export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** Runs the candidates in turn, forward and backward, so that load on the machine affects all of them. Returns each median in milliseconds. */
export async function interleaved(
  rounds: number,
  candidates: Readonly<Record<string, () => Promise<void>>>,
): Promise<Record<string, number>> {
  const names = Object.keys(candidates);
  const taken: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const start = performance.now();
      await candidates[name]?.();
      taken[name]?.push(performance.now() - start);
    }
  return Object.fromEntries(names.map((name) => [name, median(taken[name] ?? [])]));
}

export const ratio = (value: number, baseline: number): string => (value / baseline).toFixed(2);

export function report(title: string, rows: readonly (readonly [what: string, figure: string, target?: string | undefined])[]): void {
  console.log(`\n${title}`);
  for (const [what, figure, target] of rows)
    console.log(`  ${figure.padStart(12)}  ${what}${target === undefined ? "" : `  (target ${target})`}`);
}
