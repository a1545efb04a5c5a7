import { join } from "node:path";
import * as ts from "typescript";

const root = join(__dirname, "..", "..");
const entry = join(root, "dist", "constructs", "index.d.ts");

const program = ts.createProgram([entry], {
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  skipLibCheck: true,
});
const checker = program.getTypeChecker();

const isOurs = (declaration: ts.Declaration): boolean => {
  const { fileName } = declaration.getSourceFile();
  return fileName.startsWith(join(root, "dist", "constructs")) && !fileName.includes("/generated/");
};
const isPublic = (declaration: ts.Declaration): boolean =>
  (ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0;

/** What an export offers: itself, and its members that are declared here, static ones too. */
function offered(symbol: ts.Symbol): readonly (readonly [string, ts.Symbol])[] {
  const members = [...(symbol.members?.values() ?? []), ...(symbol.exports?.values() ?? [])]
    .filter(({ name, declarations = [] }) => name !== "prototype" && name !== "__constructor" && declarations.some(isPublic))
    .map((member) => [`${symbol.name}.${member.name}`, member] as const);
  return [[symbol.name, symbol], ...members];
}

test("every export of the constructs, and every public member, says what it is", () => {
  const file = program.getSourceFile(entry);
  const module = file && checker.getSymbolAtLocation(file);
  const exported = (module ? checker.getExportsOfModule(module) : [])
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .filter(({ declarations = [] }) => declarations.some(isOurs));
  const all = exported.flatMap(offered);
  const undocumented = all.filter(([, symbol]) => ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() === "");
  expect(all.length).toBeGreaterThan(60);
  expect(undocumented.map(([name]) => name)).toEqual([]);
});

test("every optional prop says what it is without it", () => {
  const file = program.getSourceFile(entry);
  const module = file && checker.getSymbolAtLocation(file);
  const optional = (module ? checker.getExportsOfModule(module) : [])
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .filter(({ name, declarations = [] }) => /Props$|Options$|Attributes$|LogRetention$/.test(name) && declarations.some(isOurs))
    .flatMap(offered)
    .filter(([, { flags }]) => (flags & ts.SymbolFlags.Optional) !== 0);
  const without = optional.filter(([, symbol]) => !symbol.getJsDocTags(checker).some(({ name }) => name === "default"));
  expect(optional.length).toBeGreaterThan(15);
  expect(without.map(([name]) => name)).toEqual([]);
});
