import * as z from "zod";
import { computed, customText, optionalComputed, required, resource, type State } from "../../src/bridge/sdk.js";

const incomparable = customText({
  invalid: "No text",
  expected: "A text is expected",
  accepts: () => true,
  semanticEquals() {
    throw new Error("these cannot be compared");
  },
});
const schema = z.object({
  name: required(z.string(), "A name.", { replace: true }),
  wrong: required(z.enum(["dynamic", "type", "comparison", "private", "nothing", "getter", "throws"]), "What the creation does wrong.", {
    replace: true,
  }),
  text: optionalComputed(incomparable, "A text that cannot be compared.", { default: "here" }),
  any: computed(z.any(), "Anything."),
  size: computed(z.number(), "A size."),
  id: computed(z.string(), "An id."),
});
type Misfit = State<typeof schema.shape>;

/** Is created, and then answered for wrongly. */
export const misfit = resource<unknown>()<typeof schema.shape>({
  description: "Answers wrongly for what it creates.",
  schema,
  async create({ planned: { name, wrong }, private: facts }) {
    const made: Misfit = { name, wrong, text: wrong === "comparison" ? "there" : "here", any: null, size: 1, id: `id-of-${name}` };
    if (wrong === "throws") throw new Error("this cannot be made");
    if (wrong === "dynamic") return { ...made, any: "neither a type nor a value" };
    if (wrong === "type") return { ...made, size: "large" as never };
    if (wrong === "private") facts.set("counter", 10n);
    if (wrong === "nothing") return undefined as never;
    if (wrong === "getter")
      return Object.defineProperty({ ...made }, "size", {
        enumerable: true,
        get() {
          throw new Error("the size cannot be read");
        },
      });
    return made;
  },
  read: async ({ state }) => state,
  delete: async () => {},
});
