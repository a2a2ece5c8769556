// What a checked network means: synapses between their neurons, connections with their names, settings, rules and sources.
import { expect, test } from "vitest";
import { present } from "../../src/base/invariant.ts";
import type {
  CheckedDraw,
  CheckedExperiment,
  CheckedProjection,
  CheckedRule,
  CheckedValue,
} from "../../src/3-check/checked.ts";
import { analyzeText, bracketsOf, codes, programOf, setting, show } from "./program.ts";

const LIF = `neuron LIF {
  param C = 100 pF, E_L = -70 mV, V_th = -50 mV, x = 0
  input I_e : pA
  state V = E_L
  V' = (I_e/(10 nS) + E_L - V)/(10 ms)
  spike when V > V_th
  reset { V <- E_L }
}
neuron Two extends LIF { index m = 1..2; state I[m] = 0 pA; I[m]' = -I[m]/(m*1 ms); I_e += sum(I); param g_e = 1 nS; V' = (I_e/g_e + E_L - V)/(C/(10 nS)) }
`;
const EXP = `synapse Exp {
  param τ = 5 ms, E_rev = 0 mV
  weight w : nS
  state g = 0 nS
  g' = -g/τ
  on pre { g <- g + w }
  post.I_e += g*(E_rev - post.V)
}
`;
const JUMP = "synapse Jump { weight w = 1 mV; on pre { post.V <- post.V + w } }\n";

function experimentOf(
  text: string,
  overrides: Parameters<typeof programOf>[2] = [],
  files: Readonly<Record<string, string>> = {},
): CheckedExperiment {
  return present(programOf(text, files, overrides).experiments[0], "experiment");
}

/** Populations E (10 LIF), T (6 Two) and a Poisson source P, with these connections. */
const net = (body: string, experiment = ""): string =>
  `${LIF}${EXP}${JUMP}network N { param n = 3\n population E = 10 LIF { x = i }\n population T = 6 Two\n population P = 4 poisson(8 Hz)\n${body}\n}\nexperiment X of N { duration 10 ms\n${experiment}\n}`;

const names = (e: CheckedExperiment): string[] =>
  e.projections.map((p) => `${p.connection}: ${p.source.population} -> ${p.target.population}`);

function valueText(value: CheckedValue | CheckedDraw): string {
  if (value.kind === "draw")
    return `${value.distribution}(${value.arguments.map(show).join(", ")})${value.min === null ? "" : ` from ${show(value.min)}`}`;
  return value.kind === "expression" ? show(value.expression) : `[${value.elements.map(show).join(", ")}]`;
}

const settingsOf = (p: CheckedProjection | undefined): string[] =>
  present(p, "projection").settings.map(
    (s) =>
      `${s.target.quantity.name}${bracketsOf(s.target.indices)} ${s.value.kind === "draw" ? "~" : "="} ${valueText(s.value)}`,
  );

test("a connection is a projection for each source with each target, in the order in which they are written", () => {
  const e = experimentOf(
    net(`connect P, E -> T, E by Jump as b all
    connect E[n..2*n - 1] -> T[3] by Exp as a { w ~ lognormal(mean: 0.4 nS, sd: 0.2 nS), delay = 1.5 ms } random(p: 0.1)`),
  );
  expect(names(e)).toEqual(["b: P -> T", "b: P -> E", "b: E -> T", "b: E -> E", "a: E -> T"]);
  const [b, a] = [e.projections[0], e.projections[4]];
  expect(settingsOf(a)).toEqual(["w ~ lognormal(0.4, 0.2)"]);
  expect(a?.delay === null || a === undefined ? null : valueText(a.delay.value)).toBe("1.5");
  expect(b?.delay).toBe(null);
  expect([
    b?.source.slice,
    a?.source.slice && [show(a.source.slice.from), show(a.source.slice.to)],
    a?.target.slice && [show(a.target.slice.from), show(a.target.slice.to)],
  ]).toEqual([null, ["setup.n", "((2 * setup.n) - 1)"], ["3", "3"]]);
  expect(a?.rule).toMatchObject({ kind: "random", where: null, self: false, multiple: false });
  expect(a?.synapse.quantities.map((q) => `${q.role} ${q.name} ${q.unit.text}`)).toEqual([
    "param τ ms",
    "param E_rev mV",
    "weight w nS",
    "state g nS",
  ]);
  expect(
    a?.synapse.contributions.map((c) => `${String(c.target.end)}.${c.target.quantity.name} += ${show(c.value)}`),
  ).toEqual(["post.I_e += (g * (E_rev - post.V))"]);
  expect(b?.synapse.onPre.map((s) => `${String(s.target.end)}.${s.target.quantity.name} <- ${show(s.value)}`)).toEqual([
    "post.V <- (post.V + w)",
  ]);
});

