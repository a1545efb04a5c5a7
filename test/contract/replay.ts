import { type Dispatcher, request } from "undici";

/** Sends recorded requests to a server and compares what it answers; the form of a file is told by what {@link Scenario} holds. */
export interface Scenario {
  readonly scenario: string;
  readonly steps: readonly Step[];
}

interface Step {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Record<string, string>;
    readonly body?: unknown;
    readonly rawBody?: string;
  };
  readonly response: { readonly status: number; readonly contentType: string; readonly body: unknown };
  /** What becomes known here: placeholder to path in the answer. */
  readonly bind?: Readonly<Record<string, string>>;
  readonly name?: Readonly<Record<string, string>>;
  /** Paths whose value is not compared. */
  readonly vary?: readonly string[];
  /** A list that all organizations share: only rows that this scenario knows are compared. */
  readonly keep?: { readonly list: string; readonly field: string };
}

const PLACEHOLDER = /<#?[A-Za-z][\w-]*(?::\d+)?>/g;

/** Every difference between what was recorded and what the server answers, one line each. */
export async function replay({ steps }: Scenario, server: { endpoint: string; apiKey: string }, run: string): Promise<string[]> {
  const known = new Map<string, unknown>([
    ["<rootKey>", server.apiKey],
    ["<rootKeyId>", server.apiKey.split(".")[0]],
    ["<run>", run],
  ]);
  const found: string[] = [];
  for (const [index, step] of steps.entries()) {
    const { method, path, headers = {}, body, rawBody } = step.request;
    for (const [placeholder] of JSON.stringify(step.request).matchAll(/<orgId:\d+>/g))
      known.set(placeholder, `replay-${run}-${placeholder.replace(/\D/g, "")}`);
    const payload =
      rawBody !== undefined ? String(fill(rawBody, known)) : body !== undefined ? JSON.stringify(fill(body, known)) : undefined;
    const url = server.endpoint + encodeURI(String(fill(path, known))).replace(/%25/g, "%");
    // Not fetch: recorded requests include a GET with a body.
    const answer = await request(url, {
      method: method as Dispatcher.HttpMethod,
      headers: fill(headers, known) as Record<string, string>,
      ...(payload !== undefined && { body: payload }),
    });
    const text = await answer.body.text();
    const contentType = String(answer.headers["content-type"] ?? "").split(";")[0];
    const actual: unknown = contentType === "application/json" && text !== "" ? JSON.parse(text) : text;
    if (step.keep) keepOwnRows(actual, step.keep, known);
    for (const [placeholder, at] of Object.entries({ ...step.bind, ...step.name })) known.set(placeholder, valueAt(actual, at));
    const place = `step ${index + 1} ${method} ${path}`;
    if (answer.statusCode !== step.response.status) found.push(`${place}: status ${answer.statusCode} instead of ${step.response.status}`);
    if (contentType !== step.response.contentType)
      found.push(`${place}: content type ${contentType} instead of ${step.response.contentType}`);
    found.push(...differences(step.response.body, actual, known, new Set(step.vary), "").map((line) => `${place}: ${line}`));
  }
  return found;
}

function fill(template: unknown, known: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(template)) return template.map((element) => fill(element, known));
  if (typeof template === "object" && template !== null)
    return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fill(value, known)]));
  if (typeof template !== "string") return template;
  if (template.startsWith("<#") && known.has(template)) return known.get(template);
  return template.replace(PLACEHOLDER, (placeholder) => (known.has(placeholder) ? String(known.get(placeholder)) : placeholder));
}

const steps = (path: string): string[] => path.split(/[.[\]]+/).filter(Boolean);
const valueAt = (value: unknown, path: string): unknown =>
  steps(path).reduce((inner, step) => (inner as Record<string, unknown> | undefined)?.[step], value);

function keepOwnRows(body: unknown, { list, field }: { list: string; field: string }, known: ReadonlyMap<string, unknown>): void {
  const names = steps(list);
  const parent = valueAt(body, names.slice(0, -1).join(".")) as Record<string, unknown> | undefined;
  const last = names.at(-1) ?? "";
  const rows = parent?.[last];
  if (!parent || !Array.isArray(rows)) return;
  const own = new Set(
    [...known].filter(([name]) => name.startsWith(`<${field}:`) || name.startsWith(`<#${field}:`)).map(([, value]) => value),
  );
  parent[last] = rows.filter((row: Record<string, unknown>) => own.has(row[field]));
}

function differences(
  expected: unknown,
  actual: unknown,
  known: ReadonlyMap<string, unknown>,
  vary: ReadonlySet<string>,
  path: string,
): string[] {
  if (vary.has(path) || expected === "<any>") return [];
  const shown = JSON.stringify(actual)?.slice(0, 200);
  if (expected === "<timestamp>")
    return typeof actual === "string" && !Number.isNaN(Date.parse(actual)) ? [] : [`${path} is no time: ${shown}`];
  if (expected === "<#timestamp>" || expected === "<#number>") return typeof actual === "number" ? [] : [`${path} is no number: ${shown}`];
  if (expected === "<lastChars>") return typeof actual === "string" ? [] : [`${path} is no text: ${shown}`];
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return [`${path} is not a list of ${expected.length}: ${shown}`];
    return expected.flatMap((element, index) => differences(element, actual[index], known, vary, `${path}[${index}]`));
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof actual !== "object" || actual === null) return [`${path} is no object: ${shown}`];
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...keys].flatMap((key) =>
      differences(
        (expected as Record<string, unknown>)[key],
        (actual as Record<string, unknown>)[key],
        known,
        vary,
        path ? `${path}.${key}` : key,
      ),
    );
  }
  const wanted = fill(expected, known);
  return wanted === actual ? [] : [`${path} is ${shown} instead of ${JSON.stringify(wanted)}`];
}
