import type * as z from "zod";
import type { Deferral } from "./deferral.js";
import type { CallbackContext, Shape, ValidateContext } from "./resource.js";
import type { Config, State } from "./schema/attribute.js";

/** What the callbacks of a data source get. */
export interface ReadDataContext<S extends Shape, Data> extends CallbackContext<Data> {
  /** Wholly known: Terraform defers the read until it is. */
  readonly config: Config<S>;
  readonly deferral: Deferral;
}

/** A data source: reads something without managing it. */
export interface DataSource<S extends Shape = Shape, Data = unknown> {
  readonly description: string;
  readonly schema: z.ZodObject<S>;
  readonly deprecated?: string;
  /** Checks across attributes. Checks of a single attribute belong to its zod schema. */
  validate?(context: ValidateContext<S>): void;
  /** Returns all attributes. Configured values must be returned unchanged. Throws if there is nothing to read. */
  read(context: ReadDataContext<S, Data>): Promise<State<S>>;
}

/** Declares a data source. The types of the callbacks are checked against the schema here. */
export const dataSource =
  <Data>() =>
  <S extends Shape>(definition: DataSource<S, Data>): DataSource =>
    definition as unknown as DataSource;
