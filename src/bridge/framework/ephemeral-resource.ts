import type * as z from "zod";
import type { Deferral } from "./deferral.js";
import type { PrivateState } from "./private-state.js";
import type { CallbackContext, Shape, ValidateContext } from "./resource.js";
import type { Config, State } from "./schema/attribute.js";

/** What the `open` callback gets. */
export interface OpenContext<S extends Shape, Data> extends CallbackContext<Data> {
  /** Wholly known: Terraform defers opening until it is. */
  readonly config: Config<S>;
  /** Data for `renew` and `close`. Terraform keeps it in memory only. */
  readonly private: PrivateState;
  readonly deferral: Deferral;
  /** When Terraform calls `renew`, while it uses the result. */
  renewAt(time: Date): void;
}

/** What `renew` and `close` get. The configuration is not included. */
export interface OpenedContext<Data> extends CallbackContext<Data> {
  readonly private: PrivateState;
}

/** What the `renew` callback gets. */
export interface RenewContext<Data> extends OpenedContext<Data> {
  /** Requests the next renewal. Without it, there is none. */
  renewAt(time: Date): void;
}

/**
 * An ephemeral resource: it exists during a run of Terraform and is stored nowhere. Terraform opens it during plan too, and does not
 * close it if a consumer fails. What is still open is closed when the provider is shut down.
 */
export interface EphemeralResource<S extends Shape = Shape, Data = unknown> {
  readonly description: string;
  readonly schema: z.ZodObject<S>;
  readonly deprecated?: string;
  /** Checks across attributes. Checks of a single attribute belong to its zod schema. */
  validate?(context: ValidateContext<S>): void;
  /** Returns all attributes, wholly known. */
  open(context: OpenContext<S, Data>): Promise<State<S>>;
  /** Called at the time set by `renewAt`. */
  renew?(context: RenewContext<Data>): Promise<void>;
  /** Called when the result is no longer used. If it throws, it is called again when the provider is shut down. */
  close?(context: OpenedContext<Data>): Promise<void>;
}

/** Declares an ephemeral resource. The types of the callbacks are checked against the schema here. */
export const ephemeralResource =
  <Data>() =>
  <S extends Shape>(definition: EphemeralResource<S, Data>): EphemeralResource =>
    definition as unknown as EphemeralResource;
