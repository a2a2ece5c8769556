// Law: what connections read of the other neuron, and neurons of themselves, is as it was a delay ago: against loops and solutions that share nothing with glif but the text, however a run is cut and on whatever it runs.
import { expect, test } from "vitest";
import { instantiate } from "../../src/simulate/load.ts";
import { planBytes } from "../../src/simulate/memoryNeeded.ts";
import { divisionOf } from "../../src/4-plan/division.ts";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";
import { NonFiniteError, type Simulation } from "../../src/runtime/index.ts";
import { planSource, run } from "../conformance/harness.ts";

/** The values of a state of all neurons after each of the steps. */
function courseOf(
  plan: SimulationPlan,
  population: string,
  state: string,
  steps: number,
): readonly (readonly number[])[] {
  const simulation = run(plan, { steps: 0 });
  const values = simulation.population(population).states.find((s) => s.name === state)?.values ?? new Float64Array(0);
  const course = [Array.from(values)];
  for (let n = 0; n < steps; n++) {
    simulation.advance(1);
    course.push(Array.from(values));
  }
  return course;
}

const UNIT = `
neuron Unit {
  param τ = 5 ms, x_0 = 0.5
  input I : 1
  state x = x_0
  x' = (I - x)/τ
  spike when x > 1.2
  reset { x <- -0.3 }
}`;

test.each([
  { said: "1.7 ms", steps: () => 17 },
  { said: "0 ms", steps: () => 0 },
  { said: "0.3 ms*i + 0.1 ms*j", steps: (i: number, j: number) => 3 * i + j },
  { said: "d", steps: () => 9 },
])("x(t - delay), before 0 the initial value, after resets too: delay = $said", ({ said, steps }) => {
  const text = `${UNIT}
synapse Late { weight w : 1; post.I += w*pre.x }
network M {
  param d = 0.9 ms
  population A = 4 Unit { x_0 = 0.2 + 0.1*i; I = 0.4 }
  connect A -> A by Late { w = 0.3*(1 + i) - 0.1*j, delay = ${said} } all allow self
}
experiment X of M { duration 40 ms }`;
  const course = courseOf(planSource("law.glif", text, "X"), "A", "x", 400);
  const x = [0, 1, 2, 3].map((i) => 0.2 + 0.1 * i);
  const past = [x.slice()];
  const decay = Math.exp(-0.1 / 5);
  let spikes = 0;
  for (let n = 0; n < 400; n++) {
    const given = x.map((_, j) =>
      x.reduce((sum, _x, i) => sum + (0.3 * (1 + i) - 0.1 * j) * (past[Math.max(0, n - steps(i, j))]?.[i] ?? NaN), 0.4),
    );
    for (const j of x.keys()) {
      x[j] = (x[j] ?? NaN) * decay + (given[j] ?? NaN) * (1 - decay);
      if ((x[j] ?? NaN) > 1.2) {
        x[j] = -0.3;
        spikes++;
      }
    }
    past.push(x.slice());
    x.forEach((value, j) => expect(course[n + 1]?.[j]).toBeCloseTo(value, 10));
  }
  expect(spikes).toBeGreaterThan(10);
});

test("what the source receives reads the target as it was; its own values are now", () => {
  const text = `
neuron Unit { input I : 1; state x = 1; x' = (I - x)/(5 ms) }
synapse Both { post.I += 0.5*pre.x - 0.2*post.x; pre.I += 0.7*post.x + 0.1*pre.x }
network M {
  population A = 1 Unit { x = 0.8 }
  population B = 1 Unit { x = -0.4 }
  connect A -> B by Both { delay = 0.6 ms } all
}
experiment X of M { duration 10 ms; step 0.01 ms; method euler }`;
  const plan = planSource("law.glif", text, "X");
  const found = [courseOf(plan, "A", "x", 1000), courseOf(plan, "B", "x", 1000)];
  const past = [[0.8, -0.4]];
  for (let n = 0; n < 1000; n++) {
    const [a = NaN, b = NaN] = past[n] ?? [];
    const [a0 = NaN, b0 = NaN] = past[Math.max(0, n - 60)] ?? [];
    past.push([a + (0.01 * (0.7 * b0 + 0.1 * a - a)) / 5, b + (0.01 * (0.5 * a0 - 0.2 * b - b)) / 5]);
  }
  for (const n of [1, 60, 61, 500, 1000]) {
    expect(found[0]?.[n]?.[0]).toBeCloseTo(past[n]?.[0] ?? NaN, 12);
    expect(found[1]?.[n]?.[0]).toBeCloseTo(past[n]?.[1] ?? NaN, 12);
  }
});

