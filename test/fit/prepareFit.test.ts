// What the engine is asked: per model its numbers with their bounds and starts, its windows, its terms, what was recorded of it; and what losses its terms become.
import { expect, test } from "vitest";
import { sourceText } from "../../src/base/source.ts";
import { check } from "../../src/compile.ts";
import { choose } from "../../src/fit/choice.ts";
import { forcedOf } from "../../src/fit/forced.ts";
import { prepareFit } from "../../src/fit/prepareFit.ts";
import type { FitProblem } from "../../src/fit/problem.ts";
import { scoredCases, scoreOf } from "../../src/fit/scoring.ts";
import { renderDiagnostics } from "../../src/render/terminal.ts";

const NEURONS = `neuron LIF {
  param C = 100 pF, G = 10 nS, E_L = -70 mV, Θ = -50 mV
  input I_e : pA
  state V : mV = E_L
  V' = (I_e - G*(V - E_L))/C
  spike when V > Θ
  reset { V <- E_L }
}
neuron GLIF extends LIF {
  index j = 1..2
  param δI[j] = [-20, -5] pA
  state I[j] : pA = 0 pA
  I[j]' = -I[j]/(50 ms)
  I_e += sum(I)
  reset { V <- E_L; I[j] <- I[j] + δI[j] }
}
experiment Quiet of LIF { duration 1 s; C = 0.2 nF; I_e = 300 pA }
experiment Loud of LIF { duration 1 s; param I_0 = 400 pA; C = 0.2 nF; I_e = I_0; V ~ uniform(-70 mV, -60 mV) }
`;
const CELL = `t (ms),V (mV),I_e (pA),other (mV)\n${Array.from({ length: 11 }, (_, k) => `${100 * k},${k % 3 === 2 ? 10 : -60},0,0`).join("\n")}\n`;

function problemsOf(fit: string): readonly FitProblem[] {
  const host = {
    read: (path: string) => {
      const text = path === "cell.csv" ? CELL : path === "low.csv" ? CELL.replace("500,10", "500,-15") : null;
      return text === null ? { problem: "there is no such file" } : { text };
    },
    resolve: (_: string, path: string) => ({ path }),
  };
  const { program, diagnostics } = check(sourceText("test.glif", `${NEURONS}\nfit Cell of ${fit}`), host);
  const declared = program?.fits[0];
  if (declared === undefined) throw new Error(renderDiagnostics(diagnostics, { color: false }));
  const prepared = prepareFit(declared);
  if (prepared.fit === null) throw new Error(renderDiagnostics(prepared.diagnostics, { color: false }));
  return prepared.fit.problems;
}

const RECORDED = 'reference recording("cell.csv")';

test("each model is asked for the numbers that it has and does not set, in their units, from its own values on", () => {
  const [glif, fixed, lif] = problemsOf(
    `GLIF, GLIF { δI[1] = 0 pA } as "fixed", LIF { under Quiet; ${RECORDED}; free C in 0.02 nF .. 0.4 nF logarithmic, δI[1] in -500 pA .. 0 pA, V in -80 mV .. -60 mV, Θ in -45 mV .. -40 mV }`,
  );
  expect(glif?.free).toEqual([
    { name: "C", setup: "sweep:C", unit: { text: "pF", scale: 1 }, lower: 20, upper: 400, logarithmic: true, own: 200 },
    { name: "δI[1]", setup: "sweep:δI[1]", unit: { text: "pA", scale: 1 }, lower: -500, upper: 0, logarithmic: false, own: -20 },
    { name: "V", setup: "sweep:V", unit: { text: "mV", scale: 1 }, lower: -80, upper: -60, logarithmic: false, own: null },
    // Outside of its bounds.
    { name: "Θ", setup: "sweep:Θ", unit: { text: "mV", scale: 1 }, lower: -45, upper: -40, logarithmic: false, own: null },
  ]); // prettier-ignore
  expect(fixed?.free.map((f) => f.name)).toEqual(["C", "V", "Θ"]);
  expect(lif?.free.map((f) => f.name)).toEqual(["C", "V", "Θ"]);
});

