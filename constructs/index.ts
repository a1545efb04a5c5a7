export { ApiKey, type ApiKeyIdAttributes, type ApiKeyNameAttributes, type ApiKeyOptions, type ApiKeyProps, type IApiKey } from "./api-key";
export { Duration } from "./duration";
export { PERMISSIONS, type PermissionName } from "./generated/permissions";
export { PangolinProvider } from "./generated/provider";
export { type IOrganization, type LogRetention, Organization, type OrganizationOptions, type OrganizationProps } from "./organization";
export { PermissionGrant } from "./permission-grant";
export { type PermissionCategory, PermissionGrants } from "./permission-grants";
