import { listResource as list } from "../../framework/rpc/list-resource.js";
import { validateConfig } from "../../framework/rpc/validate-config.js";
import { call, streamCall } from "../call.js";
import { diagnosticsTo } from "../diagnostics.js";
import { identityTo } from "../identity.js";
import { configFrom, objectFrom, valueTo } from "../values.js";

/** Terraform looks for the place of a diagnostic from the list block on, which holds the configuration in a block of this name. */
const CONFIG = { kind: "attribute", name: "config" } as const;

export const validateListResourceConfig = call(
  "ValidateListResourceConfig.Request",
  "ValidateListResourceConfig.Response",
  async (server, request) => {
    const { schema, definition } = await server.listResource(request.typeName ?? "");
    const diagnostics = await validateConfig(server, schema, definition, objectFrom(request.config, schema.type));
    return { diagnostics: diagnosticsTo(diagnostics.map((one) => ({ ...one, ...(one.path && { path: [CONFIG, ...one.path] }) }))) };
  },
);

export const listResource = streamCall(
  "ListResource.Request",
  "ListResource.Event",
  async function* (server, request, signal) {
    const found = await server.listResource(request.typeName ?? "");
    const config = configFrom(request.config, found.schema.type);
    const includeResource = request.includeResourceObject ?? false;
    const limit = Number(request.limit ?? 0) || Number.POSITIVE_INFINITY;
    const { schema, identity: identitySchema } = found.resource;
    for await (const event of list(server, found, { config, includeResource, limit, signal })) {
      const identity = identityTo(identitySchema, event.identity);
      yield {
        displayName: event.displayName,
        ...(identity && { identity }),
        ...(event.state && { resourceObject: valueTo(event.state, schema.type) }),
        diagnostic: diagnosticsTo(event.diagnostics),
      };
    }
  },
  (diagnostic) => ({ diagnostic }),
);
