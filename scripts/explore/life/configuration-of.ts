import { addressOf, type Configuration, type Expression, literal, type ResourceBlock, reference } from "../terraform/configuration.js";
import { FIRST_ORG } from "../world/pangolin.js";
import { type HolderModel, type KeyModel, type Model, type OrgModel, OWN_ORG, PERIOD, WORD } from "./model.js";

export const KEY = "pangolin_api_key";
export const GRANT = "pangolin_api_key_grant";
export const SET = "pangolin_api_key_permissions";
export const ORG = "pangolin_org";
export const ORG_ADDRESS = `${ORG}.o`;
export const SUBNETS = { subnet: "100.90.0.0/24", utility_subnet: "100.96.128.0/24" };

const value = (text: string): Expression => {
  if (text === WORD) return reference("terraform_data.word", "output");
  if (text === PERIOD) return reference("terraform_data.period", "output");
  return text === OWN_ORG ? reference(ORG_ADDRESS, "id") : literal(text);
};

type Arguments = Record<string, Expression | null>;

const block = (type: string, name: string, provider: string, all: Arguments): ResourceBlock => ({
  type,
  name,
  provider,
  arguments: Object.fromEntries(Object.entries(all).filter((entry): entry is [string, Expression] => entry[1] !== null)),
});

const keyBlock = (name: string, key: KeyModel): ResourceBlock =>
  block(KEY, name, key.provider, {
    org_id: value(key.org),
    name: value(key.name),
    permissions: key.permissions && { list: key.permissions.map(value) },
    rotate_after: key.rotateAfter === null ? null : value(key.rotateAfter),
    grace_period: key.gracePeriod === null ? null : value(key.gracePeriod),
    rotation_triggers: key.triggers && {
      map: Object.fromEntries(Object.entries(key.triggers).map(([entry, text]) => [entry, value(text)])),
    },
  });

const holderBlock = (type: string, name: string, holder: HolderModel, strangers: readonly string[]): ResourceBlock => {
  const { key } = holder;
  const whose = typeof key === "number" ? undefined : `${KEY}.${key}`;
  return block(type, name, holder.provider, {
    org_id: whose ? reference(whose, "org_id") : literal(FIRST_ORG),
    key_id: whose ? reference(whose, "key_id") : literal(strangers[Number(key)] ?? ""),
    previous_key_id: whose && holder.previous ? reference(whose, "previous_key_id") : null,
    permissions: { list: holder.permissions.map(value) },
  });
};

const orgBlock = (org: OrgModel): ResourceBlock =>
  block(ORG, "o", "", {
    org_id: literal(org.orgId),
    name: value(org.name),
    subnet: literal(SUBNETS.subnet),
    utility_subnet: literal(SUBNETS.utility_subnet),
    on_conflict: literal(org.onConflict),
    deletion_policy: literal(org.deletionPolicy),
    expose_ssh_ca: literal(org.exposeSshCa),
    settings_log_retention_days_access: org.retention === null ? null : literal(org.retention),
  });

/** `strangers`: the ids of the keys that others have. */
export function configurationOf(model: Model, strangers: readonly string[], providers: Configuration["providers"]): Configuration {
  const blocks = [
    ...Object.entries(model.keys).map(([name, key]) => keyBlock(name, key)),
    ...Object.entries(model.grants).map(([name, holder]) => holderBlock(GRANT, name, holder, strangers)),
    ...Object.entries(model.sets).map(([name, holder]) => holderBlock(SET, name, holder, strangers)),
    ...(model.org ? [orgBlock(model.org)] : []),
    block("terraform_data", "word", "", { input: literal(model.word.input), triggers_replace: literal(model.word.note) }),
    block("terraform_data", "period", "", { input: literal(model.period.input), triggers_replace: literal(model.period.note) }),
  ];
  return { providers, resources: new Map(blocks.map((made) => [addressOf(made), made])) };
}
