import { name, version } from "cdktf/package.json";
import type { Construct } from "constructs";

/** `0.21` of `0.21.0`; undefined for what tests put in the place of a version. */
const lineOf = (text: string | undefined) => /^\d+\.\d+(?=\.)/.exec(text ?? "")?.[0];

/** Throws where the stack is made by another line of the CDK than these constructs: in the end synthesis would crash inside of it. */
export function requireSameCdktf(scope: Construct): void {
  const theirs = lineOf(scope.node.tryGetContext("cdktfVersion"));
  if (theirs === undefined || theirs === lineOf(version)) return;
  throw new Error(
    `${scope.node.path}: this stack uses version ${theirs} of the CDK, but pangolin-iac resolved cdktf to ${name} ${version}. ` +
      'With CDK Terrain, install it under that name ("cdktf": "npm:cdktn@^0.24.0" in package.json) and import from "cdktf" everywhere.',
  );
}
