/** What the provider has: one line each. A member's file is loaded when Terraform first names it. */
export const members = {
  resources: {
    pangolin_api_key: async () => (await import("./api-key/resource.js")).apiKey,
  },
  dataSources: {},
  functions: {},
};
