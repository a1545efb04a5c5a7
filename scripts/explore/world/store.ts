import { hash, Store, type StoredKey } from "../../../src/sandbox/store.js";
import { Dice } from "./dice.js";

const KEY_ID_LENGTH = 15;
const SECRET_LENGTH = 40;
const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** The sandbox's store with ids and secrets that are the same in the same life. */
export class RepeatableStore extends Store {
  readonly #dice: Dice;
  /** By id: what the server itself forgets at once. */
  readonly secrets = new Map<string, string>();

  constructor(seed: number) {
    super();
    this.#dice = new Dice(seed);
  }

  override mint(name: string, now: Date): { readonly key: StoredKey; readonly secret: string } {
    const { key } = super.mint(name, now);
    const secret = this.#text(SECRET_LENGTH);
    key.apiKeyId = this.#text(KEY_ID_LENGTH);
    key.secretHash = hash(secret);
    key.lastChars = secret.slice(-4);
    this.secrets.set(key.apiKeyId, secret);
    return { key, secret };
  }

  #text(length: number): string {
    return Array.from({ length }, () => ALPHABET[this.#dice.below(ALPHABET.length)]).join("");
  }
}
