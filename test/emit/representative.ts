// A small kernel module as an emitter would build it: what both printers make of it is kept beside the tests, to be read.
import type { Code, CodeModule, Statement } from "../../src/5-emit/code.ts";
import {
  array,
  binary,
  blank,
  call,
  create,
  element,
  member,
  minus,
  name,
  not,
  number,
  object,
  string,
  ternary,
} from "./shorthand.ts";

/** What `glif/runtime` stands for in the tests of this module. */
export const runtimeFiles = [
  {
    path: "runtime/index.ts",
    text: `// The runtime of the tests.\nexport { exp } from "./math.ts";\nexport * from "./random/normal.ts";\nexport type { Kernel } from "./kernel.ts";\n`,
  },
  {
    path: "runtime/kernel.ts",
    text: `// What a kernel offers.\nimport type { Layout } from "./random/normal.ts";\n\n/** One population. */\nexport interface Kernel {\n  readonly V: Float64Array;\n  update(low: number, high: number, spikes: Int32Array): number;\n  readonly layout?: Layout;\n}\n\nexport interface Unused {\n  readonly x: number;\n}\n`,
  },
  {
    path: "runtime/math.ts",
    text: `// Mathematics with the same bits everywhere.\n\n/** ln 2, high part. */\nconst LN2 = 0.6931471805599453; // rounded\n\n/** e^x, to half a unit in the last place at worst. */\nexport function exp(x: number): number {\n  const n = Math.round(x / LN2);\n  let sum = 1;\n  let term = 1;\n  for (let k = 1; k < 20; k++) {\n    term *= (x - n * LN2) / k;\n    sum += term;\n  }\n  return sum * 2 ** n;\n}\n\nexport function log(x: number): number {\n  return Math.log(x);\n}\n`,
  },
  {
    path: "runtime/random/normal.ts",
    text: `// Normal numbers by counter.\nimport { exp } from "../math.ts";\n\nexport type Layout = { readonly states: number };\n\nconst states = new Float64Array(4);\nfor (let i = 0; i < states.length; i++) states[i] = exp(-i) - 1;\n\n/** The i-th number of the stream. */\nexport function normal(i: number): number {\n  const layout = { states };\n  const { states: column } = layout;\n  return column[i & 3] ?? layout.states[0] ?? 0;\n}\n`,
  },
] as const;

const at = (state: string): Code => element(name(state), name("i"));
const note = (state: string, value: Code, equation: string): Statement => ({
  kind: "const",
  name: state,
  value,
  note: equation,
});

export const representative: CodeModule = {
  header: ["Lif, emitted by glif from lif.glif", "", "Do not edit: change the model and compile again."],
  body: [
    { kind: "import", names: ["exp", "normal"], from: "glif/runtime", typeOnly: false },
    { kind: "import", names: ["Kernel"], from: "glif/runtime", typeOnly: true },
    blank,
    { kind: "comment", lines: ["Units: ms, mV, pF, nS, pA"] },
    blank,
    {
      kind: "interface",
      name: "LifParameters",
      exported: true,
      doc: "What can be set when the model is started.",
      members: [
        { name: "E_L", type: "number", optional: false, doc: "Resting potential (mV)" },
        { name: "τ", type: "number", optional: false },
        {
          name: "I[1]",
          type: "readonly number[]",
          optional: true,
          doc: "Injected current (pA),\none value per neuron",
        },
      ],
    },
    blank,
    {
      kind: "const",
      name: "defaults",
      type: "LifParameters",
      exported: true,
      doc: "As in the model file.",
      value: object([
        { name: "E_L", value: number(-70), doc: "lif.glif:3" },
        { name: "τ", value: number(9.37) },
        { name: "I[1]", value: array(number(-0), number(1e21), number(0.1)) },
      ]),
    },
    blank,
    {
      kind: "const",
      name: "states",
      type: "readonly string[]",
      exported: true,
      value: array(string("V"), string("ASC₁"), string("</script>")),
    },
    blank,
    {
      kind: "function",
      name: "lif",
      exported: true,
      doc: "A population of n neurons.\n\nState: V (mV).",
      returns: "Kernel",
      parameters: [
        { name: "n", type: "number" },
        { name: "parameters", type: "LifParameters", default: name("defaults") },
      ],
      body: [
        {
          kind: "const",
          name: "V",
          value: call(member(create("Float64Array", name("n")), "fill"), member(name("parameters"), "E_L")),
        },
        { kind: "const", name: "E_L", value: member(name("parameters"), "E_L") },
        {
          kind: "const",
          name: "P",
          value: call("exp", binary(minus(number(0.1)), "/", member(name("parameters"), "τ"))),
          note: "propagator over one step",
        },
        { kind: "const", name: "Θ", value: binary(name("E_L"), "+", number(15)), note: "threshold (mV)" },
        { kind: "let", name: "count", type: "number", value: number(0) },
        blank,
        { kind: "comment", lines: ["lif.glif:9  V' = (E_L - V + R*I)/τ   [exact propagator]"] },
        {
          kind: "function",
          name: "update",
          returns: "number",
          parameters: [
            { name: "low", type: "number" },
            { name: "high", type: "number" },
            { name: "spikes", type: "Int32Array" },
          ],
          body: [
            { kind: "assign", target: name("count"), operator: "=", value: number(0) },
            {
              kind: "for",
              variable: "i",
              from: name("low"),
              below: name("high"),
              body: [
                note(
                  "drive",
                  binary(
                    element(binary(member(name("parameters"), "I[1]"), "??", array()), name("i")),
                    "??",
                    number(0),
                  ),
                  "I",
                ),
                note("end", binary(name("E_L"), "+", name("drive")), "where V tends to"),
                note(
                  "next",
                  binary(name("end"), "+", binary(name("P"), "*", binary(at("V"), "-", name("end")))),
                  "V' = (E_L - V + R*I)/τ",
                ),
                {
                  kind: "assign",
                  target: at("V"),
                  operator: "=",
                  value: ternary(binary(name("next"), "<", number(-120)), number(-120), name("next")),
                },
                {
                  kind: "if",
                  condition: binary(
                    binary(at("V"), ">=", name("Θ")),
                    "&&",
                    not(binary(name("count"), "===", member(name("spikes"), "length"))),
                  ),
                  then: [
                    { kind: "assign", target: element(name("spikes"), name("count")), operator: "=", value: name("i") },
                    { kind: "assign", target: name("count"), operator: "+=", value: number(1) },
                    {
                      kind: "assign",
                      target: at("V"),
                      operator: "-=",
                      value: binary(
                        number(15),
                        "*",
                        binary(number(1), "+", binary(number(0.01), "*", call("normal", name("i")))),
                      ),
                      note: "reset",
                    },
                  ],
                },
              ],
            },
            { kind: "return", value: name("count") },
          ],
        },
        blank,
        {
          kind: "return",
          value: object([
            { name: "V", value: name("V") },
            { name: "update", value: name("update") },
          ]),
        },
      ],
    },
  ],
};
