/** Resources and functions of the provider, one line each. A file is loaded when Terraform first uses it. */
export const members = {
  resources: {
    pangolin_api_key: async () => (await import("./api-key/resource.js")).apiKey,
    pangolin_api_key_grant: async () => (await import("./api-key-grant.js")).apiKeyGrant,
    pangolin_api_key_permissions: async () => (await import("./api-key-permissions.js")).apiKeyPermissions,
    pangolin_org: async () => (await import("./org/resource.js")).org,
  },
  dataSources: {
    pangolin_api_key: async () => (await import("./data-sources/api-key.js")).apiKey,
    pangolin_api_keys: async () => (await import("./data-sources/api-keys.js")).apiKeys,
    pangolin_org: async () => (await import("./data-sources/org.js")).org,
    pangolin_orgs: async () => (await import("./data-sources/orgs.js")).orgs,
    pangolin_permissions: async () => (await import("./data-sources/permissions.js")).permissions,
  },
  ephemeralResources: {
    pangolin_api_key: async () => (await import("./api-key/ephemeral.js")).ephemeralApiKey,
  },
  listResources: {
    pangolin_api_key: async () => (await import("./list-resources/api-keys.js")).apiKeyList,
    pangolin_org: async () => (await import("./list-resources/orgs.js")).orgList,
  },
  functions: {
    parse_token: async () => (await import("./functions/parse-token.js")).parseTokenFunction,
    permissions: async () => (await import("./functions/permissions.js")).permissionsFunction,
  },
};
