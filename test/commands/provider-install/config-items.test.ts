import * as fc from "fast-check";
import { ConfigSyntaxError, configItems } from "../../../src/commands/provider-install/config-items.js";

const texts = (text: string) => configItems(text).map(({ start, end }) => text.slice(start, end));

describe("the items of a CLI configuration", () => {
  test("are its blocks and attributes, comments between them left out", () => {
    const text = [
      '# plugin_cache_dir = "/commented"',
      'plugin_cache_dir = "/cache" # inline {',
      "// another",
      "/* provider_installation { */",
      'credentials "app.terraform.io" {',
      '  token = "a}b\\"c#d"',
      "}",
      "disable_checkpoint = true",
    ].join("\n");
    expect(texts(text)).toEqual([
      'plugin_cache_dir = "/cache" # inline {',
      'credentials "app.terraform.io" {\n  token = "a}b\\"c#d"\n}',
      "disable_checkpoint = true",
    ]);
    expect(configItems(text).map(({ name }) => name)).toEqual(["plugin_cache_dir", "credentials", "disable_checkpoint"]);
  });

  test("may be quoted, nested, spread over lines and hold heredocs", () => {
    const text =
      '"provider_installation" {\n  direct {\n    exclude = [\n      "a/*/*",\n    ]\n  }\n}\nhosts = <<-EOT\n  { " <<\n  EOT\nlast = [1,\n2]';
    expect(configItems(text).map(({ name }) => name)).toEqual(["provider_installation", "hosts", "last"]);
  });

  test.each(["a {", "a = [1", 'a = "', 'a = "x\n"', "a {\n]\n}", "= 1", "a = <<EOT\nnever ends", "{}", 'credentials "x"\n{\n}'])(
    "are not guessed: %j",
    (text) => {
      expect(() => configItems(text)).toThrow(ConfigSyntaxError);
    },
  );

  test("never overlap, and arbitrary text ends in items or a syntax error", () => {
    const piece = fc.constantFrom("a", " ", "\n", "{", "}", "[", "]", '"', "\\", "#", "/", "*", "<", "-", "EOT", "=", "1");
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join("")),
        (text) => {
          let before = 0;
          try {
            for (const { start, end } of configItems(text)) {
              expect(start).toBeGreaterThanOrEqual(before);
              expect(end).toBeGreaterThan(start);
              before = end;
            }
          } catch (error) {
            expect(error).toBeInstanceOf(ConfigSyntaxError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
