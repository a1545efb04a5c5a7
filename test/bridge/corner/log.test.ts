import { cornerWorkspace } from "../../support/corner.js";

test("TF_LOG=trace tells of every call and its outcome, and of the stack of what was thrown", async () => {
  const terraform = await cornerWorkspace('resource "framework_misfit" "it" {\n  name  = "one"\n  wrong = "throws"\n}\n');
  const { log } = await terraform.traced((options) => terraform.apply([], { ...options, expect: 1 }));
  const own = log.split("\n").filter((line) => line.includes("provider.terraform-provider-framework"));
  const told = (text: string) => own.filter((line) => line.includes(text));
  for (const rpc of ["GetProviderSchema", "ValidateResourceConfig", "ConfigureProvider", "PlanResourceChange", "ApplyResourceChange"])
    for (const message of ["Received request", "Served request"])
      expect(told(message).some((line) => line.includes("[TRACE]") && line.includes(`tf_rpc=${rpc}`))).toBe(true);
  expect(
    told("Served request").some((line) => line.includes("tf_resource_type=framework_misfit") && line.includes("diagnostic_error_count=1")),
  ).toBe(true);
  expect(log).toContain("this cannot be made");
  expect(log).toMatch(/at (async )?(Object\.)?create/);
});
