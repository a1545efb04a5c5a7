import type * as z from "zod";
import type { Deferral } from "./deferral.js";
import type { PrivateState } from "./private-state.js";
import type { CallbackContext, Shape, ValidateContext } from "./resource.js";
import type { Config, State } from "./schema/attribute.js";

export interface OpenContext<S extends Shape, Data> extends CallbackContext<Data> {
  /** Wholly known: Terraform waits with the opening until it is. */
  readonly config: Config<S>;
  /** What renewing and closing need; it is in the memory of Terraform only. */
  readonly private: PrivateState;
  readonly deferral: Deferral;
  /** Terraform calls `renew` at this time, as long as it uses the result. */
  renewAt(time: Date): void;
}

export interface OpenedContext<Data> extends CallbackContext<Data> {
  readonly private: PrivateState;
}

export interface RenewContext<Data> extends OpenedContext<Data> {
  renewAt(time: Date): void;
}

/**
 * Something that lives as long as a run of Terraform, of which nothing is stored. Terraform opens it in plans too, and forgets to
 * close it where a consumer fails; what is still open is closed when the provider is shut down.
 */
export interface EphemeralResource<S extends Shape = Shape, Data = unknown> {
  readonly description: string;
  readonly schema: z.ZodObject<S>;
  readonly deprecated?: string;
  validate?(context: ValidateContext<S>): void;
  open(context: OpenContext<S, Data>): Promise<State<S>>;
  renew?(context: RenewContext<Data>): Promise<void>;
  close?(context: OpenedContext<Data>): Promise<void>;
}

/** Declares an ephemeral resource. The callbacks are checked against the schema here; afterwards all are of one type. */
export const ephemeralResource =
  <Data>() =>
  <S extends Shape>(definition: EphemeralResource<S, Data>): EphemeralResource =>
    definition as unknown as EphemeralResource;
