import { writeFileSync } from "node:fs";
import * as z from "zod";
import { action, optional, required } from "../../src/bridge/sdk.js";

const schema = z.object({
  filename: required(z.string(), "The file to write."),
  content: required(z.string(), "What it holds afterwards."),
  plan_error: optional(z.boolean(), "Whether the plan is refused."),
});

export const modifyFile = action<unknown>()<typeof schema.shape>({
  description: "Writes a file.",
  schema,
  plan({ config, diagnostics }) {
    if (config.plan_error === true) diagnostics.error("ModifyPlan error", "The attribute plan_error is true.");
  },
  async invoke({ config, progress }) {
    progress("writing the file");
    writeFileSync(String(config.filename), String(config.content));
    progress("the file is written");
  },
});
