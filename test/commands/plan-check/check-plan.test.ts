import { checkPlan } from "../../../src/commands/plan-check/check-plan.js";
import { COMPUTED, SECRETS } from "../../../src/commands/plan-check/key-rotation.js";
import { schema } from "../../../src/provider/api-key/schema.js";

const PROVIDER = "registry.terraform.io/pangolin-iac/pangolin";

type Json = Record<string, unknown>;

const KEY = {
  org_id: "acme",
  name: "ci",
  permissions: null,
  rotate_after: "30d",
  grace_period: "72h",
  rotation_triggers: null,
  id: "acme/one",
  key_id: "one",
  last_chars: "cret",
  created_at: "2031-01-01T00:00:00.000Z",
  secret: "secret",
  token: "one.secret",
  previous_key_id: null,
  retire_previous_at: null,
  generation: 1,
  rotate_at: "2031-01-31T00:00:00.000Z",
  rotation_due: true,
  retirement_due: false,
};
const NEW = ["created_at", "id", "key_id", "last_chars", "retire_previous_at", "rotate_at", "secret", "token"];
const unknown = Object.fromEntries(NEW.map((name) => [name, true]));
const known = (state: Json) => Object.fromEntries(Object.entries(state).filter(([name]) => !NEW.includes(name)));

interface Resource extends Json {
  change: Json;
}

const resource = (address: string, change: Json, more: Json = {}): Resource => {
  const [type = "", name = ""] = address.split(".");
  return { address, mode: "managed", type, name, provider_name: PROVIDER, change, ...more };
};
const rotation = (): Resource =>
  resource("pangolin_api_key.ci", {
    actions: ["update"],
    before: { ...KEY },
    after: { ...known(KEY), generation: 2, previous_key_id: "one", rotation_due: false },
    after_unknown: { ...unknown },
  });
const DUE = { ...KEY, previous_key_id: "zero", retire_previous_at: "2031-01-04T00:00:00.000Z", rotation_due: false, retirement_due: true };
const retirement = (): Resource =>
  resource("pangolin_api_key.ci", {
    actions: ["update"],
    before: { ...DUE },
    after: { ...DUE, previous_key_id: null, retire_previous_at: null, retirement_due: false },
    after_unknown: {},
  });
const GRANT = { org_id: "acme", key_id: "one", permissions: ["getOrg"], id: "acme/one" };
const grant = (change: Json = {}): Resource =>
  resource("pangolin_api_key_grant.reader", {
    actions: ["update"],
    before: GRANT,
    after: { org_id: "acme", permissions: ["getOrg"] },
    after_unknown: { id: true, key_id: true, permissions: [false] },
    ...change,
  });
const drift = (before: Json = {}, after: Json = {}): Resource =>
  resource("pangolin_api_key.ci", {
    actions: ["update"],
    before: { ...KEY, rotation_due: false, ...before },
    after: { ...KEY, ...after },
    after_unknown: {},
  });
const output = (sensitive: boolean, more: Json = {}): Json => ({
  actions: ["update"],
  before: "one.secret",
  after_unknown: true,
  before_sensitive: sensitive,
  after_sensitive: sensitive,
  ...more,
});
const made = (name: string, ...references: string[]): Json => ({
  root_module: {
    outputs: { [name]: { expression: { references } } },
    resources: [{ address: "pangolin_api_key.ci" }, { address: "terraform_data.consumer" }],
  },
});
const TOKEN = ["pangolin_api_key.ci.token", "pangolin_api_key.ci"];

const plan = (...changes: Resource[]): Json => ({
  format_version: "1.2",
  terraform_version: "1.11.4",
  planned_values: { root_module: {} },
  configuration: { root_module: {} },
  resource_changes: changes,
  errored: false,
  complete: true,
  applyable: true,
});
const texts = (document: Json, allowed: readonly string[] = []) =>
  checkPlan(document, allowed).findings.map(({ subject, text }) => `${subject}: ${text}`);
const changed = (from: Resource, change: Json, more: Json = {}): Resource => ({ ...from, ...more, change: { ...from.change, ...change } });
const of = (from: Resource, part: "before" | "after", values: Json): Resource =>
  changed(from, { [part]: { ...(from.change[part] as Json), ...values } });

