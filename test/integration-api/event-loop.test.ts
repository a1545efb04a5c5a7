import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { RETRY_TOOLS } from "../../src/integration-api/retry.js";

const root = join(__dirname, "..", "..");

/** Runs a program that has nothing to wait for but the client's call. */
const run = async (more: string) => {
  const program = `
    const { HttpClient } = require("./src/integration-api/http-client.ts");
    const { health } = require("./src/integration-api/server.ts");
    const client = new HttpClient({
      endpoint: "http://127.0.0.1:1/v1", apiKey: "a.b", requestTimeoutMs: 1000, maxRetries: 1, retryTimeoutMs: 0,
      maxConcurrentRequests: 1, userAgent: "test", env: {}, ...${more}
    });
    client.call(health).then(() => console.log("well"), (error) => console.log(error.message));
    if (client.options.retryTimeoutMs > 0) setTimeout(() => client.stop(), 20);
  `;
  const args = ["--import", "tsx", "--eval", program];
  return promisify(execFile)(process.execPath, args, { cwd: root, timeout: 60_000 });
};

test("a process does not end while a retry is waited for, and ends when there is no more", async () => {
  expect((await run("{}")).stdout).toContain("could not be sent: nobody listens at 127.0.0.1:1");
});

test("a process whose client is stopped does not wait for the retry", async () => {
  expect((await run("{ retryTimeoutMs: 3600000, maxRetries: 20 }")).stdout).toContain("could not be sent");
});

test("a wait that is ended early leaves no timer", async () => {
  jest.useFakeTimers();
  const stop = new AbortController();
  const waits = [RETRY_TOOLS.sleep(60_000, stop.signal), RETRY_TOOLS.sleep(60_000, stop.signal)];
  expect(jest.getTimerCount()).toBe(2);
  stop.abort();
  await Promise.all([...waits, RETRY_TOOLS.sleep(60_000, stop.signal)]);
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});
