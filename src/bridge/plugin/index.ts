export { servePluginForDebugging } from "./debug.js";
export { Logger, providerLogLevel } from "./log.js";
export type { CallContext, Method, MethodLookup, PluginOptions, Session } from "./method.js";
export { servePlugin } from "./serve.js";
