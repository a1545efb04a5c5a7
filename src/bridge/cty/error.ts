import { type Path, pathToString } from "./path.js";

/** A value that does not fit its type, or bytes that are no value; `path` tells where. */
export class CtyError extends Error {
  constructor(
    readonly reason: string,
    readonly path: Path = [],
  ) {
    super(path.length > 0 ? `${pathToString(path)}: ${reason}` : reason);
    this.name = "CtyError";
  }
}
