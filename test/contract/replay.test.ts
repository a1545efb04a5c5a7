import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { NEWEST, type Sandbox, SERVER_VERSIONS, type ServerVersion, startSandbox } from "../../src/sandbox/index.js";
import { replay, type Scenario } from "./replay.js";

/** A folder of exchanges for each version; those of the newest are beside the folders. */
const scenariosOf = (version: ServerVersion) => {
  const folder = join(__dirname, "exchanges", version === NEWEST ? "" : version);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .flatMap((file) =>
      (JSON.parse(readFileSync(join(folder, file), "utf8")) as Scenario[]).map((scenario) => ({
        title: `${file.replace(".json", "")}: ${scenario.scenario}`,
        scenario,
      })),
    );
};

describe.each(SERVER_VERSIONS)("%s", (version) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ version });
  });
  afterAll(() => sandbox.close());

  test.each(scenariosOf(version))("$title", async ({ scenario }) => {
    expect(await replay(scenario, sandbox, randomBytes(3).toString("hex"))).toEqual([]);
  });
});
