import * as z from "zod";
import { DiagnosticError } from "../../../src/bridge/framework/diagnostics.js";
import { PrivateState } from "../../../src/bridge/framework/private-state.js";
import { ProviderServer } from "../../../src/bridge/framework/provider-server.js";
import { openEphemeralResource, renewEphemeralResource } from "../../../src/bridge/framework/rpc/ephemeral-resource.js";
import { ephemeralResource, required } from "../../../src/bridge/sdk.js";
import { testProvider } from "../../support/provider.js";

const refuse = (name: string) => {
  throw new Error(`${name} is no JSON`);
};

test.each(["secret", '{"token":"secret"', '"secret"', '["secret"]', "7"])(
  "what is no private state is told without being shown: %s",
  (text) => {
    try {
      PrivateState.decode(Buffer.from(text));
      throw new Error("it was taken");
    } catch (error) {
      expect(error).toBeInstanceOf(DiagnosticError);
      expect((error as Error).message).not.toContain("secret");
    }
  },
);

test("facts are what they were, and nothing at all has none", () => {
  const state = PrivateState.decode(Buffer.from('{"b":1,"a":[null]}'));
  expect(Buffer.from(state.encode(refuse)).toString()).toBe('{"a":[null],"b":1}');
  for (const bytes of ["", "null", "{}"]) expect(PrivateState.decode(Buffer.from(bytes)).encode(refuse)).toHaveLength(0);
});

test("to renew what is not open opens nothing, however often it is asked for", async () => {
  const schema = z.object({ name: required(z.string(), "A name.") });
  const session = ephemeralResource<unknown>()<typeof schema.shape>({
    description: "A session.",
    schema,
    open: async ({ config }) => ({ name: String(config.name) }),
    renew: async () => {},
  });
  const server = new ProviderServer(testProvider({ ephemeralResources: { test_session: () => session } }));
  const { signal } = new AbortController();
  const compiled = await server.ephemeralResource("test_session");
  const { private: opened } = await openEphemeralResource(server, compiled, { config: { name: "one" }, signal });
  for (let count = 0; count < 10; count++)
    await renewEphemeralResource(server, compiled, { private: Buffer.from(`{"count":${count}}`), signal });
  expect(server.opened.all).toHaveLength(1);
  await renewEphemeralResource(server, compiled, { private: opened, signal });
  expect(server.opened.all).toHaveLength(1);
});
