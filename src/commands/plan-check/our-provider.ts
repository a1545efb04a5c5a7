import { NAMESPACE, TYPE } from "../provider-install/address.js";
import type { ResourceChange } from "./plan-document.js";

/** Whatever the registry: a company may mirror the provider under its own host. Other providers for Pangolin name their resources as we do. */
export const isOurs = ({ provider_name: name }: ResourceChange): boolean => name?.endsWith(`/${NAMESPACE}/${TYPE}`) === true;
