import * as z from "zod";
import {
  goDuration,
  ipv4Address,
  ipv4Prefix,
  ipv6Address,
  ipv6Prefix,
  jsonText,
  normalizedJsonText,
  optional,
  type Resource,
  resource,
  rfc3339,
  type State,
} from "../../src/bridge/sdk.js";

const customTypes = z.object({
  json_normalized_attribute: optional(normalizedJsonText(), "JSON."),
  json_exact_attribute: optional(jsonText(), "JSON."),
  ip_v4_attribute: optional(ipv4Address(), "An address."),
  ip_v6_attribute: optional(ipv6Address(), "An address."),
  ip_v4_cidr_attribute: optional(ipv4Prefix(), "A prefix."),
  ip_v6_cidr_attribute: optional(ipv6Prefix(), "A prefix."),
  time_rfc3339_attribute: optional(rfc3339(), "A moment."),
});

export const customType: Resource = resource<unknown>()<typeof customTypes.shape>({
  description: "Has texts of a form.",
  schema: customTypes,
  create: async ({ planned }) => planned,
  update: async ({ planned }) => planned,
  read: async ({ state }) => ({ ...state, ip_v6_attribute: state.ip_v6_attribute && expanded(state.ip_v6_attribute) }),
  delete: async () => {},
});

/** The server writes every address in full. */
function expanded(address: string): string {
  const [head = "", tail] = address.split("::");
  const groups = (part: string) => part.split(":").filter(Boolean);
  const [before, after] = [groups(head), groups(tail ?? "")];
  const between = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill("0");
  return [...before, ...between, ...after].map((group) => group.padStart(4, "0")).join(":");
}

const times = z.object({ go_duration: optional(goDuration(), "A duration."), rfc3339: optional(rfc3339(), "A moment.") });

/** The server has words of its own for UTC and for an hour. */
const inItsWords = ({ go_duration, rfc3339: moment }: State<typeof times.shape>): State<typeof times.shape> => ({
  go_duration: go_duration?.replace(/^1h/, "60m") ?? null,
  rfc3339: moment?.replace(/[+-]00:00$/, "Z") ?? null,
});

export const timeTypes: Resource = resource<unknown>()<typeof times.shape>({
  description: "Has moments and durations.",
  schema: times,
  create: async ({ planned }) => inItsWords(planned),
  update: async ({ planned }) => inItsWords(planned),
  read: async ({ state }) => inItsWords(state),
  delete: async () => {},
});
