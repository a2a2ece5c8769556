// What a comparison is checked to be: variants in the place of an experiment's subject, measures with all their parameters, sweeps with their values.
import { expect, test } from "vitest";
import { present } from "../../src/base/invariant.ts";
import { planSimulation } from "../../src/4-plan/planSimulation.ts";
import type { CheckedCase, CheckedComparison } from "../../src/3-check/checked.ts";
import { compile } from "../../src/compile.ts";
import { checkComparison, checkFiles } from "../../src/compare/implicit.ts";
import { sourceText } from "../../src/base/source.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { COMPARED, COMPARISONS } from "./comparison.ts";
import { analyzeText, hostOf, programOf, show } from "./program.ts";

const program = programOf(COMPARED + COMPARISONS);

function comparison(name: string): CheckedComparison {
  return present(
    program.comparisons.find((c) => c.name === name),
    name,
  );
}

function given(body: string): CheckedComparison {
  return present(programOf(`${COMPARED}\ncomparison Given {\n${body}\n}`).comparisons[0], "Given");
}

/** `population.name = value` of a case's settings. */
function settings({ experiment }: CheckedCase): string[] {
  return experiment.populations.flatMap((p) =>
    p.settings.map(
      (s) =>
        `${p.name}.${s.target.quantity.name} = ${s.value.kind === "expression" ? show(s.value.expression) : s.value.kind}`,
    ),
  );
}

const codes = (body: string): string[] =>
  analyzeText(`${COMPARED}\ncomparison Given {\n${body}\n}`).diagnostics.map((d) => d.code);

test("variants are labelled by their models' names, made unique by what is changed of them", () => {
  const { variants, doc } = comparison("Levels");
  expect(doc).toBe("All that neurons can be compared by.");
  expect(variants.map((v) => v.label)).toEqual([
    "LIF",
    "GLIF",
    "fast threshold",
    "GLIF { method euler, step 0.05 ms, V ~ normal(E_L, 1 mV) }",
  ]);
  expect(variants.map((v) => v.overrides.length)).toEqual([0, 0, 1, 3]);
  expect(given("models GLIF { b_s = 1 /ms }, LIF\nunder Constant").variants.map((v) => v.label)).toEqual([
    "GLIF",
    "LIF",
  ]);
});

test("each variant stands under each experiment that fits it: variants first, experiments within", () => {
  expect(comparison("Levels").cases.map((c) => `${c.variant} ${c.under}`)).toEqual([
    "0 Step",
    "0 Constant",
    "1 Step",
    "1 Constant",
    "2 Step",
    "2 Constant",
    "3 Step",
    "3 Constant",
  ]);
  expect(
    given("models LIF, Pair\nunder Driven, Constant").cases.map(
      (c) => `${c.variant} ${c.under} ${c.experiment.subject}`,
    ),
  ).toEqual(["0 Constant LIF", "1 Driven Pair"]);
});

test("the experiment's settings apply to a variant, then its own", () => {
  const [lif, , glif, , fast] = comparison("Levels").cases;
  expect(settings(present(lif, "LIF"))).toEqual(["LIF.I_e = <pulse>"]);
  expect(settings(present(glif, "GLIF"))).toContain("GLIF.b_s = 0.03");
  expect(settings(present(fast, "fast"))).toContain("GLIF.b_s = 0.2");
});

test("method, step and draws of a variant are its own", () => {
  const euler = present(comparison("Levels").cases[6], "Euler under Step");
  expect(euler.experiment.method.name).toBe("euler");
  expect(show(euler.experiment.step)).toBe("0.05");
  expect(settings(euler)).toContain("GLIF.V = draw");
  expect(comparison("Levels").cases.map((c) => show(c.experiment.step))).toEqual([
    "0.1",
    "0.05",
    "0.1",
    "0.05",
    "0.1",
    "0.05",
    "0.05",
    "0.05",
  ]);
  expect(comparison("Levels").cases.map((c) => c.experiment.method.name)).toEqual([
    "auto",
    "auto",
    "auto",
    "auto",
    "auto",
    "auto",
    "euler",
    "euler",
  ]);
});

test("`spikes precise` of a variant, or of the experiment for all", () => {
  expect(
    given('models LIF, LIF { spikes precise } as "precise"\nunder Constant').cases.map((c) => c.experiment.precise),
  ).toEqual([false, true]);
});

