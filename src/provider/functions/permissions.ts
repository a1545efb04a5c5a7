import * as z from "zod";
import { FunctionError, parameter, providerFunction, setOf } from "../../bridge/sdk.js";
import { permissionCatalogue } from "../../integration-api/index.js";

export const permissionsFunction = providerFunction({
  summary: "Names of permissions by category and verb",
  description:
    'The permissions about one kind of thing whose names begin with one of the verbs, e.g. `provider::pangolin::permissions("site", ["get", "list"])`. ' +
    "The category `*` stands for all, and no verbs for every verb. Permissions that only root keys can use are left out.",
  parameters: [
    parameter("category", z.string(), "What the permissions are about, such as `site`; `*` for everything."),
    parameter("verbs", setOf(z.string()), "How the names begin, such as `get` and `list`; empty for all."),
  ],
  returns: setOf(z.string()),
  call([category, verbs]) {
    const found = permissionCatalogue.all.filter(
      (permission) =>
        !permission.rootOnly &&
        (category === "*" || permission.category === category) &&
        (verbs.length === 0 || verbs.some((verb) => new RegExp(`^${verb.replace(/\W/g, "\\$&")}([A-Z]|$)`).test(permission.name))),
    );
    if (category !== "*" && !permissionCatalogue.all.some((permission) => permission.category === category)) {
      const categories = [...new Set(permissionCatalogue.all.map((permission) => permission.category))].sort();
      throw new FunctionError(`There is no category "${category}"; the categories are ${categories.join(", ")}`, 0);
    }
    return found.map(({ name }) => name).sort();
  },
});
