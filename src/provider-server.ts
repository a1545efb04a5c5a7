import { providerMethods, providerSchemaJson as schemaJson, providerSchemaResponse as schemaResponse } from "./bridge/sdk.js";
import { ADDRESS, pangolin } from "./provider/provider.js";

/** The provider's side of the launch: everything that the entry does not need to reach the handshake. */
export const methods = () => providerMethods(pangolin);
export const providerSchemaResponse = () => schemaResponse(pangolin);
export const providerSchemaJson = () => schemaJson(pangolin, ADDRESS);
