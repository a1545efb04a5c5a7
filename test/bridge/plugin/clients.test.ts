import { once } from "node:events";
import * as https from "node:https";
import * as net from "node:net";
import * as grpc from "@grpc/grpc-js";
import { createCertificate } from "../../../src/bridge/plugin/certificate.js";
import { decode } from "../../../src/bridge/protocol/wire/index.js";
import { corner } from "../../corner/provider.js";
import { cornerExecutable } from "../../support/corner.js";
import { type Plugin, serverPem, startPlugin } from "../../support/plugin.js";
import { temporaryDirectory } from "../../support/run-directory.js";

const RESOURCES = Object.keys(corner.resources).length;

let plugin: Plugin;
const clients: grpc.Client[] = [];

beforeAll(async () => {
  plugin = await startPlugin(await cornerExecutable(), await temporaryDirectory("plugin"));
});

afterAll(async () => {
  for (const client of clients) client.close();
  plugin.process.kill("SIGTERM");
  await plugin.ended;
});

/** A client that shares nothing with ours, nor with Terraform's. */
function clientWith(credentials: grpc.ChannelCredentials): grpc.Client {
  const client = new grpc.Client(`unix:${plugin.address}`, credentials, {
    "grpc.ssl_target_name_override": "localhost",
    "grpc.default_authority": "localhost",
    "grpc.enable_retries": 0,
    // Else clients with equal credentials share a connection.
    "grpc.use_local_subchannel_pool": 1,
  });
  clients.push(client);
  return client;
}

const credentialsOf = ({ privateKeyPem, certificatePem } = plugin.client): grpc.ChannelCredentials =>
  grpc.credentials.createSsl(Buffer.from(serverPem(plugin)), Buffer.from(privateKeyPem), Buffer.from(certificatePem));

const same = (bytes: Buffer): Buffer => bytes;
const method = (name: string) => `/tfplugin6.Provider/${name}`;

const unary = (client: grpc.Client, path: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, same, same, Buffer.alloc(0), (error, answer) =>
      error ? reject(error) : resolve(answer ?? Buffer.alloc(0)),
    );
  });

const stream = (client: grpc.Client, path: string): grpc.ClientReadableStream<Buffer> =>
  client.makeServerStreamRequest(path, same, same, Buffer.alloc(0));

const resourcesOf = async (client: grpc.Client) => decode("GetMetadata.Response", await unary(client, method("GetMetadata"))).resources;

test("another gRPC client with the right certificate is served: single answers, streams, and errors", async () => {
  const client = clientWith(credentialsOf());
  expect(await resourcesOf(client)).toContainEqual({ typeName: "framework_user" });
  const events: Buffer[] = [];
  for await (const event of stream(client, method("ListResource"))) events.push(event as Buffer);
  expect(events.map((event) => decode("ListResource.Event", event).diagnostic?.[0]?.summary)).toEqual(["Unknown list resource"]);
  await expect(unary(client, method("Nothing"))).rejects.toMatchObject({ code: grpc.status.UNIMPLEMENTED });
});

test("a stream that lasts as long as the plugin ends when its client cancels it, and others go on beside it", async () => {
  const client = clientWith(credentialsOf());
  const idle = stream(client, "/plugin.GRPCStdio/StreamStdio");
  expect(await resourcesOf(client)).toHaveLength(RESOURCES);
  idle.cancel();
  const [error] = await once(idle, "error");
  expect(error).toMatchObject({ code: grpc.status.CANCELLED });
});

describe("refused, while the right client is still served:", () => {
  let right: grpc.Client;

  beforeAll(() => {
    right = clientWith(credentialsOf());
  });

  afterEach(async () => {
    for (const client of [right, clientWith(credentialsOf())]) expect(await resourcesOf(client)).toHaveLength(RESOURCES);
  });

  test.each<[string, () => grpc.ChannelCredentials]>([
    ["with another certificate", () => credentialsOf(createCertificate(Date.now()))],
    ["without a certificate", () => grpc.credentials.createSsl(Buffer.from(serverPem(plugin)))],
    ["without TLS", () => grpc.credentials.createInsecure()],
  ])("a client %s", async (_, credentials) => {
    await expect(resourcesOf(clientWith(credentials()))).rejects.toMatchObject({ code: grpc.status.UNAVAILABLE });
  });

  test("a client with the right certificate that does not speak HTTP/2", async () => {
    const { certificatePem: cert, privateKeyPem: key } = plugin.client;
    const request = https.get({ socketPath: plugin.address, servername: "localhost", host: "localhost", ca: serverPem(plugin), cert, key });
    const [refusal] = await Promise.race([once(request, "response").then(([{ statusCode }]) => [statusCode]), once(request, "error")]);
    expect(refusal === 403 || refusal instanceof Error).toBe(true);
    request.destroy();
  });

  test("a client that goes away in the middle of its handshake", async () => {
    const socket = net.connect(plugin.address);
    await once(socket, "connect");
    // The first bytes of a ClientHello.
    socket.write(Buffer.from("16030100c8010000c4", "hex"));
    socket.destroy();
    await once(socket, "close");
  });
});
