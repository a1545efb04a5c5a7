import * as z from "zod";
import { endpoint } from "./endpoint.js";
import { told } from "./told.js";

export const health = endpoint({
  id: "health",
  method: "GET",
  path: "/",
  permission: null,
  rootOnly: false,
  repeatable: true,
  bare: true,
  data: z.object({ message: z.string() }),
});

const schemaData = told(z.object({ properties: told(z.record(z.string(), z.unknown())) }));
const operationData = z
  .object({ requestBody: told(z.object({ content: told(z.record(z.string(), told(z.object({ schema: schemaData })))) })) })
  .catch({});
export const documentData = z.object({ paths: z.record(z.string(), z.record(z.string(), operationData).catch({})) });

export const openApiDocument = endpoint({
  id: "openapi",
  method: "GET",
  path: "/openapi.json",
  permission: null,
  rootOnly: false,
  repeatable: true,
  bare: true,
  data: documentData,
});
