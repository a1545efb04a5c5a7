import type { MessageName } from "./message-types.js";

export interface MethodDeclaration {
  readonly request: MessageName;
  readonly response: MessageName;
  /** The server answers with any number of messages. */
  readonly stream?: boolean;
}

/** The calls of the service `tfplugin6.Provider`, by the path that gRPC gives them. */
export const methods: Readonly<Record<string, MethodDeclaration>> = {
  "/tfplugin6.Provider/GetMetadata": { request: "GetMetadata.Request", response: "GetMetadata.Response" },
  "/tfplugin6.Provider/GetProviderSchema": { request: "GetProviderSchema.Request", response: "GetProviderSchema.Response" },
  "/tfplugin6.Provider/GetResourceIdentitySchemas": {
    request: "GetResourceIdentitySchemas.Request",
    response: "GetResourceIdentitySchemas.Response",
  },
  "/tfplugin6.Provider/ValidateProviderConfig": { request: "ValidateProviderConfig.Request", response: "ValidateProviderConfig.Response" },
  "/tfplugin6.Provider/ValidateResourceConfig": { request: "ValidateResourceConfig.Request", response: "ValidateResourceConfig.Response" },
  "/tfplugin6.Provider/ValidateDataResourceConfig": {
    request: "ValidateDataResourceConfig.Request",
    response: "ValidateDataResourceConfig.Response",
  },
  "/tfplugin6.Provider/UpgradeResourceState": { request: "UpgradeResourceState.Request", response: "UpgradeResourceState.Response" },
  "/tfplugin6.Provider/UpgradeResourceIdentity": {
    request: "UpgradeResourceIdentity.Request",
    response: "UpgradeResourceIdentity.Response",
  },
  "/tfplugin6.Provider/ConfigureProvider": { request: "ConfigureProvider.Request", response: "ConfigureProvider.Response" },
  "/tfplugin6.Provider/ReadResource": { request: "ReadResource.Request", response: "ReadResource.Response" },
  "/tfplugin6.Provider/PlanResourceChange": { request: "PlanResourceChange.Request", response: "PlanResourceChange.Response" },
  "/tfplugin6.Provider/ApplyResourceChange": { request: "ApplyResourceChange.Request", response: "ApplyResourceChange.Response" },
  "/tfplugin6.Provider/ImportResourceState": { request: "ImportResourceState.Request", response: "ImportResourceState.Response" },
  "/tfplugin6.Provider/MoveResourceState": { request: "MoveResourceState.Request", response: "MoveResourceState.Response" },
  "/tfplugin6.Provider/ReadDataSource": { request: "ReadDataSource.Request", response: "ReadDataSource.Response" },
  "/tfplugin6.Provider/GenerateResourceConfig": { request: "GenerateResourceConfig.Request", response: "GenerateResourceConfig.Response" },
  "/tfplugin6.Provider/ValidateEphemeralResourceConfig": {
    request: "ValidateEphemeralResourceConfig.Request",
    response: "ValidateEphemeralResourceConfig.Response",
  },
  "/tfplugin6.Provider/OpenEphemeralResource": { request: "OpenEphemeralResource.Request", response: "OpenEphemeralResource.Response" },
  "/tfplugin6.Provider/RenewEphemeralResource": { request: "RenewEphemeralResource.Request", response: "RenewEphemeralResource.Response" },
  "/tfplugin6.Provider/CloseEphemeralResource": { request: "CloseEphemeralResource.Request", response: "CloseEphemeralResource.Response" },
  "/tfplugin6.Provider/ListResource": { request: "ListResource.Request", response: "ListResource.Event", stream: true },
  "/tfplugin6.Provider/ValidateListResourceConfig": {
    request: "ValidateListResourceConfig.Request",
    response: "ValidateListResourceConfig.Response",
  },
  "/tfplugin6.Provider/GetFunctions": { request: "GetFunctions.Request", response: "GetFunctions.Response" },
  "/tfplugin6.Provider/CallFunction": { request: "CallFunction.Request", response: "CallFunction.Response" },
  "/tfplugin6.Provider/ValidateActionConfig": { request: "ValidateActionConfig.Request", response: "ValidateActionConfig.Response" },
  "/tfplugin6.Provider/PlanAction": { request: "PlanAction.Request", response: "PlanAction.Response" },
  "/tfplugin6.Provider/InvokeAction": { request: "InvokeAction.Request", response: "InvokeAction.Event", stream: true },
  "/tfplugin6.Provider/ValidateStateStoreConfig": {
    request: "ValidateStateStoreConfig.Request",
    response: "ValidateStateStoreConfig.Response",
  },
  "/tfplugin6.Provider/ConfigureStateStore": { request: "ConfigureStateStore.Request", response: "ConfigureStateStore.Response" },
  "/tfplugin6.Provider/ReadStateBytes": { request: "ReadStateBytes.Request", response: "ReadStateBytes.ResponseChunk", stream: true },
  "/tfplugin6.Provider/WriteStateBytes": { request: "WriteStateBytes.RequestChunk", response: "WriteStateBytes.Response" },
  "/tfplugin6.Provider/LockState": { request: "LockState.Request", response: "LockState.Response" },
  "/tfplugin6.Provider/UnlockState": { request: "UnlockState.Request", response: "UnlockState.Response" },
  "/tfplugin6.Provider/GetStates": { request: "GetStates.Request", response: "GetStates.Response" },
  "/tfplugin6.Provider/DeleteState": { request: "DeleteState.Request", response: "DeleteState.Response" },
  "/tfplugin6.Provider/StopProvider": { request: "StopProvider.Request", response: "StopProvider.Response" },
};
