import * as z from "zod";
import { orNull, told, toldFields } from "../../src/integration-api/told.js";

const answer = z.object({ id: z.string(), days: told(z.number()), key: orNull(z.string()) });

test("what is not told, or told in another form, fails nothing; what is not known is dropped", () => {
  expect(answer.parse({ id: "a" })).toEqual({ id: "a", key: null });
  expect(answer.parse({ id: "a", days: "7 days", key: { pem: "" } })).toEqual({ id: "a", days: undefined, key: null });
  expect(answer.parse({ id: "a", days: 7, key: "k", later: true })).toEqual({ id: "a", days: 7, key: "k" });
});

test("a field that is null is told, and one that is missing is not", () => {
  expect([...toldFields(answer.parse({ id: "a", days: null }))].sort()).toEqual(["days", "id", "key"]);
  expect(toldFields(answer.parse({ id: "a" })).has("days")).toBe(false);
});

test("what a call needs is still asked for", () => {
  expect(answer.safeParse({ days: 7 }).success).toBe(false);
});
