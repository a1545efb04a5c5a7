import { cornerWorkspace, sharedCorner } from "../../support/corner.js";

const corner = sharedCorner();
const inOneLine = (text: string) => text.replaceAll(/\s+│?\s*/g, " ");

test("a create that takes longer than its timeout is given up, and says so", async () => {
  const configuration = (create: string) => `resource "framework_timeouts" "test" {\n  timeouts = {\n    create = "${create}"\n  }\n}\n`;
  const terraform = await cornerWorkspace(configuration("10ms"), { CORNER_CREATE_MS: String(60 * 60 * 1_000) });
  const told = inOneLine((await terraform.apply([], { expect: 1 })).text);
  expect(told).toContain("Timed out");
  expect(told).toContain("The create was not done after 10ms, and was given up");
  expect(told).toContain("raise timeouts.create");
  expect([...(await terraform.state()).keys()]).toEqual([]);
});

test("a create that is done within its timeout is a create like any other", async () => {
  const terraform = await corner('resource "framework_timeouts" "test" {\n  timeouts = {\n    create = "1h"\n  }\n}\n');
  await terraform.apply();
  expect(await terraform.attributes("framework_timeouts.test")).toEqual({ timeouts: { create: "1h" } });
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.write('resource "framework_timeouts" "test" {}\n');
  await terraform.apply();
  expect(await terraform.attributes("framework_timeouts.test")).toEqual({ timeouts: null });
  expect((await terraform.plan()).changes).toBe(false);
});

const block = (slow: readonly string[], timeouts = "") =>
  `resource "framework_timeouts_block" "test" {\n  slow = ${JSON.stringify(slow)}\n  timeouts {\n    ${timeouts}\n  }\n}\n`;

test("each operation has a timeout of its own, and a default where none is given", async () => {
  const terraform = await corner(block(["create"], 'create = "10ms"'));
  const told = (await terraform.apply([], { expect: 1 })).text;
  expect(inOneLine(told)).toContain("The create was not done after 10ms");
  expect(told).toContain('4:     create = "10ms"');

  await terraform.write(block(["update"], 'create = "1h"'));
  await terraform.apply();
  await terraform.write(block(["update", "delete"], 'delete = "20ms"'));
  expect(inOneLine((await terraform.apply([], { expect: 1 })).text)).toContain("The update was not done after 10ms");
  expect((await terraform.attributes("framework_timeouts_block.test")).slow).toEqual(["update"]);

  await terraform.write(block(["delete"], 'delete = "20ms"'));
  await terraform.apply();
  expect(inOneLine((await terraform.destroy([], { expect: 1 })).text)).toContain("The delete was not done after 20ms");
  expect((await terraform.attributes("framework_timeouts_block.test")).slow).toEqual(["delete"]);

  await terraform.write(block(["read"], 'read = "10ms"'));
  await terraform.apply();
  expect(inOneLine(await terraform.failingPlan())).toContain("The read was not done after 10ms");
});

test("a timeout that is no duration is an error there", async () => {
  const terraform = await corner(block([], 'create = "soon"'));
  const told = await terraform.failingPlan();
  expect(told).toContain("Invalid Time Duration String Value");
  expect(told).toContain('4:     create = "soon"');
});
