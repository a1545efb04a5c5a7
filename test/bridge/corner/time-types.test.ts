import { sharedCorner } from "../../support/corner.js";

const corner = sharedCorner();

/** One resource for each text. */
const configuration = (attribute: string, texts: readonly string[]) =>
  texts.map((text, index) => `resource "framework_timetypes" "t${index}" {\n  ${attribute} = ${JSON.stringify(text)}\n}\n`).join("");

test.each([
  ["go_duration", ["1h2m3s", "-1.5h", "0", "300ms"], "60m2m3s"],
  ["rfc3339", ["2000-01-02T03:04:05+00:00", "2024-02-29T23:59:59.123456789+14:00", "0001-01-01T00:00:00-00:00"], "2000-01-02T03:04:05Z"],
])("%s keeps its text where the server has another one for the same", async (attribute, texts, reworded) => {
  const terraform = await corner(configuration(attribute, texts));
  await terraform.apply();
  expect([...(await terraform.state()).values()].map(({ values }) => values[attribute])).toEqual(texts);
  expect((await terraform.plan()).changes).toBe(false);

  // Where the configuration has other words, it is they that are kept.
  await terraform.write(configuration(attribute, [reworded, ...texts.slice(1)]));
  await terraform.apply();
  expect((await terraform.attributes("framework_timetypes.t0"))[attribute]).toBe(reworded);
  expect((await terraform.plan()).changes).toBe(false);
});

test.each([
  ["go_duration", ["", "1", "1d", "1h 2m", "invalid"], "Invalid Time Duration String Value"],
  ["rfc3339", ["", "2000-01-02", "2000-01-02 03:04:05Z", "2000-01-02T25:00:00Z", "invalid"], "Invalid RFC3339 String Value"],
])("%s: a text without its form is an error there", async (attribute, texts, summary) => {
  const terraform = await corner(configuration(attribute, texts));
  const told = await terraform.failingPlan();
  expect(told.match(new RegExp(`Error: ${summary}`, "g"))).toHaveLength(texts.length);
  for (const text of texts) expect(told).toContain(`:   ${attribute} = ${JSON.stringify(text)}\n`);
});

test("a text that is not known yet is looked at when it is", async () => {
  const terraform = await corner(`resource "terraform_data" "source" {
  input = "soon"
}
resource "framework_timetypes" "test" {
  go_duration = terraform_data.source.output
}
`);
  await terraform.plan();
  const { text } = await terraform.apply([], { expect: 1 });
  expect(text).toContain("Invalid Time Duration String Value");
});
