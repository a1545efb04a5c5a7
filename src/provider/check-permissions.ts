import { at, type Diagnostics, type Unknown, unknown } from "../bridge/sdk.js";
import { permissionCatalogue } from "../integration-api/index.js";
import type { Session } from "./session.js";

/** Names outside the catalogue are an error, or a warning where the server may be newer than this provider. */
export function checkPermissions(session: Session | undefined, names: readonly (string | Unknown)[], diagnostics: Diagnostics): void {
  const severity = session?.options.allowUnknownPermissions ? "warning" : "error";
  for (const name of names) {
    if (name === unknown || permissionCatalogue.has(name)) continue;
    const suggestion = permissionCatalogue.suggest(name);
    const detail = `There is no permission "${name}".${suggestion ? ` Did you mean "${suggestion}"?` : ""} The data source pangolin_permissions lists them all.`;
    diagnostics[severity](
      "Unknown permission",
      severity === "error"
        ? `${detail} If a newer server knows it, set allow_unknown_permissions = true in the provider's configuration.`
        : detail,
      at("permissions"),
    );
  }
}
