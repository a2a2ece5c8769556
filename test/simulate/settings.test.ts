// What programs give when they create a simulation and what they ask of it: acts, or is refused with the names that there are.
import { expect, test } from "vitest";
import { planSource, run } from "../conformance/harness.ts";
import { canonicalUnit, canonicalValue, parseUnit, unitSymbols } from "../../src/quantities/unit.ts";
import { readQuantity } from "../../src/runtime/quantityText.ts";
import { sourceText } from "../../src/base/source.ts";
import { compile } from "../../src/compile.ts";
import { instantiate } from "../../src/simulate/load.ts";

const host = { read: () => ({ problem: "no imports" }), resolve: () => ({ problem: "no imports" }) };

const TEXT = `
neuron LIF {
  param C = 100 pF, g = 1 mS/cm^2, τ = 10 ms, V_th = 15 mV
  input I : mV/ms
  state V = 0 mV
  V' = -V/τ + I + 0*C/(1 pF)*g/(1 mS/cm^2)*1 mV/ms
  spike when V > V_th
  reset { V <- 0 mV }
}
synapse Jump { weight w : mV = 1 mV; on pre { post.V <- post.V + w } }
network M {
  param n = 4, J = 1 mV
  population E = n LIF { τ = 10 ms + 1 ms*i }
  population F = 2 LIF
  connect E[0..n/2 - 1] -> E by Jump as exc { w = J*n } all allow self
}
experiment X of M { duration 20 ms; seed 1; param level = 2 mV/ms; E.I, F.I = level; record E.V }`;
const plan = planSource("settings.glif", TEXT, "X");
const create = (options: object) => () => instantiate(plan, options);
const final = (options: object): number[] => {
  const simulation = instantiate(plan, options);
  simulation.advance(200);
  return ["E", "F"].flatMap((p) =>
    Array.from(simulation.population(p).states.find((s) => s.name === "V")?.values ?? []),
  );
};

test.each([
  [{ parameters: { P: { tau: 1 } } }, "no population `P` to have parameters: there are `E`, `F`"],
  [{ parameters: { F: { tau: 1 } } }, "no parameter `tau` of `F`: there are `C`, `g`, `τ`, `V_th`"],
  [{ sizes: { P: 1 } }, "no population `P` to have a size: there are `E`, `F`"],
  [
    { setup: { m: 1 } },
    "no parameter `m` of the network, the experiment or a connection: there are `n`, `J`, `level`, `exc.w`",
  ],
  [{ parameter: { F: {} } }, "no option `parameter`"],
  [{ parameters: { F: { τ: NaN } } }, "`F.τ` (ms) is a finite number, not NaN"],
  [{ parameters: { F: { τ: Infinity } } }, "`F.τ` (ms) is a finite number, not Infinity"],
  [{ parameters: { F: { τ: [1, 2] } } }, "`F.τ` (ms) is one number for all, not a list"],
  [{ parameters: { E: { τ: [1, 2, NaN, 4] } } }, "`E.τ` (ms) is a list of finite numbers"],
  [{ parameters: { E: { τ: [1, 2] } } }, "a list of 2 values was given for a parameter, and there is a neuron 2"],
  [
    { parameters: { F: { τ: "5 mV" } } },
    '`F.τ` (ms) cannot be "5 mV": `mV` is another kind of quantity; write a number in ms, or one with a unit, "1.5 ms"',
  ],
  [{ parameters: { F: { τ: "5" } } }, "it has no unit"],
  [{ parameters: { F: { τ: "fast" } } }, "it is no number with a unit"],
  [{ parameters: { F: { τ: "5 msec" } } }, "`msec` is no unit"],
  [{ setup: { level: "1 mV" } }, '`level` (mV/ms) cannot be "1 mV"'],
  [{ sizes: { F: 1.5 } }, "population `F` has a whole number of neurons, 0 or more, not 1.5"],
  [{ sizes: { F: -1 } }, "population `F` has a whole number of neurons"],
  [{ setup: { n: 4.5 } }, "population `E` has a whole number of neurons, 0 or more, not 4.5"],
  [{ step: 0 }, "the step is a time in ms above 0, not 0"],
  [
    { parameters: { E: { V: 1 } } },
    'there are `C`, `g`, `τ`, `V_th`; `E.V` is a state: its initial value is given where the model is compiled: in its file, or by `compile(source, host, name, ["E.V = …"])`',
  ],
  [
    { parameters: { E: { I: 1 } } },
    '`E.I` is an input: given where the model is compiled: in its file, or by `compile(source, host, name, ["E.I = …"])`, or written to `simulation.population("E").inputs["I"]`',
  ],
  [
    { setup: { "exc.delay": 1 } },
    'there are `n`, `J`, `level`, `exc.w`; delays are given where the model is compiled: in its file, or by `compile(source, host, name, ["exc.delay = …"])`',
  ],
  [
    { stp: 1 },
    "no option `stp`: there are `step`, `seed`, `parameters`, `setup`, `sizes`, `memoryLimit`, `progress`, `backend`, `kept`, `watch`",
  ],
  [{ step: "0.05 ms" }, 'the step is a time in ms above 0, not the text "0.05 ms": give a number'],
  [{ seed: "7" }, 'a seed is a whole number from 0 to 2^53 - 1, not the text "7": give a number'],
  [{ sizes: { F: "2" } }, 'population `F` has a whole number of neurons, 0 or more, not the text "2": give a number'],
  [{ step: NaN }, "the step is a time in ms above 0, not NaN"],
  [{ seed: -1 }, "a seed is a whole number from 0 to 2^53 - 1, not -1"],
])("%j is refused: %s", (options, message) => {
  expect(create(options)).toThrow(message);
});