test("the attributes that a rotation may change are those that the provider computes", () => {
  const ARGUMENTS = ["org_id", "name", "permissions", "rotate_after", "grace_period", "rotation_triggers"];
  expect([...COMPUTED, ...ARGUMENTS]).toEqual(expect.arrayContaining(Object.keys(schema.shape)));
  expect(SECRETS.every((name) => COMPUTED.includes(name))).toBe(true);
});

test.each<[string, Json]>([
  ["nothing", plan()],
  ["a rotation", plan(rotation())],
  [
    "a rotation without grace",
    plan(of(of(of(rotation(), "before", { grace_period: "0s" }), "after", { grace_period: "0s" }), "after", { previous_key_id: null })),
  ],
  ["a retirement", plan(retirement())],
  [
    "a deletion that failed before and is tried again",
    plan(of(of(retirement(), "before", { previous_key_id: null, retire_previous_at: null }), "after", {})),
  ],
  ["a key that fell due", { ...plan(rotation()), resource_drift: [drift()] }],
  [
    "a retirement with permissions",
    plan(
      of(of(retirement(), "before", { permissions: ["getOrg"], previous_permissions: ["getOrg"] }), "after", {
        permissions: ["getOrg"],
        previous_permissions: null,
      }),
    ),
  ],
  [
    "a rotation with permissions",
    plan(
      of(of(rotation(), "before", { permissions: ["getOrg"], previous_permissions: null }), "after", {
        permissions: ["getOrg"],
        previous_permissions: ["getOrg"],
      }),
    ),
  ],
  [
    "a grant that follows with its previous key",
    plan(
      rotation(),
      grant({
        before: { ...GRANT, previous_key_id: null },
        after: { org_id: "acme", permissions: ["getOrg"], previous_key_id: "one", previous_permissions: ["getOrg"] },
      }),
    ),
  ],
  [
    "a grant whose previous key retires",
    plan(
      retirement(),
      grant({ before: { ...GRANT, previous_key_id: "zero" }, after: { ...GRANT, previous_key_id: null }, after_unknown: {} }),
    ),
  ],
  ["a grant that follows", plan(rotation(), grant())],
  ["objects that stay", plan(rotation(), resource("pangolin_org.o", { actions: ["no-op"], before: {}, after: {} }))],
  ["a sensitive output of a token", { ...plan(rotation()), output_changes: { t: output(true) }, configuration: made("t", ...TOKEN) }],
  [
    "an output that is no secret",
    {
      ...plan(rotation()),
      output_changes: { at: output(false, { before: KEY.rotate_at }) },
      configuration: made("at", "pangolin_api_key.ci.rotate_at", "pangolin_api_key.ci"),
    },
  ],
  ["a check that is decided at apply", { ...plan(rotation()), checks: [{ address: { to_display: "check.c" }, status: "unknown" }] }],
  ["a plan of an engine that says less of itself", { ...plan(rotation()), errored: undefined, complete: undefined, applyable: undefined }],
])("%s passes", (_, document) => {
  expect(texts(document)).toEqual([]);
});