test("what is read at an end is the neuron's own quantity, pair by pair", () => {
  const e = experimentOf(net("connect E -> E, T by Jump as a all where abs(pre.x - post.x) < 2"));
  const quantityOf = (name: string, quantity: string) =>
    e.populations.find((p) => p.name === name)?.neuron.quantities.find((q) => q.name === quantity);
  for (const p of e.projections) expect(p.synapse.onPre[0]?.target.quantity).toBe(quantityOf(p.target.population, "V"));
  expect(e.projections[0]?.synapse).not.toBe(e.projections[1]?.synapse);
  const same = experimentOf(net("connect E -> E by Jump as a all\n connect E -> E by Jump as b all"));
  expect(same.projections[0]?.synapse).toBe(same.projections[1]?.synapse);
});

test("names of connections: their alias, the synapse, the synapse with its sources", () => {
  expect(names(experimentOf(net("connect E -> T by Jump all")))).toEqual(["Jump: E -> T"]);
  expect(names(experimentOf(net("connect E -> T by Jump all\n connect E -> T by Jump as more all")))).toEqual([
    "Jump: E -> T",
    "more: E -> T",
  ]);
  expect(names(experimentOf(net("connect E, P -> T by Jump all\n connect T -> T by Jump all")))).toEqual([
    "Jump_E_P: E -> T",
    "Jump_E_P: P -> T",
    "Jump_T: T -> T",
  ]);
  expect(
    names(experimentOf(net("connect E -> T by Jump all\n connect E -> T by Jump all\n connect E -> T by Jump all"))),
  ).toEqual(["Jump_E: E -> T", "Jump_E_2: E -> T", "Jump_E_3: E -> T"]);
});

test("settings: later ones replace earlier ones, and the command line has the last word", () => {
  const text = net(
    "connect E -> T by Exp as exc { w = 1 nS, τ = 2 ms, delay = 1 ms } all\n connect T -> E by Exp as inh { w = 3 nS } all",
    "exc.w = 2 nS\n exc.delay ~ uniform(1 ms, 2 ms)\n inh.w, exc.E_rev = 0",
  );
  const [exc, inh] = experimentOf(text).projections;
  expect(settingsOf(exc)).toEqual(["τ = 2", "w = 2", "E_rev = 0"]);
  expect(settingsOf(inh)).toEqual(["w = 0"]);
  expect(exc?.delay && valueText(exc.delay.value)).toBe("uniform(1, 2)");
  const set = experimentOf(text, [
    setting("exc.w = 5 nS"),
    setting("exc.delay = 3 ms"),
    setting("Exp.τ = 7 ms"),
  ]).projections;
  expect(set.map((p) => [settingsOf(p).filter((s) => /^[wτ]/u.test(s)), p.delay && valueText(p.delay.value)])).toEqual([
    [["w = 5", "τ = 7"], "3"],
    [["w = 0", "τ = 7"], null],
  ]);
});

