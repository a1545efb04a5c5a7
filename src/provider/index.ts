/** What the provider has: one line each. A member's file is loaded when Terraform first names it. */
export const members = {
  resources: {
    pangolin_api_key: async () => (await import("./api-key/resource.js")).apiKey,
    pangolin_api_key_grant: async () => (await import("./api-key-grant.js")).apiKeyGrant,
    pangolin_api_key_permissions: async () => (await import("./api-key-permissions.js")).apiKeyPermissions,
  },
  dataSources: {
    pangolin_permissions: async () => (await import("./permissions/data-source.js")).permissions,
  },
  functions: {
    parse_token: async () => (await import("./functions/parse-token.js")).parseTokenFunction,
    permissions: async () => (await import("./functions/permissions.js")).permissionsFunction,
  },
};
