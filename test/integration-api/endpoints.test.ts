import * as apiKeys from "../../src/integration-api/api-key.js";
import * as actions from "../../src/integration-api/api-key-actions.js";
import facts from "../../src/integration-api/data/operations.json";
import * as orgs from "../../src/integration-api/org.js";

const declared = [...Object.values(orgs), ...Object.values(apiKeys), ...Object.values(actions)].filter(
  (value): value is typeof orgs.getOrg => typeof value === "object" && "method" in value,
);

test.each(declared.map((endpoint) => [endpoint.id, endpoint] as const))("%s is as the real server has it", (id, endpoint) => {
  const operation = facts.operations.find((candidate) => candidate.id === id);
  expect(operation).toMatchObject({
    method: endpoint.method,
    path: endpoint.path,
    action: endpoint.permission,
    rootOnly: endpoint.rootOnly,
  });
});
