// A step that is too long is never silent, one that is short enough never blamed, and looking changes nothing.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sourceText } from "../../src/base/source.ts";
import { check, planOf, targetsOf } from "../../src/compile.ts";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { runSimulation } from "../../src/simulate/run.ts";
import { spikesCsv } from "../../src/simulate/spikesCsv.ts";
import { tooLongDiagnostic } from "../../src/simulate/stepMessage.ts";
import { watchSteps, type StepFinding } from "../../src/simulate/stepWatch.ts";
import { host, MODELS, planModel, planSource } from "../conformance/harness.ts";
import { HIRES, VAN_DER_POL } from "../stiff.ts";
import { fileOf, tracesOf } from "./helpers.ts";

async function findingsOf(
  plan: SimulationPlan,
  { steps = plan.steps ?? 0, clock = undefined as (() => number) | undefined } = {},
): Promise<{ readonly findings: readonly StepFinding[]; readonly text: string }> {
  const simulation = instantiate(plan, { seed: 1 });
  const watch = watchSteps(plan, simulation, steps);
  await runSimulation(simulation, steps, { watch, ...(clock === undefined ? {} : { clock }) });
  return { findings: watch.findings(), text: fileOf(spikesCsv(simulation)) + tracesOf(simulation) };
}

const finding = async (
  path: string,
  text: string,
  experiment: string | null = null,
): Promise<StepFinding | undefined> => (await findingsOf(planSource(path, text, experiment))).findings[0];

const hires = (step: number, method: string, subject = "Hires"): string => `${HIRES}
network Two { population A = 3 Hires; population B = 2 Calm }
neuron Calm { state u : 1 = 1; u' = -u/(10 ms) }
experiment E of ${subject} { duration 320 ms; step ${step} ms; method ${method} }`;

test("HIRES under rk4 at 0.016 ms: variable, time constant and a step that does", async () => {
  const found = await finding("hires.glif", hires(0.016, "rk4"));
  expect(found).toMatchObject({ state: "y8", group: { method: "rk4" } });
  expect(found?.timeConstant).toBeGreaterThan(0.003);
  expect(found?.timeConstant).toBeLessThan(0.01);
  expect(found?.enough).toBeLessThanOrEqual(0.008);
  expect(await finding("hires.glif", hires(found?.enough ?? 0, "rk4"))).toBeUndefined();
}, 60_000);

test.each(["euler", "heun", "rk4"])(
  "in a network, by %s, at the population that it is too long for",
  async (method) => {
    const { findings } = await findingsOf(planSource("hires.glif", hires(0.02, method, "Two"), null));
    expect(findings.map((f) => [f.of, f.group.method])).toEqual([["A", method]]);
    expect(tooLongDiagnostic(findings[0] as StepFinding).message).toMatch(
      /^the step of 0.02 ms is too long for `y[678]` of A\[\d\]: /,
    );
  },
);

const plastic = (step: number): string => `neuron N { input I : 1; state V = 0; V' = (I - V)/(10 ms) }
synapse S { state a = 0, b = 0; a' = (tanh(20*sin(t/(0.2 ms))) + 0.1*pre.V*post.V - a)/(0.1 ms); b' = (a - b^3)/(20 ms) }
network M { population P = 4 N; population Q = 3 N; connect P -> Q by S as syn all }
experiment E of M { duration 30 ms; step ${step} ms; P.I = 1 + i }`;

test("a state of single connections: told at the connection, and not where the step does", async () => {
  const { findings } = await findingsOf(planSource("plastic.glif", plastic(0.2), null));
  const told = findings.map(tooLongDiagnostic);
  expect(told.map((d) => d.message)).toEqual([
    expect.stringMatching(/^the step of 0\.2 ms is too long for `a` of syn P\[\d\]->Q\[\d\]: /),
  ]);
  expect((await findingsOf(planSource("plastic.glif", plastic(findings[0]?.enough ?? NaN), null))).findings).toEqual(
    [],
  );
});

