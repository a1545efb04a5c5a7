import * as z from "zod";
import { endpoint } from "./endpoint.js";

export const health = endpoint({
  id: "health",
  method: "GET",
  path: "/",
  permission: null,
  rootOnly: false,
  repeatable: true,
  bare: true,
  data: z.object({ message: z.literal("Healthy") }),
});

/** What the server says of itself. Its version is told nowhere, so the operations are what tells versions apart. */
export const openApiDocument = endpoint({
  id: "openapi",
  method: "GET",
  path: "/openapi.json",
  permission: null,
  rootOnly: false,
  repeatable: true,
  bare: true,
  data: z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});
