import { beginInProcess } from "../../scripts/explore/begin.js";
import { explore } from "../../scripts/explore/explore.js";
import { summaryOf, textOf } from "../../scripts/explore/report.js";

test("random lives break no law", async () => {
  const report = await explore({ seed: 20_261_127, lives: 40, steps: 30, begin: beginInProcess, finds: 3 });
  console.log(summaryOf(report).at(-1));
  expect(report.finds.map(textOf)).toEqual([]);
  expect(report.lives).toBe(40);
  expect(report.applies).toBeGreaterThan(200);
  expect(report.faults).toBeGreaterThan(100);
  expect(report.requests).toBeGreaterThan(2000);
});
