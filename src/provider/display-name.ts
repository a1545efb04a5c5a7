import * as z from "zod";

const MAX_LENGTH = 255;

/** 1 to 255 UTF-16 units, which is how the server counts: an emoji is two of them, while zod counts it as one. */
export const displayName = () =>
  z
    .string()
    .min(1, "A name has at least one character")
    .check((context) => {
      const { length } = context.value;
      if (length > MAX_LENGTH)
        context.issues.push({
          code: "custom",
          message: `A name has at most ${MAX_LENGTH} characters (an emoji counts as two), and this one has ${length}`,
          input: context.value,
        });
    });
