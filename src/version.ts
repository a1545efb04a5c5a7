import { version as packageVersion } from "../package.json";

/** The version of package, provider and command: package.json is the only place that says it. */
export const version: string = packageVersion;
