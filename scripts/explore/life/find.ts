/** Something that must not be: which law is broken, and by what. */
export class Find extends Error {
  constructor(
    /** The same for every case of a kind. */
    readonly law: string,
    detail: string,
  ) {
    super(`${law}: ${detail}`);
    this.name = "Find";
  }
}