test("texts with units are the numbers that they say, to the last bit", () => {
  expect(final({ parameters: { F: { τ: "0.005 s", C: "0.2 nF", g: "15 S/m^2" } } })).toEqual(
    final({ parameters: { F: { τ: 5, C: 200, g: 15 } } }),
  );
  expect(final({ setup: { level: "1.5 V/s" } })).toEqual(final({ setup: { level: 1.5 } }));
  expect(final({ parameters: { F: { τ: 5 } } })).not.toEqual(final({}));
});

test("the size of a population, its slices, weights and records follow the parameters that they are made of", () => {
  const simulation = instantiate(plan, { setup: { n: 8 } });
  expect(simulation.population("E").size).toBe(8);
  expect(simulation.projections[0]?.connections.count).toBe(32);
  expect(simulation.traces.length).toBe(8);
  const written = planSource("settings.glif", TEXT.replace("n = 4", "n = 8"), "X");
  simulation.advance(200);
  const expected = run(written);
  expect(Array.from(simulation.population("E").states[0]?.values ?? [])).toEqual(
    Array.from(expected.population("E").states[0]?.values ?? []),
  );
  expect(instantiate(plan, { sizes: { E: 6 } }).traces.length).toBe(6);
});

test("a running simulation goes forwards by whole steps; its parameters are not written", () => {
  const simulation = instantiate(plan);
  for (const time of [-5, NaN, Infinity])
    expect(() => simulation.run(time)).toThrow("a simulation runs for a time in ms, 0 or longer");
  for (const count of [-1, 0.5, NaN]) expect(() => simulation.advance(count)).toThrow("a whole number of steps");
  const parameters = simulation.population("F").parameters as Record<string, number>;
  expect(() => (parameters["τ"] = 1)).toThrow("parameters of 'F' are given when a simulation is created");
  expect(() => (parameters["tau"] = 1)).toThrow("parameters of 'F' are given");
  expect(parameters["τ"]).toBe(10);
  simulation.run(0);
  simulation.run(1);
  expect(simulation.steps).toBe(10);
});

const TIMED = `
neuron LIF { param τ = 10 ms, t_ref = 2 ms; input I : mV/ms; state V = 10 mV; V' = -V/τ + I; spike when V > 15 mV; reset { V <- 0 mV }; refractory t_ref }
synapse Jump { weight w : mV = 1 mV; on pre { post.V <- post.V + w } }
network Net { population E = 3 LIF; population P = 1 spikes(times: [10 ms, 20 ms]); connect P -> E by Jump as exc { delay = 1 ms } all }
experiment S of LIF { duration 12 ms; I = pulse(2 mV/ms, from: 10 ms, to: 11 ms); record V every 1 ms }
experiment Own of LIF { duration 12 ms; record V }
experiment N of Net { duration 24 ms }`;

