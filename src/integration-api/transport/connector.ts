import * as net from "node:net";
import * as tls from "node:tls";
import { Deadline } from "./deadline.js";
import { codeOf, notConnected, TransportFailure } from "./failure.js";
import { addressOf, nameOf, openTunnel } from "./http-tunnel.js";
import type { ProxyServer } from "./proxy-environment.js";
import { openSocks5 } from "./socks5-tunnel.js";
import { certificateFailure, handshakeFailure, isCertificateError, isUnknownAuthority, type Shown, type TlsPeer } from "./tls-failure.js";
import type { Trust } from "./trust.js";

export interface ConnectorOptions {
  /** The server's origin. */
  readonly target: URL;
  readonly proxy: ProxyServer | undefined;
  readonly trust: Trust;
  readonly insecureSkipVerify: boolean;
  readonly hasOwnAuthority: boolean;
  readonly timeoutMs: number;
}

/** A second look at a server only adds to the words of an error, which is not to come late. */
const LOOK_MS = 2_000;

/**
 * Makes connections to one server, directly or through a proxy. Every error is a TransportFailure that says what happened and what to do; nothing of
 * a request has been sent then.
 */
export class Connector {
  readonly #host: string;
  readonly #port: number;
  #session: Buffer | undefined;

  constructor(readonly options: ConnectorOptions) {
    const { hostname, port, protocol } = options.target;
    this.#host = hostname.replace(/^\[|\]$/g, "");
    this.#port = Number(port || (protocol === "https:" ? 443 : 80));
  }

  get usesTls(): boolean {
    return this.options.target.protocol === "https:";
  }

  /** A plain request to an HTTP proxy is handed to it as it is; a tunnel is for all else. As Go does it, and as proxies expect it. */
  get forwards(): boolean {
    return !this.usesTls && this.options.proxy !== undefined && this.options.proxy.scheme !== "socks5";
  }

  async connect(): Promise<net.Socket> {
    const deadline = new Deadline(this.options.timeoutMs);
    try {
      return this.usesTls ? await this.#secured(deadline) : await this.#open(deadline);
    } catch (error) {
      deadline.abandon();
      throw error;
    } finally {
      deadline.clear();
    }
  }

