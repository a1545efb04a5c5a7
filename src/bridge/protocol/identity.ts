import type { ValueObject } from "../cty/index.js";
import type { Schema } from "../framework/schema/schema.js";
import { objectFrom, valueTo } from "./values.js";
import type { MessageOf } from "./wire/index.js";

type ResourceIdentityData = MessageOf<"ResourceIdentityData">;

export const identityFrom = (schema: Schema | undefined, wire: ResourceIdentityData | undefined): ValueObject | undefined =>
  (schema && wire?.identityData && objectFrom(wire.identityData, schema.type)) || undefined;

export const identityTo = (schema: Schema | undefined, identity: ValueObject | undefined): ResourceIdentityData | undefined =>
  schema && identity && { identityData: valueTo(identity, schema.type) };
