import { logStray } from "./log.js";

/**
 * What is thrown or rejected where nobody catches it fails the call that it belongs to, and does not end the plugin with all the others.
 * `takesStray` says whether there is such a call.
 */
export function surviveStrayErrors(takesStray: (error: unknown) => boolean | Promise<boolean>): void {
  const take = async (error: unknown) => {
    if (!(await takesStray(error))) logStray(error);
  };
  const survive = (error: unknown) => {
    take(error).catch(logStray);
  };
  process.on("unhandledRejection", survive);
  process.on("uncaughtException", survive);
  // Nobody may read the log any more.
  process.stderr.on("error", () => {});
}
