/** What a life wants: plain data, from which the configuration is made and by which the server is judged. */

export const KEYS = ["a", "b", "c"] as const;
export const GRANTS = ["g", "h", "i"] as const;
export const SETS = ["p", "q"] as const;
/**
 * A key whose permissions are the affair of another alias than its own: that one lists before the key is there. What moves between
 * owners moves inside of one alias, since none sees what another one takes away.
 */
export const SHARED_KEY = "c";
export type KeyName = (typeof KEYS)[number];
export type GrantName = (typeof GRANTS)[number];
export type SetName = (typeof SETS)[number];

export const PERMISSIONS = ["getOrg", "listSites", "listRoles", "getSite", "updateSite"] as const;
/** Stands for `terraform_data.word.output`, which is unknown in the plans that change it. */
export const WORD = "@word";
/** Stands for `terraform_data.period.output`. */
export const PERIOD = "@period";
/** Stands for `pangolin_org.o.id`. */
export const OWN_ORG = "@org";
/** What the server's defaults make of an argument that is left out. */
export const DEFAULT_GRACE_PERIOD = "72h";

export interface KeyModel {
  org: string;
  name: string;
  permissions: readonly string[] | null;
  rotateAfter: string | null;
  gracePeriod: string | null;
  triggers: Readonly<Record<string, string>> | null;
  provider: string;
}

/** A `pangolin_api_key_grant` or a `pangolin_api_key_permissions`. */
export interface HolderModel {
  /** A key's name, or the number of a stranger's key. */
  key: KeyName | number;
  permissions: readonly string[];
  /** Whether it is given the key's `previous_key_id`. */
  previous: boolean;
  provider: string;
}

export interface OrgModel {
  orgId: string;
  name: string;
  onConflict: "adopt" | "fail";
  deletionPolicy: "abandon" | "prevent";
  retention: number | null;
  exposeSshCa: boolean;
}

export interface DataModel {
  input: string;
  note: string;
}

export interface Model {
  keys: Partial<Record<KeyName, KeyModel>>;
  grants: Partial<Record<GrantName, HolderModel>>;
  sets: Partial<Record<SetName, HolderModel>>;
  org: OrgModel | null;
  word: DataModel;
  period: DataModel;
}

export const newModel = (): Model => ({
  keys: {},
  grants: {},
  sets: {},
  org: null,
  word: { input: "getOrg", note: "1" },
  period: { input: "20d", note: "1" },
});

export const newKey = (): KeyModel => ({
  org: "acme",
  name: "ci",
  permissions: null,
  rotateAfter: null,
  gracePeriod: null,
  triggers: null,
  provider: "",
});

/** What stands for something unknown, as it turns out. */
export const resolved = (model: Model, text: string): string =>
  text === WORD ? model.word.input : text === PERIOD ? model.period.input : text;

export const permissionsOf = (model: Model, names: readonly string[]): string[] =>
  [...new Set(names.map((name) => resolved(model, name)))].sort();

export type Owner = "key" | "set" | "grants" | "nobody";

export const ownerOf = (model: Model, key: KeyName | number): Owner => {
  if (typeof key === "string" && model.keys[key]?.permissions) return "key";
  if (Object.values(model.sets).some((holder) => holder.key === key)) return "set";
  return Object.values(model.grants).some((holder) => holder.key === key) ? "grants" : "nobody";
};

/** The permissions that the configuration gives to a key; of a key that nobody owns, none. */
export function given(model: Model, key: KeyName | number): string[] {
  const own = typeof key === "string" ? model.keys[key]?.permissions : null;
  if (own) return permissionsOf(model, own);
  const holders = [...Object.values(model.sets), ...Object.values(model.grants)].filter((holder) => holder.key === key);
  return permissionsOf(
    model,
    holders.flatMap(({ permissions }) => permissions),
  );
}

const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };
export const milliseconds = (text: string): number =>
  [...text.matchAll(/(\d+)([dhms])/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? 0), 0);