test("a state at the connection sees the source move inside the step, a delay ago: order 2 against the solution", () => {
  // V = e^(-t/τ) from 1 on, before 0 it is 1; s' = (V(t - d) - s)/k.
  const text = (step: number): string => `
neuron Cell { input I : 1; state V = 1; V' = -V/(4 ms); state y = 0; y' = I/(1 ms) }
synapse Kinetic { param k = 3 ms + 0 ms; state s = 0; s' = (pre.V - s)/k; post.I += s }
network M {
  population A = 1 Cell
  population B = 1 Cell
  connect A -> B by Kinetic { delay = 2 ms } all
}
experiment X of M { duration 12 ms; step ${step} ms; record B.I every 12 ms }`;
  const [τ, k, d, t] = [4, 3, 2, 12];
  const atDelay = 1 - Math.exp(-d / k);
  const since = t - d;
  const forced = (τ / (τ - k)) * (Math.exp(-since / τ) - Math.exp(-since / k));
  const expected = atDelay * Math.exp(-since / k) + forced;
  const errors = [0.2, 0.1].map((step) => {
    const [log] = run(planSource("law.glif", text(step), "X")).traces;
    return Math.abs((log?.values().at(-1) ?? NaN) - expected);
  });
  expect(planSource("law.glif", text(0.1), "X").projections[0]?.places).toMatchObject([{ place: "connection" }]);
  expect(errors[1]).toBeLessThan(2e-5);
  expect((errors[0] ?? NaN) / (errors[1] ?? NaN)).toBeGreaterThan(3.5);
  expect((errors[0] ?? NaN) / (errors[1] ?? NaN)).toBeLessThan(4.5);
});

const MIXED = `${UNIT}
synapse Late { weight w : 1; post.I += w*pre.x }
synapse Kinetic { param k = 3 ms; weight w : 1; state s = 0; s' = (pre.x^2 - s)/k; post.I += w*s }
network M {
  population A = 37 Unit { x_0 ~ uniform(0, 1); I = 0.9 + 0.2*sqrt(1 ms)*ξ }
  connect A -> A by Late { w ~ normal(0, 0.2), delay ~ uniform(0 ms, 6 ms) } random(p: 0.3)
  connect A -> A by Late as one { w ~ normal(0, 0.2), delay = 2 ms } random(p: 0.3)
  connect A -> A by Kinetic { w ~ normal(0, 0.2), delay ~ uniform(0.5 ms, 3 ms) } random(p: 0.3)
}
experiment X of M { duration 60 ms; seed 4; record A.I, A.x every 0.4 ms }`;

function outcome({ spikes, traces, populations, projections }: Simulation): object {
  return {
    spikes: Array.from({ length: spikes.length }, (_, k) => [spikes.time(k), spikes.neuron(k)]),
    traces: traces.map((t) => Array.from(t.values())),
    states: populations.map((p) => p.states.map((s) => Array.from(s.values))),
    connections: projections.map((p) => p.values.map((v) => Array.from(v.values))),
  };
}

test("however a run is cut, in JavaScript and in WebAssembly: the same bits", () => {
  const plan = planSource("law.glif", MIXED, "X");
  const whole = instantiate(plan, { seed: 4, backend: "webassembly" });
  whole.advance(600);
  expect(whole.spikes.length).toBeGreaterThan(20);
  for (const backend of ["javascript", "webassembly"] as const) {
    const cut = instantiate(plan, { seed: 4, backend });
    for (const steps of [1, 2, 30, 131, 7, 129, 300]) cut.advance(steps);
    expect(outcome(cut)).toEqual(outcome(whole));
  }
});

