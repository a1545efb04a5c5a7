import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as tls from "node:tls";
import { notConnected } from "./failure.js";

/** Where Go's crypto/x509 looks on Linux; the first file that can be read, and every directory. */
const FILES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];
const DIRECTORIES = ["/etc/ssl/certs", "/etc/pki/tls/certs"];
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** Node 22.15 and newer. */
const { getCACertificates } = tls as { readonly getCACertificates?: (type: "default" | "system") => string[] };

interface TrustOptions {
  /** PEM of authorities to trust beside the others. */
  readonly caCertificate: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** The system's authorities in PEM; left out: where the system keeps them. */
  readonly system?: () => readonly string[];
}

/**
 * The authorities that a server's certificate may be signed by. As with Go, SSL_CERT_FILE and SSL_CERT_DIR take the place of the system's store.
 * Otherwise those that Node.js brings are tried first, since they cost nothing to load, and the system's only for an authority that is not among
 * them.
 */
export class Trust {
  #isWide: boolean;
  readonly #contexts = new Map<boolean, tls.SecureContext>();

  constructor(readonly options: TrustOptions) {
    this.#isWide = this.#isOverridden;
  }

  /** Whether the system's authorities are among them. */
  get isWide(): boolean {
    return this.#isWide;
  }

  /** The system's authorities count from now on too. */
  widen(): void {
    this.#isWide = true;
  }

  /** undefined: what Node.js trusts by itself. */
  get context(): tls.SecureContext | undefined {
    if (!this.#isWide && this.options.caCertificate === undefined) return undefined;
    let context = this.#contexts.get(this.#isWide);
    if (!context) {
      context = tls.createSecureContext({ ca: this.#authorities() });
      this.#contexts.set(this.#isWide, context);
    }
    return context;
  }

  get #isOverridden(): boolean {
    const { SSL_CERT_FILE, SSL_CERT_DIR } = this.options.env;
    return hasGoStore() && Boolean(SSL_CERT_FILE || SSL_CERT_DIR);
  }

  #authorities(): string[] {
    const { caCertificate, env, system: ofSystem = () => systemStore(env) } = this.options;
    const own = caCertificate === undefined ? [] : [caCertificate];
    if (!this.#isWide) return [...nodes(env), ...own];
    const system = ofSystem();
    if (!this.#isOverridden) return [...nodes(env), ...system, ...own];
    if (system.length === 0 && own.length === 0)
      throw notConnected(
        "certificate_refused",
        "SSL_CERT_FILE and SSL_CERT_DIR name no certificate that can be read",
        "Correct them, or take them out of the environment.",
      );
    return [...system, ...extra(env), ...own];
  }
}

/** macOS and Windows keep their certificates elsewhere, and Go does not look at the variables there. */
const hasGoStore = (): boolean => process.platform !== "darwin" && process.platform !== "win32";

const nodes = (env: NodeJS.ProcessEnv): readonly string[] => getCACertificates?.("default") ?? [...tls.rootCertificates, ...extra(env)];

/** Node.js trusts these beside its own only where nobody names authorities. */
const extra = ({ NODE_EXTRA_CA_CERTS: path }: NodeJS.ProcessEnv): readonly string[] => (path ? certificatesIn(path) : []);

const systemStore = (env: NodeJS.ProcessEnv): readonly string[] => (hasGoStore() ? goStore(env) : (getCACertificates?.("system") ?? []));

function goStore({ SSL_CERT_FILE, SSL_CERT_DIR }: NodeJS.ProcessEnv): readonly string[] {
  const found = new Set<string>();
  for (const path of SSL_CERT_FILE ? [SSL_CERT_FILE] : FILES) {
    const content = read(path);
    if (content === undefined) continue;
    for (const [pem] of content.matchAll(CERTIFICATE)) found.add(pem);
    break;
  }
  for (const directory of SSL_CERT_DIR ? SSL_CERT_DIR.split(":") : DIRECTORIES)
    for (const name of namesIn(directory)) for (const pem of certificatesIn(join(directory, name))) found.add(pem);
  return [...found];
}

const certificatesIn = (path: string): string[] => [...(read(path) ?? "").matchAll(CERTIFICATE)].map(([pem]) => pem);

/** What cannot be read is passed over, as Go does. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return undefined;
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