test("windows, weights, seeds and budget are as said, or all of the recording, 1, 5 and 5000", () => {
  const [said] = problemsOf(
    `LIF { under Quiet; ${RECORDED}; free C in 20 pF .. 400 pF; train 0 s .. 0.2 s, 0.5 s .. 0.7 s; test 0.2 s .. 0.5 s; measure 2*explained_variance(sigma: 5 ms), rate; seeds 3; evaluations 70 }`,
  );
  expect(said?.cases[0]).toMatchObject({
    experiment: "Quiet",
    train: [
      { from: 0, until: 200 },
      { from: 500, until: 700 },
    ],
    test: [{ from: 200, until: 500 }],
  });
  expect([said?.terms, said?.seeds, said?.evaluations]).toEqual([
    [
      { text: "explained_variance(sigma: 5 ms)", measure: "explained_variance", weight: 2 },
      { text: "rate", measure: "rate", weight: 1 },
    ],
    [1, 2, 3],
    70,
  ]);
  const [unsaid] = problemsOf(`LIF { under Quiet; ${RECORDED}; free C in 20 pF .. 400 pF }`);
  expect([unsaid?.cases[0]?.train, unsaid?.cases[0]?.test, unsaid?.seeds.length, unsaid?.evaluations]).toEqual([
    [{ from: 0, until: 1000 }],
    [],
    5,
    5000,
  ]);
  expect(unsaid?.terms).toEqual([{ text: "explained_variance", measure: "explained_variance", weight: 1 }]);
});

test("under several experiments all have all numbers; what was recorded of the neuron is there for regression", () => {
  const [problem] = problemsOf(
    `LIF { under Quiet, Loud; ${RECORDED}; free I_0 in 100 pA .. 500 pA, G in 1 nS .. 20 nS }`,
  );
  expect(problem?.cases.map((c) => c.plan.setup.map((p) => p.name))).toEqual([
    expect.arrayContaining(["I_0", "sweep:G"]),
    expect.arrayContaining(["I_0", "sweep:G"]),
  ]);
  expect(problem?.cases[0]?.observed.map((o) => o.recorded)).toEqual(["V"]);
  expect(problem?.cases[0]?.data[0]?.populations[0]?.times.length).toBe(3);
});

test("driven runs take the spikes of a trace at the level that the recording gives", () => {
  const spikesAt = (level: string): number => {
    const [problem] = problemsOf(
      `LIF { under Quiet; reference recording("low.csv"${level}); free G in 1 nS .. 20 nS; measure subthreshold_rmse(V) }`,
    );
    const forced = forcedOf(problem as FitProblem);
    return "none" in forced ? NaN : (forced.runs[0]?.spikes.length ?? NaN);
  };
  expect([spikesAt(", level: -20 mV"), spikesAt("")]).toEqual([3, 2]);
});

test("a likeness costs what it lacks of 1, a distance its share of that of a model that does nothing, a feature its distance in standard deviations, and a rate that is far off costs besides", () => {
  const [problem] = problemsOf(
    `LIF { under Quiet; ${RECORDED}; free C in 20 pF .. 400 pF; measure 3*explained_variance, victor_purpura(cost: 0 /ms), rate }`,
  );
  if (problem === undefined) throw new Error("no problem");
  const cases = scoredCases(problem, [[{ from: 0, until: 1000 }]]);
  const lossOf = (explained: number | null, distance: number, rate: number | null, spikes: number): number =>
    scoreOf(problem, cases, [
      { failure: null, windows: [[{ terms: [explained, distance, rate], spikes, margin: null }]] },
    ]).loss;
  // The recording has 3 spikes in 1 s: a silent model is 3 away from it; of its rate, 3 Hz, 5 % are taken for its standard deviation.
  expect(lossOf(1, 0, 3, 3)).toBe(0);
  expect(lossOf(0.6, 0, 3, 3)).toBeCloseTo((3 * 0.4) / 5, 12);
  expect(lossOf(1, 1.5, 3, 3)).toBeCloseTo(0.5 / 5, 12);
  expect(lossOf(1, 0, 3.3, 3)).toBeCloseTo(0.3 / 0.15 / 5, 9);
  expect(lossOf(1, 0, 3, 6)).toBe(0);
  expect(lossOf(1, 0, 3, 27)).toBeCloseTo(Math.log(27.5 / 3.5) - Math.log(2), 9);
  // What has no value is as bad as doing nothing, of a feature as 0: a silent neuron is no nearer to a latency than one that spikes late. What cannot run costs more than anything.
  expect(lossOf(null, 0, 3, 3)).toBeCloseTo(3 / 5, 12);
  expect(lossOf(1, 0, null, 3)).toBeCloseTo(3 / 0.15 / 5, 9);
  expect(scoreOf(problem, cases, [{ failure: "it ran away", windows: [] }]).loss).toBe(Infinity);
});

