import { readdirSync, readFileSync, rmSync } from "node:fs";
import * as http2 from "node:http2";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { decode, encode, type MessageName, methods } from "../../src/bridge/protocol/wire/index.js";
import { connectTls, type Plugin, startPlugin } from "../../test/support/plugin.js";
import type { Attack, CallAttack, ConnectionAttack, StreamAttack } from "./attack.js";

interface Answer {
  readonly status: string;
  readonly body: Buffer;
  /** HTTP/2 error code of a stream that was reset. */
  readonly code: number;
}

const PROVIDER = "/tfplugin6.Provider/";
const PREFIX_BYTES = 5;
const HIGHEST_STATUS = 16;
const HANDLES_CLOSE_MS = 60_000;

/** An effect that no attack may have. */
export class Broken extends Error {}

/** A running provider. It is restarted after an attack that ended it, so that shrinking can go on. */
export class Subject {
  #plugin: Plugin | undefined;
  #main: http2.ClientHttp2Session | undefined;
  #side: http2.ClientHttp2Session | undefined;
  #expected: Readonly<Record<string, Buffer>> = {};
  #log = "";

  constructor(
    readonly executable: string,
    readonly folder: string,
    readonly deadlineMs: number,
  ) {}

  /** Returns how the attack ended. Throws {@link Broken}. */
  async suffer(attack: Attack): Promise<string> {
    await this.#start();
    if (attack.kind === "stream") return this.#streams(attack);
    if (attack.kind === "frames") return this.#connection(attack);
    return this.#call(attack);
  }