test("a name without its connection is that of the only one, or of none", () => {
  expect(settingsOf(experimentOf(net("connect E -> T by Exp { w = 1 nS } all", "τ = 3 ms")).projections[0])).toEqual([
    "w = 1",
    "τ = 3",
  ]);
  expect(
    codes(net("connect E -> T by Exp as a { w = 1 nS } all\n connect T -> E by Exp as b { w = 1 nS } all", "τ = 3 ms")),
  ).toEqual(["names/ambiguous τ"]);
  expect(codes(net("connect E -> T by Exp { w = 1 nS } all", "delay = 3 ms"))).toEqual(["names/unknown-setting delay"]);
});

test("values over the numbers of both neurons, and over what is theirs", () => {
  const [p] = experimentOf(
    net(
      "connect E -> T by Exp as exc { w = 1 nS + 0.1 nS*abs(i - j), g = w*n, E_rev = pre.E_L, delay = 1 ms*(1 + abs(pre.x - post.x)) } random(p: exp(-abs(i - j))) where i < j and post.V < pre.V_th",
    ),
  ).projections;
  expect(settingsOf(p)).toEqual(["w = (1 + (0.1 * abs((i - j))))", "g = (w * setup.n)", "E_rev = pre.E_L"]);
  expect(p?.delay && valueText(p.delay.value)).toBe("(1 * (1 + abs((pre.x - post.x))))");
  expect(
    p?.rule.kind === "random" && [...p.rule.arguments.map((a) => show(a.value)), p.rule.where && show(p.rule.where)],
  ).toEqual(["exp((-abs((i - j))))", "((i < j) and (post.V < pre.V_th))"]);
});

test("synapses with several values: their indices, the neuron's, and numbers of neurons that share their names", () => {
  const text = `${LIF}synapse V3 {
    index j = 1..3, m = 1..2
    param τ[j] = [1, 2, 3] ms
    weight w[j] : nS
    state g[j] = 0
    g[j]' = -g[j]/τ[j]
    on pre { g[j] <- g[j] + w[j]; post.I[m] <- post.I[m] + m*(1 pA) }
    on post { post.I[1] <- 0 pA; g[2] <- 0 nS }
    post.I_e += -sum(g)*post.V + sum(post.I) + post.I[2]
  }
  network N { population E = 3 LIF\n population T = 6 Two
    connect E -> T by V3 as c { w = 1 nS*j, w[2] = 5 nS, τ[j] = j*2 ms } all }
  experiment X of N { duration 1 ms; c.w[3] = 0 }`.replace(
    "index j = 1..3, m = 1..2",
    "index j = 1..3\n index m = 1..2",
  );
  const [p] = experimentOf(text).projections;
  expect(settingsOf(p)).toEqual(["w[j] = (1 * j)", "τ[j] = (j * 2)", "w[2] = 5", "w[3] = 0"]);
  const [w, τ] = present(p, "p").settings.map((s) =>
    s.value.kind === "expression" && s.value.expression.kind === "arithmetic"
      ? [s.value.expression.left.kind, s.value.expression.right.kind]
      : [],
  );
  // `j` is the target's number, but where it stands in the brackets of what is set.
  expect([w?.[1], τ?.[0]]).toEqual(["target", "index"]);
  expect(
    p?.synapse.onPre.map(
      (a) => `${String(a.target.end)} ${a.target.quantity.name}${bracketsOf(a.target.indices)} ${show(a.value)}`,
    ),
  ).toEqual(["null g[j] (g[j] + w[j])", "post I[m] (post.I[m] + (m * 1))"]);
  expect(p?.synapse.contributions.map((c) => show(c.value))).toEqual([
    "((((-sum[j=1..3](g[j])) * post.V) + sum[post.m=1..2](post.I[post.m])) + post.I[2])",
  ]);
  expect(p?.synapse.quantities.find((q) => q.name === "g")?.unit.text).toBe("nS");
});

test("a state that begins at 0 takes its dimension from the neurons", () => {
  const text = net("connect E -> T by Trace as a all").replace(
    "network N",
    "synapse Trace { state v = 0, h = 0; v' = (post.V - v)/(3 ms); on pre { h <- pre.C*pre.V }; post.I_e += h/(1 ms) + v*(1 nS) }\nnetwork N",
  );
  expect(experimentOf(text).projections[0]?.synapse.quantities.map((q) => q.unit.text)).toEqual(["mV", "fC"]);
});

