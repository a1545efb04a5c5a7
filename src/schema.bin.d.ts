/** The answer to GetProviderSchema, made at build time and put into the bundle of `executable.ts`. */
declare const bytes: Uint8Array;
export default bytes;
