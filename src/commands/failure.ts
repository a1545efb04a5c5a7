/** A failure that the user can do something about: printed without a stack. */
export class Failure extends Error {
  constructor(
    message: string,
    /** What to do now. */
    readonly advice: string,
  ) {
    super(message);
    this.name = "Failure";
  }
}
