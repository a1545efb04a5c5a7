import type { Told } from "../terraform/diagnostics.js";
import type { KeyName } from "./model.js";

/** What an observer knows of the keys, and neither the provider nor the server does. */
export class Ghost {
  /** Keys that a person made; the holders of a life may be given permissions for them. */
  readonly strangers: string[] = [];
  /** What a stranger's key holds by its owner's will. */
  readonly strangersHold = new Map<string, readonly string[]>();
  /** Keys that the provider minted, with whether the answer reached it. */
  readonly minted = new Map<string, { readonly told: boolean }>();
  /** Keys that were imported: ours from then on. */
  readonly imported = new Set<string>();
  /** Keys that `state rm` gave up: nobody's to delete any more. */
  readonly released = new Set<string>();
  /** Keys whose mint a kill cut off from the state. */
  readonly excused = new Set<string>();
  readonly deletedByPerson = new Set<string>();
  /** Rights that a key may hold although the configuration does not give them: a person gave them, or an argument was taken away. */
  readonly foreign = new Map<string, Set<string>>();
  /** Keys whose argument `permissions` was taken away, until an apply has seen it. */
  readonly unmanaged = new Set<KeyName>();
  /** Keys that were given permissions by a resource that knew no `previous_key_id`. */
  readonly withoutPrevious = new Set<KeyName>();
  /** Whether the last apply was not of everything: what it left undone may take the next one another apply to settle. */
  isPartial = false;
  /** The same of the apply before. */
  wasPartial = false;
  /** Everything that was told so far. */
  told = "";

  hear(told: readonly Told[]): void {
    for (const { summary, detail } of told) this.told += `${summary}\n${detail}\n`;
  }

  /** Keys that the provider has to answer for. */
  isOurs(keyId: string): boolean {
    return (this.minted.has(keyId) || this.imported.has(keyId)) && !this.released.has(keyId);
  }

  addForeign(keyId: string, permissions: Iterable<string>): void {
    const before = this.foreign.get(keyId) ?? new Set();
    for (const permission of permissions) before.add(permission);
    this.foreign.set(keyId, before);
  }
}