test("a synapse extends another: what is declared and done for an end is replaced", () => {
  const text = `${LIF}${EXP}
  synapse Stdp extends Exp {
    param A = 0.1, τ = 7 ms
    state z = 0
    z' = -z/τ
    on pre { g <- g + w; z <- z + 1 }
    on post { w <- w + A*z*1 nS }
  }
  synapse Fast extends Stdp { g' = -g/(1 ms); on post { w <- 0 nS } }
  network N { population E = 3 LIF\n connect E -> E by Fast { w = 1 nS } all }
  experiment X of N { duration 1 ms }`;
  const s = present(experimentOf(text).projections[0], "projection").synapse;
  expect(s.lineage).toEqual(["Stdp", "Exp"]);
  expect(s.quantities.map((q) => q.name)).toEqual(["τ", "E_rev", "w", "g", "A", "z"]);
  expect([s.onPre, s.onPost].map((b) => b.map((a) => a.target.quantity.name))).toEqual([["g", "z"], ["w"]]);
  expect(s.equations.map((e) => `${e.target.quantity.name} ${show(e.value)}`).sort()).toEqual([
    "g ((-g) / 1)",
    "z ((-z) / τ)",
  ]);
  expect(s.contributions).toHaveLength(1);
});

test("functions of a synapse, of its file, and its own lets read the neurons", () => {
  const text = `${LIF}function half(v : mV) = v/2
  synapse Gap { weight g : nS = 1 nS; function drive(v) = g*(v - pre.V); let d = pre.V - post.V; post.I_e += g*half(d); pre.I_e += drive(post.V) }
  network N { population E = 3 LIF\n connect E -> E by Gap all }
  experiment X of N { duration 1 ms }`;
  const s = present(experimentOf(text).projections[0], "projection").synapse;
  expect(s.contributions.map((c) => `${String(c.target.end)} ${show(c.value)}`)).toEqual([
    "post (g * (d / 2))",
    "pre (g * (post.V - pre.V))",
  ]);
});

test("synapses are imported with the files of spikes and pairs that stand beside them", () => {
  const files = {
    "synapses.glif":
      "const E_0 = 0 mV\nsynapse S { weight w = 1 nS; state g = 0 nS; on pre { g <- g + w }; post.I_e += g*(E_0 - post.V) }\n",
    "spikes.csv": "t_ms,population,neuron\n3,E,1\n1.5,E,2\n3,E,0\n",
    "pairs.csv": 'source,target,"w (pS)",delay_s\r\n0,1,500,0.001\r\n2,1,250,0.002\r\n',
  };
  const e = experimentOf(
    `import S from "synapses.glif"\n${LIF}network N { population E = 3 LIF\n population F = spikes(file("spikes.csv"))
    connect F -> E by S file("pairs.csv") }\nexperiment X of N { duration 10 ms }`,
    [],
    files,
  );
  const source = e.populations[1]?.source;
  expect(source).toMatchObject({ kind: "file", path: "spikes.csv", times: [1.5, 3, 3], neurons: [2, 0, 1] });
  expect(e.populations.map((p) => show(p.size))).toEqual(["3", "3"]);
  const rule = e.projections[0]?.rule as Extract<CheckedRule, { kind: "file" }>;
  expect([rule.sources, rule.targets, [...rule.columns]]).toEqual([
    [0, 2],
    [1, 1],
    [
      ["w", [0.5, 0.25]],
      ["delay", [1, 2]],
    ],
  ]);
});

test("what an experiment sets takes the place of a column of the file", () => {
  const files = { "pairs.csv": "source,target,w_nS,delay_ms\n0,1,0.5,1\n" };
  const given = (experiment: string) => {
    const p = present(
      experimentOf(net('connect E -> T by Exp as exc file("pairs.csv")', experiment), [], files).projections[0],
      "projection",
    );
    return [
      p.rule.kind === "file" ? [...p.rule.columns.keys()] : null,
      settingsOf(p),
      p.delay && valueText(p.delay.value),
    ];
  };
  expect(given("")).toEqual([["w", "delay"], [], null]);
  expect(given("exc.w = 3 nS\n exc.delay = 2 ms")).toEqual([[], ["w = 3"], "2"]);
});

