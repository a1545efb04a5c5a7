import type { Answer } from "../answers.js";
import { queryOf } from "../facts.js";
import type { Handlers, Request } from "../route.js";

/** Exports of logs in which nothing is: the head of a table. */
const emptyTable = (operation: string, file: string, request: Request): Answer => {
  queryOf(operation, request);
  return {
    status: 200,
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${file}-${request.params.orgId}-${request.now.getTime()}.csv"`,
    },
    body: "orgId,action,actorType,timestamp,actor\n",
  };
};

export const handlers: Handlers = {
  exportRequestAuditLogs: (request) => emptyTable("exportRequestAuditLogs", "request-audit-logs", request),
  exportAiSessionLogs: (request) => emptyTable("exportAiSessionLogs", "ai-session-logs", request),
};