  /** Whether the server answers TLS, after plain HTTP to it has failed. Nothing is sent. */
  async answersTls(): Promise<boolean> {
    return this.options.proxy === undefined && (await this.#look()) !== undefined;
  }

  get #peer(): TlsPeer {
    return { host: this.#host, name: addressOf(this.#host, this.#port), isProxy: false, hasOwnAuthority: this.options.hasOwnAuthority };
  }

  async #secured(deadline: Deadline): Promise<tls.TLSSocket> {
    const peer = this.#peer;
    const socket = await this.#open(deadline);
    const { trust } = this.options;
    const { isWide } = trust;
    try {
      return await this.#secure(socket, peer, deadline);
    } catch (error) {
      if (isUnknownAuthority(error) && !isWide) {
        trust.widen();
        return this.#secured(deadline);
      }
      if (isCertificateError(error)) throw certificateFailure(error, peer, await this.#look(), Date.now());
      throw handshakeFailure(error, peer) ?? cut(error, peer.name);
    }
  }

  /** A connection on which the server will be the next to hear what is said. */
  async #open(deadline: Deadline): Promise<net.Socket> {
    const { proxy } = this.options;
    if (!proxy) return this.#dial(this.#host, this.#port, addressOf(this.#host, this.#port), deadline);
    const name = nameOf(proxy);
    const plain = await this.#dial(proxy.host, proxy.port, name, deadline);
    const socket = proxy.scheme === "https" ? await this.#secureProxy(plain, proxy, deadline) : plain;
    if (this.forwards) return socket;
    deadline.phase = `waiting for ${name}`;
    const target = addressOf(this.#host, this.#port);
    try {
      if (proxy.scheme === "socks5") await openSocks5(socket, proxy, this.#host, this.#port);
      else await openTunnel(socket, proxy, target);
    } catch (error) {
      socket.destroy();
      if (error instanceof TransportFailure) throw error;
      throw notConnected("unreachable", `${name} closed the connection before it led to ${target}`, "Look at the proxy's log.");
    }
    return socket;
  }

  async #secureProxy(socket: net.Socket, proxy: ProxyServer, deadline: Deadline): Promise<tls.TLSSocket> {
    const peer = { host: proxy.host, name: nameOf(proxy), isProxy: true, hasOwnAuthority: this.options.hasOwnAuthority };
    const { trust } = this.options;
    const { isWide } = trust;
    try {
      return await this.#secure(socket, peer, deadline);
    } catch (error) {
      if (isUnknownAuthority(error) && !isWide) {
        trust.widen();
        return this.#secureProxy(await this.#dial(proxy.host, proxy.port, peer.name, deadline), proxy, deadline);
      }
      if (isCertificateError(error)) throw certificateFailure(error, peer, undefined, Date.now());
      throw handshakeFailure(error, peer) ?? cut(error, peer.name);
    }
  }

  #dial(host: string, port: number, name: string, deadline: Deadline): Promise<net.Socket> {
    deadline.phase = `connecting to ${name}`;
    const socket = net.connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 });
    return deadline.settled(socket, "connect").catch((error: unknown) => {
      throw error instanceof TransportFailure ? error : dialFailure(error, host, name);
    });
  }

  async #secure(socket: net.Socket, { host, name, isProxy }: TlsPeer, deadline: Deadline): Promise<tls.TLSSocket> {
    deadline.phase = `the TLS handshake with ${name}`;
    const { trust, insecureSkipVerify } = this.options;
    const { context } = trust;
    const secured = tls.connect({
      socket,
      host,
      ...(net.isIP(host) === 0 && { servername: host }),
      ALPNProtocols: ["http/1.1"],
      rejectUnauthorized: !insecureSkipVerify,
      ...(context && { secureContext: context }),
      ...(!isProxy && this.#session && { session: this.#session }),
    });
    await deadline.settled(secured, "secureConnect");
    // Only of a connection that was verified: the name is not checked again in a session that is taken up.
    if (!isProxy) {
      this.#session = secured.getSession() ?? this.#session;
      secured.on("session", (next: Buffer) => {
        this.#session = next;
      });
    }
    return secured;
  }

  /** The certificate that the server shows to a client that trusts everything; undefined: no TLS connection comes about. */
  async #look(): Promise<Shown> {
    const deadline = new Deadline(Math.min(this.options.timeoutMs, LOOK_MS));
    try {
      const socket = tls.connect({
        socket: await this.#open(deadline),
        rejectUnauthorized: false,
        ...(net.isIP(this.#host) === 0 && { servername: this.#host }),
      });
      await deadline.settled(socket, "secureConnect");
      return socket.getPeerCertificate();
    } catch {
      // The failure that led here is what is told.
      return undefined;
    } finally {
      deadline.abandon();
      deadline.clear();
    }
  }
}

const NETWORK_ADVICE =
  "Check the endpoint's host and port, whether Pangolin runs, and whether a proxy is needed (HTTP_PROXY, HTTPS_PROXY, NO_PROXY).";

function dialFailure(error: unknown, host: string, name: string): TransportFailure {
  const code = codeOf(error);
  if (code === "ENOTFOUND")
    return notConnected("unreachable", `there is no host named ${host} (${code})`, "Check the spelling of the host, and the DNS.");
  if (code === "EAI_AGAIN")
    return notConnected("unreachable", `the name ${host} could not be looked up (${code})`, "Check the network and its DNS server.");
  if (code === "ECONNREFUSED") return notConnected("unreachable", `nobody listens at ${name} (${code})`, NETWORK_ADVICE);
  return notConnected("unreachable", `no connection to ${name} came about${code ? ` (${code})` : ""}`, NETWORK_ADVICE);
}

const cut = (error: unknown, name: string): TransportFailure =>
  notConnected(
    "unreachable",
    `${name} closed the connection during the TLS handshake${codeOf(error) ? ` (${codeOf(error)})` : ""}`,
    "The server may be restarting. If it stays, check whether it speaks TLS at this port.",
  );
