/** Normalises what a user gives as the endpoint: with or without the `/v1` and slashes at its end. Throws TypeError with a reason. */
export function normaliseEndpoint(text: string): string {
  // `localhost:3003` would be a URL of the scheme `localhost`.
  if (!text.includes("://") || !URL.canParse(text))
    throw new TypeError("it is not a URL; include the scheme, as in https://api.example.com");
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new TypeError("its scheme must be http or https");
  if (url.username || url.password) throw new TypeError("it must not contain credentials; set the API key separately");
  if (url.search || url.hash) throw new TypeError("it must not contain a query or a fragment");
  return `${url.origin}${url.pathname.replace(/\/+$/, "").replace(/\/v1$/, "")}/v1`;
}
