// Law: WebAssembly is only faster. Whatever is run in it gives the bits of the JavaScript kernels: any number of neurons, networks, noise, runs in pieces, runs that end badly.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sourceText } from "../../src/base/source.ts";
import { check, planOf, targetsOf } from "../../src/compile.ts";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";
import { NonFiniteError, type Simulation } from "../../src/runtime/index.ts";
import { instantiate, type Backend, type CreateOptions } from "../../src/simulate/load.ts";
import { host, MODELS, planSource } from "../conformance/harness.ts";
import { CASES } from "./models.ts";

/** Everything that a run leaves behind. */
function tracesOf(simulation: Simulation): object {
  return {
    spikes: Array.from({ length: simulation.spikes.length }, (_, k) => [
      simulation.spikes.time(k),
      simulation.spikes.population(k),
      simulation.spikes.neuron(k),
    ]),
    states: simulation.populations.map((p) => p.states.map((s) => [s.name, Array.from(s.values)])),
    traces: simulation.traces.map((t) => Array.from(t.values())),
    warnings: simulation.warnings,
  };
}

function ran(
  plan: SimulationPlan,
  backend: Backend,
  steps: readonly number[],
  options: CreateOptions = {},
): Simulation {
  const simulation = instantiate(plan, { ...options, backend });
  for (const count of steps) simulation.advance(count);
  return simulation;
}

function inWebAssembly(simulation: Simulation): boolean {
  return simulation.populations.some((p) => p.backend === "webassembly");
}

/** More neurons than any pass takes, and a last one over. */
for (const [claim, text] of Object.entries(CASES)) {
  test(`${claim}: seven neurons and seventy-seven`, () => {
    const plan = planSource("law.glif", text, "X");
    const steps = Math.min(plan.steps ?? 0, 600);
    for (const size of [7, 77]) {
      const sizes = { [plan.populations[0]?.name ?? ""]: size };
      expect(tracesOf(ran(plan, "webassembly", [steps], { seed: 4, sizes }))).toEqual(
        tracesOf(ran(plan, "javascript", [steps], { seed: 4, sizes })),
      );
    }
  });
}

/** Networks with more neurons take longer to connect than a law may. */
const LARGEST = 5_000;

for (const file of readdirSync(MODELS).filter((f) => f.endsWith(".glif"))) {
  test(`models/${file}, every experiment`, () => {
    const path = join(MODELS, file);
    const { program } = check(sourceText(path, readFileSync(path, "utf8")), host);
    if (program === null) throw new Error(`${file} does not compile`);
    for (const name of targetsOf(program).experiments) {
      const { plan } = planOf(program, name);
      if (plan === null) continue;
      const neurons = plan.populations.reduce((sum, p) => sum + p.size, 0);
      if (neurons > LARGEST) continue;
      const steps = Math.min(plan.steps ?? 0, Math.ceil(200_000 / neurons), 2000);
      expect(tracesOf(ran(plan, "webassembly", [steps], { seed: 2 })), name).toEqual(
        tracesOf(ran(plan, "javascript", [steps], { seed: 2 })),
      );
    }
  }, 120_000);
}

const NETWORK = `
  neuron N {
    param τ = 20 ms, σ = 2 mV
    input I : mV/ms
    state V = 0 mV, n = 0
    V' = -V/τ + I + σ*sqrt(2/τ)*ξ
    spike when V > 10 mV
    reset { V <- 0 mV; n <- n + 1 }
    refractory 2 ms { hold V }
  }
  neuron M {
    state V = 0 mV, g : 1 = 0
    V' = (15 mV - V + g*(40 mV - V))/(10 ms)
    g' = -g/(3 ms)
    spike when V > 12 mV
    reset { V <- 0 mV }
  }
  synapse Kick { on pre { post.g <- post.g + 0.1 } }
  synapse Push { weight w : mV
    on pre { post.V <- post.V + w } }
  network Net {
    population P = 130 N { V ~ uniform(0 mV, 10 mV) }
    population Q = 65 M { V ~ uniform(0 mV, 12 mV) }
    connect P -> Q by Kick random(p: 0.2)
    connect Q -> P by Push { w = -0.5 mV, delay = 1.5 ms } random(p: 0.3)
  }
  experiment X of Net { duration 100 ms; seed 3; P.I = 0.6 mV/ms; record P[0..3].V, Q[64].g every 0.5 ms }`;

test("two populations with noise and connections, whole and in pieces; on its own accord where there are enough neurons", () => {
  const plan = planSource("law.glif", NETWORK, "X");
  const alone = ran(plan, "javascript", [1000]);
  expect(alone.spikes.length).toBeGreaterThan(100);
  expect(inWebAssembly(alone)).toBe(false);
  for (const backend of ["webassembly", "auto"] as const) {
    const whole = ran(plan, backend, [1000]);
    expect(inWebAssembly(whole)).toBe(true);
    expect(tracesOf(whole)).toEqual(tracesOf(alone));
    expect(tracesOf(ran(plan, backend, [1, 127, 1, 128, 500, 243]))).toEqual(tracesOf(alone));
  }
});

test("a lone neuron is not worth a module", () => {
  expect(
    inWebAssembly(
      ran(
        planSource("law.glif", CASES["complex eigenvalues and a state without an equation"] ?? "", "X"),
        "auto",
        [10],
      ),
    ),
  ).toBe(false);
});

test("a value that stops being finite is found at the same place and time", () => {
  const plan = planSource(
    "law.glif",
    `
    neuron N { param a = 1 /ms; state x = 1; x' = a*x*x }
    network M { population P = 66 N { x = 1 + i*0.001 } }
    experiment X of M { duration 20 ms; step 0.01 ms }`,
    "X",
  );
  const failures = (["javascript", "webassembly"] as const).map((backend) => {
    try {
      ran(plan, backend, [2000]);
      return null;
    } catch (error) {
      return error instanceof NonFiniteError ? { message: error.message, neuron: error.neuron } : error;
    }
  });
  expect(failures[0]).toMatchObject({ neuron: 55 });
  expect(failures[1]).toEqual(failures[0]);
});

test("without WebAssembly, without memory for it, or where nothing compiles at once, JavaScript runs the same", () => {
  const plan = planSource("law.glif", NETWORK, "X");
  const wanted = tracesOf(ran(plan, "javascript", [300]));
  const world = globalThis as unknown as { WebAssembly: object | undefined };
  const whole = world.WebAssembly;
  const never = class {
    constructor() {
      throw new RangeError("not here");
    }
  };
  try {
    for (const engine of [undefined, { ...engineParts(), Memory: never }, { ...engineParts(), Module: never }]) {
      world.WebAssembly = engine;
      expect(tracesOf(ran(plan, "webassembly", [300]))).toEqual(wanted);
    }
  } finally {
    world.WebAssembly = whole;
  }
});

function engineParts(): object {
  const { Memory, Module, Instance } = (
    globalThis as unknown as { WebAssembly: { Memory: object; Module: object; Instance: object } }
  ).WebAssembly;
  return { Memory, Module, Instance };
}
