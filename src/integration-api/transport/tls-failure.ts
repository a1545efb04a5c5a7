import type { PeerCertificate } from "node:tls";
import { codeOf, notConnected, TransportFailure } from "./failure.js";

/** Who was spoken to, and how it was trusted. */
export interface TlsPeer {
  readonly host: string;
  /** `api.example.com:443`, or `the proxy proxy.example.com:3128`. */
  readonly name: string;
  readonly isProxy: boolean;
  readonly hasOwnAuthority: boolean;
}

/** What the server showed, from a second look that trusts everything and sends nothing; undefined: it could not be had. */
export type Shown = PeerCertificate | undefined;

const UNKNOWN_AUTHORITY = new Set([
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
]);
const CERTIFICATE =
  /^(CERT_|CRL_|ERR_TLS_CERT_|UNABLE_TO_|INVALID_|ERROR_IN_|HOSTNAME_MISMATCH|PATH_LENGTH|EE_|CA_|AKID_|SUBJECT_|.*SELF_SIGNED)/;

/** Whether another authority could have signed the certificate. */
export const isUnknownAuthority = (error: unknown): boolean => UNKNOWN_AUTHORITY.has(codeOf(error));

export const isCertificateError = (error: unknown): boolean => CERTIFICATE.test(codeOf(error));

/** The words for a certificate that cannot be accepted: what is wrong with it, and who can do something about it. */
export function certificateFailure(error: unknown, peer: TlsPeer, shown: Shown, now: number): TransportFailure {
  const code = codeOf(error);
  const its = `the certificate of ${peer.name}`;
  const by = shown?.issuer ? ` by "${nameIn(shown.issuer)}"` : "";
  const fail = (what: string, advice: string) => notConnected("certificate_refused", what, advice);

  if (code === "CERT_HAS_EXPIRED") {
    const leafExpired = shown !== undefined && Date.parse(shown.valid_to) < now;
    return fail(
      leafExpired ? `${its} expired on ${day(shown.valid_to)}` : `${its}, or that of an authority above it, has expired`,
      "Renew it on the server, or look why its renewal fails. If it is valid, correct this computer's clock.",
    );
  }
  if (code === "CERT_NOT_YET_VALID")
    return fail(
      `${its} is not valid yet${shown ? `: it begins on ${day(shown.valid_from)}` : ""}`,
      "Look at this computer's clock first, then at the server's.",
    );
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    const names = namesOf((error as { readonly cert?: PeerCertificate }).cert ?? shown);
    return fail(
      `${its} is not for ${peer.host}${names.length > 0 ? ` but for ${names.join(", ")}` : ""}`,
      peer.isProxy
        ? "Name the proxy as its certificate does."
        : "Use a name of the certificate in the endpoint, or have the server get a certificate for this one. A server that does not know the name shows its default certificate.",
    );
  }
  if (code === "DEPTH_ZERO_SELF_SIGNED_CERT")
    return fail(
      `${its} is signed by nobody but itself (self-signed${shown ? `, for "${nameIn(shown.subject)}"` : ""})`,
      /TRAEFIK DEFAULT CERT/.test(nameIn(shown?.subject))
        ? "It is Traefik's default certificate: Traefik has none for this name. Check the endpoint's host, and Traefik's log for why it got none."
        : trustAdvice(peer, "itself"),
    );
  if (UNKNOWN_AUTHORITY.has(code)) {
    const alone =
      code === "UNABLE_TO_VERIFY_LEAF_SIGNATURE" ? " The server may also have left out a certificate between it and its authority." : "";
    return fail(`${its} was issued${by}, an authority that is not known here`, `${trustAdvice(peer, "of the authority")}${alone}`);
  }
  if (code === "CERT_REVOKED") return fail(`${its} was revoked by its issuer`, "Get a new one on the server.");
  return fail(
    `${its} cannot be accepted: ${(error as Error).message} (${code})`,
    "Get a certificate that follows today's rules on the server, or a ca_certificate that is an authority's.",
  );
}

const trustAdvice = ({ hasOwnAuthority }: TlsPeer, whose: string): string =>
  hasOwnAuthority
    ? `ca_certificate is set, and is not the right one: give the certificate ${whose}.`
    : `Give the certificate ${whose} with ca_certificate (PANGOLIN_CA_CERTIFICATE), or add it to the system's store (SSL_CERT_FILE, SSL_CERT_DIR).`;

const nameIn = (name: Partial<Record<"CN" | "O", string | string[]>> | undefined): string => String(name?.CN ?? name?.O ?? "no name");

const namesOf = (certificate: Shown): string[] => {
  const names = (certificate?.subjectaltname ?? "").split(", ").map((name) => name.replace(/^(DNS|IP Address):/, ""));
  const found = names.filter((name) => name !== "");
  return found.length > 0 || !certificate?.subject?.CN ? found.slice(0, 5) : [String(certificate.subject.CN)];
};

const day = (time: string): string => new Date(time).toISOString().slice(0, 10);

const HANDSHAKES: readonly [RegExp, string, string][] = [
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL|RECORD_LENGTH|RECORD_TOO_SMALL|UNEXPECTED_MESSAGE/,
    "answers, but not with TLS; it probably speaks plain HTTP",
    "Write http:// if the server really offers no TLS there, or correct the port.",
  ],
  [
    /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS|VERSION_TOO|WRONG_SSL_VERSION/,
    "shares no version of TLS with this computer, which needs TLS 1.2 or newer",
    "Switch TLS 1.2 or 1.3 on, on the server or the gateway before it.",
  ],
  [
    /CERTIFICATE_REQUIRED|ALERT_BAD_CERTIFICATE|NO_CERTIFICATE/,
    "asks for a client certificate, which is not supported",
    "Exempt the Integration API from it on the gateway, or use another address.",
  ],
  [/NO_APPLICATION_PROTOCOL/, "does not speak HTTP/1.1", "Switch HTTP/1.1 on, on the server or the gateway before it."],
  [/UNRECOGNIZED_NAME/, "does not know the host's name", "Check the endpoint's host."],
  [
    /HANDSHAKE_FAILURE|NO_SHARED_CIPHER|INSUFFICIENT_SECURITY|NO_CIPHERS|DH_KEY_TOO_SMALL|NO_SUITABLE/,
    "shares no way of encryption with this computer",
    "Switch on, on the server, what today's clients offer.",
  ],
];

/** The words for a TLS connection that failed for another reason than a certificate; undefined: it was simply cut. */
export function handshakeFailure(error: unknown, { name }: TlsPeer): TransportFailure | undefined {
  if (error instanceof TransportFailure) return error;
  const code = codeOf(error);
  const kind = HANDSHAKES.find(([pattern]) => pattern.test(code));
  if (kind) return notConnected("wrong_protocol", `${name} ${kind[1]} (${code})`, kind[2]);
  if (/^ERR_(SSL|TLS|OSSL)_|^EPROTO$/.test(code))
    return notConnected("wrong_protocol", `no TLS connection to ${name} came about (${code})`, "Look at the server's log.");
  return undefined;
}
