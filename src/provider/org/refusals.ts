import { at, type Diagnostics } from "../../bridge/sdk.js";

export function alreadyExists(orgId: string, diagnostics: Diagnostics): void {
  diagnostics.error(
    "Organization exists already",
    `There is an organization "${orgId}" on the server. To manage it, import it with this block (and the resource's own address):\n\n` +
      `import {\n  to = pangolin_org.this\n  id = "${orgId}"\n}\n\n` +
      'or set on_conflict = "adopt", which takes it over. If it is in the state and marked as tainted, use `terraform untaint`.',
    at("org_id"),
  );
}

export function settingOfOtherEditions(name: string, diagnostics: Diagnostics): void {
  diagnostics.error(
    `${name} needs another edition`,
    `The server is of Pangolin's community edition, which accepts ${name} and ignores it. Take the argument away, or use a server of the enterprise edition.`,
    at(name),
  );
}
