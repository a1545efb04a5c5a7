import * as z from "zod";
import { computed, DiagnosticError, optionalComputed, required, resource, type State, unknown } from "../../src/bridge/sdk.js";
import type { User, Users } from "./users.js";

const schema = z.object({
  email: required(z.string(), "Address, which tells users apart.", { replace: true }),
  name: required(z.string(), "Name."),
  age: required(z.number(), "Age in years."),
  date_joined: computed(z.string(), "When the user was made.", { useStateForUnknown: true }),
  language: optionalComputed(z.string(), "Language; English where nothing else is said.", { useStateForUnknown: true }),
});
type S = typeof schema.shape;

export const stateOf = ({ email, name, age, dateJoined, language }: User): State<S> => ({
  email,
  name,
  age,
  date_joined: dateJoined,
  language,
});

export const user = resource<Users>()<S>({
  description: "A user, kept in a file.",
  schema,
  identity: { attributes: ["email"] },
  async create({ planned, provider: users }) {
    const { email, name, age } = planned;
    if (users.find(email)) throw new DiagnosticError("Error creating user", `there is a user ${email}`);
    const language = typeof planned.language === "string" ? planned.language : "en";
    const made = { email, name, age, language, dateJoined: new Date().toISOString() };
    users.put(made);
    return stateOf(made);
  },
  async read({ state, provider: users }) {
    const found = users.find(state.email);
    return found ? stateOf(found) : null;
  },
  async update({ planned, prior, provider: users }) {
    const language = planned.language === unknown || planned.language === null ? (prior.language ?? "en") : planned.language;
    const changed = { email: prior.email, name: planned.name, age: planned.age, language, dateJoined: prior.date_joined ?? "" };
    users.put(changed);
    return stateOf(changed);
  },
  async delete({ state, provider: users }) {
    users.remove(state.email);
  },
  async import({ identity, provider: users }) {
    const found = users.find(String(identity.email));
    return found ? stateOf(found) : null;
  },
});
