import { join, resolve } from "node:path";

export const root = resolve(__dirname, "..", "..");
export const source = (...names: string[]) => join(root, "src", ...names);
