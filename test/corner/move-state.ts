import * as z from "zod";
import { computed, required, resource } from "../../src/bridge/sdk.js";

const text = z.string();
const schema = z.object({ moved_random_string: computed(text, "What was moved.") });

export const moveState = resource<unknown>()<typeof schema.shape>({
  description: "Takes over objects of other types.",
  schema,
  identity: { schema: z.object({ id: required(text, "An id.") }) },
  create: async ({ identityData }) => {
    identityData.set({ id: "made" });
    return { moved_random_string: "made" };
  },
  update: async ({ prior }) => prior,
  read: async ({ state, identityData }) => {
    // An engine without identities keeps none.
    if (!identityData.current) identityData.set({ id: state.moved_random_string });
    return state;
  },
  delete: async () => {},
  move({ source: { providerAddress, typeName, state, identity }, identityData }) {
    if (providerAddress === "registry.terraform.io/hashicorp/random" && typeName === "random_string") {
      identityData.set({ id: state.result });
      return { moved_random_string: String(state.result) };
    }
    if (providerAddress === "registry.terraform.io/hashicorp/framework" && typeName === "framework_identity" && identity) {
      identityData.set({ id: identity.id });
      return { moved_random_string: String(identity.name) };
    }
    return undefined;
  },
});