test("a step that an interval of recording is no multiple of is refused, as on the command line", () => {
  const timed = planSource("timed.glif", TIMED, "S");
  for (const step of [0.3, 0.4, 2, 3])
    expect(() => instantiate(timed, { step }), String(step)).toThrow(
      `the sampling interval is 1 ms: it must be a multiple of the step, ${step} ms, and positive`,
    );
  for (const [step, every] of [
    [0.1, 10],
    [0.05, 20],
    [0.25, 4],
    [1, 1],
  ] as const) {
    const simulation = instantiate(timed, { step });
    simulation.run(12);
    expect([simulation.traces[0]?.every, simulation.traces[0]?.length], String(step)).toEqual([every, 13]);
  }
  // What is sampled in every step is so at any.
  expect(instantiate(planSource("timed.glif", TIMED, "Own"), { step: 0.3 }).traces[0]?.every).toBe(1);
});

test("an interval that is one step as planned stays that time at another step", () => {
  const simulation = instantiate(planSource("timed.glif", TIMED.replace("every 1 ms", "every 0.1 ms"), "S"), {
    step: 0.05,
  });
  expect(simulation.traces[0]?.every).toBe(2);
});

test("what a step or a parameter makes rounded is in the warnings, with the words of the command line", () => {
  const warningsOf = (name: string, options: object): readonly string[] =>
    instantiate(planSource("timed.glif", TIMED.replace("every 1 ms", "every 1.2 ms"), name), options).warnings;
  expect(warningsOf("S", {})).toEqual([]);
  expect(warningsOf("S", { step: 0.3 })).toEqual([
    "`from` of `LIF.I`, 10 ms, is not a multiple of the step, 0.3 ms: it is rounded to 9.9 ms",
    "`to` of `LIF.I`, 11 ms, is not a multiple of the step, 0.3 ms: it is rounded to 11.1 ms",
    "the refractory period of `LIF`, 2 ms, is not a multiple of the step, 0.3 ms: it is rounded to 2.1 ms",
  ]);
  expect(warningsOf("N", { step: 0.3 })).toEqual([
    "the refractory period of `E`, 2 ms, is not a multiple of the step, 0.3 ms: it is rounded to 2.1 ms",
    "the time of a spike of `P`, 10 ms, is not a multiple of the step, 0.3 ms: it is rounded to 9.9 ms, and so is 1 more",
    "the delay of `exc`, 1 ms, is not a multiple of the step, 0.3 ms: it is rounded to 0.9 ms",
  ]);
  expect(warningsOf("S", { parameters: { LIF: { t_ref: 1.25 } } })).toEqual([
    "the refractory period of `LIF`, 1.25 ms, is not a multiple of the step, 0.1 ms: it is rounded to 1.3 ms",
  ]);
  const compiled = compile(
    sourceText(
      "timed.glif",
      TIMED.replace("every 1 ms", "every 1.2 ms").replace("duration 12 ms;", "duration 12 ms; step 0.3 ms;"),
    ),
    host,
    "S",
  ).diagnostics.map((d) => d.message);
  expect(
    warningsOf("S", { step: 0.3 })
      .map((w) => w.replace(" of `LIF.I`", ""))
      .every((w) => compiled.includes(w)),
    compiled.join("\n"),
  ).toBe(true);
  expect(() => warningsOf("S", { parameters: { LIF: { t_ref: -1 } } })).toThrow(
    "the refractory period of `LIF` is negative: -1 ms",
  );
});

test("periods that differ between neurons are told by the first of them; located ones are not rounded", () => {
  const text = TIMED.replace("E = 3 LIF", "E = 3 LIF { t_ref = 1 ms + 0.15 ms*i }");
  expect(instantiate(planSource("timed.glif", text, "N")).warnings).toEqual([
    "the refractory period of `E`, neuron 1, 1.15 ms, is not a multiple of the step, 0.1 ms: it is rounded to 1.2 ms",
  ]);
  expect(
    instantiate(planSource("timed.glif", TIMED.replace("duration 24 ms", "duration 24 ms; spikes precise"), "N"), {
      step: 0.3,
    }).warnings,
  ).toEqual([]);
});

