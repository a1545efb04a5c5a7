import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { permissionCatalogue } from "../../src/integration-api/index.js";

/** The permission catalogue as a type, so that a misspelt permission is a compile error. */
export function generatePermissionNames(folder: string): void {
  const rows = [...permissionCatalogue.all]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, category, rootOnly }) => `  ${name}: { category: "${category}", rootOnly: ${rootOnly} },\n`);
  const text = `/** Every permission of Pangolin 1.22.0: what it is about, and whether it has an effect on root keys only. Generated, do not edit. */\nexport const PERMISSIONS = {\n${rows.join("")}} as const;\n\nexport type PermissionName = keyof typeof PERMISSIONS;\n`;
  writeFileSync(join(folder, "permissions.ts"), text);
}
