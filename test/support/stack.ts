import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, type TerraformStack } from "cdktf";
import { temporaryDirectory } from "./run-directory.js";
import { type Workspace, workspace } from "./terraform.js";

/** What a stack becomes, as far as tests look at it. */
export interface SynthesizedStack {
  readonly terraform: { backend?: unknown; readonly required_providers?: unknown };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly output?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly import?: readonly Readonly<Record<string, string>>[];
  readonly removed?: readonly Readonly<Record<string, unknown>>[];
}

/** Synthesizes an app, as `cdktf synth` does, and gives its stacks by name. */
export async function synthesize(build: (app: App) => void): Promise<Readonly<Record<string, SynthesizedStack>>> {
  const outdir = await temporaryDirectory("cdktf");
  const app = new App({ outdir });
  build(app);
  app.synth();
  const stacks = app.node.children.filter((child): child is TerraformStack => "dependsOn" in child);
  return Object.fromEntries(
    stacks.map(({ node }) => [
      node.id,
      JSON.parse(readFileSync(join(outdir, "stacks", node.id, "cdk.tf.json"), "utf8")) as SynthesizedStack,
    ]),
  );
}

/** A workspace for synthesized stacks; each `put` takes the place of the one before, as a deployment does. */
export async function stackWorkspace(env: Readonly<Record<string, string>>): Promise<StackWorkspace> {
  const terraform = await workspace("", env);
  await terraform.remove("required-providers.tf");
  return new StackWorkspace(terraform);
}

export class StackWorkspace {
  constructor(readonly terraform: Workspace) {}

  /** The state of the stack's own backend where it names one with a path, otherwise a file of this workspace. */
  async put(stack: SynthesizedStack): Promise<Workspace> {
    await this.terraform.write({ "cdk.tf.json": JSON.stringify(stack) });
    await this.terraform.init("-reconfigure");
    return this.terraform;
  }
}
