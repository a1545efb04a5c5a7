import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeMsgpack, encodeMsgpack, type Path, pathToString, type Value } from "../../../src/bridge/cty/index.js";
import type { Diagnostic } from "../../../src/bridge/framework/diagnostics.js";
import { upgradeResourceState } from "../../../src/bridge/framework/rpc/upgrade-resource-state.js";
import { validateConfig } from "../../../src/bridge/framework/rpc/validate-config.js";
import { plan, serverOf } from "./harness.js";
import { type Descriptions, resourceOf, typeOfAll } from "./oracle/resource.js";
import { read, readObject, type Written, write } from "./oracle/values.js";

/** What Terraform's own Go framework answered; `test/fixtures/oracle/generate/main.go` asked it. */
interface Fixture {
  readonly schemas: readonly Descriptions[];
  readonly plans: readonly (Answer &
    Record<"config" | "prior" | "proposed" | "planned", Written> & {
      readonly replace?: readonly string[];
      /** Base64. */
      readonly sent?: string;
    })[];
  readonly validations: readonly (Answer & { readonly config: Written; readonly writeOnlyDenied?: boolean })[];
  readonly upgrades: readonly (Answer & { readonly json: string; readonly state: Written })[];
}

interface Answer {
  readonly schema: number;
  readonly diagnostics?: readonly string[];
}

const fixture = JSON.parse(readFileSync(join(__dirname, "../../fixtures/oracle/cases.json"), "utf8")) as Fixture;
const things = fixture.schemas.map((descriptions) => ({ resource: resourceOf(descriptions), type: typeOfAll(descriptions) }));

const numbered = <T extends Answer>(cases: readonly T[]) =>
  cases.map((one, index) => ({ ...one, name: `${index} (schema ${one.schema})`, ...(things[one.schema] as (typeof things)[number]) }));

/** As the protocol sends a path, which has no step into a set. */
function sent(path: Path): string {
  const end = path.findIndex(({ kind }) => kind === "element");
  return pathToString(end < 0 ? path : path.slice(0, end));
}

const told = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ severity, path }) => (path ? `${severity} ${sent(path)}` : severity)).sort();

test.each(numbered(fixture.plans))("plan $name", async ({ resource, type, config, prior, proposed, planned, replace, diagnostics }) => {
  const answer = await plan(resource, readObject(config, type) as never, readObject(prior, type), readObject(proposed, type) as never);
  expect({
    planned: write(answer.planned, type),
    replace: [...new Set(answer.requiresReplace.map(sent))].sort(),
    diagnostics: told(answer.diagnostics),
  }).toEqual({ planned: write(read(planned, type), type), replace: replace ?? [], diagnostics: diagnostics ?? [] });
});

test.each(numbered(fixture.validations))("validate $name", async ({ resource, type, config, writeOnlyDenied = false, diagnostics }) => {
  const server = serverOf(resource);
  const { schema } = await server.resource("test_thing");
  const answer = await validateConfig(server, schema, {}, readObject(config, type), { writeOnlyAllowed: !writeOnlyDenied });
  expect(told(answer)).toEqual(diagnostics ?? []);
});

test.each(numbered(fixture.upgrades))("upgrade $name", async ({ resource, type, json, state, diagnostics }) => {
  const server = serverOf(resource);
  const { schema } = await server.resource("test_thing");
  const answer = await upgradeResourceState(
    server,
    { typeName: "test_thing", schema },
    { version: schema.version, json: Buffer.from(json) },
  );
  expect({ state: write(answer.state, type), diagnostics: told(answer.diagnostics) }).toEqual({
    state: write(read(state, type), type),
    diagnostics: diagnostics ?? [],
  });
});

const encoded = numbered(fixture.plans).flatMap(({ sent, ...one }) => (sent === undefined ? [] : [{ ...one, sent }]));

test.each(encoded)("the bytes of what is planned $name", ({ type, planned, sent }) => {
  const [value, bytes] = [readObject(planned, type), Buffer.from(sent, "base64")];
  expect(write(decodeMsgpack(bytes, type) as Value, type)).toEqual(write(value, type));
  expect(Buffer.from(encodeMsgpack(value, type))).toEqual(bytes);
});
