import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface StateBucket {
  /** Credentials that the s3 backend of a job finds in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the backend sends its requests, such as `http://127.0.0.1:41234`. */
  readonly endpoint: string;
  /** Paths of the objects that are stored, `/bucket/key`. */
  readonly objects: ReadonlyMap<string, Buffer>;
}

/** As much of S3 as the s3 backend with `use_lockfile` asks for, for the tests of this file. */
export function useStateBucket(): StateBucket {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    answer(objects, request, response).catch((error: Error) => response.destroy(error));
  });
  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  });
  return {
    env: { AWS_ACCESS_KEY_ID: "state", AWS_SECRET_ACCESS_KEY: "state-secret" },
    get endpoint() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    objects,
  };
}

async function answer(objects: Map<string, Buffer>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request);
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://bucket");
  const fail = (status: number, code: string) => response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
  if (!request.headers.authorization?.includes("Credential=state/")) return void fail(403, "AccessDenied");
  const stored = objects.get(pathname);
  switch (request.method) {
    case "PUT":
      // The lock file is written on this condition.
      if (request.headers["if-none-match"] === "*" && stored) return void fail(412, "PreconditionFailed");
      objects.set(pathname, body);
      return void response.end();
    case "DELETE":
      objects.delete(pathname);
      return void response.writeHead(204).end();
    case "GET":
      // The listing of workspaces: none but the default one.
      if (searchParams.has("list-type"))
        return void response.end('<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>');
      return void (stored ? response.end(stored) : fail(404, "NoSuchKey"));
    case "HEAD":
      return void response.writeHead(stored ? 200 : 404, stored ? { "content-length": stored.length } : {}).end();
    default:
      return void fail(405, "MethodNotAllowed");
  }
}
