import { at, type Config, type Diagnostics, type PrivateState } from "../../bridge/sdk.js";
import { type IntegrationApi, isIntegrationApiError, type Org, toldFields } from "../../integration-api/index.js";
import type { OrgShape } from "./schema.js";
import { differing, hasSetting, LICENSED, type Setting, settingsIn } from "./settings.js";

/** Settings of an organization that the server supports, derived from its answers: it does not report its version. */
interface Capabilities {
  has(setting: Setting): boolean;
  /** The server requires a licence for {@link LICENSED} settings. Without one it answers 200 and does not store them. */
  readonly asksForLicence: boolean;
}

/** A server returns a field if it can change it. Servers with billing fields require a licence. */
const capabilitiesBy = (org: Org): Capabilities => {
  const fields = toldFields(org);
  return { has: (setting) => hasSetting(fields, setting), asksForLicence: fields.has("isBillingOrg") };
};

/** null: not known before there is an organization. */
async function capabilitiesOf(api: IntegrationApi, orgId: string): Promise<Capabilities | null> {
  const org = (await api.getOrg(orgId)) ?? (await anyOrg(api));
  if (org) return capabilitiesBy(org);
  const fields = (await api.openApiDocument())?.bodyProperties("POST", "/org/{orgId}");
  // Servers that require no licence are older than the document.
  return fields ? { has: (setting) => hasSetting(fields, setting), asksForLicence: true } : null;
}

async function anyOrg(api: IntegrationApi): Promise<Org | null> {
  try {
    return await api.anyOrg();
  } catch (error) {
    if (isIntegrationApiError(error) && ["missing_permission", "root_key_required"].includes(error.code)) return null;
    throw error;
  }
}

/** Adds errors for settings that the server does not support, before anything is written. */
export async function checkSettings(
  api: IntegrationApi,
  orgId: string,
  config: Config<OrgShape>,
  privateState: PrivateState,
  diagnostics: Diagnostics,
): Promise<void> {
  const wanted = settingsIn(config).filter((name) => name !== "name");
  if (wanted.length === 0) return;
  const capabilities = await capabilitiesOf(api, orgId);
  const lacking = capabilities ? wanted.filter((name) => !capabilities.has(name)) : [];
  for (const name of lacking) tellLacking(name, diagnostics);
  const licensed = LICENSED.filter((name) => wanted.includes(name) && !lacking.includes(name) && !isOffAnyway(name, config[name]));
  if (licensed.length > 0 && capabilities?.asksForLicence && (await api.isCommunityEdition(orgId)))
    for (const name of licensed) tellIgnoredByEdition(name, diagnostics);
  const ignored = ignoredBefore(privateState);
  const again = wanted.filter((name) => name in ignored && ignored[name] === config[name]);
  const org = again.length > 0 ? await api.getOrg(orgId) : null;
  // Set by other means meanwhile, it is no difference any more.
  if (org) for (const name of again) if (differing(config, org).includes(name)) tellIgnoredBefore(name, diagnostics);
}

/** On a community server the automatic update is off, so false is accepted. */
const isOffAnyway = (name: Setting, value: unknown): boolean => name === "settings_enable_global_newt_auto_update" && value === false;

/** The settings of a plan that this server supports. It would refuse the request for any other. */
export function splitByServer(settings: readonly Setting[], org: Org): { readonly known: Setting[]; readonly lacking: Setting[] } {
  const { has } = capabilitiesBy(org);
  return { known: settings.filter(has), lacking: settings.filter((name) => !has(name)) };
}

const IGNORED = "ignored";

/** Settings that the server accepted but did not change, with their intended values. */
const ignoredBefore = (privateState: PrivateState): Readonly<Record<string, unknown>> =>
  (privateState.get(IGNORED) ?? {}) as Readonly<Record<string, unknown>>;

/** The next plan reports them instead of showing a difference for ever. */
export function rememberIgnored(
  settings: readonly Setting[],
  planned: Readonly<Record<string, unknown>>,
  privateState: PrivateState,
): void {
  privateState.set(IGNORED, settings.length > 0 ? Object.fromEntries(settings.map((name) => [name, planned[name]])) : undefined);
}

const tellLacking = (name: Setting, diagnostics: Diagnostics): void =>
  diagnostics.error(
    `${name} is not a setting of this server`,
    `The organizations of this server have no ${name}, which came with a later version of Pangolin. Remove the argument, or update the server.`,
    at(name),
  );

const tellIgnoredByEdition = (name: Setting, diagnostics: Diagnostics): void =>
  diagnostics.error(
    `${name} needs another edition`,
    `The server is of Pangolin's community edition, which accepts ${name} and ignores it. Remove the argument, or use a server of the enterprise edition.`,
    at(name),
  );

const tellIgnoredBefore = (name: Setting, diagnostics: Diagnostics): void =>
  diagnostics.error(
    `${name} is ignored by the server`,
    `The server accepted this ${name} in an earlier apply and left it as it was; its licence probably does not cover it. Remove the argument. ` +
      "To try again, e.g. with another licence, apply a different value first.",
    at(name),
  );
