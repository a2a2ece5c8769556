// Law: where a state lives changes no result. Parameters and delays that are the same for all connections, but said so that glif cannot know it, force states to live elsewhere.
import { expect, test } from "vitest";
import { planSource, provide, run } from "../conformance/harness.ts";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";

const MODELS = `
neuron Cell {
  param C = 100 pF, G = 10 nS, E_L = -70 mV
  input I_e : pA
  state V = E_L
  V' = (I_e - G*(V - E_L))/C
}
neuron Firing extends Cell { param V_th = -50 mV; spike when V > V_th; reset { V <- E_L } }
neuron Curved extends Cell { spike when V > 0 mV; reset { V <- E_L }; V' = (I_e - G*(V - E_L) + 0.1 nS/mV*(V - E_L)^2)/C }
synapse Current { param τ = 2 ms; weight w : pA = 100 pA; state I = 0 pA; I' = -I/τ; on pre { I <- I + w }; post.I_e += I }
synapse Alpha { param τ = 2 ms; weight w : pA = 100 pA; state h = 0 pA/ms, I = 0 pA; h' = -h/τ; I' = h - I/τ; on pre { h <- h + w/τ }; post.I_e += I }
synapse Conductance { param τ = 2 ms; weight w : nS = 3 nS; state g = 0 nS; g' = -g/τ; on pre { g <- g + w }; post.I_e += g*(0 mV - post.V) }
synapse Saturating {
  param τ = 10 ms, τ_x = 1 ms, α = 0.5 /ms
  weight w : pA = 300 pA
  state x = 0, s = 0
  x' = -x/τ_x
  s' = -s/τ + α*x*(1 - s)
  on pre { x <- x + 1 }
  post.I_e += w*s
}
synapse Echo { param τ = 4 ms; weight w : pA = 200 pA; state y = 0; y' = -y/τ; on post { y <- y + 1 }; post.I_e += w*y; pre.I_e += -0.3*w*y }
synapse Graded { param τ = 5 ms; weight w : pA = 200 pA; state s = 0; s' = (1/(1 + exp(-(pre.V + 60 mV)/(2 mV))) - s)/τ; post.I_e += w*s }
synapse Slowed { param τ = 2 ms; weight w : nS = 3 nS; state g = 0 nS; g' = -g/(τ*(1 + exp((post.V + 60 mV)/(20 mV)))); on pre { g <- g + w }; post.I_e += g*(0 mV - post.V) }
`;

provide("places_equal.csv", "source,target,delay (ms)\n0,0,0.4\n0,1,0.4\n0,2,0.4\n1,0,0.4\n1,1,0.4\n1,2,0.4\n");

interface Case {
  readonly synapse: string;
  /** Its time constant, which `+ 0 ms*i` makes one of each connection. */
  readonly τ: number;
  readonly sources: "S, D" | "D";
  /** Where its states live with one time constant. */
  readonly places: Readonly<Record<string, "target" | "source">>;
  /** Of what lives at connections, seen from what lives at neurons: 4, and 2 where its equations read potentials. */
  readonly order: 2 | 4;
  readonly methods: readonly ("auto" | "rk4")[];
}

const CASES: readonly Case[] = [
  { synapse: "Current", τ: 2, sources: "S, D", places: { I: "target" }, order: 4, methods: ["auto", "rk4"] },
  { synapse: "Alpha", τ: 2, sources: "S, D", places: { h: "target", I: "target" }, order: 4, methods: ["auto", "rk4"] },
  { synapse: "Conductance", τ: 2, sources: "S, D", places: { g: "target" }, order: 4, methods: ["auto", "rk4"] },
  {
    synapse: "Saturating",
    τ: 10,
    sources: "S, D",
    places: { x: "source", s: "source" },
    order: 4,
    methods: ["auto", "rk4"],
  },
  { synapse: "Echo", τ: 4, sources: "D", places: { y: "target" }, order: 4, methods: ["auto", "rk4"] },
  { synapse: "Graded", τ: 5, sources: "D", places: { s: "source" }, order: 2, methods: ["auto", "rk4"] },
  { synapse: "Slowed", τ: 2, sources: "S, D", places: { g: "target" }, order: 2, methods: ["auto", "rk4"] },
];

const planOf = (
  cell: string,
  { synapse, sources }: Case,
  settings: string,
  rule: string,
  step: number,
  method: string,
): SimulationPlan =>
  planSource(
    "law.glif",
    `${MODELS}
network M {
  population S = spikes([1 ms, 3 ms, 3.5 ms, 8 ms])
  population D = 2 Firing { C = 100 pF + 10 pF*i }
  population A = 3 ${synapse === "Echo" && cell === "Cell" ? "Firing" : cell} { C = 100 pF + 20 pF*i }
  connect ${sources} -> A by ${synapse} as c { ${settings} } ${rule}
}
experiment X of M { duration 20 ms; step ${step} ms; method ${method}; D.I_e = 400 pA; A.I_e = ${synapse === "Echo" ? 300 : 30} pA; record A.I_e every 0.2 ms }`,
    "X",
  );

