import { brokenRulesOf } from "../../src/bridge/sdk.js";
import { pangolin } from "../../src/provider/provider.js";

test("no member of the provider breaks a rule of the framework", async () => {
  expect(await brokenRulesOf(pangolin)).toEqual([]);
});
