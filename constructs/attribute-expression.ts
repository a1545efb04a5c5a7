import {
  Annotations,
  Fn,
  type IResolvable,
  type IResolveContext,
  type ITerraformIterator,
  ref,
  type TerraformCount,
  TerraformDataSource,
  type TerraformElement,
  TerraformStack,
  Token,
} from "cdktf";

/** A resource or a data source, which `forEach` and `count` turn into several instances. */
export interface Repeatable extends TerraformElement {
  forEach?: ITerraformIterator;
  count?: number | TerraformCount;
  readonly terraformResourceType: string;
}

/** An attribute as an expression; of a repeated element a map by key (`forEach`) or a list (`count`). */
export const attribute = (element: Repeatable, name: string): string =>
  Token.asString(new AttributeExpression(element, { here: (instance) => `${instance}.${name}` }));

/** The same with an empty text for null, since `cdktf deploy` fails on an output that is null. */
export const textAttribute = (element: Repeatable, name: string, { secret = false } = {}): string =>
  Token.asString(new AttributeExpression(element, { here: (instance) => orEmpty(`${instance}.${name}`), secret }));

/** An attribute as seen from an element that is repeated together with this one. */
export const attributeOfSameInstance = (element: Repeatable, name: string): string =>
  Token.asString(new AttributeExpression(element, { here: (instance) => `${instance}.${name}`, sameInstance: true }));

/**
 * A sensitive attribute. Terraform hands the outputs of another stack on without their mark, so there the mark is set again,
 * or plans would print the value; and the output in between is never null.
 */
export const secretAttribute = (element: Repeatable, name: string): string =>
  Token.asString(
    new AttributeExpression(element, {
      here: (instance) => `${instance}.${name}`,
      elsewhere: (instance) => orEmpty(`${instance}.${name}`),
      secret: true,
    }),
  );

/** A whole resource that has sensitive attributes. */
export const secretResource = (element: Repeatable): string =>
  Token.asString(new AttributeExpression(element, { here: (instance) => instance, whole: true, secret: true }));

interface Expressions {
  /** The expression for one instance, in the element's own stack. */
  readonly here: (instance: string) => string;
  /** What another stack is given, by default the same. */
  readonly elsewhere?: (instance: string) => string;
  readonly secret?: boolean;
  /** Of a repeated element, the instance of the same key or index. */
  readonly sameInstance?: boolean;
  /** Of a repeated element, the element as it is. */
  readonly whole?: boolean;
}

const orEmpty = (expression: string) => `${expression} == null ? "" : ${expression}`;

/** A reference remembers under which name another stack knows it, so each is made once, whoever asks. */
const references = new WeakMap<Repeatable, Map<string, IResolvable>>();

class AttributeExpression implements IResolvable {
  readonly creationStack: string[] = [];
  constructor(
    private readonly element: Repeatable,
    private readonly expressions: Expressions,
  ) {}

  resolve(context: IResolveContext): unknown {
    const { here, elsewhere = here, secret } = this.expressions;
    if (TerraformStack.of(context.scope) === TerraformStack.of(this.element)) {
      const expression = this.overInstances(here);
      return this.reference(context.suppressBraces ? inBrackets(expression) : expression);
    }
    const crossing = this.reference(inBrackets(this.overInstances(elsewhere)));
    if (!secret) return crossing;
    if (context.preparing) warnOfCrossing(this.element);
    return Fn.sensitive(crossing);
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): string {
    return "<unresolved-token>";
  }

  private reference(expression: string): IResolvable {
    const made = references.get(this.element) ?? new Map<string, IResolvable>();
    references.set(this.element, made);
    const known = made.get(expression) ?? ref(expression, TerraformStack.of(this.element));
    made.set(expression, known);
    return known;
  }

  /** `forEach` and `count` can be set after the construct was made, so it is looked at when the expression is written. */
  private overInstances(expression: (instance: string) => string): string {
    const { element } = this;
    const address = addressOf(element);
    const isRepeated = element.forEach !== undefined || element.count !== undefined;
    if (!isRepeated || this.expressions.whole) return expression(address);
    if (this.expressions.sameInstance) return expression(`${address}[${element.forEach ? "each.key" : "count.index"}]`);
    return element.forEach
      ? `{ for key, instance in ${address} : key => ${expression("instance")} }`
      : `[for instance in ${address} : ${expression("instance")}]`;
  }
}

const inBrackets = (expression: string) => (/^[\w.-]+$/.test(expression) ? expression : `(${expression})`);

const addressOf = (element: Repeatable): string =>
  `${TerraformDataSource.isTerraformDataSource(element) ? "data." : ""}${element.terraformResourceType}.${element.friendlyUniqueId}`;

/** Once per element: the construct around it is what a reader knows. */
function warnOfCrossing(element: Repeatable): void {
  const { scope } = element.node;
  const known = scope?.node.defaultChild === element ? scope : element;
  const warning = `Another stack refers to the secret of ${known.node.path}, so it is stored in the states of both.`;
  if (!known.node.metadata.some(({ data }) => data === warning)) Annotations.of(known).addWarning(warning);
}
