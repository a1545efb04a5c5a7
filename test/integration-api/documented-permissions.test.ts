import documentedOperations from "../../src/integration-api/data/documented-operations.json";
import documented from "../../src/integration-api/data/documented-permissions.json";
import facts from "../../src/integration-api/data/operations.json";
import permissions from "../../src/integration-api/data/permissions.json";

/** Derived from the recorded facts, which are too large for the provider to carry. */
test("the calls that a permission guards are those of the facts, where all of them are documented", () => {
  const names = new Set(documentedOperations);
  const guarded = permissions.flatMap(({ id, usedByIntegration }) => {
    const operations = usedByIntegration.map((name) => facts.operations.find((operation) => operation.id === name));
    const calls = operations.map((operation) =>
      operation
        ? [operation.path, ...(operation.aliases ?? [])].map((path) => `${operation.method} ${path}`).filter((call) => names.has(call))
        : [],
    );
    return calls.length > 0 && calls.every((call) => call.length > 0) ? [[id, [...new Set(calls.flat())].sort()] as const] : [];
  });
  expect(documented).toEqual(Object.fromEntries(guarded));
});