test("a model that spikes all the time, so that no sample of its trace can be compared, costs more than any whose trace is seen", () => {
  const [problem] = problemsOf(
    `LIF { under Quiet; ${RECORDED}; free C in 20 pF .. 400 pF; measure subthreshold_rmse(V) }`,
  );
  if (problem === undefined) throw new Error("no problem");
  const lossOf = (rmse: number | null): number =>
    scoreOf(problem, scoredCases(problem, [[{ from: 0, until: 1000 }]]), [
      { failure: null, windows: [[{ terms: [rmse], spikes: 3, margin: null }]] },
    ]).loss;
  expect(lossOf(null)).toBeGreaterThan(lossOf(500));
  expect(lossOf(null)).toBeLessThan(Infinity);
});

test("of several models the one with the fewest numbers is needed among those that are as near as the best", () => {
  const model = (label: string, numbers: number, train: number, kept: number | null) => ({
    label,
    numbers: Array.from({ length: numbers }),
    train: { loss: train },
    test: kept === null ? null : { loss: kept },
    scatter: { mean: kept ?? train, error: 0.006 },
  });
  expect(choose([model("A", 5, 0.1, 0.2)])).toBeNull();
  expect(choose([model("A", 7, 0.1, 0.2), model("B", 5, 0.2, 0.215), model("C", 2, 0.3, 0.4)])).toEqual({
    model: 1,
    sentence:
      "The data need B (5 free numbers, loss 0.215): the simpler C (2 free numbers, loss 0.4) explains less on what was kept back, by more than the 0.017 that chance may make: losses are means over numbers up to 0.5 % off, and this is two standard errors of their difference; A (7 free numbers, loss 0.2) explains no more than chance may make.",
  });
  expect(choose([model("A", 7, 0.1, 0.2), model("B", 5, 0.2, 0.23)])?.model).toBe(0);
  // What moves more where the numbers are a little off is not told apart by as little.
  const restless = { ...model("B", 5, 0.2, 0.23), scatter: { mean: 0.23, error: 0.02 } };
  expect(choose([model("A", 7, 0.1, 0.2), restless])?.model).toBe(1);
  // A simpler model that cannot run has no loss that chance could move.
  expect(choose([model("A", 7, 0.1, 0.2), { ...model("B", 5, Infinity, Infinity), scatter: null }])?.sentence).toBe(
    "The data need A (7 free numbers, loss 0.2): the simpler B (5 free numbers, loss none: it cannot run) explains less on what was kept back.",
  );
  expect(choose([model("A", 2, 0.1, null), model("B", 1, 0.3, null)])).toEqual({
    model: 0,
    sentence:
      "The data need A (2 free numbers, loss 0.1): the simpler B (1 free number, loss 0.3) explains less on what it was trained on, by more than the 0.017 that chance may make: losses are means over numbers up to 0.5 % off, and this is two standard errors of their difference; nothing was kept back, so that a model with more numbers is favoured.",
  });
});

/** What is wrong, by code. */
function toldOf(text: string): readonly string[] {
  const host = {
    read: (path: string) => (path === "cell.csv" ? { text: CELL } : { problem: "there is no such file" }),
    resolve: (_: string, path: string) => ({ path }),
  };
  const { program, diagnostics } = check(sourceText("test.glif", `${NEURONS}\n${text}`), host);
  const [fit] = program?.fits ?? [];
  const all = fit === undefined ? diagnostics : [...diagnostics, ...prepareFit(fit).diagnostics];
  return all.filter((d) => d.severity === "error").map((d) => `${d.code}: ${d.message}`);
}

test("what only an observed trace reads is not free in vain, whether the trace is measured or not", () => {
  const patched = (recorded: string): readonly string[] =>
    toldOf(
      `neuron Patched extends LIF { param R_s = 10 MΩ; let V_e = V + R_s*I_e }
       fit Cell of Patched { under Quiet; reference ${recorded}; free R_s in 0 MΩ .. 40 MΩ; measure explained_variance }`,
    );
  expect(patched('recording("cell.csv", V_e: "V")')).toEqual([]);
  expect(patched('recording("cell.csv")')).toEqual([
    "fit/free-in-vain: nothing in `Patched` reads `R_s`: no recording could tell what it is",
  ]);
});

test("a measure that has no value whatever the numbers are is refused", () => {
  expect(
    toldOf(`fit Cell of LIF { under Quiet; ${RECORDED}; free C in 0.02 nF .. 0.4 nF; measure coincidence_ratio }`),
  ).toEqual([
    "fit/undefined: `coincidence_ratio` has no value for LIF and this recording: fewer than 2 repeats of the reference, or their reliability R is below 0.1",
  ]);
  expect(
    toldOf(
      `neuron Drawn extends LIF { spike with rate exp((V - Θ)/(2 mV))/(1 ms) }
       fit Cell of Drawn { under Quiet; ${RECORDED}; free C in 0.02 nF .. 0.4 nF; measure md_star }`,
    ),
  ).toEqual([]);
});
