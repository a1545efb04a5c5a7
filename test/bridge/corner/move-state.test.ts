import { sharedCorner } from "../../support/corner.js";
import { testSince } from "../../support/engine.js";
import { WiredCorner } from "./wire.js";

const corner = sharedCorner();
const moved = (from: string, to: string) => `moved {\n  from = ${from}\n  to   = ${to}\n}\n`;
const source = 'resource "terraform_data" "old" {\n  input = "hello"\n}\n';

testSince({ terraform: "1.11", tofu: "1.11" })(
  "an object of another provider's type becomes one of this type, and nothing is sent",
  async () => {
    const terraform = await corner(source);
    await terraform.apply();
    await terraform.write(`${moved("terraform_data.old", "framework_writeonly_move.new")}resource "framework_writeonly_move" "new" {
  string_attr      = "hello world!"
  writeonly_string = "secret"
}
`);
    const { json, file } = await terraform.plan();
    expect(json.resource_changes).toMatchObject([
      { address: "framework_writeonly_move.new", previous_address: "terraform_data.old", change: { actions: ["no-op"] } },
    ]);
    await terraform.apply([file]);
    expect([...(await terraform.state()).keys()]).toEqual(["framework_writeonly_move.new"]);
    expect(await terraform.attributes("framework_writeonly_move.new")).toEqual({ string_attr: "hello world!", writeonly_string: null });
    expect((await terraform.plan()).changes).toBe(false);
  },
);

testSince({ terraform: "1.8", tofu: "1.11" })(
  "an object that cannot become one of this type is refused, and stays what it was",
  async () => {
    const terraform = await corner(source);
    await terraform.apply();
    await terraform.write(`${moved("terraform_data.old", "framework_move_state.new")}resource "framework_move_state" "new" {}\n`);
    const told = (await terraform.failingPlan()).replaceAll(/\s+│?\s*/g, " ");
    expect(told).toContain("Unable to Move Resource State");
    // OpenTofu names the built-in provider without its host.
    expect(told).toMatch(/A terraform_data of (terraform\.io\/builtin\/)?terraform cannot become a framework_move_state\./);
    await terraform.write(
      `${moved("terraform_data.old", "framework_user.new")}resource "framework_user" "new" {\n  email = "a@b.example"\n  name = "a"\n  age = 1\n}\n`,
    );
    expect((await terraform.failingPlan()).replaceAll(/\s+│?\s*/g, " ")).toContain("cannot become a framework_user");
    expect([...(await terraform.state()).keys()]).toEqual(["terraform_data.old"]);
  },
);

// OpenTofu sends no identity with a move, up to 1.12.
testSince({ terraform: "1.12" })("an object brings its identity along", async () => {
  const terraform = await corner('resource "framework_identity" "old" {\n  name = "tom"\n}\n');
  await terraform.apply();
  await terraform.write(`${moved("framework_identity.old", "framework_move_state.new")}resource "framework_move_state" "new" {}\n`);
  await terraform.apply();
  expect((await terraform.state()).get("framework_move_state.new")).toMatchObject({
    values: { moved_random_string: "tom" },
    identity: { id: "id-123" },
  });
  expect((await terraform.plan()).changes).toBe(false);
});

test("the random provider's object, which no engine has here, is asked for over the wire", async () => {
  const wired = new WiredCorner();
  const moving = (sourceTypeName: string) =>
    wired.call("MoveResourceState", {
      sourceProviderAddress: "registry.terraform.io/hashicorp/random",
      sourceTypeName,
      sourceSchemaVersion: 3,
      sourceState: { json: Buffer.from('{"length":12,"result":"abc"}') },
      targetTypeName: "framework_move_state",
    });
  const { targetState, diagnostics = [] } = await moving("random_string");
  expect(await wired.unwired("framework_move_state", targetState)).toEqual({ moved_random_string: "abc" });
  expect(diagnostics).toEqual([]);
  expect((await moving("random_password")).diagnostics).toMatchObject([
    {
      summary: "Unable to Move Resource State",
      detail: "A random_password of registry.terraform.io/hashicorp/random cannot become a framework_move_state.",
    },
  ]);
});
