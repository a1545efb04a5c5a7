/** Normalises what a user gives as the endpoint: with or without the `/v1` and slashes at its end. Throws TypeError with a reason. */
export function normaliseEndpoint(text: string): string {
  // `localhost:3003` would be a URL of the scheme `localhost`.
  if (!text.includes("://") || !URL.canParse(text))
    throw new TypeError("it is not a URL; write it with its scheme, such as https://api.example.com");
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new TypeError("its scheme must be http or https");
  if (url.username || url.password) throw new TypeError("it must not hold credentials; the API key is an argument of its own");
  if (url.search || url.hash) throw new TypeError("it must not hold a query or a fragment");
  return `${url.origin}${url.pathname.replace(/\/+$/, "").replace(/\/v1$/, "")}/v1`;
}
