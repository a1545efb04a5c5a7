import { at, type Diagnostics } from "../../bridge/sdk.js";

export function alreadyExists(orgId: string, diagnostics: Diagnostics): void {
  diagnostics.error(
    "Organization exists already",
    `There is an organization "${orgId}" on the server. To manage it, import it with this block and the address of your resource:\n\n` +
      `import {\n  to = pangolin_org.this\n  id = "${orgId}"\n}\n\n` +
      'or set on_conflict = "adopt". If it is in the state and marked as tainted, use `terraform untaint`.',
    at("org_id"),
  );
}
