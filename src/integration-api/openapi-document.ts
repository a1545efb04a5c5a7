import type * as z from "zod";
import type { documentData } from "./server.js";

const METHODS = new Set(["get", "put", "post", "patch", "delete"]);

/** The OpenAPI document of a server. Servers do not report their version, so this distinguishes them. */
export class OpenApiDocument {
  /** `GET /org/{orgId}` and so on. A path in the document is no proof of a route. */
  readonly operations: ReadonlySet<string>;

  constructor(private readonly document: z.output<typeof documentData>) {
    this.operations = new Set(
      Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.keys(methods).flatMap((method) => (METHODS.has(method) ? [`${method.toUpperCase()} ${path}`] : [])),
      ),
    );
  }

  /** The properties that the body of an operation takes; null: the document does not say. */
  bodyProperties(method: string, path: string): ReadonlySet<string> | null {
    const properties = this.document.paths[path]?.[method.toLowerCase()]?.requestBody?.content?.["application/json"]?.schema?.properties;
    return properties ? new Set(Object.keys(properties)) : null;
  }
}
