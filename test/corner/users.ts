import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface User {
  readonly email: string;
  readonly name: string;
  readonly age: number;
  readonly language: string;
  readonly dateJoined: string;
}

/** Users in a file, since a provider is launched anew for each command. */
export class Users {
  /** `configured`: what the provider block said. */
  constructor(readonly configured: string | null) {}

  readonly #file = process.env.CORNER_USERS_FILE ?? join(tmpdir(), `corner-users-${process.getuid?.() ?? "all"}.json`);

  find(email: string): User | undefined {
    return this.#all()[email];
  }

  all(): readonly User[] {
    return Object.values(this.#all());
  }

  put(user: User): void {
    this.#write({ ...this.#all(), [user.email]: user });
  }

  remove(email: string): void {
    const { [email]: _removed, ...others } = this.#all();
    this.#write(others);
  }

  #all(): Record<string, User> {
    return existsSync(this.#file) ? (JSON.parse(readFileSync(this.#file, "utf8")) as Record<string, User>) : {};
  }

  #write(users: Record<string, User>): void {
    const beside = `${this.#file}.${process.pid}`;
    writeFileSync(beside, JSON.stringify(users), { mode: 0o600 });
    renameSync(beside, this.#file);
  }
}