test("what the experiment records and the variant lacks is left out, and said", () => {
  const cases = comparison("Levels").cases.filter((c) => c.under === "Step");
  expect(cases.map((c) => c.lacking)).toEqual([["Θ_s"], [], [], []]);
  // Of parameters the same is told, once for each variant.
  expect(analyzeText(COMPARED + COMPARISONS).diagnostics.map((d) => `${d.code} ${d.message}`)).toEqual([
    "comparison/lacks-parameter `LIF` has no `b_s`, set by `Step`: left out for it",
  ]);
});

test("what measures are about is recorded in every case that has it, and their spikes are kept", () => {
  const recordOf = (c: CheckedCase, k: number): string | null =>
    c.experiment.records[c.measured[k] ?? -1]?.quantity.name ?? null;
  expect(comparison("Levels").cases.map((c) => [recordOf(c, 0), recordOf(c, 3), recordOf(c, 4)])).toEqual([
    [null, "V", null],
    [null, "V", null],
    [null, "V", "Θ_s"],
    [null, "V", "Θ_s"],
    [null, "V", "Θ_s"],
    [null, "V", "Θ_s"],
    [null, "V", "Θ_s"],
    [null, "V", "Θ_s"],
  ]);
  // What the experiment records already is not recorded again.
  expect(comparison("Levels").cases[2]?.experiment.records).toHaveLength(2);
  const quiet = given("models Pair\nunder Driven\nmeasure rate(of: I)").cases[0]?.experiment;
  expect(quiet?.spikesOf).toEqual(["E", "I"]);
  expect(
    programOf(
      `${COMPARED.replace("record E[0].V", "record E.spikes")}\ncomparison Given { under Driven; measure rate }`,
    ).comparisons[0]?.cases[0]?.experiment.spikesOf,
  ).toEqual(["E", "I"]);
});

test("measures have all their parameters, canonical", () => {
  const { measures } = comparison("Levels");
  expect(measures.map((m) => m.text)).toEqual([
    "rate",
    "cv_isi",
    "van_rossum(tau: 0.02 s)",
    "trace_mean(V)",
    "trace_sd(Θ_s)",
  ]);
  expect(measures[2]?.parameters).toEqual(new Map([["tau", 20]]));
  expect(measures[1]?.parameters.size).toBeGreaterThan(0);
  expect(measures.map((m) => m.variable)).toEqual([null, null, null, "V", "Θ_s"]);
  expect(comparison("Networks").measures.map((m) => [m.variable, m.population])).toEqual([
    [null, "E"],
    ["E[0].V", "E"],
  ]);
  expect(given("models LIF, GLIF\nunder Constant").measures.map((m) => m.name)).toEqual([
    "rate",
    "latency",
    "cv_isi",
    "adaptation",
  ]);
  // In a network the population and the neuron's number are said, whatever was written.
  expect(
    given("models Pair, Louder\nunder Driven\nmeasure trace_mean(I[0].V), trace_sd(E[n - 1].V)").measures.map((m) => [
      m.variable,
      m.population,
    ]),
  ).toEqual([
    ["I[0].V", "I"],
    ["E[3].V", "E"],
  ]);
});

test("a reference is a variant by name or label, or a recording beside the file", () => {
  expect(comparison("Levels").reference).toMatchObject({ kind: "variant", variant: 2 });
  expect(given("models GLIF, LIF\nunder Constant\nreference LIF").reference).toMatchObject({
    kind: "variant",
    variant: 1,
  });
  expect(comparison("Networks").reference).toBeNull();
  const held = analyzeText(
    `${COMPARED}\ncomparison Held { models LIF\nunder Constant\nmeasure van_rossum\nreference recording("cell.csv") }`,
    { "cell.csv": "spikes (ms)\n12\n" },
  );
  expect(held.program?.comparisons[0]?.reference).toMatchObject({
    kind: "recording",
    files: [{ path: "cell.csv", text: "spikes (ms)\n12\n" }],
    level: null,
  });
  const both = analyzeText(
    `${COMPARED}\ncomparison Held { models LIF\nunder Constant\nmeasure van_rossum\nreference recording("v.csv", "s.csv", level: -0.02 V) }`,
    { "v.csv": "t (ms),V (mV)\n0,1\n", "s.csv": "t (ms)\n1\n" },
  );
  expect(both.program?.comparisons[0]?.reference).toMatchObject({
    files: [{ path: "v.csv" }, { path: "s.csv" }],
    level: -20,
  });
});

