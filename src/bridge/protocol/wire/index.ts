export { decode } from "./decode.js";
export { encode } from "./encode.js";
export type { MessageName, MessageOf } from "./message-types.js";
export { type MethodDeclaration, methods } from "./methods.js";
export { WireError } from "./reader.js";
