import { createHash, randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { NEWEST_FACTS } from "./version.js";

export interface StoredOrg {
  orgId: string;
  name: string;
  subnet: string;
  utilitySubnet: string;
  createdAt: string;
  /** Of its role Admin; Member has the next number. */
  adminRoleId: number;
  retention: { Request: number; Access: number; Action: number; Connection: number; AISessions: number };
  sshCaPrivateKey: string;
  sshCaPublicKey: string;
  /** Settings that only servers before 1.16 store without a licence. */
  licensed?: Readonly<Record<string, unknown>>;
}

export interface StoredKey {
  apiKeyId: string;
  name: string;
  secretHash: string;
  lastChars: string;
  createdAt: string;
  isRoot: boolean;
  /** In the order of granting. */
  actions: string[];
}

export interface StoredSite {
  siteId: number;
  orgId: string;
  niceId: string;
  name: string;
  dockerSocketEnabled: boolean;
  autoUpdateOverrideOrg: boolean;
}

/** A role that an organization is born with. */
export interface BornRole {
  readonly roleId: number;
  readonly orgId: string;
  readonly isAdmin: boolean;
}

interface Data {
  /** The last number that was given; every kind of object draws from the same row. */
  lastNumber: number;
  serverAdmin: { userId: string; dateCreated: string };
  orgs: StoredOrg[];
  sites: StoredSite[];
  keys: StoredKey[];
  /** Links of keys to organizations. A key created in a missing organization has none. */
  links: { orgId: string; apiKeyId: string }[];
}

const KEY_ID_LENGTH = 15;
const SECRET_LENGTH = 40;
const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

export const randomText = (length: number): string => Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
export const hash = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Half of a pair of UTF-16 is no text to SQLite: each of the three bytes that it is written with is read as a character of its own. */
export const asStored = (text: string): string => text.replace(/\p{Surrogate}/gu, "\ufffd\ufffd\ufffd");

/** State of the server. With a file, every change is on disk before its answer is sent, so a kill loses no confirmed change. */
export class Store {
  readonly data: Data;

  constructor(readonly file?: string) {
    this.data = (file !== undefined && load(file)) || {
      lastNumber: 0,
      serverAdmin: { userId: randomText(KEY_ID_LENGTH), dateCreated: new Date().toISOString() },
      orgs: [],
      sites: [],
      keys: [],
      links: [],
    };
  }

  /** The domain of the server's configuration, which every organization has. */
  readonly domainId = "domain1";

  get serverAdmin(): Data["serverAdmin"] {
    return this.data.serverAdmin;
  }

  nextNumber(): number {
    this.data.lastNumber += 1;
    return this.data.lastNumber;
  }

  rolesOf({ orgId, adminRoleId }: StoredOrg): BornRole[] {
    return [
      { roleId: adminRoleId, orgId, isAdmin: true },
      { roleId: adminRoleId + 1, orgId, isAdmin: false },
    ];
  }

  role(roleId: number): BornRole | undefined {
    return this.data.orgs.flatMap((org) => this.rolesOf(org)).find((role) => role.roleId === roleId);
  }

  site(siteId: number): StoredSite | undefined {
    return this.data.sites.find((site) => site.siteId === siteId);
  }

  org(orgId: string): StoredOrg | undefined {
    return this.data.orgs.find((org) => org.orgId === orgId);
  }

  key(apiKeyId: string): StoredKey | undefined {
    return this.data.keys.find((key) => key.apiKeyId === apiKeyId);
  }

  keysOf(orgId: string): StoredKey[] {
    const ids = new Set(this.data.links.filter((link) => link.orgId === orgId).map((link) => link.apiKeyId));
    return this.data.keys.filter((key) => ids.has(key.apiKeyId) && !key.isRoot);
  }

  belongsTo(apiKeyId: string, orgId: string): boolean {
    return this.data.links.some((link) => link.apiKeyId === apiKeyId && link.orgId === orgId);
  }

  mint(name: string, now: Date): { readonly key: StoredKey; readonly secret: string } {
    const secret = randomText(SECRET_LENGTH);
    const key: StoredKey = {
      apiKeyId: randomText(KEY_ID_LENGTH),
      name: asStored(name),
      secretHash: hash(secret),
      lastChars: secret.slice(-4),
      createdAt: now.toISOString(),
      isRoot: false,
      actions: [],
    };
    this.data.keys.push(key);
    return { key, secret };
  }

  removeKey(apiKeyId: string): void {
    this.data.keys = this.data.keys.filter((key) => key.apiKeyId !== apiKeyId);
    this.data.links = this.data.links.filter((link) => link.apiKeyId !== apiKeyId);
  }

  removeOrg(orgId: string): void {
    for (const { apiKeyId } of this.data.links.filter((link) => link.orgId === orgId)) this.removeKey(apiKeyId);
    this.data.orgs = this.data.orgs.filter((org) => org.orgId !== orgId);
    this.data.sites = this.data.sites.filter((site) => site.orgId !== orgId);
    this.save();
  }

  /** A root key that holds every permission; the same token again after a restart. */
  seedRootKey(token: string, now: Date, permissions: Iterable<string> = NEWEST_FACTS.permissions): void {
    const [apiKeyId = "", secret = ""] = token.split(".");
    this.data.keys = this.data.keys.filter((key) => key.apiKeyId !== apiKeyId);
    this.data.keys.push({
      apiKeyId,
      name: "root",
      secretHash: hash(secret),
      lastChars: secret.slice(-4),
      createdAt: now.toISOString(),
      isRoot: true,
      actions: [...permissions],
    });
  }

  /** Writes a new file and renames it, so that a reader sees the old or the new one. Only the owner may read it. */
  save(): void {
    if (this.file === undefined) return;
    const beside = `${this.file}.${randomBytes(4).toString("hex")}.tmp`;
    writeFileSync(beside, JSON.stringify(this.data), { mode: 0o600 });
    renameSync(beside, this.file);
  }
}

function load(file: string): Data | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Data;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`The state file ${file} cannot be read: ${(error as Error).message}`);
  }
}

export const secretMatches = (key: StoredKey, secret: string): boolean =>
  timingSafeEqual(Buffer.from(key.secretHash), Buffer.from(hash(secret)));
