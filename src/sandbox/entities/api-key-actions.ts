import * as z from "zod";
import { refuse, success } from "../answers.js";
import type { Handlers } from "../route.js";
import { pageOf, validate } from "../validation.js";

const setBody = z.strictObject({ actionIds: z.tuple([z.string()], z.string()).transform((ids) => [...new Set(ids)]) });

export const handlers: Handlers = {
  listApiKeyActions: (request) => {
    const { params, store } = request;
    const { limit, offset } = pageOf(request);
    const held = store.key(params.apiKeyId ?? "")?.actions ?? [];
    const actions = held.slice(offset, offset + limit).map((actionId) => ({ actionId }));
    return success({ actions, pagination: { total: actions.length, limit, offset } }, "API keys retrieved successfully");
  },

  /** Replaces the list. Kept permissions stay in place, new ones follow. */
  setApiKeyActions: ({ params, body, store, server }) => {
    const { actionIds } = validate(setBody, body);
    if (!actionIds.every((id) => server.permissions.has(id))) return refuse(400, "One or more actions do not exist");
    const key = store.key(params.apiKeyId ?? "");
    if (!key) return refuse(500, "An error occurred");
    const kept = key.actions.filter((id) => actionIds.includes(id));
    key.actions = [...kept, ...actionIds.filter((id) => !kept.includes(id))];
    store.save();
    return success({}, "API key actions updated successfully");
  },
};
