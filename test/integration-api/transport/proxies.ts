import * as http from "node:http";
import * as https from "node:https";
import * as net from "node:net";
import type { Issued } from "../../support/certificates.js";
import { listening } from "./servers.js";

export interface Seen {
  /** `CONNECT host:port`, or `GET http://host/path` of what is forwarded. */
  readonly asked: string[];
  readonly authorizations: (string | undefined)[];
}

/** Every name leads to 127.0.0.1, so that a test's servers have names that are no loopback addresses. */
const lead = (port: string | number, socket: net.Socket, ready: (target: net.Socket) => void): void => {
  const target = net.connect(Number(port), "127.0.0.1", () => ready(target));
  target.on("error", () => socket.destroy());
  socket.on("error", () => target.destroy()).on("close", () => target.destroy());
};

/** A proxy that forwards and tunnels, or refuses with a status. */
export async function httpProxy(
  options: { readonly refuse?: number; readonly tls?: Issued } = {},
): Promise<Seen & { readonly port: number }> {
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const note = ({ method, url, headers }: http.IncomingMessage) => {
    asked.push(`${method} ${url}`);
    authorizations.push(headers["proxy-authorization"]);
  };
  const forward: http.RequestListener = (request, response) => {
    note(request);
    if (options.refuse !== undefined)
      return response.writeHead(options.refuse, { "Content-Type": "text/html" }).end("<title>Squid</title>");
    const { port, pathname } = new URL(request.url ?? "");
    const { "proxy-authorization": _, ...headers } = request.headers;
    return request.pipe(
      http.request({ port, path: pathname, method: request.method, headers, host: "127.0.0.1" }, (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      }),
    );
  };
  const server = options.tls ? https.createServer(options.tls, forward) : http.createServer(forward);
  server.on("connect", (request: http.IncomingMessage, socket: net.Socket) => {
    note(request);
    if (options.refuse !== undefined) return socket.end(`HTTP/1.1 ${options.refuse} No\r\nContent-Length: 0\r\n\r\n`);
    return lead(request.url?.split(":")[1] ?? 0, socket, (target) => {
      socket.write("HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n");
      target.pipe(socket).pipe(target);
    });
  });
  return { asked, authorizations, port: await listening(server) };
}

/** A SOCKS5 proxy; `password`: it asks for `user` and that; `reply`: it refuses with it. */
export async function socks5Proxy(
  options: { readonly password?: string; readonly reply?: number } = {},
): Promise<Seen & { readonly port: number }> {
  const asked: string[] = [];
  const authorizations: string[] = [];
  const server = net.createServer((socket) => {
    const next = () => new Promise<Buffer>((resolve) => socket.once("data", resolve));
    const serve = async () => {
      const greeting = await next();
      const method = options.password === undefined ? 0 : greeting.subarray(2).includes(2) ? 2 : 0xff;
      socket.write(Buffer.from([5, method]));
      if (method === 2) {
        const given = await next();
        const user = given.subarray(2, 2 + (given[1] ?? 0)).toString();
        const password = given.subarray(3 + user.length).toString();
        authorizations.push(`${user}:${password}`);
        socket.write(Buffer.from([1, password === options.password ? 0 : 1]));
      }
      const request = await next();
      const isName = request[3] === 3;
      const host = isName ? request.subarray(5, 5 + (request[4] ?? 0)).toString() : [...request.subarray(4, 8)].join(".");
      const port = request.readUInt16BE(request.length - 2);
      asked.push(`${isName ? "name" : "address"} ${host}:${port}`);
      // In two parts, as a network may deliver it.
      socket.write(Buffer.from([5, options.reply ?? 0]));
      if (options.reply !== undefined) return socket.end(Buffer.from([0, 1, 0, 0, 0, 0, 0, 0]));
      return lead(port, socket, (target) => {
        socket.write(Buffer.from([0, 1, 127, 0, 0, 1, 0, 0]));
        target.pipe(socket).pipe(target);
      });
    };
    void serve();
  });
  return { asked, authorizations, port: await listening(server) };
}
