import type * as z from "zod";
import type { Deferral } from "./deferral.js";
import type { CallbackContext, Shape, ValidateContext } from "./resource.js";
import type { Config, State } from "./schema/attribute.js";

/** What a data source reads by. */
export interface ReadDataContext<S extends Shape, Data> extends CallbackContext<Data> {
  /** Wholly known: Terraform waits with the reading until it is. */
  readonly config: Config<S>;
  readonly deferral: Deferral;
}

/** Looks something up; nothing of it is managed. */
export interface DataSource<S extends Shape = Shape, Data = unknown> {
  readonly description: string;
  readonly schema: z.ZodObject<S>;
  readonly deprecated?: string;
  /** Checks across attributes; each attribute's own checks are its schema's. */
  validate?(context: ValidateContext<S>): void;
  /** Every attribute, those of the configuration as they were given. What is not there is an error to throw. */
  read(context: ReadDataContext<S, Data>): Promise<State<S>>;
}

/** Declares a data source. The callback is checked against the schema here; afterwards all data sources are of one type. */
export const dataSource =
  <Data>() =>
  <S extends Shape>(definition: DataSource<S, Data>): DataSource =>
    definition as unknown as DataSource;
