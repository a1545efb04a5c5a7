import * as z from "zod";
import { setOf } from "../bridge/sdk.js";

/** A set of permission names. The names are checked at plan, since a newer server may have more. */
export const permissionSet = () =>
  setOf(z.string().min(1)).min(
    1,
    "Expected at least one permission: the server refuses an empty set. Omit the argument to leave the permissions unmanaged",
  );
