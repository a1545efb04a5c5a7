/** The door for those who declare a provider and its members. */
export { Decimal, DynamicValue, dynamicOf, isWhollyKnown, type Path, tupleOf, type Unknown, unknown } from "./cty/index.js";
export { type Action, action, type InvokeContext, type PlanActionContext } from "./framework/action.js";
export { brokenRulesOf } from "./framework/broken-rules.js";
export { type DataSource, dataSource, type ReadDataContext } from "./framework/data-source.js";
export type { Deferral, DeferralReason } from "./framework/deferral.js";
export { type Diagnostic, DiagnosticError, type Diagnostics } from "./framework/diagnostics.js";
export {
  type EphemeralResource,
  ephemeralResource,
  type OpenContext,
  type OpenedContext,
  type RenewContext,
} from "./framework/ephemeral-resource.js";
export { type ListContext, type Listed, type ListResource, listResource } from "./framework/list-resource.js";
export { type LogFields, type LogLevel, log } from "./framework/log.js";
export type { IdentityData } from "./framework/object-identity.js";
export type { PrivateState } from "./framework/private-state.js";
export { type ConfigureContext, type Lazy, type Provider, provider } from "./framework/provider.js";
export { FunctionError, type Parameter, type ProviderFunction, parameter, providerFunction } from "./framework/provider-function.js";
export {
  at,
  type CallbackContext,
  type Identity,
  type ImportContext,
  type MoveContext,
  type ObjectContext,
  type PlanContext,
  type PlanDestroyContext,
  type ReadContext,
  type Resource,
  resource,
  type Shape,
  type StateContext,
  type Stored,
  type UpdateContext,
  type UpgradeContext,
  type ValidateContext,
  type WriteContext,
} from "./framework/resource.js";
export {
  type AttributeFacts,
  block,
  type Config,
  computed,
  optional,
  optionalComputed,
  type Planned,
  required,
  type Settled,
  type State,
  setOf,
} from "./framework/schema/attribute.js";
export { exactNumber, float32, float64, int64 } from "./framework/schema/number.js";
export { type WriteOnlyPair, writeOnlyPair } from "./framework/schema/write-only-pair.js";
export { providerSchemaJson } from "./framework/schema-json.js";
export { type TimedOperation, timeouts } from "./framework/timeouts.js";
export { type CustomText, customText } from "./framework/types/custom-text.js";
export { ipv4Address, ipv4Prefix, ipv6Address, ipv6Prefix } from "./framework/types/ip-address.js";
export { jsonText, normalizedJsonText } from "./framework/types/json-text.js";
export { goDuration, rfc3339 } from "./framework/types/time-text.js";
export { atLeastOneOf, type ConfigValidator, conflicting, exactlyOneOf, requiredTogether } from "./framework/validators.js";
export { providerMethods, providerSchemaResponse } from "./protocol/service.js";
