import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIPv4 } from "node:net";

const DAY = 86_400_000;

/** A certificate with its key, in PEM. */
export interface Issued {
  readonly cert: string;
  readonly key: string;
}

export interface Wanted {
  readonly name: string;
  /** Hosts and IPv4 addresses; none: an authority. */
  readonly hosts?: readonly string[];
  /** Days from now. */
  readonly from?: number;
  readonly to?: number;
}

/** An authority that certificates of tests are issued by. */
export class Authority {
  readonly #keys = newKeys();
  readonly cert: string;

  constructor(
    readonly name: string,
    readonly issuer?: Authority,
    validity: Pick<Wanted, "from" | "to"> = {},
  ) {
    this.cert = certificate({ name, ...validity }, this.#keys.publicKey, issuer ?? this, (issuer ?? this).#keys.privateKey);
  }

  issue(wanted: Wanted & { readonly hosts: readonly string[] }): Issued {
    const { publicKey, privateKey } = newKeys();
    return { cert: certificate(wanted, publicKey, this, this.#keys.privateKey), key: pemOf(privateKey) };
  }
}

/** Signed by itself, for the hosts. */
export function selfSigned(wanted: Wanted & { readonly hosts: readonly string[] }): Issued {
  const { publicKey, privateKey } = newKeys();
  return { cert: certificate(wanted, publicKey, wanted, privateKey), key: pemOf(privateKey) };
}

const newKeys = () => generateKeyPairSync("ec", { namedCurve: "P-256" });
const pemOf = (key: KeyObject): string => key.export({ type: "pkcs8", format: "pem" }) as string;

function certificate(
  { name, hosts = [], from = -1, to = 30 }: Wanted,
  publicKey: KeyObject,
  issuer: { readonly name: string },
  issuerKey: KeyObject,
): string {
  const algorithm = sequence(oid("2a8648ce3d040302"));
  const serial = randomBytes(8);
  serial[0] = 0x40;
  const alternatives = hosts.map((host) =>
    isIPv4(host) ? tlv(0x87, Buffer.from(host.split(".").map(Number))) : tlv(0x82, Buffer.from(host)),
  );
  const extensions =
    hosts.length > 0
      ? [extension("551d11", sequence(...alternatives))]
      : [extension("551d13", sequence(tlv(0x01, Buffer.from([0xff])))), extension("551d0f", tlv(0x03, Buffer.from([1, 0b0000_0110])))];
  const body = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, serial),
    algorithm,
    subject(issuer.name),
    sequence(time(Date.now() + from * DAY), time(Date.now() + to * DAY)),
    subject(name),
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, sequence(...extensions)),
  );
  const der = sequence(body, algorithm, tlv(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", body, issuerKey)])));
  return `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{64}(?=.)/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
}

function tlv(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const header = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...header]), content]);
}
const sequence = (...contents: readonly Buffer[]): Buffer => tlv(0x30, ...contents);
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, "hex"));
const subject = (name: string): Buffer => sequence(tlv(0x31, sequence(oid("550403"), tlv(0x0c, Buffer.from(name)))));
const time = (at: number): Buffer => tlv(0x18, Buffer.from(`${new Date(at).toISOString().replace(/\D/g, "").slice(0, 14)}Z`));
const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), tlv(0x04, value));
