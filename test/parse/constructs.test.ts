// Every construct of the language, and the tree it becomes.
import { expect, test } from "vitest";
import { parseSetting } from "../../src/1-parse/parse.ts";
import { sourceText, textOf } from "../../src/base/source.ts";
import { bare, member, members, read, readWell, shape, shapeOf } from "./reading.ts";

const quantity = (role: string, name: string, rest: object = {}): object => ({
  kind: "quantity",
  role,
  single: false,
  name,
  indices: [],
  unit: null,
  value: null,
  ...rest,
});

test.each([
  ["param C = 58.7 pF", quantity("param", "C", { value: "58.7 pF" })],
  ["param k[j] = [0.003, 0.1] /ms", quantity("param", "k", { indices: ["j"], value: "[0.003, 0.1] /ms" })],
  ["param w[i, j] = 0", quantity("param", "w", { indices: ["i", "j"], value: "0" })],
  ["const F = 96485 C/mol", quantity("const", "F", { value: "96485 C/mol" })],
  ["input I_e : pA", quantity("input", "I_e", { unit: "pA" })],
  ["input I_e : pA = 3 pA", quantity("input", "I_e", { unit: "pA", value: "3 pA" })],
  ["state V = E_L", quantity("state", "V", { value: "E_L" })],
  ["state I[j] : pA = 0 pA", quantity("state", "I", { indices: ["j"], unit: "pA", value: "0 pA" })],
  ["state g : nS / cm ^ 2 = 0", quantity("state", "g", { unit: "nS/cm^2", value: "0" })],
  ["let x : 1 = a", quantity("let", "x", { unit: "1", value: "a" })],
  ["let x : 1/s = a", quantity("let", "x", { unit: "1/s", value: "a" })],
  ["let x : mV^2/s = a", quantity("let", "x", { unit: "mV^2/s", value: "a" })],
  ["let x : pA*sqrt(ms) = a", quantity("let", "x", { unit: "pA*sqrt(ms)", value: "a" })],
  ["let x : ms^(-1/2) = a", quantity("let", "x", { unit: "ms^(-1/2)", value: "a" })],
  ["index j = 1..2", { kind: "index", name: "j", from: "1", to: "2" }],
  ["index j = 0 .. n - 1", { kind: "index", name: "j", from: "0", to: "(n - 1)" }],
  [
    "function α_m(V : mV) : /ms = 0.1 /ms/mV * (V + 40 mV)",
    {
      kind: "function",
      name: "α_m",
      parameters: [{ kind: "functionParameter", name: "V", unit: "mV" }],
      unit: "/ms",
      body: "(0.1 /ms/mV * (V + 40 mV))",
    },
  ],
  [
    "function f(a, b) = a*b",
    {
      kind: "function",
      name: "f",
      parameters: [
        { kind: "functionParameter", name: "a", unit: null },
        { kind: "functionParameter", name: "b", unit: null },
      ],
      unit: null,
      body: "(a * b)",
    },
  ],
  ["function one() = 1", { kind: "function", name: "one", parameters: [], unit: null, body: "1" }],
  ["interpret Itô", { kind: "interpret", calculus: "ito" }],
  ["interpret Ito", { kind: "interpret", calculus: "ito" }],
  ["interpret Stratonovich", { kind: "interpret", calculus: "stratonovich" }],
  ["use Sodium", { kind: "use", mechanism: "Sodium", alias: null, settings: [] }],
  ["use Sodium as fast", { kind: "use", mechanism: "Sodium", alias: "fast", settings: [] }],
  [
    "use Sodium as fast { g_max = 20 nS }",
    {
      kind: "use",
      mechanism: "Sodium",
      alias: "fast",
      settings: [{ kind: "setting", targets: ["g_max"], operator: "=", value: "20 nS" }],
    },
  ],
  ["V' = (I_e - G*(V - E_L)) / C", { kind: "equation", target: "V", value: "((I_e - (G * (V - E_L))) / C)" }],
  ["I[j]' = -k[j]*I[j]", { kind: "equation", target: "I[j]", value: "((-k[j]) * I[j])" }],
  ["I_e += sum(I)", { kind: "contribution", target: "I_e", value: "sum(I)" }],
  ["I_e += Na.g*Na.m^3", { kind: "contribution", target: "I_e", value: "(Na.g * (Na.m ^ 3))" }],
  ["spike when V > Θ", { kind: "spike", mode: "when", value: "(V > Θ)" }],
  ["spike with rate ρ", { kind: "spike", mode: "rate", value: "ρ" }],
  [
    "on I_e > 5 pA { t_on <- t; n <- n + 1 }",
    {
      kind: "event",
      condition: "(I_e > 5 pA)",
      every: null,
      locals: [],
      assignments: [
        { kind: "assignment", operator: "<-", target: "t_on", value: "t" },
        { kind: "assignment", operator: "<-", target: "n", value: "(n + 1)" },
      ],
    },
  ],
  [
    "reset { let u ~ uniform(0, 1), du : mV = u*w; Θ ~ normal(Θ_0, σ) }",
    {
      kind: "reset",
      locals: [
        { kind: "local", name: "u", unit: null, operator: "~", value: "uniform(0, 1)" },
        { kind: "local", name: "du", unit: "mV", operator: "=", value: "(u * w)" },
      ],
      assignments: [{ kind: "assignment", operator: "~", target: "Θ", value: "normal(Θ_0, σ)" }],
    },
  ],
  [
    "reset { I[j] <- f[j]*I[j], V <- E_L }",
    {
      kind: "reset",
      locals: [],
      assignments: [
        { kind: "assignment", operator: "<-", target: "I[j]", value: "(f[j] * I[j])" },
        { kind: "assignment", operator: "<-", target: "V", value: "E_L" },
      ],
    },
  ],
  ["refractory 3 ms", { kind: "refractory", duration: "3 ms", holdAll: false, hold: [], drop: [] }],
  [
    "refractory t_ref { hold V, I[j]; drop I_syn }",
    { kind: "refractory", duration: "t_ref", holdAll: false, hold: ["V", "I[j]"], drop: ["I_syn"] },
  ],
  [
    "refractory t_ref { hold V, drop I_syn, I_e }",
    { kind: "refractory", duration: "t_ref", holdAll: false, hold: ["V"], drop: ["I_syn", "I_e"] },
  ],
  ["refractory t_ref { hold all }", { kind: "refractory", duration: "t_ref", holdAll: true, hold: [], drop: [] }],
])("in a neuron: %s", (text, tree) => {
  expect(bare(member(text))).toEqual(tree);
});

