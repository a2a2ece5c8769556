// Synapses, connections and sources of spikes, and the trees they become.
import { expect, test } from "vitest";
import type { ConnectNode } from "../../src/1-parse/ast.ts";
import { textOf } from "../../src/base/source.ts";
import { bare, member, read, readWell, told } from "./reading.ts";

const weight = (name: string, rest: object = {}): object => ({
  kind: "quantity",
  role: "weight",
  single: false,
  name,
  indices: [],
  unit: null,
  value: null,
  ...rest,
});
const end = (population: string, from?: string, to?: string): object => ({
  kind: "endpoint",
  population,
  slice: from === undefined ? null : { from, to: to ?? null },
});
const argument = (value: string, label: string | null = null): object => ({ kind: "argument", label, value });
const rule = (name: string, ...values: object[]): object => ({ kind: "rule", name, arguments: values });
const setting = (target: string, value: string, operator = "="): object => ({
  kind: "setting",
  targets: [target],
  operator,
  value,
});
const assignment = (target: string, value: string): object => ({ kind: "assignment", operator: "<-", target, value });

function synapseMembers(body: string): unknown {
  const [synapse] = readWell(`synapse S {\n${body}\n}`).declarations;
  return bare(synapse?.kind === "synapse" && synapse.members);
}

function connections(body: string): readonly ConnectNode[] {
  const [network] = readWell(`network N {\n${body}\n}`).declarations;
  if (network?.kind !== "network") throw new Error("no network");
  return network.members.filter((m) => m.kind === "connect");
}

function connection(text: string): Record<string, unknown> {
  const [only, ...more] = connections(text);
  if (only === undefined || more.length > 0) throw new Error("not one connection");
  return bare(only) as Record<string, unknown>;
}

test("a synapse: what it is made of", () => {
  const [synapse] = readWell(`/// Exponential conductance.
synapse ExpConductance extends Base {
  param τ = 5 ms, E_rev = 0 mV
  index j = 1..2
  weight w : nS, v[j] = 1 nS   /// of each connection
  single weight u : pA
  state g = 0 nS
  let s = g*w
  function f(x) = 2*x
  g' = -g/τ
  on pre { g <- g + w; post.V <- post.V + 1 mV }
  on post { w <- 0.9*w }
  post.I_e += g*(E_rev - post.V)
  pre.I_e += -s
}`).declarations;
  const quantity = (role: string, name: string, rest: object): object => ({ ...weight(name, rest), role });
  expect(bare(synapse)).toEqual({
    kind: "synapse",
    name: "ExpConductance",
    parent: "Base",
    doc: "Exponential conductance.",
    members: [
      quantity("param", "τ", { value: "5 ms" }),
      quantity("param", "E_rev", { value: "0 mV" }),
      { kind: "index", name: "j", from: "1", to: "2" },
      weight("w", { unit: "nS", doc: "of each connection" }),
      weight("v", { indices: ["j"], value: "1 nS", doc: "of each connection" }),
      weight("u", { single: true, unit: "pA" }),
      quantity("state", "g", { value: "0 nS" }),
      quantity("let", "s", { value: "(g * w)" }),
      {
        kind: "function",
        name: "f",
        parameters: [{ kind: "functionParameter", name: "x", unit: null }],
        unit: null,
        body: "(2 * x)",
      },
      { kind: "equation", target: "g", value: "((-g) / τ)" },
      {
        kind: "arrival",
        end: "pre",
        locals: [],
        assignments: [assignment("g", "(g + w)"), assignment("post.V", "(post.V + 1 mV)")],
      },
      { kind: "arrival", end: "post", locals: [], assignments: [assignment("w", "(0.9 * w)")] },
      { kind: "contribution", target: "post.I_e", value: "(g * (E_rev - post.V))" },
      { kind: "contribution", target: "pre.I_e", value: "(-s)" },
    ],
  });
});

test("an arrival is of a synapse: `on pre` in a neuron is a condition like any other", () => {
  expect(bare(member("on pre { x <- 1 }"))).toEqual({
    kind: "event",
    condition: "pre",
    every: null,
    locals: [],
    assignments: [assignment("x", "1")],
  });
  expect(synapseMembers("on (pre) { }")).toEqual([{ kind: "arrival", end: "pre", locals: [], assignments: [] }]);
});

