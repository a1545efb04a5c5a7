import { EventEmitter, once } from "node:events";
import * as http2 from "node:http2";
import { endWhenBroken } from "../../../src/bridge/plugin/watch.js";
import { cornerExecutable } from "../../support/corner.js";
import { callGrpc, connectTls, type Plugin, startPlugin } from "../../support/plugin.js";
import { temporaryDirectory } from "../../support/run-directory.js";

const start = async (): Promise<Plugin> => startPlugin(await cornerExecutable(), await temporaryDirectory("plugin"));
let plugin: Plugin;

beforeAll(async () => {
  plugin = await start();
});

afterAll(async () => {
  plugin.process.kill("SIGTERM");
  await plugin.ended;
});

const EMPTY = Buffer.alloc(5);
const HEALTH = "/grpc.health.v1.Health/Check";

const call = (session: http2.ClientHttp2Session, path: string, body: Buffer = EMPTY, how = {}) => callGrpc(session, path, { body, ...how });

async function withSession<T>(run: (session: http2.ClientHttp2Session) => Promise<T>): Promise<T> {
  const session = http2.connect("https://localhost", { createConnection: () => connectTls(plugin) });
  try {
    return await run(session);
  } finally {
    session.destroy();
  }
}

// HTTP/2 leaves the path to the scheme, and knows how one has to look in the usual two only.
test.each(["toString", "constructor", "__proto__", "hasOwnProperty"])("a path that every object has as a member is no method: %s", (path) =>
  withSession(async (session) => {
    expect(await call(session, path, EMPTY, { scheme: "x" })).toMatchObject({ status: "12", bytes: 0 });
  }),
);

test("a long path is not given back whole: a header that is too long would end the connection of all calls", () =>
  withSession(async (session) => {
    const { status, message } = await call(session, `/${"é".repeat(20_000)}`);
    expect(status).toBe("12");
    expect(message.length).toBeLessThan(4000);
    expect(await call(session, HEALTH)).toMatchObject({ status: "0" });
  }));

test("a request that is announced past the limit is refused before it is there", () =>
  withSession(async (session) => {
    expect(await call(session, HEALTH, Buffer.from([0, 0x10, 0, 0, 1]), { whole: false })).toMatchObject({ status: "8" });
    expect(await call(session, HEALTH, Buffer.from([0, 0x10, 0, 0, 0]))).toMatchObject({ status: "3" });
  }));

test("a request longer than it is announced is refused before its end", () =>
  withSession(async (session) => {
    expect(await call(session, HEALTH, Buffer.alloc(6), { whole: false })).toMatchObject({ status: "3" });
  }));

test("a request of no method is refused before its end", () =>
  withSession(async (session) => {
    expect(await call(session, "/nothing", EMPTY.subarray(1), { whole: false })).toMatchObject({ status: "12" });
  }));

test.each([
  ["shorter than announced", Buffer.from([0, 0, 0, 0, 1]), "3"],
  ["without a prefix", Buffer.alloc(0), "3"],
  ["compressed", Buffer.from([1, 0, 0, 0, 0]), "12"],
])("a request %s is refused", (_, body, status) =>
  withSession(async (session) => {
    expect(await call(session, HEALTH, body)).toMatchObject({ status });
  }),
);

test("bytes that are no message of the protocol are refused, whatever the call", () =>
  withSession(async (session) => {
    for (const name of ["StopProvider", "ReadResource", "CallFunction", "GetMetadata"])
      expect(await call(session, `/tfplugin6.Provider/${name}`, Buffer.from([0, 0, 0, 0, 1, 0x0f]))).toMatchObject({
        status: "13",
        bytes: 0,
      });
  }));

test("calls that are cancelled at any moment leave the connection as it was", () =>
  withSession(async (session) => {
    for (const body of [EMPTY, Buffer.alloc(3), Buffer.from([1, 0, 0, 0, 0])])
      for (const path of [HEALTH, "/nothing", "/plugin.GRPCStdio/StreamStdio"]) {
        const stream = session.request({ ":method": "POST", ":path": path });
        stream.on("error", () => {});
        stream.write(body);
        stream.close(http2.constants.NGHTTP2_CANCEL);
      }
    expect(await call(session, HEALTH)).toMatchObject({ status: "0" });
  }));

const PREFACE = Buffer.concat([Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), Buffer.from("000000040000000000", "hex")]);
const BROKEN = {
  "data on no stream": Buffer.from("000000000000000001", "hex"),
  "more padding than data": Buffer.from("000003000900000003ff0102", "hex"),
  "headers that are none": Buffer.from("000001010400000001ff", "hex"),
};

/** Some versions of Node neither close such a connection nor notice that it was closed, and others close it at once. */
test.concurrent.each(Object.entries(BROKEN))(
  "a client that breaks HTTP/2 with %s is let go, whether or not it goes itself",
  async (_, frame) => {
    const own = await start();
    const broken = async () => {
      const socket = connectTls(own);
      socket.on("error", () => {});
      const closed = once(socket, "close");
      await once(socket, "secureConnect");
      socket.write(Buffer.concat([PREFACE, frame]));
      await once(socket.resume(), "data");
      return { socket, closed };
    };
    const [staying, going] = await Promise.all([broken(), broken()]);
    going.socket.destroy();
    await staying.closed;
    // A plugin without connections is an orphan.
    expect(await own.ended).toBe(0);
  },
);

describe("a connection with something to send", () => {
  const LONG_MS = 3_600_000;
  const parts = (state: object, writeQueueSize: number, answers: boolean) => {
    const session = Object.assign(new EventEmitter(), {
      destroyed: false,
      closed: false,
      state,
      destroy: jest.fn(),
      ping: (answer: (error: null) => void) => answers && answer(null),
    });
    const socket = Object.assign(new EventEmitter(), { _handle: { writeQueueSize: 0, _parent: { writeQueueSize } }, destroy: jest.fn() });
    return { session, socket };
  };

  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test.each([
    ["that its client does not read, being stopped, is kept", { outboundQueueSize: 1 }, 9, false, 0],
    ["that gets on is kept", { outboundQueueSize: 0 }, 0, false, 0],
    ["whose client answers is kept", { outboundQueueSize: 1 }, 0, true, 0],
    ["that nothing keeps from being sent is ended", { outboundQueueSize: 1 }, 0, false, 1],
  ])("%s", (_, state, unsent, answers, times) => {
    const { session, socket } = parts(state, unsent, answers);
    socket.destroy.mockImplementation(() => socket.emit("close"));
    endWhenBroken(session as never, socket as never);
    jest.advanceTimersByTime(LONG_MS);
    expect(socket.destroy).toHaveBeenCalledTimes(times);
    expect(session.destroy).toHaveBeenCalledTimes(times);
  });
});
