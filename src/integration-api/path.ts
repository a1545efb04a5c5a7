import type { Endpoint } from "./endpoint.js";
import { IntegrationApiError } from "./errors.js";

/**
 * Why a text cannot stand in a path as an organization's or another object's id; undefined: it can. An URL is shortened by `.` and `..` however
 * they are encoded, and servers and gateways read an encoded slash as one, so such an id would name another path than it seems to.
 */
export function problemOfPathId(id: string): string | undefined {
  if (id === "") return "it is empty";
  if (/^(\.|%2e){1,2}$/i.test(id)) return `"${id}" changes the path of a request`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[/\\?#\x00-\x1f\x7f]|%2f|%5c/i.test(id)) return "it holds a slash or another character that ends a part of a path";
  return undefined;
}

/** Fills in the parameters of a path. Refuses a value that would change the path, before anything is sent. */
export function pathOf(endpoint: Endpoint, params: Readonly<Record<string, string>>): string {
  return endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? "";
    const problem = problemOfPathId(value);
    if (problem !== undefined)
      throw new IntegrationApiError(
        "invalid_request",
        `${endpoint.method} ${endpoint.path} was not sent: ${name} cannot be part of a path, since ${problem}.`,
        `Correct ${name}.`,
        { method: endpoint.method, path: endpoint.path },
      );
    return encodeURIComponent(value);
  });
}