const voltages = (plan: SimulationPlan): number[] => {
  const simulation = run(plan);
  return ["A", "D"].flatMap((p) =>
    Array.from(simulation.population(p).states.find((s) => s.name === "V")?.values ?? []),
  );
};
/** What A is given, as recorded. */
const inputs = (plan: SimulationPlan): number[] => run(plan).traces.flatMap((t) => [...t.values()]);
const apart = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((x, k) => Math.abs(x - (b[k] ?? NaN))));
const delayOf = (synapse: string): string => (["Echo", "Graded"].includes(synapse) ? "" : ", delay = 0.4 ms");

for (const method of ["auto", "rk4"] as const) {
  for (const cell of ["Cell", "Curved"]) {
    test.each(CASES.filter((c) => c.methods.includes(method)))(
      `$synapse into ${cell} by ${method}: at each connection as at the neurons, to order $order`,
      (c) => {
        const common = (step: number): SimulationPlan =>
          planOf(cell, c, `τ = ${c.τ} ms${delayOf(c.synapse)}`, "all", step, method);
        const own = (step: number): SimulationPlan =>
          planOf(cell, c, `τ = ${c.τ} ms + 0 ms*i${delayOf(c.synapse)}`, "all", step, method);
        for (const [state, place] of Object.entries(c.places)) {
          expect(common(0.1).projections[0]?.places.find((p) => p.state === state)?.place, state).toBe(place);
        }
        expect(own(0.1).projections[0]?.places.map((p) => p.place)).toContain("connection");
        const [coarse, fine] = [0.2, 0.05].map((step) => apart(voltages(common(step)), voltages(own(step)))) as [
          number,
          number,
        ];
        expect(coarse).toBeLessThan(c.order === 4 ? 1e-4 : 1e-2);
        expect(fine).toBeLessThan(Math.max(1e-11, coarse / (0.75 * 4 ** c.order)));
      },
    );
  }
}

test.each(CASES)(
  "$synapse: an input is recorded as what connections give at that time, wherever their states live",
  (c) => {
    const [coarse, fine] = [0.2, 0.05].map((step) => {
      const [common, own] = [`${c.τ} ms`, `${c.τ} ms + 0 ms*i`].map((τ) =>
        inputs(planOf("Cell", c, `τ = ${τ}${delayOf(c.synapse)}`, "all", step, "rk4")),
      ) as [number[], number[]];
      expect(common.length).toBe(3 * 101);
      expect(Math.max(...common) - Math.min(...common), "it moves").toBeGreaterThan(20);
      return apart(common, own);
    }) as [number, number];
    // pA, of some hundred
    expect(coarse).toBeLessThan(c.order === 4 ? 2e-2 : 1);
    expect(fine).toBeLessThan(Math.max(1e-9, coarse / (0.75 * 4 ** c.order)));
  },
);

test("a recorded input is the sum over connections of what stands at that time, after resets and what spikes have changed", () => {
  const simulation = run(
    planSource(
      "law.glif",
      `${MODELS}
synapse Gap { weight w : nS = 2 nS; param a : 1 = 1; state y = 0; y' = -a*y/(3 ms); on post { y <- y + 1 }; post.I_e += w*(1 + y)*(pre.V - post.V) }
network M {
  population A = 3 Firing { C = 100 pF + 20 pF*i }
  connect A -> A by Gap { a = 0.5 + 0.1*i } all
}
experiment X of M { duration 20 ms; step 0.2 ms; A.I_e = 300 pA + 60 pA*i; record A.I_e; record A.V; record spikes }`,
      "X",
    ),
  );
  const trace = (variable: string, i: number): ArrayLike<number> =>
    simulation.traces.find((t) => t.variable === variable && t.neuron === i)?.values() ?? [];
  const spikes = Array.from({ length: simulation.spikes.length }, (_, k) => ({
    step: Math.round(simulation.spikes.time(k) / 0.2),
    neuron: simulation.spikes.neuron(k),
  }));
  expect(spikes.length).toBeGreaterThan(4);
  for (let n = 0; n <= 100; n++) {
    for (const j of [0, 1, 2]) {
      const V = [0, 1, 2].map((i) => trace("V", i)[n] ?? NaN);
      const sum = [0, 1, 2]
        .filter((i) => i !== j)
        .reduce(
          (total, i) => {
            const y = spikes
              .filter((s) => s.neuron === j && s.step <= n)
              .reduce((left, s) => left + Math.exp((-(0.5 + 0.1 * i) * (n - s.step) * 0.2) / 3), 0);
            return total + 2 * (1 + y) * ((V[i] ?? NaN) - (V[j] ?? NaN));
          },
          300 + 60 * j,
        );
      expect(Math.abs((trace("I_e", j)[n] ?? NaN) - sum), `step ${n}, neuron ${j}`).toBeLessThan(1e-9);
    }
  }
});

test("a column of equal delays is one delay", () => {
  for (const c of CASES.filter(({ sources }) => sources === "S, D")) {
    const listed = planOf("Cell", { ...c, sources: "D" }, "", 'file("places_equal.csv")', 0.1, "auto");
    expect(listed.projections[0]?.oneDelay).toBe(true);
    expect(voltages(listed), c.synapse).toEqual(
      voltages(planOf("Cell", { ...c, sources: "D" }, "delay = 0.4 ms", "all", 0.1, "auto")),
    );
  }
});
