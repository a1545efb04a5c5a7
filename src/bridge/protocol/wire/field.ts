/** How often a field occurs, and whether its absence is told apart from its zero. */
export type Label = "field" | "optional" | "repeated" | "map";

export interface Field<L extends Label = Label, K extends string = string> {
  readonly number: number;
  readonly label: L;
  /** A scalar kind, or the name of a message. */
  readonly kind: K;
}

const labelled =
  <L extends Label>(label: L) =>
  <const K extends string>(number: number, kind: K): Field<L, K> => ({ number, label, kind });

export const field = labelled("field");
export const optional = labelled("optional");
export const repeated = labelled("repeated");
/** Keys are texts; the kind is the values'. */
export const map = labelled("map");