test("networks: their settings, their parameters, one in the place of another", () => {
  const { cases, variants } = comparison("Networks");
  expect(variants.map((v) => v.label)).toEqual(["Pair", "Louder", "apart"]);
  const plans = cases.map((c) => present(planSimulation(c.experiment).plan, "plan"));
  // `Pair.n = 4` of the experiment means whichever network it is; a variant's own comes after it.
  expect(plans.map((p) => p.populations.find((q) => q.name === "E")?.size)).toEqual([4, 4, 2]);
});

test("without models the experiments' own subjects are compared, as if under one experiment", () => {
  const { variants, cases } = given("under Step, Constant");
  expect(variants.map((v) => [v.label, v.model])).toEqual([
    ["Step", "GLIF"],
    ["Constant", "LIF"],
  ]);
  expect(cases.map((c) => [c.variant, c.under])).toEqual([
    [0, "Step, Constant"],
    [1, "Step, Constant"],
  ]);
});

test("sweeps: values with both ends, lists, draws, and the parameter that sets them", () => {
  const [drawn, log, listed] = comparison("Drawn").sweeps;
  expect(drawn?.values).toMatchObject({ kind: "draws", count: 30 });
  expect(log?.values).toEqual({ kind: "values", scale: "logarithmic", values: [1, 10, 100] });
  expect(listed).toMatchObject({
    name: "I_0",
    setup: "I_0",
    values: { kind: "values", scale: "list", values: [100, 200] },
  });
  expect(comparison("Swept").sweeps[0]).toMatchObject({
    name: "I_e",
    setup: "sweep:I_e",
    cases: [0, 1],
    values: { values: [0, 100, 200, 300, 400, 500] },
  });
  const tenths = given("models GLIF\nunder Step\nsweep b_s over 0.1 /ms .. 1 /ms in 10 steps").sweeps[0]?.values;
  expect(tenths).toMatchObject({ values: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] });
  expect(given("models GLIF\nunder Step\nsweep V over -80 mV .. 0 V in 3 steps").sweeps[0]?.values).toMatchObject({
    values: [-80, -40, 0],
  });
  expect(given("models LIF, GLIF\nunder Constant\nsweep b_s over 1 /ms .. 2 /ms in 2 steps").sweeps[0]?.cases).toEqual([
    1,
  ]);
});

test("what is refused is refused before it takes memory or time", () => {
  expect(codes("models LIF\nunder Constant\nsweep C over 1 pF .. 2 pF in 1e15 steps")).toEqual([
    "comparison/bad-sweep",
  ]);
  const most = (steps: number): readonly string[] =>
    codes(`models LIF\nunder Constant\nsweep C over 1 pF .. 2 pF in ${steps} steps\nsweep V over [-70, -65] mV`);
  expect([most(500_000), most(500_001)]).toEqual([[], ["comparison/bad-sweep"]]);
  expect(codes("models LIF\nunder Constant\nsweep C ~ normal(1 pF, 1 pF) in 1e300 draws")).toEqual([
    "comparison/bad-sweep",
  ]);
  expect(codes("models LIF\nunder Constant\nseeds 1e12")).toEqual(["comparison/bad-seeds"]);
  expect(codes("models LIF\nunder Constant\nsweep C over 1 pF .. 2 pF in 2.5 steps")).toEqual(["comparison/bad-sweep"]);
  expect(codes("models LIF\nunder Constant\nsweep C over 1 pF .. 2 pF in 3 mV steps")).toEqual([
    "units/wrong-dimension",
  ]);
  expect(codes("models LIF\nunder Constant\nsweep C over 1 pF .. C in 3 steps")).toEqual(["names/unknown"]);
});

