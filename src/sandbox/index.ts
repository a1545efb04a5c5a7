export { type Fault, type FaultOptions } from "./faults.js";
export { type Sandbox, type SandboxOptions, startSandbox } from "./server.js";