test("a run that leaves the numbers is gone through again from the last save, with the same past", () => {
  const plan = planSource(
    "law.glif",
    `neuron Growing { input I : 1; state x = 1; x' = I/(1 ms) }
synapse Late { post.I += exp(pre.x) }
network M { population A = 2 Growing; connect A -> A by Late { delay = 8 ms } all }
experiment X of M { duration 100 ms }`,
    "X",
  );
  const endOf = (pieces: readonly number[]): NonFiniteError => {
    const simulation = instantiate(plan, { seed: 1 });
    try {
      for (const steps of pieces) simulation.advance(steps);
    } catch (error) {
      if (error instanceof NonFiniteError) return error;
      throw error;
    }
    throw new Error("it stayed finite");
  };
  const [whole, single] = [endOf([1000]), endOf(Array.from({ length: 1000 }, () => 1))];
  expect([whole.time, whole.lastValue]).toEqual([single.time, single.lastValue]);
  expect(whole.time).toBeGreaterThan(13);
});

test("memory is told beforehand: 8 bytes for each neuron and step of the longest delay", () => {
  const text = (delay: string): string => `neuron Unit { input I : 1; state x = 1; x' = (I - x)/(5 ms) }
synapse Late { post.I += pre.x }
network M { population A = 1000 Unit; connect A -> A by Late { ${delay} } one_to_one allow self }
experiment X of M { duration 1 ms }`;
  const bytes = (delay: string): number => planBytes(planSource("law.glif", text(delay), "X"));
  const ring = bytes("delay = 100 ms") - bytes("delay = 0 ms");
  expect(ring).toBeGreaterThan(8 * 1000 * 1000);
  expect(ring).toBeLessThan(1.2 * 8 * 1000 * 1000);
  expect(bytes("delay ~ uniform(1 ms, 100 ms)")).toBeGreaterThan(8 * 1000 * 1000);
  expect(bytes("delay = 1 ms + 0.1 ms*j")).toBeGreaterThan(8 * 1000 * 1000);
});

// ---- x(t - T)

/** A state at the end of a run. */
function atEnd(text: string, state = 0): number {
  const simulation = run(planSource("law.glif", text, "X"), { seed: 3 });
  return simulation.populations[0]?.states[state]?.values[0] ?? NaN;
}

test("by the method of steps: x' = -x(t - 1), which is a polynomial in each piece", () => {
  const text = (method: string, duration: number): string => `neuron N { state x = 1; x' = -x(t - 1 ms)/(1 ms) }
experiment X of N { duration ${duration} ms; step 0.25 ms${method} }`;
  const solution = (t: number): number => {
    let [sum, factorial] = [0, 1];
    for (let k = 0; k <= Math.floor(t) + 1; k++) {
      if (k > 0) factorial *= k;
      sum += ((-1) ** k * (t - (k - 1)) ** k) / factorial;
    }
    return sum;
  };
  // A cubic is what is kept: beyond, the error is of order 4.
  for (const method of ["", "; method rk4", "; method rk45(tolerance: 1e-12)"])
    for (const t of [0.5, 1, 1.75, 2, 3]) expect(atEnd(text(method, t))).toBeCloseTo(solution(t), 12);
  expect(Math.abs(atEnd(text("; method rk4", 8)) - solution(8))).toBeLessThan(1e-5);
});

const COURSES = {
  "that bends": "x' = (2*x(t - 2 ms)/(1 + x(t - 2 ms)^6) - x)/(1 ms)",
  "that is linear": "x' = -x(t - 2 ms)/(1.5 ms) - 0.1*x/(1 ms)",
  "with the time": "x' = (sin(t/(1 ms)) - x(t - 1.2 ms)*x(t - 2 ms)^2)/(2 ms)",
};
const ORDERS = { auto: 4, rk4: 4, rk45: 4, heun: 2, euler: 1 };

test.each(
  Object.entries(COURSES).flatMap(([course, equation]) =>
    Object.entries(ORDERS).map(([method, order]) => ({ course, equation, method, order })),
  ),
)("a course $course by $method: order $order", ({ equation, method, order }) => {
  const at = (step: number): number =>
    atEnd(`neuron N { state x = 0.6; ${equation} }
experiment X of N { duration 6 ms; step ${step} ms; method ${method} }`);
  const [a, b, c] = [0.1, 0.05, 0.025].map(at) as [number, number, number];
  expect(Math.log2(Math.abs((a - b) / (b - c)))).toBeGreaterThan(order - 0.5);
  expect(Math.abs(b - c)).toBeLessThan({ 4: 1e-6, 2: 1e-3, 1: 0.05 }[order] ?? 0);
});

