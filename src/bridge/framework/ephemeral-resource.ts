import type * as z from "zod";
import type { Deferral } from "./deferral.js";
import type { PrivateState } from "./private-state.js";
import type { CallbackContext, Shape, ValidateContext } from "./resource.js";
import type { Config, State } from "./schema/attribute.js";

/** What an opening is given. */
export interface OpenContext<S extends Shape, Data> extends CallbackContext<Data> {
  /** Wholly known: Terraform waits with the opening until it is. */
  readonly config: Config<S>;
  /** What renewing and closing need; it is in the memory of Terraform only. */
  readonly private: PrivateState;
  readonly deferral: Deferral;
  /** Terraform calls `renew` at this time, as long as it uses the result. */
  renewAt(time: Date): void;
}

/** What renewing and closing are given: the configuration is not among it. */
export interface OpenedContext<Data> extends CallbackContext<Data> {
  readonly private: PrivateState;
}

/** What a renewal is given. */
export interface RenewContext<Data> extends OpenedContext<Data> {
  /** Asks for the next renewal; without it there is none. */
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
  /** Checks across attributes; each attribute's own checks are its schema's. */
  validate?(context: ValidateContext<S>): void;
  /** Every attribute, wholly known. */
  open(context: OpenContext<S, Data>): Promise<State<S>>;
  /** Called at the time that `renewAt` named. */
  renew?(context: RenewContext<Data>): Promise<void>;
  /** Called once nothing uses the result any more. Where it throws, it is called again when the provider ends. */
  close?(context: OpenedContext<Data>): Promise<void>;
}

/** Declares an ephemeral resource. The callbacks are checked against the schema here; afterwards all are of one type. */
export const ephemeralResource =
  <Data>() =>
  <S extends Shape>(definition: EphemeralResource<S, Data>): EphemeralResource =>
    definition as unknown as EphemeralResource;
