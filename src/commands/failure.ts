import { EXIT } from "./exit-code.js";

/** A failure that the user can do something about: printed without a stack. */
export class Failure extends Error {
  constructor(
    message: string,
    /** What to do now. */
    readonly advice: string,
    readonly exitCode: number = EXIT.failed,
  ) {
    super(message);
    this.name = "Failure";
  }
}