/** What the plan has to refuse. */
export function problemsOf(model: Model): string[] {
  const problems: string[] = [];
  for (const [name, key] of Object.entries(model.keys)) {
    const grace = milliseconds(resolved(model, key.gracePeriod ?? DEFAULT_GRACE_PERIOD));
    if (key.rotateAfter !== null && grace >= milliseconds(resolved(model, key.rotateAfter)))
      problems.push(`${name}: grace period too long`);
  }
  const targets = new Set([...Object.values(model.sets), ...Object.values(model.grants)].map(({ key }) => key));
  for (const key of targets) {
    const grants = Object.values(model.grants).filter((holder) => holder.key === key);
    const sets = Object.values(model.sets).filter((holder) => holder.key === key);
    const owners = (typeof key === "string" && model.keys[key]?.permissions ? 1 : 0) + sets.length + Math.min(1, grants.length);
    if (owners > 1) problems.push(`${key}: two owners`);
    const names = grants.flatMap(({ permissions }) => permissionsOf(model, permissions));
    if (new Set(names).size < names.length) problems.push(`${key}: two grants give the same`);
  }
  return problems;
}

/** Takes away what makes the plan refuse the configuration; what is named stays. */
export function repair(model: Model, keep?: KeyName | GrantName | SetName): void {
  for (const key of Object.values(model.keys)) {
    const grace = milliseconds(resolved(model, key.gracePeriod ?? DEFAULT_GRACE_PERIOD));
    if (key.rotateAfter !== null && grace >= milliseconds(resolved(model, key.rotateAfter))) key.gracePeriod = "1h";
    if (key.rotateAfter !== null && milliseconds(resolved(model, key.rotateAfter)) <= milliseconds("1h")) key.rotateAfter = "10d";
  }
  settleAliases(model);
  for (const [name, { key }] of entries(model.grants)) if (typeof key === "string" && !model.keys[key]) delete model.grants[name];
  for (const [name, { key }] of entries(model.sets)) if (typeof key === "string" && !model.keys[key]) delete model.sets[name];
  const order = [...entries(model.sets), ...entries(model.grants)].sort(([one], [other]) => Number(other === keep) - Number(one === keep));
  const taken = new Map<KeyName | number, { owner: string; permissions: Set<string> }>();
  for (const name of KEYS)
    if (model.keys[name]?.permissions && (keep === name || !order.some(([holder, { key }]) => holder === keep && key === name)))
      taken.set(name, { owner: "key", permissions: new Set() });
    else if (model.keys[name] && order.some(([holder, { key }]) => holder === keep && key === name)) {
      const key = model.keys[name];
      key.permissions = null;
    }
  for (const [name, { key, permissions }] of order) {
    const owner = name in model.sets ? `set ${name}` : "grants";
    const names = permissionsOf(model, permissions);
    const before = taken.get(key);
    if (before && (before.owner !== owner || names.some((permission) => before.permissions.has(permission)))) {
      delete model.sets[name as SetName];
      delete model.grants[name as GrantName];
    } else taken.set(key, { owner, permissions: new Set([...(before?.permissions ?? []), ...names]) });
  }
}

/** The alias that all but the shared key have. */
export const aliasOf = ({ keys }: Model): string => (keys.a ?? keys.b)?.provider ?? "";

function settleAliases(model: Model): void {
  const { keys, grants, sets } = model;
  const alias = aliasOf(model);
  if (keys.b) keys.b.provider = alias;
  const shared = keys[SHARED_KEY];
  if (shared) Object.assign(shared, { provider: "", permissions: null });
  for (const holder of [...Object.values(grants), ...Object.values(sets)]) holder.provider = holder.key === SHARED_KEY ? "second" : alias;
}

const entries = <K extends string, V>(record: Partial<Record<K, V>>): [K, V][] => Object.entries(record) as [K, V][];
