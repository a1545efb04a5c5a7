import { decode, encode, methods } from "../../../src/bridge/protocol/wire/index.js";
import { providerMethods } from "../../../src/bridge/sdk.js";
import { testProvider } from "../../support/provider.js";

const lookup = providerMethods(testProvider());
const STATE_STORE = /State(Store|Bytes|s)|[Ll]ockState|DeleteState/;
const paths = Object.keys(methods);
const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

async function answersOf(path: string): Promise<object[]> {
  const [method, declared] = [await lookup(path), methods[path]];
  if (!method || !declared) throw new Error(`${path} is not known`);
  const context = { signal: new AbortController().signal };
  const answers: Uint8Array[] = [];
  if (method.kind === "unary") answers.push(await method.call(encode(declared.request, {}), context));
  else for await (const answer of method.call(encode(declared.request, {}), context)) answers.push(answer);
  return answers.map((bytes) => decode(declared.response, bytes));
}

test.each(paths.filter((path) => STATE_STORE.test(path)))("%s is answered by name, and not as a broken connection", async (path) => {
  expect(await answersOf(path)).toEqual([
    { diagnostics: [expect.objectContaining({ severity: 1, summary: `${nameOf(path)} is not supported` })] },
  ]);
});

test.each(paths.filter((path) => !STATE_STORE.test(path)))("%s is served", async (path) => {
  expect(JSON.stringify(await answersOf(path))).not.toContain("not supported");
});
