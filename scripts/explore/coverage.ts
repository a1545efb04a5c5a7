import { STEPS } from "./life/steps/index.js";

/** Which steps were played, and which after which. */
export class Coverage {
  readonly steps = new Map<string, number>();
  readonly pairs = new Map<string, number>();

  note(kind: string, before: string | undefined): void {
    this.steps.set(kind, (this.steps.get(kind) ?? 0) + 1);
    if (before === undefined) return;
    const pair = `${before} -> ${kind}`;
    this.pairs.set(pair, (this.pairs.get(pair) ?? 0) + 1);
  }

  /** One line for each kind, the most often played first, and one for the pairs. */
  lines(): string[] {
    const kinds = Object.keys(STEPS);
    const counts = kinds.map((kind): [string, number] => [kind, this.steps.get(kind) ?? 0]).sort(([, one], [, other]) => other - one);
    return [
      ...counts.map(([kind, count]) => `  ${String(count).padStart(6)}  ${kind}`),
      `  ${this.pairs.size} of ${kinds.length ** 2} pairs of steps`,
    ];
  }
}
