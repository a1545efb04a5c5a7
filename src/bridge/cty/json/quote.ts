const ESCAPED_BY_GO = /[<>&\u2028\u2029]/g;

/** A JSON string as Go writes it, which is what Terraform writes: safe inside HTML. */
export const quote = (text: string): string =>
  JSON.stringify(text).replace(ESCAPED_BY_GO, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
