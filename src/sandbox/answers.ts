/** An answer to a request: the envelope in which the real server puts everything, or a page of its own. */
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

/** What the HTTP framework of the real server says to a route that it does not have. */
export const noSuchRoute = (method: string, path: string): Answer => ({
  status: 404,
  headers: { "Content-Type": "text/html; charset=utf-8" },
  body: `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>Cannot ${method} ${escapeHtml(path)}</pre>\n</body>\n</html>\n`,
});

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Thrown by a check or a handler to end a request with an answer. */
export class Refusal extends Error {
  constructor(readonly answer: Answer) {
    super(answer.body);
  }
}

export const refuse = (status: number, message: string): never => {
  throw new Refusal(failure(status, message));
};