test("words of synapses and networks are names in synapses and networks too", () => {
  expect(
    synapseMembers(
      "weight weight = 1, single = 2\nsingle weight by : nS\nstate where = weight\nwhere' = -weight*single/allow",
    ),
  ).toEqual([
    weight("weight", { value: "1" }),
    weight("single", { value: "2" }),
    weight("by", { single: true, unit: "nS" }),
    { ...weight("where", { value: "weight" }), role: "state" },
    { kind: "equation", target: "where", value: "(((-weight) * single) / allow)" },
  ]);
  for (const word of "weight single by connect synapse allow where pre post to as all when with using".split(" ")) {
    const [found] = readWell(
      `network N {\n population ${word} = 3 ${word}\n connect ${word} -> ${word}, E by ${word} as ${word} { ${word} = 1 } all }`,
    ).declarations;
    expect(bare(found?.kind === "network" && found.members), word).toEqual([
      { kind: "population", name: word, size: "3", model: word, arguments: null, settings: [] },
      {
        kind: "connect", sources: [end(word)], targets: [end(word), end("E")], synapse: word, alias: word, settings: [setting(word, "1")], rule: rule("all"), where: null, allow: [],
      },
    ]); // prettier-ignore
    const [synapse] = readWell(
      `synapse ${word} {\n state ${word} = 0\n ${word}' = -${word}\n on pre { ${word} <- ${word} + 1 }\n}`,
    ).declarations;
    expect(synapse?.kind === "synapse" && synapse.members.map((m) => m.kind), word).toEqual([
      "quantity",
      "equation",
      "arrival",
    ]);
  }
});

const WHOLE = {
  kind: "connect",
  sources: [end("E"), end("I", "0", "9")],
  targets: [end("E", "3"), end("I", "(2 * n)", "(m - 1)")],
  synapse: "Exp",
  alias: "exc",
  settings: [setting("w", "lognormal(mean: 0.4 nS, sd: 0.2 nS)", "~"), setting("delay", "1.5 ms")],
  rule: rule("random", argument("0.1", "p")),
  where: "(abs((i - j)) < 3)",
  allow: ["self", "multiple"],
};

test.each([
  [
    "on one line",
    "connect E, I[0..9] -> E[3], I[2*n..m - 1] by Exp as exc { w ~ lognormal(mean: 0.4 nS, sd: 0.2 nS), delay = 1.5 ms } random(p: 0.1) where abs(i - j) < 3 allow self, multiple",
  ],
  [
    "the rule on the next line",
    "connect E, I[0..9] → E[3], I[2*n..m - 1] by Exp as exc {\n w ~ lognormal(mean: 0.4 nS, sd: 0.2 nS)\n delay = 1.5 ms\n}\n random(p: 0.1) where abs(i - j) < 3\n allow self, multiple",
  ],
  [
    "every part on a line of its own",
    "connect E, I[0..9]\n->\nE[3],\nI[2*n..m - 1]\nby Exp\nas exc\n{ w ~ lognormal(mean: 0.4 nS, sd: 0.2 nS), delay = 1.5 ms }\nrandom(p: 0.1)\nwhere abs(i - j)\n < 3\nallow self,\nmultiple",
  ],
  [
    "an arrow at the beginning of a line",
    "connect E, I[0..9]\n  -> E[3], I[2*n..m - 1] by Exp\n as exc { w ~ lognormal(mean: 0.4 nS, sd: 0.2 nS); delay = 1.5 ms }\nrandom(\n p: 0.1\n)\nwhere abs(i - j) < 3 allow self, multiple",
  ],
])("a connection with all its parts: %s", (_, text) => {
  expect(connection(text)).toEqual(WHOLE);
});

test.each([
  ["connect E -> I by S all", { rule: rule("all") }],
  ["connect E -> I by S { } all", { rule: rule("all") }],
  ["connect E -> I by S one_to_one", { rule: rule("one_to_one") }],
  ["connect E -> I by S random(0.1)", { rule: rule("random", argument("0.1")) }],
  [
    "connect E -> I by S random(p: exp(-(pre.x - post.x)^2/σ^2))",
    { rule: rule("random", argument("exp(((-((pre.x - post.x) ^ 2)) / (σ ^ 2)))", "p")) },
  ],
  [
    "connect E -> I by S indegree(n: K) allow multiple",
    { rule: rule("indegree", argument("K", "n")), allow: ["multiple"] },
  ],
  ['connect E -> I by S file("pairs.csv")', { rule: rule("file", argument('"pairs.csv"')) }],
  ["connect E -> I by S where i == j", { where: "(i == j)" }],
  ["connect E -> I by S { w = 1 }\nwhere (i + j) < 3", { settings: [setting("w", "1")], where: "((i + j) < 3)" }],
  ["connect E -> I by S all where i < 3 allow self", { rule: rule("all"), where: "(i < 3)", allow: ["self"] }],
  ["connect E -> I by S\nall\nwhere i < 3\nallow self", { rule: rule("all"), where: "(i < 3)", allow: ["self"] }],
  ["connect E -> I by S\none_to_one\nallow self", { rule: rule("one_to_one"), allow: ["self"] }],
  ["connect E -> I by S as s\nrandom(p: 0.1)", { alias: "s", rule: rule("random", argument("0.1", "p")) }],
  ["connect E -> I by S", {}],
  ["connect E->I by S { }", {}],
])("%s", (text, rest) => {
  const plain = {
    kind: "connect",
    sources: [end("E")],
    targets: [end("I")],
    synapse: "S",
    alias: null,
    settings: [],
    rule: null,
    where: null,
    allow: [],
  };
  expect(connection(text)).toEqual({ ...plain, ...rest });
});

