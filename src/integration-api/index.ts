export type { ApiKeyRow, MintedApiKey } from "./api-key.js";
export { overlap } from "./cidr.js";
export { normaliseEndpoint } from "./endpoint-url.js";
export { type ErrorCode, IntegrationApiError, isAmbiguous, isIntegrationApiError } from "./errors.js";
export type { ClientOptions } from "./http-client.js";
export { type ApiKeyListing, IntegrationApi } from "./integration-api.js";
export type { NewOrg, Org, OrgChanges } from "./org.js";
export { type Permission, permissionCatalogue } from "./permission-catalogue.js";
export { parseToken, type Token } from "./token.js";
