import * as z from "zod";
import { setOf } from "../bridge/sdk.js";

/** A set of permission names. Which names there are is checked at plan time, where a newer server may be allowed more. */
export const permissionSet = () =>
  setOf(z.string().min(1)).min(
    1,
    "Expected at least one permission: the server refuses an empty set. Omit the argument to leave the permissions unmanaged",
  );