test("a connection ends where the next statement begins", () => {
  const [network] = readWell(
    "network N {\n connect E -> I by S { w = 1 }\n connect I -> E by S\n random(p: 0.1)\n population P = 3 N; connect P -> E by S all; connect P -> I by S where i < 2\n" +
      " param a = 1\n connect E -> E by S as x\n const b = 2, c = 3\n connect I -> I by S all where a < b\n let d = 3\n}\nneuron M { }",
  ).declarations;
  expect(network?.kind === "network" && network.members.map((m) => (m.kind === "connect" ? textOf(m.span) : m.kind))).toEqual([
    "connect E -> I by S { w = 1 }", "connect I -> E by S\n random(p: 0.1)", "population", "connect P -> E by S all", "connect P -> I by S where i < 2",
    "quantity", "connect E -> E by S as x", "quantity", "quantity", "connect I -> I by S all where a < b", "quantity",
  ]); // prettier-ignore
});

test("documentation of a connection: above and behind", () => {
  expect(
    connections(
      "/// feedforward\nconnect E -> I by S { w = 1 } all /// dense\n/// no more\n\nconnect I -> E by S all",
    ).map((c) => c.doc),
  ).toEqual(["feedforward\ndense", ""]);
});

test.each([
  ["population P = 100 poisson(8 Hz)", { size: "100", model: "poisson", arguments: [argument("8 Hz")] }],
  ["population P = poisson(8 Hz)", { size: null, model: "poisson", arguments: [argument("8 Hz")] }],
  [
    "population P = 2*n poisson(8 Hz*(1 + i) + pulse(3 /s, from: 1 ms))",
    { size: "(2 * n)", model: "poisson", arguments: [argument("((8 Hz * (1 + i)) + pulse(3 /s, from: 1 ms))")] },
  ],
  ["population P = spikes([10 ms, 20 ms])", { size: null, model: "spikes", arguments: [argument("[10 ms, 20 ms]")] }],
  ["population P = spikes([10, 20] ms)", { size: null, model: "spikes", arguments: [argument("[10, 20] ms")] }],
  [
    'population P = 10 spikes(file("spikes.csv"))',
    { size: "10", model: "spikes", arguments: [argument('file("spikes.csv")')] },
  ],
  ["population P = poisson(rate: 8 Hz)", { size: null, model: "poisson", arguments: [argument("8 Hz", "rate")] }],
  ["population P = round(10*n) N", { size: "round((10 * n))", model: "N", arguments: null }],
  ["population P = round(10 ms/dt) ms", { size: "round((10 ms / dt))", model: "ms", arguments: null }],
  ["population P = 10 N", { size: "10", model: "N", arguments: null }],
])("%s", (text, rest) => {
  const [network] = readWell(`network W { ${text}\n}`).declarations;
  expect(bare(network?.kind === "network" && network.members)).toEqual([
    { kind: "population", name: "P", settings: [], ...rest },
  ]);
});

test("the arrow: one sign between two ends, never inside an expression", () => {
  expect(told(read("neuron N {\n let x = a - >b\n}").diagnostics)).toEqual(["2:14 syntax/expected"]);
  expect(told(read("neuron N {\n let x = a -> b\n}").diagnostics)).toEqual(["2:12 syntax/unexpected"]);
  expect(bare(member("reset { x<-y }"))).toEqual({ kind: "reset", locals: [], assignments: [assignment("x", "y")] });
  expect(bare(member("reset { x<- -y }"))).toEqual({
    kind: "reset",
    locals: [],
    assignments: [assignment("x", "(-y)")],
  });
  expect(told(read("neuron N {\n reset { x<--y }\n}").diagnostics)).toEqual(["2:11 syntax/glued-minus"]);
});

test("`synapse` opens a block also where the one before it is not closed", () => {
  const { file, diagnostics } = read(
    "neuron N {\n param a = 1\n\nsynapse S {\n on pre { post.V <- 1 }\n}\nsynapse T extends S { }",
  );
  expect(told(diagnostics)).toEqual(["2:13 syntax/unclosed"]);
  expect(file.declarations.map((d) => `${d.kind} ${d.name.name}`)).toEqual(["neuron N", "synapse S", "synapse T"]);
});
