import { X509Certificate } from "node:crypto";

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g;
const BEGIN = "-----BEGIN CERTIFICATE-----";

/** Why a text cannot serve as certificates of authorities in PEM; undefined: it can. Nothing of the text is repeated, as it may be a key. */
export function problemOfCertificates(text: string): string | undefined {
  if (!text.includes("-----BEGIN "))
    return looksLikePath(text)
      ? 'Expected a certificate in PEM, got what looks like a path. Give the file\'s content: file("ca.pem") in the configuration, "$(cat ca.pem)" in a shell'
      : `Expected a certificate in PEM, which begins with ${BEGIN}`;
  const blocks = [...text.matchAll(BLOCK)];
  const key = blocks.find(([, label]) => label?.endsWith("PRIVATE KEY"));
  if (key) return "Expected certificates in PEM, got a private key. Give the certificate of the authority, and keep the key secret";
  const certificates = blocks.filter(([, label]) => label === "CERTIFICATE");
  if (certificates.length === 0)
    return `Expected a certificate in PEM, from ${BEGIN} to its END line; ${text.includes(BEGIN) ? "the END line is missing" : "it holds something else"}`;
  for (const [index, [pem]] of certificates.entries())
    if (!isCertificate(pem))
      return `Certificate ${index + 1} of ${certificates.length} cannot be read. Its PEM is damaged: look whether its line breaks and its base64 text are whole`;
  return undefined;
}

const looksLikePath = (text: string): boolean =>
  !text.includes("\n") && (/[\\/]/.test(text) || /\.(pem|crt|cer|cert|ca|der)$/i.test(text.trim()));

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
