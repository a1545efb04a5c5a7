export type { Fault, FaultOptions } from "./faults.js";
export { type LoggedRequest, type Sandbox, type SandboxOptions, startSandbox } from "./server.js";
export { NEWEST, SERVER_VERSIONS, type ServerVersion } from "./version.js";