test("lists: one node for each name", () => {
  const listed = members("param b_s = 0.02 /ms,  δΘ_s = 2.0 mV,\n  a = 1\nnoise ξ_1, ξ_2\ninput I_1, I_2 : pA");
  expect(listed.map((m) => ("name" in m ? `${m.kind} ${m.name.name}` : m.kind))).toEqual([
    "quantity b_s", "quantity δΘ_s", "quantity a", "noise ξ_1", "noise ξ_2", "quantity I_1", "quantity I_2",
  ]); // prettier-ignore
});

test("statements are separated by lines, `;` and `,`; a list ends where the next statement begins", () => {
  const kinds = members("param a = 1, I[j]' = b; V' = c,, I_e += d; noise n, V' = 0;").map((m) => m.kind);
  expect(kinds).toEqual(["quantity", "equation", "equation", "contribution", "noise", "equation"]);
});

test("models, their ancestors and imports", () => {
  const file = readWell(
    'import A, B from "dir/models.glif"\nneuron N extends A { }\nmechanism M { state m = 0; m\' = -m }\nnetwork W extends V { }\n' +
      "experiment X of W { }\nfunction f(x) = x\nconst F = 3, G = 4 mV",
  );
  expect(bare(file.imports)).toEqual([{ kind: "import", names: ["A", "B"], path: '"dir/models.glif"' }]);
  expect(file.declarations.map((d) => `${d.kind} ${d.name.name}`)).toEqual([
    "neuron N", "mechanism M", "network W", "experiment X", "function f", "quantity F", "quantity G",
  ]); // prettier-ignore
  const [neuron, , network, experiment] = file.declarations;
  expect(neuron?.kind === "neuron" && neuron.parent?.name).toBe("A");
  expect(network?.kind === "network" && network.parent?.name).toBe("V");
  expect(experiment?.kind === "experiment" && experiment.subject.name).toBe("W");
});

test("a network: quantities and populations; a number before a model is no unit", () => {
  const [network] = readWell(
    "network W {\n param scale = 0.1\n population P = 10 N { }\n population E = 8*scale*100 GLIF { V ~ uniform(E_L, Θ), t_ref = 1 ms; I[1] = 3 pA }\n population Q = n GLIF\n population S = 3 V\n}",
  ).declarations;
  expect(bare(network)).toEqual({
    kind: "network",
    name: "W",
    parent: null,
    members: [
      quantity("param", "scale", { value: "0.1" }),
      { kind: "population", name: "P", size: "10", model: "N", arguments: null, settings: [] },
      {
        kind: "population",
        name: "E",
        size: "((8 * scale) * 100)",
        model: "GLIF",
        arguments: null,
        settings: [
          { kind: "setting", targets: ["V"], operator: "~", value: "uniform(E_L, Θ)" },
          { kind: "setting", targets: ["t_ref"], operator: "=", value: "1 ms" },
          { kind: "setting", targets: ["I[1]"], operator: "=", value: "3 pA" },
        ],
      },
      { kind: "population", name: "Q", size: "n", model: "GLIF", arguments: null, settings: [] },
      { kind: "population", name: "S", size: "3", model: "V", arguments: null, settings: [] },
    ],
  });
});

