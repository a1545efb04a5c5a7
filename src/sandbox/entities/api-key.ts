import * as z from "zod";
import { refuse, success } from "../answers.js";
import type { Handlers } from "../route.js";
import { name, pageOf, validate } from "../validation.js";

const createBody = z.object({ name: name() });

export const handlers: Handlers = {
  listOrgApiKeys: (request) => {
    const { params, store } = request;
    const { limit, offset } = pageOf(request);
    const orgId = params.orgId ?? "";
    const apiKeys = store
      .keysOf(orgId)
      .slice(offset, offset + limit)
      .map((key) => ({ apiKeyId: key.apiKeyId, orgId, lastChars: key.lastChars, createdAt: key.createdAt, name: key.name }));
    return success({ apiKeys, pagination: { total: apiKeys.length, limit, offset } }, "API keys retrieved successfully");
  },

  /** The row of the key is written before its link to the organization, so with a missing organization an orphan row remains. */
  createOrgApiKey: ({ params, body, store, now }) => {
    const accepted = validate(createBody, body);
    const { key, secret } = store.mint(accepted.name, now);
    if (!store.org(params.orgId ?? "")) {
      store.save();
      return refuse(500, "FOREIGN KEY constraint failed");
    }
    store.data.links.push({ orgId: params.orgId ?? "", apiKeyId: key.apiKeyId });
    store.save();
    const { apiKeyId, lastChars, createdAt } = key;
    return success({ apiKeyId, apiKey: secret, name: accepted.name, lastChars, createdAt }, "API key created", 201);
  },

  /** The organization in the path is ignored. */
  deleteApiKey: ({ params, store }) => {
    const apiKeyId = params.apiKeyId ?? "";
    if (!store.key(apiKeyId)) return refuse(404, `API Key with ID ${apiKeyId} not found`);
    store.removeKey(apiKeyId);
    store.save();
    return success(null, "API key deleted successfully");
  },
};
