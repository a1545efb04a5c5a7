export { ApiKey, type ApiKeyProps } from "./api-key";
export { PERMISSIONS, type PermissionName } from "./generated/permissions";
export { PangolinProvider } from "./generated/provider";
export { type IOrganization, Organization } from "./organization";
export { type PermissionCategory, PermissionGrants } from "./permission-grants";