test("an experiment", () => {
  const [experiment] = readWell(`experiment X of W {
    duration 1 s; step 0.1 ms
    seed 42
    method rk45(tolerance: 1e-9)
    spikes precise
    param I = 300 pA
    I_e = pulse(I, from: 100 ms, to: 900 ms)
    E.I_e, I.I_e = 300 pA + 20 pA*sqrt(ms)*ξ
    V ~ normal(-60 mV, 2 mV)
    record spikes
    record E.spikes, V, I[1] every 0.5 ms
    record E[0..9].V, E[3].V
  }`).declarations;
  const at = (name: string, from?: string, to?: string): object => ({
    kind: "recordSegment",
    name,
    subscript: from === undefined ? null : { from, to: to ?? null },
  });
  const target = (...segments: object[]): object => ({ kind: "recordTarget", segments });
  expect(bare(experiment?.kind === "experiment" && experiment.members)).toEqual([
    { kind: "directive", directive: "duration", value: "1 s" },
    { kind: "directive", directive: "step", value: "0.1 ms" },
    { kind: "directive", directive: "seed", value: "42" },
    { kind: "method", method: "rk45", arguments: [{ kind: "argument", label: "tolerance", value: "1e-9" }] },
    { kind: "precise" },
    quantity("param", "I", { value: "300 pA" }),
    { kind: "setting", targets: ["I_e"], operator: "=", value: "pulse(I, from: 100 ms, to: 900 ms)" },
    { kind: "setting", targets: ["E.I_e", "I.I_e"], operator: "=", value: "(300 pA + (20 pA*sqrt(ms) * ξ))" },
    { kind: "setting", targets: ["V"], operator: "~", value: "normal((-60 mV), 2 mV)" },
    { kind: "record", targets: [target(at("spikes"))], every: null },
    {
      kind: "record",
      targets: [target(at("E"), at("spikes")), target(at("V")), target(at("I", "1"))],
      every: "0.5 ms",
    },
    { kind: "record", targets: [target(at("E", "0", "9"), at("V")), target(at("E", "3"), at("V"))], every: null },
  ]);
});

test("words that mean something in one place are names in all others", () => {
  const words =
    "from of as when with rate hold drop all interpret duration step seed method spikes precise record every synapse comparison connect weight single by where allow " +
    "pre post to self multiple poisson delay models networks under measure reference seeds sweep over in logarithmic steps draws";
  for (const word of words.split(" ")) {
    const found = members(
      `param ${word} = 1\nstate s_${word} = ${word}\n${word}' = -${word}\nlet q = ${word}[1] + step(${word})`,
    );
    expect(
      found.map((m) => m.kind),
      word,
    ).toEqual(["quantity", "quantity", "equation", "quantity"]);
    const [experiment] = readWell(
      `experiment X of Y {\n ${word} = 3\n ${word}.V = 4\n ${word}[1] = 5\n record ${word}\n}`,
    ).declarations;
    expect(experiment?.kind === "experiment" && experiment.members.map((m) => m.kind), word).toEqual([
      "setting",
      "setting",
      "setting",
      "record",
    ]);
  }
});

test("N02: words of JavaScript are names, but for those of the language itself", () => {
  const reserved =
    "await break case catch class continue debugger default delete do enum export extends false finally for implements in instanceof interface new null package private " +
    "protected public return static super switch this throw true try typeof var void while with yield eval arguments async get set undefined NaN Infinity constructor __proto__ toString";
  const free = reserved.split(" ").filter((word) => word !== "extends");
  for (const word of free) {
    const file = readWell(
      `neuron ${word} {\n param ${word} = 1\n state ${word}_ = ${word}\n}\nnetwork W { population ${word} = 3 ${word} }\nexperiment E_${word} of ${word} { record ${word} }`,
    );
    expect(file.declarations.map((d) => d.name.name)).toEqual([word, "W", `E_${word}`]);
  }
  for (const word of ["if", "else", "import", "const", "let", "function"]) {
    expect(read(`neuron N {\n param ${word} = 1\n}`).diagnostics.map((d) => d.code)).toEqual([
      "syntax/keyword-as-name",
    ]);
  }
});

