export { collidingClassNames } from "./class-names.js";
export { brokenFunctionRules } from "./function.js";
export { brokenIdentityRules } from "./identity.js";
export { brokenRules, isName, NAME_RULE, type SchemaKind } from "./schema.js";
