// glif run --check-step: what half the step moves, in sentences and in numbers; and the method of each population in the closing lines.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith, glif, LIF, STEP } from "./helpers.ts";

const manifestIn = (cwd: string, run: string): { readonly step_check: unknown; readonly complete: boolean } =>
  JSON.parse(readFileSync(join(cwd, "out", run, "manifest.json"), "utf8"));

test("on the grid each interval of this neuron is longer by half a step: sentence, --json and manifest; the files are those of the step", async () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP });
  await glif(cwd, ["run", "lif.glif", "-q"]);
  const { code, out, err } = await glif(cwd, ["run", "lif.glif", "--check-step", "--json"]);
  expect(code).toBe(0);
  // Spikes at 17, 26, … 89 ms, and at 16.95, 25.9, … 88.55 ms.
  expect(err).toMatch(
    /at half the step, 0.05 ms:\n {2}LIF: the same 9 spikes, moved by 0.25 ms on average, 0.45 ms at most \(at 89 ms\); V by [\d.]+ mV on average, [\d.]+ mV at most \(at [\d.]+ ms\)\n/,
  );
  const check = JSON.parse(out).step_check;
  expect(check).toMatchObject({
    step_ms: 0.05,
    problem: null,
    random: [],
    populations: [
      {
        name: "LIF",
        spikes: { count: 9, count_half: 9, more: 0, fewer: 0, paired: 9 },
        traces: [{ variable: "V", unit: "mV" }],
      },
    ],
  });
  expect(manifestIn(cwd, "Step-2").step_check).toEqual(check);
  expect(manifestIn(cwd, "Step-1").step_check).toBeNull();
  for (const file of ["spikes.csv", "traces.csv"])
    expect(readFileSync(join(cwd, "out/Step-2", file)).equals(readFileSync(join(cwd, "out/Step-1", file)))).toBe(true);
});

test("an exact propagator with located spikes does not go by the step", async () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP.replace("seed 7", "spikes precise") });
  expect((await glif(cwd, ["run", "lif.glif", "--check-step"])).err).toContain(
    "  LIF: the same 9 spikes, at the same times; V not at all\n",
  );
});

test("spikes that are there at one step only are counted, and the traces of a method of order 1 move by half its error", async () => {
  const grow = (step: string): string =>
    `${LIF}neuron G { state x : 1 = 1; x' = x/(10 ms); spike when x > 2.7048 }\nexperiment E of G { duration 10 ms; step ${step}; method euler; record spikes; record x }\n`;
  const cwd = folderWith({ "g.glif": grow("0.1 ms") });
  const { err, out } = await glif(cwd, ["run", "g.glif", "--check-step", "--json"]);
  // (1 + 1/100)^100 = 2.70481, (1 + 1/200)^200 = 2.71152.
  expect(err).toContain("x by ");
  const { traces, spikes } = JSON.parse(out).step_check.populations[0];
  expect(traces[0].largest).toBeCloseTo(1.005 ** 200 - 1.01 ** 100, 10);
  expect([traces[0].time_ms, spikes.count, spikes.count_half]).toEqual([10, 1, 1]);
  const lost = await glif(cwd, ["run", "g.glif", "--check-step", "--set", "G.x=0.9985"]);
  expect(lost.err).toContain("  G: 1 spike more than 0; x by ");
});

test("noise at half the step is another realisation: it and what it reaches are named, the rest is compared", async () => {
  const cwd = folderWith({
    "n.glif": `${LIF}neuron Noisy { param τ = 10 ms; state V = 0 mV; V' = -V/τ + 1 mV/sqrt(ms)*ξ }
network N { population A = 2 LIF; population B = 2 Noisy }
experiment E of N { duration 20 ms; A.I_e = 20 mV; record A.spikes; record A.V; record B.V }
experiment Alone of Noisy { duration 20 ms; record V }
`,
  });
  const drawing = folderWith({
    "d.glif": `${LIF}neuron Escaping { spike with rate 50 Hz }
synapse Kick { on pre { post.V <- post.V + 1 mV } }
network N {
  population A = 2 LIF; population B = 2 LIF; population C = 2 LIF
  population X = 3 poisson(100 Hz); population R = 2 Escaping
  connect X -> A by Kick as x all
  connect A -> B by Kick as a all
}
experiment E of N { duration 20 ms; A.I_e, B.I_e, C.I_e = 20 mV }
`,
  });
  const { step_check } = JSON.parse((await glif(drawing, ["run", "d.glif", "--check-step", "--json"])).out);
  expect([[...step_check.random].sort(), step_check.populations.map((p: any) => p.name)]).toEqual([
    ["A", "B", "R", "X"],
    ["C"],
  ]);
  const alone = await glif(cwd, ["run", "n.glif", "Alone", "--check-step"]);
  expect(alone.err).toContain("Noisy: another realisation of the noise at half the step, so nothing is compared\n");
  const both = await glif(cwd, ["run", "n.glif", "E", "--check-step"]);
  expect(both.err).toMatch(
    /at half the step, 0.05 ms:\n {2}A: [^\n]*\n {2}B: another realisation of the noise at half the step, so nothing is compared\n/,
  );
});

test("the closing lines: connections, and a method for each state where there are several, one line for populations with the same", async () => {
  const cwd = folderWith({
    "net.glif": `neuron Q { param τ = 10 ms; state a : 1 = 0; state V : 1 = 0.1; a' = -a/τ; V' = (V - V^3 + 0*a)/τ; spike when V > 0.9; reset { V <- 0 } }
neuron L { state x : 1 = 1; x' = -x/(5 ms) }
synapse Up { weight w : 1 = 0.1; on pre { post.a <- post.a + w } }
network N { population A = 3 Q; population B = 4 Q; population C = 1 L
  connect A -> B by Up as one all
  connect B -> A by Up as two where j == i
}
experiment E of N { duration 5 ms }
`,
  });
  const { err } = await glif(cwd, ["run", "net.glif"]);
  expect(err).toContain("\n  15 connections: one A->B 12, two B->A 3\n");
  expect(err).toContain("\n  A, B: exact propagator for a; Runge-Kutta of order 4 for V\n  C: exact propagator\n");
});
