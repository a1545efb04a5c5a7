import { refuse } from "../answers.js";
import type { Handlers } from "../route.js";

/** Oddities of the real server that come before any validation of its own. */
export const oddities: Readonly<Record<string, (body: unknown) => void>> = {
  createResource: (body) => {
    if (body === undefined) refuse(500, "An error occurred");
    const { mode, http, protocol } = body as Readonly<Record<string, unknown>>;
    const told = mode ?? http ?? protocol;
    if (told === undefined || told === null || told === "") refuse(400, "mode is required when deprecated fields are not provided");
  },
};

export const handlers: Handlers = {
  /** The path brings a parameter that the handler's schema does not know. */
  createResourceByPutOfSite: () => refuse(400, 'Validation error: Unrecognized key: "siteId"'),
};