test("a run takes whole steps: what is no multiple of the step is refused, and pieces are the run in one", () => {
  const [pieces, whole] = [instantiate(plan), instantiate(plan)];
  for (const time of [0.05, 0.04, 12.01])
    expect(() => pieces.run(time)).toThrow(
      `a simulation runs for a multiple of its step, 0.1 ms, not for ${time} ms; \`advance(n)\` takes n steps`,
    );
  expect(pieces.steps).toBe(0);
  for (let k = 0; k < 40; k++) pieces.run(0.3);
  whole.run(12);
  expect([pieces.steps, whole.steps]).toEqual([120, 120]);
  expect(pieces.traces[0]?.values()).toEqual(whole.traces[0]?.values());
});

test("settings of a compilation give initial values, delays and inputs what the command line's --set gives them", () => {
  const { plan: set } = compile(sourceText("timed.glif", TIMED), host, "N", ["E.V = 14.5 mV", "exc.delay = 2 ms"]);
  if (set === null) throw new Error("no plan");
  const simulation = instantiate(set);
  expect(Array.from(simulation.population("E").states[0]?.values ?? [])).toEqual([14.5, 14.5, 14.5]);
  expect(Array.from(simulation.projections[0]?.connections.delays ?? [])).toEqual([20]);
});

test("settings of a neuron by itself would change nothing: they are refused", () => {
  const neuron = "neuron LIF { param τ = 10 ms; state V = 0 mV; V' = -V/τ; spike when V > 15 mV; reset { V <- 0 mV } }";
  const messages = (name: string | null, settings: readonly string[]): readonly string[] =>
    compile(sourceText("a.glif", neuron), host, name, settings).diagnostics.map((d) => d.message);
  expect(messages(null, ["V = 5 mV"])).toEqual([
    "settings are those of an experiment, and LIF is a neuron by itself: change it in its file, or write an experiment of it",
  ]);
  expect(messages("LIF", ["V = 5 mV"])).toEqual(["there is no experiment `LIF`"]);
  expect(messages(null, [])).toEqual([]);
});

test("a compilation that leaves open what is meant says what there is", () => {
  const messages = (name: string | null): readonly string[] =>
    compile(sourceText("timed.glif", TIMED), host, name)
      .diagnostics.filter((d) => d.severity === "error")
      .map((d) => `${d.code}: ${d.message}`);
  expect(messages(null)).toEqual(["run/which-model: timed.glif has several; name the one you mean: S, Own, N"]);
  expect(messages("nix")).toEqual([
    "run/which-model: timed.glif has no experiment or neuron nix; there are S, Own, N, LIF",
  ]);
  expect(messages("Net")).toEqual([
    "run/which-model: Net is a network: name an experiment or neuron; there are S, Own, N, LIF",
  ]);
  expect(messages("LIF")).toEqual([]);
  expect(() => compile(TIMED as unknown as ReturnType<typeof sourceText>, host)).toThrow(
    "what is compiled is a `sourceText(path, text)`, not a text by itself",
  );
  expect(() => instantiate(null as unknown as typeof plan)).toThrow(
    "instantiate takes the `plan` that `compile` gives; where that is null, its `diagnostics` say why",
  );
});

test("programs read units as models do: all symbols, quotients, powers and roots", () => {
  const compound = [
    "mS/cm^2",
    "/ms",
    "1/ms",
    "pA*sqrt(ms)",
    "ms^(-1/2)",
    "mV/sqrt(ms)",
    "nS*mV/pF",
    "%",
    "1",
    "degC",
    "m^2/s^2",
    "kHz/mV",
    "µm^0.5",
    "mol/L/s",
  ];
  for (const text of [...unitSymbols(), ...compound]) {
    const read = parseUnit(text);
    if (!("unit" in read)) throw new Error(text);
    const expected = canonicalValue("12.5", read.unit).value;
    const found = readQuantity(`12.5 ${text}`, canonicalUnit(read.unit.dimension).text);
    expect(found, text).toBe(expected);
  }
  for (const text of ["mV/", "*mV", "mV mV", "cm2", "Mv", "toString", "mV^", "sqrt(mV", "degC/s", ""])
    expect(typeof readQuantity(`1 ${text}`, "mV"), text).toBe("string");
});
