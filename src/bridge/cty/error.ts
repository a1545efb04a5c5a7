import { type Path, type PathStep, pathToString } from "./path.js";

/** A value that does not fit its type, or bytes that are no value; `path` tells where. */
export class CtyError extends Error {
  constructor(
    readonly reason: string,
    readonly path: Path = [],
  ) {
    super(path.length > 0 ? `${pathToString(path)}: ${reason}` : reason);
    this.name = "CtyError";
  }

  /** The same error seen from the value around, which it is in at `step`. */
  under(step: PathStep): CtyError {
    return new CtyError(this.reason, [step, ...this.path]);
  }
}

/** What to throw on when `caught` came out of the part of a value at `step`. So a path costs nothing until something is wrong. */
export const errorUnder = (step: PathStep, caught: unknown): unknown => (caught instanceof CtyError ? caught.under(step) : caught);