test("one mistake in an experiment or a model is told once, however many variants come across it", () => {
  expect(
    analyzeText(`${COMPARED.replace("GLIF.b_s = 0.03 /ms", "GLIF.b_s = 0.03 mV")}${COMPARISONS}`).diagnostics.map(
      (d) => d.code,
    ),
  ).toEqual(["units/wrong-dimension", "comparison/lacks-parameter"]);
  expect(
    analyzeText(`${COMPARED.replace("record V, Θ_s", "record V, Θ_t")}${COMPARISONS}`).diagnostics.map((d) => d.code),
  ).toEqual(["experiment/unknown-record", "comparison/lacks-parameter"]);
});

test("what comparisons alone use is used", () => {
  const model = (start: string): string =>
    `neuron N { param spare = -70 mV, high = ${start}\n state V = -60 mV\n V' = (1 mV - V)/(9 ms)\n spike when V > 0 mV\n reset { V <- high } }\n`;
  const under = "experiment E of N { duration 10 ms }\n";
  const used = "comparison Given { models N { V = spare, high = -1 mV }; under E }";
  const told = (text: string): string[] => analyzeText(text).diagnostics.map((d) => d.code);
  expect(told(model("-1 mV") + under)).toEqual(["model/unused"]);
  expect(told(model("-1 mV") + under + used)).toEqual([]);
  expect(program.own).toEqual([
    "LIF",
    "GLIF",
    "Exp",
    "Pair",
    "Louder",
    "Step",
    "Constant",
    "Driven",
    "Levels",
    "Networks",
    "Swept",
    "Drawn",
  ]);
});

test("a swept plan at a value is the plan of that value, bit for bit", () => {
  const spikes = (plan: Parameters<typeof instantiate>[0], setup: Record<string, number>): number[] => {
    const simulation = instantiate(plan, { seed: 1, setup });
    simulation.advance(plan.steps ?? 0);
    return Array.from({ length: simulation.spikes.length }, (_, k) => simulation.spikes.time(k));
  };
  const main = sourceText("main.glif", COMPARED);
  const host = hostOf({});
  const swept = checkComparison(main, host, "Step", {
    sweeps: [
      "b_s over 0.01 /ms .. 0.1 /ms in 4 steps",
      "I_e over [300, 500] pA",
      "V over -80 mV .. -60 mV in 2 steps",
      "C over [50, 60] pF",
    ],
    measures: ["rate"],
  });
  const plan = present(planSimulation(present(swept.comparison?.cases[0], "case").experiment).plan, "plan");
  const seen = new Set<string>();
  for (const b of [0.01, 0.04, 0.1]) {
    for (const [I, V, C] of [
      [300, -80, 50],
      [500, -60, 60],
    ] as const) {
      const expected = present(
        compile(main, host, "Step", [`b_s = ${b} /ms`, `I_e = ${I} pA`, `V = ${V} mV`, `C = ${C} pF`]).plan,
        "plan",
      );
      const found = spikes(plan, { "sweep:b_s": b, "sweep:I_e": I, "sweep:V": V, "sweep:C": C });
      expect(found).toEqual(spikes(expected, {}));
      expect(found.length).toBeGreaterThan(3);
      seen.add(found.join());
    }
  }
  expect(seen.size).toBe(6);
  // Unless told otherwise a parameter is the model's own, and what the model leaves open is the first value.
  expect(spikes(plan, {})).toEqual(
    spikes(plan, { "sweep:b_s": 0.03, "sweep:I_e": 300, "sweep:V": -80, "sweep:C": 58.7 }),
  );
});

test("a sweep of a weight and a delay reaches the connections", () => {
  const { cases, sweeps } = given(
    "under Driven\nmeasure rate\nsweep exc.w over 0 pA .. 2000 pA in 3 steps\nsweep exc.delay over [1, 2] ms",
  );
  expect(sweeps.map((s) => [s.setup, s.unit.text])).toEqual([
    ["sweep:exc.w", "pA"],
    ["sweep:exc.delay", "ms"],
  ]);
  const plan = present(planSimulation(present(cases[0], "case").experiment).plan, "plan");
  const count = (setup: Record<string, number>): number => {
    const simulation = instantiate(plan, { seed: 1, setup });
    simulation.advance(plan.steps ?? 0);
    return simulation.spikes.length;
  };
  expect(count({ "sweep:exc.w": 2000 })).toBeGreaterThan(count({ "sweep:exc.w": 0 }));
});

