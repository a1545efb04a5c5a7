import { refuse } from "../answers.js";
import type { Handlers } from "../route.js";

export const handlers: Handlers = {
  /** The path brings a parameter that the handler's schema does not know. */
  createResourceByPutOfSite: () => refuse(400, 'Validation error: Unrecognized key: "siteId"'),
};