  /** Throws {@link Broken} if the provider no longer answers as it did when it started. */
  async check(): Promise<void> {
    await this.#start();
    // The test provider stores objects in a file. That is not memory of the bridge.
    rmSync(join(this.folder, "users.json"), { force: true });
    const answers = await this.#soundAnswers();
    for (const [name, body] of Object.entries(this.#expected))
      if (!answers[name]?.equals(body)) throw new Broken(`${name} is answered otherwise than at the beginning`);
  }

  /** From the kernel; undefined on systems without that information. */
  residentMiB(): number | undefined {
    try {
      return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${this.#plugin?.process.pid}/status`, "utf8"))?.[1]) / 1024;
    } catch {
      return undefined;
    }
  }

  /** Waits until there are at most `most`: broken connections are closed a little later. */
  async handles(most = Number.POSITIVE_INFINITY): Promise<number | undefined> {
    for (const end = Date.now() + HANDLES_CLOSE_MS; ; await sleep(50))
      try {
        const { length } = readdirSync(`/proc/${this.#plugin?.process.pid}/fd`);
        if (length <= most || Date.now() > end) return length;
      } catch {
        return undefined;
      }
  }

  async end(): Promise<void> {
    this.#main?.destroy();
    this.#side?.destroy();
    this.#plugin?.process.kill("SIGKILL");
    await this.#plugin?.ended;
  }

  async #start(): Promise<void> {
    if (this.#plugin && this.#plugin.process.exitCode === null && this.#plugin.process.signalCode === null && !this.#main?.destroyed)
      return;
    await this.end();
    this.#plugin = await startPlugin(this.executable, this.folder, {
      CORNER_USERS_FILE: join(this.folder, "users.json"),
      CORNER_SECRETS_FILE: "/dev/null",
    });
    this.#log = "";
    this.#plugin.process.stderr?.on("data", (chunk: Buffer) => {
      this.#log = `${this.#log}${chunk}`.slice(-4000);
    });
    this.#main = this.#connect();
    this.#side = undefined;
    const answers = await this.#soundAnswers();
    this.#expected = Object.keys(this.#expected).length > 0 ? this.#expected : answers;
  }

  #connect(): http2.ClientHttp2Session {
    const plugin = this.#plugin as Plugin;
    const session = http2.connect("https://localhost", { createConnection: () => connectTls(plugin) });
    session.on("error", () => {});
    return session;
  }

  async #soundAnswers(): Promise<Record<string, Buffer>> {
    const config = { msgpack: Buffer.from([0x81, 0xa1, 0x61, 0xc3]) };
    const requests: Readonly<Record<string, Uint8Array>> = {
      GetProviderSchema: encode("GetProviderSchema.Request", {}),
      ValidateResourceConfig: encode("ValidateResourceConfig.Request", { typeName: "framework_user", config }),
    };
    const answers: Record<string, Buffer> = {};
    for (const [name, request] of Object.entries(requests)) {
      const { status, body } = await this.#ask(`${PROVIDER}${name}`, request);
      if (status !== "0") throw this.#broken(`${name} is answered with the status ${status || "nothing"}`);
      answers[name] = body;
    }
    return answers;
  }

  async #call({ path, request }: CallAttack): Promise<string> {
    const { status, body, code } = await this.#ask(path, request);
    if (!isStatus(status)) throw this.#broken(`the call ended without a status of gRPC (HTTP/2 code ${code})`);
    if (status !== "0") return `status ${status}`;
    for (const message of this.#read(path, body)) await this.#close(path, request, message);
    return "answer";
  }

  /** The messages of a response: one, or any number for a stream. */
  #read(path: string, body: Buffer): Readonly<Record<string, unknown>>[] {
    const messages: Readonly<Record<string, unknown>>[] = [];
    for (let offset = 0; offset < body.length; ) {
      const size = body.length - offset < PREFIX_BYTES ? Number.NaN : body.readUInt32BE(offset + 1);
      const [start, end] = [offset + PREFIX_BYTES, offset + PREFIX_BYTES + size];
      if (!(end <= body.length)) throw this.#broken("the answer is not of whole messages");
      try {
        messages.push(decode(methods[path]?.response as MessageName, body.subarray(start, end)));
      } catch (error) {
        throw this.#broken(`the answer is no message of the method: ${error}`);
      }
      offset = end;
    }
    if (messages.length !== 1 && !methods[path]?.stream) throw this.#broken(`the answer is ${messages.length} messages`);
    return messages;
  }

  /** Closes what was opened, as every client does, so that it does not count as growth. */
  async #close(path: string, request: Uint8Array, answer: Readonly<Record<string, unknown>>): Promise<void> {
    if (!/(Open|Renew)EphemeralResource$/.test(path) || !answer.private) return;
    const { typeName = "" } = decode(path.includes("Open") ? "OpenEphemeralResource.Request" : "RenewEphemeralResource.Request", request);
    const close = encode("CloseEphemeralResource.Request", { typeName, private: answer.private as Uint8Array });
    const { status } = await this.#ask(`${PROVIDER}CloseEphemeralResource`, close);
    if (status !== "0") throw this.#broken("what was opened could not be closed");
  }

  async #ask(path: string, request: Uint8Array): Promise<Answer> {
    const prefix = Buffer.alloc(PREFIX_BYTES);
    prefix.writeUInt32BE(request.length, 1);
    const headers = { ":method": "POST", ":path": path, "content-type": "application/grpc", te: "trailers" };
    return this.#inTime(answerOf(this.#main as http2.ClientHttp2Session, headers, Buffer.concat([prefix, request]), "end").answer);
  }

  /** A round trip on the healthy connection. After it, the provider has read what was sent on the other one before. */
  async #settle(): Promise<void> {
    for (let times = 0; times < 2; times++) {
      const { status, code } = await this.#ask("/grpc.health.v1.Health/Check", new Uint8Array());
      if (status !== "0") throw this.#broken(`it no longer says that it is well (status ${status}, HTTP/2 code ${code})`);
    }
  }

  async #streams({ headers, body, finish, copies }: StreamAttack): Promise<string> {
    if (!this.#side || this.#side.closed || this.#side.destroyed) {
      this.#side?.destroy();
      this.#side = this.#connect();
    }
    const session = this.#side;
    const calls = Array.from({ length: copies }, () => answerOf(session, headers, body, finish));
    if (finish !== "end") await this.#settle();
    for (const { stream } of finish === "end" && !isIdle(headers) ? [] : calls) stream?.close(http2.constants.NGHTTP2_CANCEL);
    const answers = await this.#inTime(Promise.all(calls.map(({ answer }) => answer)));
    await this.#settle();
    // A stream may be refused or cancelled. One that ends normally must have a gRPC status.
    const isWhole = finish === "end" && headers[":method"] === "POST" && !isIdle(headers);
    if (isWhole && answers.some((answer) => !isStatus(answer.status) && answer.code === 0))
      throw this.#broken("a stream ended without a status of gRPC");
    const [{ status, code } = { status: "", code: 0 }] = answers;
    return status === "" ? `reset ${code}` : status === "0" ? "answer" : `status ${status}`;
  }

  async #connection({ bytes }: ConnectionAttack): Promise<string> {
    const socket = connectTls(this.#plugin as Plugin);
    let outcome = "held";
    const closed = new Promise<void>((resolve) => {
      socket.on("close", () => resolve());
    });
    socket.on("error", () => {});
    socket.on("end", () => {
      outcome = "closed";
    });
    socket.on("data", (chunk: Buffer) => {
      if (outcome === "held" && chunk.length > 0) outcome = "answered";
    });
    await this.#inTime(Promise.race([new Promise((resolve) => socket.once("secureConnect", resolve)), closed]));
    await this.#inTime(Promise.race([new Promise((resolve) => socket.write(bytes, resolve)), closed]));
    await this.#settle();
    socket.destroy();
    await this.#inTime(closed);
    return outcome;
  }

  async #inTime<T>(work: Promise<T>): Promise<T> {
    const late = new AbortController();
    const deadline = sleep(this.deadlineMs, undefined, { signal: late.signal }).then(
      () => {
        // Its state is unknown, so the next attack gets a new one.
        this.#plugin?.process.kill("SIGKILL");
        throw this.#broken(`nothing came within ${this.deadlineMs / 1000} s`);
      },
      () => new Promise<never>(() => {}),
    );
    try {
      return await Promise.race([work, deadline]);
    } finally {
      late.abort();
    }
  }

  #broken(what: string): Broken {
    const { exitCode = null, signalCode = null } = this.#plugin?.process ?? {};
    const ended = exitCode === null && signalCode === null ? "" : `, since it ended (${signalCode ?? exitCode})`;
    return new Broken(`${what}${ended}${this.#log && `; it wrote:\n${this.#log}`}`);
  }
}

