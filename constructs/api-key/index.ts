export { ApiKey } from "./api-key";
export type { ApiKeyIdAttributes, ApiKeyNameAttributes, ApiKeyOptions, ApiKeyProps, IApiKey } from "./props";