test("what a let reads is the value of so many steps before, bit for bit: resets, refractoriness, noise, and the initial value before 0", () => {
  const text = `neuron N {
  param T = 3.2 ms
  input I : mV/ms
  state V = 2 mV
  V' = I - V/(8 ms) - 0.2*V(t - T)/(5 ms)
  spike when V > 10 mV
  reset { V <- -1 mV }
  refractory 2 ms { hold V }
  let echo = V(t - T), late = V(t - 2*T - 1 ms)
}
experiment X of N { duration 120 ms; step 0.1 ms; I = 3 mV/ms + 1 mV/ms*sqrt(1 ms)*ξ; record V, echo, late }`;
  for (const said of [text, text.replace(" + 1 mV/ms*sqrt(1 ms)*ξ", "")]) {
    const simulation = run(planSource("law.glif", said, "X"), { seed: 3 });
    expect(simulation.spikes.length).toBeGreaterThan(5);
    const [V, echo, late] = simulation.traces.map((t) => t.values()) as [Float64Array, Float64Array, Float64Array];
    V.forEach((_, n) => {
      expect(echo[n]).toBe(n < 32 ? 2 : V[n - 32]);
      expect(late[n]).toBe(n < 74 ? 2 : V[n - 74]);
    });
  }
});

const LATE = `neuron N {
  param T = 2 ms
  input I : 1
  state x = 0.1
  x' = (I - x + 0.6*x(t - T))/(4 ms)
  spike when x > 1
  reset { x <- 0 }
  refractory 1 ms { hold x }
  let echo = x(t - T)
}
network M { population A = 19 N { T ~ uniform(0.1 ms, 9 ms); x ~ uniform(0, 1) } }
experiment X of M { duration 60 ms; seed 4; A.I = 0.8 + 0.2*sqrt(1 ms)*ξ; record A.echo every 0.3 ms }`;

test("delays of each neuron, runs in pieces, JavaScript and WebAssembly: the same bits; one thread", () => {
  const plan = planSource("law.glif", LATE, "X");
  const whole = instantiate(plan, { seed: 4, backend: "webassembly" });
  whole.advance(600);
  expect(whole.spikes.length).toBeGreaterThan(20);
  for (const backend of ["javascript", "webassembly"] as const) {
    const cut = instantiate(plan, { seed: 4, backend });
    for (const steps of [1, 2, 30, 131, 7, 129, 300]) cut.advance(steps);
    expect(outcome(cut)).toEqual(outcome(whole));
  }
  expect(divisionOf(plan)).toEqual({ because: "`x(t - T)` is kept in one thread" });
});

test("a delay that is drawn too short is refused where the simulation is created", () => {
  const plan = planSource("law.glif", LATE.replace("0.1 ms, 9 ms", "0 ms, 0.2 ms"), "X");
  expect(() => instantiate(plan, { seed: 4 })).toThrow(
    /`x\(t - T\)` of A\[\d+\] lies .* ms back: it is a step before now at least, 0.1 ms/,
  );
});

test("memory of states that are read as they were: 32 bytes for each neuron and step", () => {
  const bytes = (T: string): number =>
    planBytes(planSource("law.glif", LATE.replace("T ~ uniform(0.1 ms, 9 ms)", `T = ${T}`), "X"));
  expect(bytes("101 ms") - bytes("1 ms")).toBe(32 * 19 * 1000);
});

test("the past of all elements of an index is added up; with located spikes none is read", () => {
  const text = (more: string): string => `neuron N {
  index k = 1..2
  param τ[k] = [10, 20] ms
  state x[k] : 1 = 1
  x[k]' = -x[k]/τ[k]
  let both = sum(x(t - 3 ms))
}
experiment X of N { duration 10 ms${more}; record both every 10 ms }`;
  const [log] = run(planSource("law.glif", text(""), "X")).traces;
  expect(log?.values()[1]).toBeCloseTo(Math.exp(-0.7) + Math.exp(-0.35), 12);
  expect(() => planSource("law.glif", text("; spikes precise"), "X")).toThrow(
    /`x\(t - 3 ms\)` is kept in steps of the grid/,
  );
});
