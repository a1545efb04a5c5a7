import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

export interface Certificate {
  readonly der: Buffer;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** Valid from a day ago, so that a skewed clock does not matter, for longer than any process of Terraform lives. */
const DAY = 86_400_000;
const LIFETIME = 30 * 365 * DAY;

/**
 * A self-signed certificate for `localhost` with a key of its own, kept in memory only.
 * DER is written by hand: every certificate library costs more than the whole launch.
 */
export function createCertificate(now: number): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const der = selfSigned(publicKey, privateKey, now);
  return { der, certificatePem: pem("CERTIFICATE", der), privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }) as string };
}

/** The DER bytes of the first certificate of a PEM text; undefined where there is none. */
export function derOf(pemText: string): Buffer | undefined {
  const base64 = /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/.exec(pemText)?.[1];
  return base64 === undefined ? undefined : Buffer.from(base64, "base64");
}

/** The look-ahead keeps a text whose length is a multiple of 64 from ending in an empty line, which TLS libraries refuse. */
const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString("base64").replace(/.{64}(?=.)/g, "$&\n")}\n-----END ${label}-----\n`;

function selfSigned(publicKey: KeyObject, privateKey: KeyObject, now: number): Buffer {
  const name = sequence(set(sequence(oid("550403"), tlv(0x0c, Buffer.from("localhost")))));
  const algorithm = sequence(oid("2a8648ce3d040302"));
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const body = sequence(
    tlv(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    algorithm,
    name,
    sequence(time(now - DAY), time(now + LIFETIME)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, sequence(basicConstraints, keyUsage, extendedKeyUsage, subjectAlternativeName)),
  );
  return sequence(body, algorithm, tlv(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", body, privateKey)])));
}

const tlv = (tag: number, ...contents: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(contents);
  const { length } = content;
  const header = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...header]), content]);
};
const sequence = (...contents: readonly Buffer[]): Buffer => tlv(0x30, ...contents);
const set = (...contents: readonly Buffer[]): Buffer => tlv(0x31, ...contents);
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, "hex"));
const integer = (bytes: Buffer): Buffer => tlv(0x02, bytes);
/** GeneralizedTime: valid for every year. */
const time = (milliseconds: number): Buffer =>
  tlv(0x18, Buffer.from(`${new Date(milliseconds).toISOString().replace(/\D/g, "").slice(0, 14)}Z`));
const extension = (id: string, critical: boolean, value: Buffer): Buffer =>
  sequence(oid(id), ...(critical ? [tlv(0x01, Buffer.from([0xff]))] : []), tlv(0x04, value));

const basicConstraints = extension("551d13", true, sequence(tlv(0x01, Buffer.from([0xff]))));
/** digitalSignature, keyEncipherment, keyAgreement, keyCertSign: what go-plugin's own certificates have. */
const keyUsage = extension("551d0f", true, tlv(0x03, Buffer.from([2, 0b1010_1100])));
const extendedKeyUsage = extension("551d25", false, sequence(oid("2b06010505070301"), oid("2b06010505070302")));
const subjectAlternativeName = extension("551d11", false, sequence(tlv(0x82, Buffer.from("localhost"))));
