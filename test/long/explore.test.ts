import { beginInProcess, beginWithTerraform } from "../../scripts/explore/begin.js";
import { explore } from "../../scripts/explore/explore.js";
import { summaryOf, textOf } from "../../scripts/explore/report.js";

test.each([
  { driver: "Terraform's calls in this process", begin: beginInProcess, lives: 500, steps: 30 },
  { driver: "the real Terraform", begin: beginWithTerraform, lives: 6, steps: 20 },
])("$lives random lives of $steps steps break no law, with $driver", async ({ begin, lives, steps }) => {
  const report = await explore({ seed: 20_270_101, lives, steps, begin, finds: 5 });
  console.log(summaryOf(report).join("\n"));
  expect(report.finds.map(textOf)).toEqual([]);
});
