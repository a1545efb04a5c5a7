import { at, type Diagnostics, type Unknown, unknown } from "../bridge/sdk.js";
import { permissionCatalogue, serverPermissions } from "../integration-api/index.js";
import type { Session } from "./session.js";

interface Wanted {
  readonly orgId: string | Unknown | null;
  readonly permissions: readonly (string | Unknown)[];
  /** Permissions that the server has accepted before. They are not checked again. */
  readonly accepted?: readonly string[] | null | undefined;
}

/**
 * Names that neither the catalogue nor the server knows are an error, or a warning if unknown permissions are allowed.
 * The server refuses a whole set for one unknown name.
 */
export async function checkPermissions(
  session: Session | undefined,
  { orgId, permissions, accepted }: Wanted,
  diagnostics: Diagnostics,
): Promise<void> {
  const names = permissions.filter((name): name is string => name !== unknown && !accepted?.includes(name));
  if (names.length === 0) return;
  const onServer = session?.api && typeof orgId === "string" ? await serverPermissions(session.api, orgId, names) : undefined;
  for (const name of names) {
    if (onServer?.isKnown(name)) continue;
    if (!permissionCatalogue.has(name)) tell(notInCatalogue(name));
    else if (onServer?.isUnknown(name))
      tell(
        `This server does not know the permission "${name}", which came with a later version of Pangolin. Remove it, or update the server.`,
      );
  }

  function tell(detail: string): void {
    if (session?.options.allowUnknownPermissions) diagnostics.warning("Unknown permission", detail, at("permissions"));
    else
      diagnostics.error(
        "Unknown permission",
        `${detail} If the server has it nevertheless, set allow_unknown_permissions = true in the provider configuration.`,
        at("permissions"),
      );
  }
}

function notInCatalogue(name: string): string {
  const suggestion = permissionCatalogue.suggest(name);
  return `There is no permission "${name}".${suggestion ? ` Did you mean "${suggestion}"?` : ""} The data source pangolin_permissions lists them all.`;
}
