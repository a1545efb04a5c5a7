export type { Fault, FaultOptions } from "./faults.js";
export { type Sandbox, type SandboxOptions, startSandbox } from "./server.js";
