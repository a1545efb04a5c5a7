import * as z from "zod";
import { problemOfPathId } from "../integration-api/index.js";

/** An id that stands in the paths of requests. */
export const pathId = () =>
  z.string().check((context) => {
    const problem = problemOfPathId(context.value);
    if (problem !== undefined) context.issues.push({ code: "custom", input: context.value, message: `An id is expected, but ${problem}` });
  });
