import { buildSync } from "esbuild";

test("what a value is called survives a bundler, since zod tells its users what it received by the name of the class", () => {
  const { outputFiles } = buildSync({
    stdin: { contents: 'export { Decimal, DynamicValue } from "../../../src/bridge/sdk.ts";', resolveDir: __dirname },
    bundle: true,
    minify: true,
    write: false,
    platform: "node",
    format: "cjs",
  });
  const module: { exports: Record<string, { name: string }> } = { exports: {} };
  new Function("module", "require", outputFiles[0]?.text ?? "")(module, require);
  expect(Object.entries(module.exports).map(([name, { name: own }]) => [name, own])).toEqual([
    ["Decimal", "Decimal"],
    ["DynamicValue", "DynamicValue"],
  ]);
});
