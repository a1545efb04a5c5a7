import { CtyError, type Path, parseNumber, pathToString, unknown } from "../../../src/bridge/cty/index.js";

describe("pathToString", () => {
  it.each<[string, Path]>([
    ["", []],
    ["name", [{ kind: "attribute", name: "name" }]],
    [
      "rule[0].name",
      [
        { kind: "attribute", name: "rule" },
        { kind: "index", index: 0 },
        { kind: "attribute", name: "name" },
      ],
    ],
    [
      'labels["x\\"y"]',
      [
        { kind: "attribute", name: "labels" },
        { kind: "key", key: 'x"y' },
      ],
    ],
    [
      'roles["admin"]',
      [
        { kind: "attribute", name: "roles" },
        { kind: "element", value: "admin" },
      ],
    ],
    [
      "ports[443]",
      [
        { kind: "attribute", name: "ports" },
        { kind: "element", value: 443 },
      ],
    ],
    [
      "ports[9007199254740993]",
      [
        { kind: "attribute", name: "ports" },
        { kind: "element", value: parseNumber("9007199254740993") },
      ],
    ],
    [
      "ports[...]",
      [
        { kind: "attribute", name: "ports" },
        { kind: "element", value: unknown },
      ],
    ],
    [
      "rules[...].name",
      [
        { kind: "attribute", name: "rules" },
        { kind: "element", value: { name: "x" } },
        { kind: "attribute", name: "name" },
      ],
    ],
  ])("writes %s", (text, path) => {
    expect(pathToString(path)).toBe(text);
  });
});

describe("CtyError", () => {
  it("tells the place in its message", () => {
    const error = new CtyError("it is wrong").under({ kind: "index", index: 1 }).under({ kind: "attribute", name: "rule" });
    expect(error.message).toBe("rule[1]: it is wrong");
    expect(error.reason).toBe("it is wrong");
    expect(error.path).toEqual([
      { kind: "attribute", name: "rule" },
      { kind: "index", index: 1 },
    ]);
  });
});
