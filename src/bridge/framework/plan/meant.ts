import { equal } from "../../cty/index.js";
import { priorIfMeant } from "../semantic-equality.js";
import type { Step } from "./members.js";

/**
 * What cannot be changed in place is not replaced by what means the same: an address that is written in another way, a number whose
 * digits differ past those that its type has. Terraform lets a plan keep the prior value. `always`: nothing can be changed in place.
 */
export const meant =
  (always: boolean): Step =>
  ({ zod, type, replace }, { config, prior, planned }) =>
    (replace || always) && config !== null && prior !== null && equal(priorIfMeant(zod, prior, planned), prior, type) ? prior : planned;
