import * as z from "zod";
import { computed, dataSource, optional } from "../../bridge/sdk.js";
import { permissionCatalogue } from "../../integration-api/index.js";
import type { Session } from "../session.js";

export const permissions = dataSource<Session>()({
  description: "Lists the permissions of Pangolin 1.22.0 that an API key can have. Sends no request.",
  schema: z.object({
    category: optional(z.string().min(1), "Only permissions of this category, such as `site`."),
    permissions: computed(
      z.array(
        z.object({
          name: computed(z.string(), "The permission's name."),
          category: computed(z.string(), "What it is about."),
          root_only: computed(z.boolean(), "Whether the permission only has an effect on root keys."),
        }),
      ),
      "The permissions, sorted by name.",
    ),
  }),
  async read({ config }) {
    const category = typeof config.category === "string" ? config.category : null;
    const found = permissionCatalogue.all.filter((permission) => category === null || permission.category === category);
    return {
      category,
      permissions: [...found]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, category: about, rootOnly }) => ({ name, category: about, root_only: rootOnly })),
    };
  },
});
