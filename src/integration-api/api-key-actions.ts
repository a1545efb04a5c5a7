import * as z from "zod";
import { endpoint } from "./endpoint.js";

const path = "/org/{orgId}/api-key/{apiKeyId}/actions";

export const listApiKeyActions = endpoint({
  id: "listApiKeyActions",
  method: "GET",
  path,
  permission: "listApiKeyActions",
  rootOnly: true,
  repeatable: true,
  data: z.object({ actions: z.array(z.object({ actionId: z.string() })) }),
});
/** Replaces the whole list, so it may be repeated. An empty list is refused. */
export const setApiKeyActions = endpoint({
  id: "setApiKeyActions",
  method: "POST",
  path,
  permission: "setApiKeyActions",
  rootOnly: true,
  repeatable: true,
  data: z.unknown(),
});
