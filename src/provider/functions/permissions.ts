import * as z from "zod";
import { FunctionError, parameter, providerFunction, setOf } from "../../bridge/sdk.js";
import { permissionCatalogue } from "../../integration-api/index.js";

export const permissionsFunction = providerFunction({
  summary: "Names of permissions by category and verb",
  description:
    'Returns the names of the permissions of a category that begin with one of the verbs, e.g. `provider::pangolin::permissions("site", ["get", "list"])`. ' +
    "The category `*` means all categories, and an empty set of verbs means all verbs. Permissions that only root keys can use are not included.",
  parameters: [
    parameter("category", z.string(), "Category, such as `site`, or `*` for all."),
    parameter("verbs", setOf(z.string()), "Verbs that the names begin with, such as `get` and `list`. Empty for all."),
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