test.each<[string, Json, string]>([
  ["a format that is not known", { ...plan(), format_version: "2.0" }, 'plan: its format is "2.0"'],
  ["a later format", { ...plan(), format_version: "1.99" }, 'plan: its format is "1.99"'],
  ["an error", { ...plan(), errored: true }, "plan: planning ended with an error"],
  ["a plan that is not complete", { ...plan(rotation()), complete: false }, "plan: it is not complete"],
  ["a plan that is not applyable", { ...plan(rotation()), applyable: false }, "plan: it changes something and is not applyable"],
  ["deferred changes", { ...plan(), deferred_changes: [{ reason: "provider_config_unknown" }] }, "plan: it has deferred_changes"],
  ["actions", { ...plan(rotation()), action_invocations: [{ address: "action.x" }] }, "plan: it has action_invocations"],
  ["a field that is not known", { ...plan(), surprises: [1] }, "plan: it has surprises"],
  ["changes that are not a list", { ...plan(), resource_changes: {} }, "plan: its resource_changes are not a list"],
  ["a change that is null", { ...plan(), resource_changes: [null] }, "resource_changes[0]: not understood"],
  ["a change without actions", plan(changed(rotation(), { actions: [] })), "pangolin_api_key.ci: not understood"],
  ["a field of a change that is not known", plan(changed(rotation(), { teleports: true })), "pangolin_api_key.ci: not understood"],
  ["a field of a resource that is not known", plan({ ...rotation(), twin: "x" }), "pangolin_api_key.ci: not understood"],
  ["a kind of action that is not known", plan(changed(rotation(), { actions: ["renew"] })), "pangolin_api_key.ci: renew"],
  ["a creation", plan(changed(rotation(), { actions: ["create"], before: null })), "pangolin_api_key.ci: create"],
  ["a deletion", plan(changed(rotation(), { actions: ["delete"], after: null })), "pangolin_api_key.ci: delete"],
  ["a replacement", plan(changed(rotation(), { actions: ["delete", "create"] })), "pangolin_api_key.ci: delete and create"],
  ["forgetting", plan(changed(rotation(), { actions: ["forget"] })), "pangolin_api_key.ci: forget"],
  ["an import that changes nothing", plan(changed(rotation(), { actions: ["no-op"], importing: { id: "acme/one" } })), "an import"],
  ["an import beside a rotation", plan(changed(rotation(), { importing: {} })), "an import"],
  [
    "a move that changes nothing",
    plan({ ...changed(rotation(), { actions: ["no-op"] }), previous_address: "pangolin_api_key.a" }),
    "moved from",
  ],
  ["a move beside a rotation", plan({ ...rotation(), previous_address: "pangolin_api_key.a" }), "moved from pangolin_api_key.a"],
  ["a deposed object", plan({ ...changed(rotation(), { actions: ["delete"] }), deposed: "abcd" }), "delete of a deposed object"],
  ["a data source that is read at apply", plan({ ...changed(rotation(), { actions: ["read"] }), mode: "data" }), "read of a data source"],
  [
    "an ephemeral resource",
    plan({ ...changed(rotation(), { actions: ["open"] }), mode: "ephemeral" }),
    "open of an object of the mode ephemeral",
  ],
  [
    "a key of another provider",
    plan({ ...rotation(), provider_name: "registry.terraform.io/fosrl/pangolin" }),
    "pangolin_api_key.ci: update",
  ],
  ["another name", plan(of(rotation(), "after", { name: "other" })), "update, with another name"],
  [
    "an argument that is not known",
    plan(changed(rotation(), { after_unknown: { ...unknown, rotation_triggers: { by: true } } })),
    "another rotation_triggers",
  ],
  ["another period", plan(of(rotation(), "after", { rotate_after: "60d" })), "another rotate_after"],
  ["an attribute of a later release", plan(of(rotation(), "after", { owner: "me" })), "another owner"],
  ["a key that is not due", plan(of(rotation(), "before", { rotation_due: false })), "rotates a key that is not due"],
  ["a key that was deleted in the dashboard", plan(of(rotation(), "before", { last_chars: null })), "deleted outside of Terraform"],
  ["a lost predecessor", plan(of(rotation(), "after", { previous_key_id: "three" })), "does not become the previous one"],
  [
    "a token that is known too early",
    plan(changed(of(rotation(), "after", { token: "x" }), { after_unknown: { ...unknown, token: false } })),
    "is known before the key is created",
  ],
  ["a retirement before its time", plan(of(retirement(), "before", { retirement_due: false, generation: 1 })), "before its time"],
  ["another generation without a mint", plan(of(retirement(), "after", { generation: 7 })), "update of generation that creates no key"],
  [
    "drift of an argument",
    { ...plan(rotation()), resource_drift: [drift({ permissions: [] })] },
    "changed outside of Terraform: permissions",
  ],
  [
    "drift of a key's last characters",
    { ...plan(), resource_drift: [drift({}, { last_chars: null })] },
    "changed outside of Terraform: last_chars",
  ],
  [
    "drift of something else",
    { ...plan(), resource_drift: [{ ...drift(), type: "pangolin_org", address: "pangolin_org.o" }] },
    "pangolin_org.o: update outside of Terraform",
  ],
  [
    "a deletion outside of Terraform",
    { ...plan(), resource_drift: [changed(drift(), { actions: ["delete"], after: null })] },
    "pangolin_api_key.ci: delete outside of Terraform",
  ],
  [
    "a grant with other permissions",
    plan(rotation(), grant({ after: { org_id: "acme", permissions: ["getOrg", "listSites"] } })),
    "pangolin_api_key_grant.reader: update",
  ],
  [
    "a grant that goes to another organization",
    plan(rotation(), grant({ after: { org_id: "other", permissions: ["getOrg"] } })),
    "pangolin_api_key_grant.reader: update",
  ],
  ["a grant of a key that does not rotate", plan(grant()), "pangolin_api_key_grant.reader: update"],
  [
    "a grant that moves to a key that is there",
    plan(rotation(), grant({ after: { ...GRANT, key_id: "other" }, after_unknown: {} })),
    "pangolin_api_key_grant.reader: update",
  ],
  [
    "another resource",
    plan(rotation(), resource("terraform_data.consumer", { actions: ["update"], before: {}, after: {} })),
    "terraform_data.consumer: update",
  ],
  [
    "an output that shows a token",
    { ...plan(rotation()), output_changes: { t: output(false) }, configuration: made("t", ...TOKEN) },
    "output.t: update that shows a secret",
  ],
  [
    "an output that shows a whole key",
    { ...plan(rotation()), output_changes: { t: output(false) }, configuration: made("t", "pangolin_api_key.ci") },
    "output.t: update that shows a secret",
  ],
  [
    "an output that is no longer sensitive",
    { ...plan(rotation()), output_changes: { t: output(true, { after_sensitive: false }) }, configuration: made("t", ...TOKEN) },
    "no longer sensitive",
  ],
  [
    "the same, unchanged",
    { ...plan(), output_changes: { t: output(true, { actions: ["no-op"], after_sensitive: false }) } },
    "no longer sensitive",
  ],
  [
    "a new output",
    { ...plan(rotation()), output_changes: { t: output(true, { actions: ["create"] }) }, configuration: made("t", ...TOKEN) },
    "output.t: create",
  ],
  ["an output that goes", { ...plan(), output_changes: { t: output(true, { actions: ["delete"] }) } }, "output.t: delete"],
  [
    "an output of a key that does not rotate",
    { ...plan(), output_changes: { t: output(true) }, configuration: made("t", ...TOKEN) },
    "which no rotation changes",
  ],
  [
    "an output of something else",
    {
      ...plan(rotation()),
      output_changes: { t: output(true) },
      configuration: made("t", "terraform_data.consumer.output", "terraform_data.consumer"),
    },
    "terraform_data.consumer, which no rotation changes",
  ],
  [
    "an output of a variable",
    { ...plan(rotation()), output_changes: { t: output(true) }, configuration: made("t", "var.x", ...TOKEN) },
    "does not show what it refers to",
  ],
  [
    "an output whose value was another",
    { ...plan(rotation()), output_changes: { t: output(true, { before: "other" }) }, configuration: made("t", ...TOKEN) },
    "its value was not that of the key before",
  ],
  ["an output that is null", { ...plan(), output_changes: { t: null } }, "output.t: not understood"],
  [
    "a check that fails",
    { ...plan(), checks: [{ address: { to_display: "check.c" }, status: "fail" }] },
    "check.c: a check with the status fail",
  ],
  ["a check that is not understood", { ...plan(), checks: [{}] }, "checks[0]: not understood"],
])("%s is told", (_, document, text) => {
  expect(texts(document).join("\n")).toContain(text);
});

