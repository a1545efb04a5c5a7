import { type Answer, failure, success } from "./answers.js";
import recorded from "./data/empty-organization.json";
import { factsOf, queryOf } from "./facts.js";
import { beforeValidation, wholeBody } from "./oddities.js";
import type { Request, Route } from "./route.js";
import { objectOf, schemaOf } from "./schema-of.js";
import { validate } from "./validation.js";

interface RecordedAnswer {
  readonly status: number;
  readonly message: string;
  readonly data?: unknown;
}

const answers: Readonly<Record<string, RecordedAnswer>> = recorded;

/**
 * The answer to operations on objects that the sandbox does not store: all checks of the real server, and then its answer in an
 * empty organization.
 */
export function recordedHandler(id: string): Route["handle"] {
  const facts = factsOf(id);
  const params = objectOf(facts.pathParams, false, "text");
  const body = facts.body && schemaOf({ ...facts.body, required: true }, "json");
  const bodyFirst = /^\/private-resource\/\{siteResourceId\}\/./.test(facts.path) || ["createIdpOrgPolicy", "updateClient"].includes(id);
  const answer = answers[id];
  return (request) => {
    beforeValidation[id]?.(request);
    if (body && bodyFirst) validate(body, request.body);
    validate(params, request.params);
    const asked = queryOf(id, request);
    if (body) validate(body, request.body);
    wholeBody[id]?.(request);
    return answer ? answerOf(answer, request, asked) : notKept(facts.entity);
  };
}

function answerOf({ status, message, data }: RecordedAnswer, { params, query }: Request, asked: Readonly<Record<string, unknown>>): Answer {
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? query[name] ?? ""));
  if (data === undefined) return failure(status, fill(message));
  const filled = JSON.parse(fill(JSON.stringify(data))) as Record<string, unknown>;
  const pagination = filled.pagination as Record<string, unknown> | undefined;
  for (const name of ["limit", "offset", "page", "pageSize"])
    if (pagination && name in pagination && asked[name] !== undefined) pagination[name] = asked[name];
  return success(filled, fill(message), status);
}

/** Not an answer of the real server: the operation would create or change something that the sandbox does not store. */
const notKept = (entity: string): Answer =>
  failure(501, `The sandbox keeps organizations, API keys, permissions and sites only; it does not keep this: ${entity}`);
