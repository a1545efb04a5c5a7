/** An answer to a request: the real server's JSON envelope, or one of its pages. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { "Content-Type": "application/json; charset=utf-8" },
  body: JSON.stringify(body),
});

export const success = (data: unknown, message: string, status = 200): Answer =>
  json(status, { data, success: true, error: false, message, status });

export const failure = (status: number, message: string): Answer =>
  json(status, { data: null, success: false, error: true, message, status, stack: null });

export const healthy = (): Answer => json(200, { message: "Healthy" });

/** The real server's page for an unknown route. */
export const noSuchRoute = (method: string, path: string): Answer => page(404, "Error", `Cannot ${method} ${encodeUrl(path)}`);

export const redirected = (location: string): Answer => {
  const { headers, ...answer } = page(301, "Redirecting", `Redirecting to ${location}`);
  return { ...answer, headers: { ...headers, "Content-Type": "text/html; charset=UTF-8", Location: location } };
};

const page = (status: number, title: string, text: string): Answer => ({
  status,
  headers: { "Content-Type": "text/html; charset=utf-8" },
  body: `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n<body>\n<pre>${escapeHtml(text)}</pre>\n</body>\n</html>\n`,
});

/** What is encoded already stays as it is. */
const encodeUrl = (text: string): string => text.replace(/%(?![\da-f]{2})|[^\x21-\x7e]|["<>\\^`{|}]/gi, encodeURIComponent);

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Thrown by a check or a handler to answer the request. */
export class Refusal extends Error {
  constructor(readonly answer: Answer) {
    super(answer.body);
  }
}

export const refuse = (status: number, message: string): never => {
  throw new Refusal(failure(status, message));
};