const consumer = (actions: string[], more: Json = {}) =>
  resource('terraform_data.consumer["a.b"]', { actions, before: {}, after: {} }, { index: "a.b", ...more });

test("what is allowed may be updated or replaced, and nothing more", () => {
  const allowed = (actions: string[], address = "terraform_data.consumer", more: Json = {}) =>
    texts(plan(rotation(), consumer(actions, more)), [address]);
  for (const actions of [["update"], ["delete", "create"], ["create", "delete"]]) expect(allowed(actions)).toEqual([]);
  expect(allowed(["update"], 'terraform_data.consumer["a.b"]')).toEqual([]);
  expect(allowed(["update"], 'terraform_data.consumer["b"]')).toHaveLength(1);
  expect(allowed(["update"], "terraform_data")).toHaveLength(1);
  for (const actions of [["create"], ["delete"], ["forget"], ["read"], ["create", "forget"]]) expect(allowed(actions)).toHaveLength(1);
  expect(allowed(["update"], undefined, { previous_address: "terraform_data.b" })).toHaveLength(1);
});

test("an allowed output may change, not come or go", () => {
  const outputs = (actions: string[]) => texts({ ...plan(), output_changes: { x: output(false, { actions }) } }, ["output.x"]);
  expect(outputs(["update"])).toEqual([]);
  expect(outputs(["create"])).toHaveLength(1);
  expect(outputs(["delete"])).toHaveLength(1);
});
