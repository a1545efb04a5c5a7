import * as z from "zod";
import { computed, dataSource, optional } from "../../bridge/sdk.js";
import { permissionCatalogue } from "../../integration-api/index.js";
import type { Session } from "../session.js";

export const permissions = dataSource<Session>()({
  description: "The permissions that an API key can be given, as Pangolin 1.22.0 knows them. Asks no server.",
  schema: z.object({
    category: optional(z.string().min(1), "Only those about this kind of thing, such as `site`."),
    permissions: computed(
      z.array(
        z.object({
          name: computed(z.string(), "The permission's name."),
          category: computed(z.string(), "What it is about."),
          root_only: computed(z.boolean(), "Whether it has an effect on root keys only."),
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