test("a simulation in a program tells it in its warnings, however its run is cut, where it is asked to watch", () => {
  const plan = planSource("plastic.glif", plastic(0.2), null);
  const [watching, blind, cut] = [
    instantiate(plan, { seed: 1, watch: true }),
    instantiate(plan, { seed: 1 }),
    instantiate(plan, { seed: 1, watch: true }),
  ];
  watching.run(30);
  blind.run(30);
  for (const count of [1, 49, 0, 80, 20]) cut.advance(count);
  expect(watching.warnings).toEqual([expect.stringMatching(/^the step of 0\.2 ms is too long for `a` of syn P/)]);
  expect(cut.warnings).toEqual(watching.warnings);
  expect(blind.warnings).toEqual([]);
  const values = (of: typeof blind): unknown => of.projections.map((p) => p.values.map((v) => [...v.values]));
  expect(values(watching)).toEqual(values(blind));
  expect([watching.steps, cut.steps, watching.population("P").size]).toEqual([150, 150, 4]);
  expect(() => watching.advance(-1)).toThrow(RangeError);
});

test.each(["euler", "heun", "rk4"])("a stiff element of an index, by %s", async (method) => {
  const found = await finding(
    "index.glif",
    `neuron N {
  index j = 1..3
  param a[j] = [0.1, 1, 400] /ms
  state x[j] : 1 = 1
  x[j]' = -a[j]*x[j] - 0.001 /ms*x[j]^3 + a[j]*sin(0.1 /ms*t)
}
experiment E of N { duration 50 ms; step 0.05 ms; method ${method} }`,
  );
  expect(found).toMatchObject({ state: "x[3]", error: null });
  expect(found?.timeConstant).toBeCloseTo(1 / 400, 4);
});

test("van der Pol at 1 ms under auto", async () => {
  const found = await finding(
    "vdp.glif",
    `${VAN_DER_POL(100)}\nexperiment E of VanDerPol { duration 200 ms; step 1 ms; method rk4 }`,
  );
  expect(found).toBeDefined();
  expect(found?.enough).toBeLessThan(0.02);
});

test("a Hodgkin-Huxley neuron by exponential Euler: 1 ms is too long, 0.05 ms is not", async () => {
  const at = (step: string): Promise<StepFinding | undefined> =>
    finding(
      "hh.glif",
      `import HodgkinHuxley from "glif/hodgkin_huxley"\nexperiment E of HodgkinHuxley { duration 100 ms; step ${step}; method exponential_euler; I = 10 µA/cm^2; record V }`,
    );
  const found = await at("1 ms");
  expect(found?.error).toBeGreaterThan(0.2);
  expect(await at("0.05 ms")).toBeUndefined();
  expect(await at(`${found?.enough ?? 1} ms`)).toBeUndefined();
});

test("an oscillator that Euler's method drives", async () => {
  const pendulum = (method: string): string => `neuron P { state x = 3, v : 1 = 0; x' = v/(1 ms); v' = -sin(x)/(1 ms) }
experiment E of P { duration 100 ms; step 0.1 ms; method ${method} }`;
  expect(await finding("pendulum.glif", pendulum("euler"))).toMatchObject({ error: null });
  expect(await finding("pendulum.glif", pendulum("rk4"))).toBeUndefined();
});

test("two looks that find a step too long are not told, three are; of a value that leaves the numbers one is enough", async () => {
  // Euler's half steps differ while the slope turns in every half step: in the first two steps, or in three.
  const turning = (
    until: number,
  ): string => `neuron T { state x = 0; x' = (if t < ${until} ms then 20*cos(t*62.831853/(1 ms)) else 0)/(1 ms) }
experiment E of T { duration 25.6 ms; step 0.1 ms; method euler }`;
  expect(await finding("turning.glif", turning(0.16))).toBeUndefined();
  expect(await finding("turning.glif", turning(0.26))).toMatchObject({ state: "x" });
  // A thirty-second of the run decays much faster than the step, and a sixth.
  const stiff = (
    until: number,
  ): string => `neuron S { state x = 1e-3; x' = -(if t < ${until} ms then 30 else 0.1)*(x + x^3)/(1 ms) + 0.01/(1 ms) }
experiment E of S { duration 25.6 ms; step 0.1 ms; method rk4 }`;
  expect(await finding("stiff.glif", stiff(0.8))).toBeUndefined();
  expect(await finding("stiff.glif", stiff(4.2))).toMatchObject({ state: "x", error: null });
  const { findings } = await findingsOf(
    planSource(
      "gone.glif",
      "neuron G { state x = 2; x' = -(x^3)*400/(1 ms) }\nexperiment E of G { duration 20 ms; method rk4 }",
      null,
    ),
  );
  expect(findings).toMatchObject([{ state: "x" }]);
});

