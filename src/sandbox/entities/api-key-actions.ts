import * as z from "zod";
import permissions from "../../integration-api/data/permissions.json";
import { refuse, success } from "../answers.js";
import type { Handlers } from "../route.js";
import { limitOffset, validate } from "../validation.js";

const known = new Set(permissions.map(({ id }) => id));
const setBody = z.strictObject({ actionIds: z.tuple([z.string()], z.string()).transform((ids) => [...new Set(ids)]) });

export const handlers: Handlers = {
  listApiKeyActions: ({ params, query, store }) => {
    const { limit, offset } = validate(limitOffset, query);
    const held = store.key(params.apiKeyId ?? "")?.actions ?? [];
    const actions = held.slice(offset, offset + limit).map((actionId) => ({ actionId }));
    return success({ actions, pagination: { total: actions.length, limit, offset } }, "API keys retrieved successfully");
  },

  /** Replaces the list: what is kept stays in its place, what is new follows. */
  setApiKeyActions: ({ params, body, store }) => {
    const { actionIds } = validate(setBody, body);
    if (!actionIds.every((id) => known.has(id))) return refuse(400, "One or more actions do not exist");
    const key = store.key(params.apiKeyId ?? "");
    if (!key) return refuse(500, "An error occurred");
    const kept = key.actions.filter((id) => actionIds.includes(id));
    key.actions = [...kept, ...actionIds.filter((id) => !kept.includes(id))];
    store.save();
    return success({}, "API key actions updated successfully");
  },
};