test("a comparison of the command line: its mistakes are told in its words", () => {
  const main = sourceText("main.glif", COMPARED);
  const told = (texts: Parameters<typeof checkComparison>[3], experiment: string | null = "Step"): string[] =>
    checkComparison(main, hostOf({}), experiment, texts).diagnostics.map(
      (d) => `${d.primary.span.source.path} ${d.code}`,
    );
  expect(told({ sweeps: ["b_s over 1 /ms .. 2 /ms in 3 steps"], measures: ["rate", "trace_mean(V)"] })).toEqual([]);
  expect(told({ sweeps: ["b_t over 1 /ms .. 2 /ms in 3 steps"] })).toEqual(["--over comparison/nothing-to-sweep"]);
  expect(told({ sweeps: ["b_s over 1 /ms"] })).toEqual(["--over syntax/expected"]);
  expect(told({ measures: ["raet"] })).toEqual(["--measure comparison/unknown-measure"]);
  expect(told({ measures: ["rate\nduration 3 s"] })).not.toEqual([]);
  expect(told({}, "Stepp")).toEqual(["--under names/unknown-model"]);
  expect(told({ settings: ["b_s = 3 mV"] })).toEqual(["--set units/wrong-dimension"]);
  expect(
    told({ models: ["LIF", 'GLIF { b_s = 1 /ms } as "fast"'], reference: "fast", seeds: 3, measures: ["van_rossum"] }),
  ).toEqual(["--model comparison/lacks-parameter"]);
  expect(checkComparison(main, hostOf({}), null, {}).comparison).toBeNull();
});

test("the experiments of two files held against each other", () => {
  const [a, b] = [sourceText("a.glif", COMPARED), sourceText("b.glif", COMPARED.replace("G = 9.43 nS", "G = 8 nS"))];
  const compared = checkFiles([a, b], hostOf({}), { measures: ["rate", "van_rossum"], seeds: 2 });
  expect(compared.diagnostics).toEqual([]);
  expect(compared.notes).toEqual(["compared under Step, Constant, Driven, which all files have"]);
  expect(compared.comparison?.variants.map((v) => v.label)).toEqual([
    "GLIF (a.glif)",
    "LIF (a.glif)",
    "Pair (a.glif)",
    "GLIF (b.glif)",
    "LIF (b.glif)",
    "Pair (b.glif)",
  ]);
  expect(compared.comparison?.cases.map((c) => `${c.variant} ${c.under}`)).toEqual([
    "0 Step",
    "1 Constant",
    "2 Driven",
    "3 Step",
    "4 Constant",
    "5 Driven",
  ]);
  expect(compared.comparison?.seeds).toBe(2);
  const own = [
    sourceText("a.glif", "neuron N { state V = 0 mV\nV' = -V/(1 ms) }\nexperiment A of N { duration 1 ms }"),
    sourceText("b.glif", "neuron N { state V = 0 mV\nV' = -V/(2 ms) }\nexperiment B of N { duration 1 ms }"),
  ];
  expect(checkFiles(own, hostOf({}), { measures: ["trace_mean(V)"] })).toMatchObject({
    notes: ["compared under A of a.glif and B of b.glif, the only experiment of each"],
    comparison: { cases: [{ under: "A, B" }, { under: "A, B" }] },
  });
  expect(checkFiles([present(own[0], "a"), a], hostOf({}), {}).comparison).toBeNull();
  expect(checkFiles(own, hostOf({}), { measures: ["trace_mean(W)"] }).diagnostics.map((d) => d.code)).toEqual([
    "comparison/measure-of-nothing",
  ]);
});

test("a variant can stand in another file than its experiment, and names mean what they mean there", () => {
  const files = { "models.glif": `const C_1 = 1 pF\n${COMPARED}` };
  const text = `import GLIF, LIF, Constant from "models.glif"\nconst C_1 = 90 pF\ncomparison Given { models LIF, LIF { C = C_1 } as "large"; under Constant }`;
  const { program: found, diagnostics } = analyzeText(text, files);
  expect(diagnostics).toEqual([]);
  expect(found?.comparisons[0]?.cases.map(settings)).toEqual([["LIF.I_e = 400"], ["LIF.I_e = 400", "LIF.C = 90"]]);
});