test("a synapse may call a state of its own like one of the neuron's", () => {
  const text = net("connect E -> T by Own as a all").replace(
    "network N",
    "synapse Own { state V = 0; V' = -V/(3 ms); on pre { post.V <- post.V + 1 mV; V <- V + 2 nS }; post.I_e += V*post.V }\nnetwork N",
  );
  const s = present(experimentOf(text).projections[0], "projection").synapse;
  expect(s.quantities.map((q) => `${q.name} ${q.unit.text}`)).toEqual(["V nS"]);
  expect(s.onPre.map((a) => [a.target.end, show(a.value)])).toEqual([
    ["post", "(post.V + 1)"],
    [null, "(V + 2)"],
  ]);
});

test("sources: Poisson rates are inputs in Hz that experiments set, spikes at given times are one neuron", () => {
  const e =
    experimentOf(`network N { param T = 5 ms\n population P = 100 poisson(8 Hz + i*1 Hz)\n population S = spikes([10 ms, 2*T])\n population Q = poisson(rate: pulse(0.02 /ms, to: 5 ms)) }
    experiment X of N { duration 10 ms; Q.rate = 5 Hz; record P.spikes }`);
  expect(e.populations.map((p) => [p.name, p.neuron.name, p.source?.kind, show(p.size), p.lone])).toEqual([
    ["P", "poisson", "poisson", "100", false],
    ["S", "spikes", "times", "1", false],
    ["Q", "poisson", "poisson", "1", false],
  ]);
  expect(
    e.populations.map((p) =>
      p.settings.map((s) => `${s.target.quantity.name} ${s.target.quantity.unit.text} ${valueText(s.value)}`),
    ),
  ).toEqual([["rate Hz (0.008 + (i * 0.001))"], [], ["rate Hz 0.005"]]);
  expect(e.populations[1]?.source?.kind === "times" && e.populations[1].source.times.map(show)).toEqual([
    "10",
    "(2 * setup.T)",
  ]);
  expect(e.spikesOf).toEqual(["P"]);
});

test("spikes of sources are kept where they are named, and there alone", () => {
  const spikesOf = (records: string): readonly string[] =>
    experimentOf(net("connect P -> E by Jump all", records)).spikesOf;
  expect(spikesOf("")).toEqual(["E", "T"]);
  expect(spikesOf("record spikes")).toEqual(["E", "T"]);
  expect(spikesOf("record spikes, P.spikes")).toEqual(["E", "T", "P"]);
  expect(spikesOf("record P.spikes")).toEqual(["P"]);
});

test("a state of a synapse is recorded at the neurons of either end", () => {
  const e = experimentOf(
    net("connect E -> T by Exp as exc { w = 1 nS } all", "record T[0..2].exc.g, E.exc.g every 1 ms"),
  );
  expect(
    e.records.map((r) => [r.population, r.connection, r.quantity.name, r.quantity.role, r.neurons !== null]),
  ).toEqual([
    ["T", "exc", "g", "state", true],
    ["E", "exc", "g", "state", false],
  ]);
  expect(codes(net("connect E -> T by Exp as exc { w = 1 nS } all", "record P.exc.g"))).toEqual([
    "experiment/unknown-record P.exc.g",
  ]);
});