test("one look is enough where a value goes, in one step, by a million times its range so far", async () => {
  const found = await finding(
    "vdp.glif",
    `${VAN_DER_POL(100)}\nexperiment E of VanDerPol { duration 200 ms; step 1 ms; method exponential_euler }`,
  );
  // Afterwards it stays where it was thrown, and its range is that: the step is told by the range before.
  expect(found).toMatchObject({ time: 83, enough: 0.05, group: { method: "exponential_euler" } });
});

test("a state that stays 0 does not shorten the step that is proposed", async () => {
  const turning = (beside: string): Promise<StepFinding | undefined> =>
    finding(
      "turning.glif",
      `neuron T { state x = 0; ${beside} x' = (if t < 0.26 ms then 20*cos(t*62.831853/(1 ms)) else 0)/(1 ms) }
experiment E of T { duration 25.6 ms; step 0.1 ms; method euler }`,
    );
  const alone = await turning("");
  expect(alone).toBeDefined();
  expect((await turning("state z : 1 = 0; z' = -z*x/(1 ms);"))?.enough).toBe(alone?.enough);
});

test("looking changes no bit, and what is found does not depend on slices", async () => {
  const plan = planModel("adex", "Tonic");
  const simulation = instantiate(plan, { seed: 1 });
  simulation.advance(20_000);
  const slow = await findingsOf(plan, { steps: 20_000 });
  expect(slow.text).toBe(fileOf(spikesCsv(simulation)) + tracesOf(simulation));
  const stiff = planSource("hires.glif", hires(0.016, "rk4"), null);
  let now = 0;
  const cut = await findingsOf(stiff, { steps: 2000, clock: () => (now += 1000) });
  const whole = await findingsOf(stiff, { steps: 2000 });
  expect(cut.findings.length).toBe(1);
  expect(cut.findings.map(tooLongDiagnostic)).toEqual(whole.findings.map(tooLongDiagnostic));
});

test.each(readdirSync(MODELS).filter((f) => f.endsWith(".glif")))(
  "no false alarm for %s",
  async (file) => {
    const path = join(MODELS, file);
    const { program } = check(sourceText(path, readFileSync(path, "utf8")), host);
    const { experiments } = targetsOf(
      program ?? {
        neurons: [],
        mechanisms: [],
        synapses: [],
        experiments: [],
        networks: [],
        comparisons: [],
        fits: [],
        own: [],
      },
    );
    for (const experiment of experiments) {
      const plan = program === null ? null : planOf(program, experiment).plan;
      // Exact methods alone are never looked at.
      if (plan === null || plan.populations.every((p) => p.groups.every((g) => g.method === "exact"))) continue;
      const { findings } = await findingsOf(plan, { steps: Math.min(plan.steps ?? 0, Math.round(150 / plan.step)) });
      expect(
        findings.map((f) => tooLongDiagnostic(f).message),
        experiment,
      ).toEqual([]);
    }
  },
  120_000,
);

test("looks at 256 steps of a run, spread over it, and not at a state whose equation speaks of dt", async () => {
  const model = (rate: string): string =>
    `neuron A { state x : 1 = 1; x' = -2.5*x${rate} }\nexperiment E of A { duration 1 s; step 1 ms; method euler }`;
  for (const [rate, finds] of [
    ["/(1 ms)", true],
    ["/dt", false],
  ] as const) {
    const plan = planSource("map.glif", model(rate), null);
    const simulation = instantiate(plan, { seed: 1 });
    const watch = watchSteps(plan, simulation, 1000);
    await runSimulation(simulation, 1000, { watch });
    expect(watch.findings().length > 0, rate).toBe(finds);
  }
  const calm = planSource(
    "calm.glif",
    "neuron A { state x : 1 = 1; x' = -x/(100 ms) }\nexperiment E of A { duration 10 s; step 1 ms; method rk4 }",
    null,
  );
  const simulation = instantiate(calm, { seed: 1 });
  const watch = watchSteps(calm, simulation, 10_000);
  const at: number[] = [];
  await runSimulation(simulation, 10_000, {
    watch: {
      ...watch,
      get next() {
        return watch.next;
      },
      look: () => {
        at.push(simulation.steps);
        watch.look();
      },
    },
  });
  expect(at.length).toBe(256);
  expect(Math.max(...at.slice(1).map((n, k) => n - (at[k] ?? 0)))).toBeLessThan(100);
}, 60_000);
