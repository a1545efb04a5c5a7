import { refuse } from "./answers.js";
import type { Request } from "./route.js";
import { changesSomething } from "./validation.js";

type Check = (request: Request) => void;

const hasOrg = ({ params, store }: Request): boolean => store.org(params.orgId ?? "") !== undefined;

/** What the real server looks at before it validates anything, by operation. */
export const beforeValidation: Readonly<Record<string, Check>> = {
  createResource: (request) => {
    if (request.body === undefined) refuse(500, "An error occurred");
    if (!hasOrg(request)) refuse(404, `Organization with ID ${request.params.orgId} not found`);
    const { mode, http, protocol } = request.body as Readonly<Record<string, unknown>>;
    const told = mode ?? http ?? protocol;
    if (told === undefined || told === null || told === "") refuse(400, "mode is required when deprecated fields are not provided");
  },
  pickClientDefaults: (request) => {
    if (!hasOrg(request)) refuse(500, "An error occurred");
  },
};

/** What the real server's schemas check of a body as a whole, which the recorded facts do not tell, by operation. */
export const wholeBody: Readonly<Record<string, Check>> = {
  emailIdentityKeys: ({ body }) => {
    const { sendToAll, userIds = [], roleIds = [] } = body as { sendToAll?: boolean; userIds?: unknown[]; roleIds?: unknown[] };
    if (!sendToAll && userIds.length + roleIds.length === 0)
      refuse(400, 'Validation error: Select at least one user or role, or send to all users at "userIds"');
  },
  updateOrgUser: ({ body }) => changesSomething(body),
  updateRole: ({ body }) => changesSomething(body),
};
