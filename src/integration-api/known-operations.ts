import documented from "./data/documented-operations.json";

/** `GET /org/{orgId}` and so on: what the OpenAPI document of Pangolin 1.22.0 lists. It leaves some operations out, and lists others under both of their names. */
export const DOCUMENTED_OPERATIONS: readonly string[] = documented;
