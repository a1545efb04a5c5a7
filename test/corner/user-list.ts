import * as z from "zod";
import { listResource, optional } from "../../src/bridge/sdk.js";
import { stateOf } from "./user.js";
import type { Users } from "./users.js";

const schema = z.object({ language: optional(z.string(), "Only users who speak this language.") });

export const userList = listResource<Users>()<typeof schema.shape>({
  description: "The users in the file.",
  schema,
  async *list({ config, provider: users, includeResource }) {
    for (const user of users.all()) {
      if (config.language !== null && user.language !== config.language) continue;
      yield { identity: { email: user.email }, displayName: user.name, ...(includeResource && { state: stateOf(user) }) };
    }
  },
});