test("networks extend networks: connections and populations of a name are replaced in their place", () => {
  const text = `${LIF}${JUMP}network Base {
    population E = 10 LIF\n population I = 5 LIF
    connect E -> I by Jump as exc { w = 2 mV } all
    connect I -> E by Jump random(p: 0.5) }
  network Child extends Base {
    population I = 7 Two
    connect E -> E, I by Jump as exc one_to_one where i > 2 allow self
    connect I -> I by Jump as more all
    connect E -> I by Jump as Jump all }
  experiment X of Child { duration 1 ms; exc.w = 3 mV }`.replace(
    "E, I by Jump as exc one_to_one",
    "E by Jump as exc one_to_one",
  );
  const e = experimentOf(text);
  expect(e.populations.map((p) => `${p.name} ${show(p.size)} ${p.neuron.name}`)).toEqual(["E 10 LIF", "I 7 Two"]);
  expect(
    e.projections.map((p) => `${p.connection} ${p.source.population} ${p.target.population} ${p.rule.kind}`),
  ).toEqual(["exc E E one_to_one", "Jump E I all", "more I I all"]);
  expect(settingsOf(e.projections[0])).toEqual(["w = 3"]);
  const one = experimentOf(text.replace("connect E -> I by Jump as Jump all", ""));
  expect(one.projections.map((p) => p.connection)).toEqual(["exc", "Jump", "more"]);
});

test("a neuron that is called like a source is a neuron where it stands without parentheses", () => {
  const e = experimentOf(
    `neuron poisson { state V = 0 mV; V' = -V/(1 ms) }\nnetwork N { population A = 2 poisson\n population B = 2 poisson(8 Hz) }\nexperiment X of N { duration 1 ms }`,
  );
  expect(e.populations.map((p) => [p.source?.kind ?? null, p.neuron.quantities.map((q) => q.name)])).toEqual([
    [null, ["V"]],
    ["poisson", ["rate"]],
  ]);
});

test("one mistake in a synapse is one message, however many pairs it connects", () => {
  const text = `${LIF}synapse S { weight w = 1 mV; on pre { post.V <- post.V + w + 1 pA } }
  network N { population E = 3 LIF\n population T = 3 Two\n connect E, T -> E, T by S all }\nnetwork M extends N { connect E -> E by S as again all }`;
  expect(analyzeText(text).diagnostics.map((d) => d.code)).toEqual(["units/mismatched-terms"]);
  // By itself, too: what does not depend on the neurons.
  expect(
    codes("synapse S { param τ = 3 ms; weight w = 1 nS; state g = 0 nS; g' = -g; on pre { g <- g + w + τ } }").filter(
      (c) => c.startsWith("units"),
    ),
  ).toEqual(["units/mismatched-sides -g", "units/mismatched-terms τ"]);
  expect(
    codes(
      "synapse S { weight w = 1 nS; state g = 0; g' = -g/(post.τ); on pre { g <- g + w*post.y }; post.I_e += g*(post.V - 3 pF) }",
    ),
  ).toEqual([]);
});

test("what is missing because of another mistake is not told again", () => {
  // A population of an unknown neuron; its connections and their settings are left alone.
  expect(
    codes(
      net("population Z = 3 Lif\n connect Z -> E by Exp as exc { w = pre.foo } all", "exc.w = 3 nS\n record E.exc.g"),
    ),
  ).toEqual(["names/unknown-model Lif"]);
  expect(codes(net("connect E -> T by Exo as exc { w = 3 nS } all", "exc.w = 3 nS\n exc.τ = 3 ms"))).toEqual([
    "names/unknown-model Exo",
  ]);
  expect(
    codes(
      `${LIF}synapse S extends Gone { on pre { post.V <- post.V + w } }\nnetwork N { population E = 3 LIF\n connect E -> E by S { u = 3 } all }\nexperiment X of N { duration 1 ms }`,
    ),
  ).toEqual(["names/unknown-model Gone"]);
});

test("experiments of synapses and populations of them are refused", () => {
  expect(codes(`${EXP}experiment X of Exp { duration 1 ms }`)).toEqual(["names/unknown-model Exp"]);
  expect(codes(`${EXP}network N { population E = 3 Exp }`)).toEqual(["names/unknown-model Exp"]);
  expect(codes(`${LIF}synapse S extends LIF { weight w = 1; on pre { post.V <- w*post.V } }`)).toEqual([
    "names/unknown-model LIF",
  ]);
});
