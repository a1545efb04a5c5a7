import * as http from "node:http";
import * as https from "node:https";
import type * as net from "node:net";
import type { TlsOptions } from "node:tls";
import { createApiKey } from "../../../src/integration-api/api-key.js";
import { type IntegrationApiError, isIntegrationApiError } from "../../../src/integration-api/errors.js";
import { type ClientOptions, HttpClient } from "../../../src/integration-api/http-client.js";
import { health } from "../../../src/integration-api/server.js";

export const SECRET = "s3cr3t";
const closers: (() => void)[] = [];

/** Ends every server that a test has started. */
export function closeServers(): void {
  for (const close of closers.splice(0)) close();
}

export async function listening(server: net.Server): Promise<number> {
  const sockets = new Set<net.Socket>();
  server.on("connection", (socket: net.Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  });
  closers.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as net.AddressInfo).port;
}

const answer: http.RequestListener = (request, response) =>
  response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ message: "Healthy", url: request.url }));

export const plain = (listener: http.RequestListener = answer): Promise<number> => listening(http.createServer(listener));
export const secure = (options: https.ServerOptions & TlsOptions, listener: http.RequestListener = answer): Promise<number> =>
  listening(https.createServer(options, listener));

export const clientOf = (endpoint: string, options: Partial<ClientOptions> = {}): HttpClient =>
  new HttpClient({
    endpoint: `${endpoint}/v1`,
    apiKey: `key.${SECRET}`,
    requestTimeoutMs: 5_000,
    maxRetries: 0,
    maxConcurrentRequests: 2,
    userAgent: "test",
    env: {},
    ...options,
  });

/** Asks for the server's health; undefined: it is well. */
export async function failure(endpoint: string, options: Partial<ClientOptions> = {}): Promise<IntegrationApiError | undefined> {
  return failureOf(clientOf(endpoint, options).call(health));
}

/** Sends a write that must not be repeated blindly. */
export const failureOfWrite = (endpoint: string, options: Partial<ClientOptions> = {}): Promise<IntegrationApiError | undefined> =>
  failureOf(clientOf(endpoint, options).call(createApiKey, { params: { orgId: "acme" }, body: { name: "ci" } }));

async function failureOf(call: Promise<unknown>): Promise<IntegrationApiError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (!isIntegrationApiError(error)) throw error;
    const words = `${error.message} ${error.advice}`;
    if (words.includes(SECRET)) throw new Error(`A secret is in the words: ${words}`);
    return error;
  }
}