const isStatus = (status: string): boolean => /^\d+$/.test(status) && Number(status) <= HIGHEST_STATUS;
/** Streams that go-plugin keeps open for the lifetime of the provider. */
const isIdle = (headers: Readonly<Record<string, string>>): boolean => (headers[":path"] ?? "").startsWith("/plugin.");

function answerOf(
  session: http2.ClientHttp2Session,
  headers: http2.OutgoingHttpHeaders,
  body: Uint8Array,
  finish: StreamAttack["finish"],
): { readonly answer: Promise<Answer>; readonly stream?: http2.ClientHttp2Stream } {
  let stream: http2.ClientHttp2Stream;
  try {
    stream = session.request(headers, { endStream: false });
  } catch {
    return { answer: Promise.resolve({ status: "", body: Buffer.alloc(0), code: -1 }) };
  }
  const answer = new Promise<Answer>((resolve) => {
    let status = "";
    const chunks: Buffer[] = [];
    const note = (given: http2.IncomingHttpHeaders) => {
      status = String(given["grpc-status"] ?? status);
    };
    stream.on("response", note);
    stream.on("trailers", note);
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("error", () => {});
    stream.on("close", () => resolve({ status, body: Buffer.concat(chunks), code: stream.rstCode }));
  });
  if (finish === "end") stream.end(body);
  else stream.write(body);
  if (finish === "reset") stream.close(http2.constants.NGHTTP2_CANCEL);
  return { answer, stream };
}
