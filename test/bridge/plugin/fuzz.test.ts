import { fuzz } from "../../../scripts/fuzz/run.js";
import { corner } from "../../corner/provider.js";
import { cornerExecutable } from "../../support/corner.js";
import { temporaryDirectory } from "../../support/run-directory.js";

test("a running provider withstands hostile calls, streams and connections, and answers as before", async () => {
  const report = await fuzz({
    executable: await cornerExecutable(),
    provider: corner,
    folder: await temporaryDirectory("fuzz"),
    count: 1200,
    seconds: 240,
    seed: 20_251_125,
    deadlineMs: 60_000,
    growth: false,
  });
  expect(report.failure).toBeUndefined();
  expect(report.attacks).toBe(1200);
  expect(Object.keys(report.outcomes).sort()).toEqual(["frames", "msgpack", "protobuf", "stored", "stream"]);
});