test("names: one letter typed in two ways is one name, and the micro sign is mu", () => {
  const [composed, decomposed, micro] = members("param é = 1\nparam e\u0301 = 2\nparam \u00B5 = 3");
  expect(composed?.kind === "quantity" && composed.name.name).toBe("\u00E9");
  expect(decomposed?.kind === "quantity" && decomposed.name.name).toBe("\u00E9");
  expect(micro?.kind === "quantity" && micro.name.name).toBe("\u03BC");
  expect(shapeOf("x₁ + Θ_inf + τ_m")).toBe("((x₁ + Θ_inf) + τ_m)");
});

test.each([
  ["10 mV", "10 mV"],
  ["10mV", "10 mV"],
  ["1.5", "1.5"],
  [".5", ".5"],
  ["5.", "5."],
  ["5. mV", "5. mV"],
  ["1e-3 s", "1e-3 s"],
  ["3 %", "3 %"],
  ["[1, 2] /ms", "[1, 2] /ms"],
  ["[]", "[]"],
  ["k[j] /ms", "(k[j] / ms)"],
  ["[a[1], 2][x]", "?"],
  ["5 /ms // comment", "5 /ms"],
  ["5 // mV", "5"],
  ["5 /* mV */", "5"],
  ["3 as", "3 as"],
])("numbers and their units: %s", (text, expected) => {
  if (expected === "?") expect(read(`neuron N { let x = ${text} }`).diagnostics).not.toEqual([]);
  else expect(shapeOf(text)).toBe(expected);
});

test("a unit stands on the line of its number", () => {
  expect(bare(members("let a = 10\nV' = b"))).toEqual([
    quantity("let", "a", { value: "10" }),
    { kind: "equation", target: "V", value: "b" },
  ]);
});

test("texts: escapes are resolved", () => {
  expect(shapeOf(String.raw`file("a\"b\\c\n\t.csv")`)).toBe(`file(${JSON.stringify('a"b\\c\n\t.csv')})`);
});

test("comments: to the end of the line, in blocks, not nested", () => {
  expect(shapeOf("a // + b\n + /* c\n */ d //// e")).toBe("(a + d)");
});

test("documentation: the lines above and the comment that ends the line", () => {
  const file = readWell(`
/// Not this one.

/// First line
///   second line.
neuron N {
  /// above
  param a = 1, b = 2   /// behind
  param c = 3,         /// of c
        d = 4          /// of d
  noise n              /// shared
  // plain
  param e = 5          //// four slashes
  V' = 3               /// of an equation
}
neuron Short { param a = 1 } /// at its end
neuron Headed {  /// behind the brace
}
/// of f
function f(x) = x
`);
  const docs = file.declarations
    .flatMap((d) => [d, ...("members" in d ? d.members : [])])
    .flatMap((d) => ("doc" in d && "name" in d ? [`${d.name.name}: ${d.doc}`] : []));
  expect(docs).toEqual([
    "N: First line\n  second line.", "a: above\nbehind", "b: above\nbehind", "c: of c", "d: of d", "n: shared", "e: ",
    "Short: at its end", "a: ", "Headed: behind the brace", "f: of f",
  ]); // prettier-ignore
});

test("spans: what a node's text is", () => {
  const [equation] = members("V' = (I_e - G*(V - E_L)) / C");
  if (equation?.kind !== "equation" || equation.value.kind !== "binary") throw new Error("no quotient");
  expect(textOf(equation.span)).toBe("V' = (I_e - G*(V - E_L)) / C");
  expect(textOf(equation.target.span)).toBe("V");
  expect(textOf(equation.value.left.span)).toBe("(I_e - G*(V - E_L))");
  expect(textOf(equation.value.operatorSpan)).toBe("/");
});

test("parseSetting", () => {
  const setting = (text: string): unknown => {
    const { setting: found, diagnostics } = parseSetting(sourceText("--set", text));
    return diagnostics.length > 0
      ? diagnostics.map((d) => d.code)
      : found &&
          `${found.targets.map((t) => t.path.map((p) => p.name).join(".")).join()} ${found.operator} ${shape(found.value)}`;
  };
  expect(setting("GLIF.b_s = 0.2 /ms")).toBe("GLIF.b_s = 0.2 /ms");
  expect(setting("C=100")).toBe("C = 100");
  expect(setting("E.V ~ uniform(1, 2)")).toBe("E.V ~ uniform(1, 2)");
  expect(setting("C")).toEqual(["syntax/expected"]);
  expect(setting("")).toEqual(["syntax/expected"]);
  expect(setting("C = ")).toEqual(["syntax/expected"]);
  expect(setting("C = 1; D = 2")).toEqual(["syntax/unexpected"]);
  expect(setting("C <- 1")).toEqual(["syntax/wrong-operator"]);
  expect(setting("(".repeat(1000))).toEqual(["syntax/too-deep"]);
});
