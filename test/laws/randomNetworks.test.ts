// Law: networks against a plain loop over connections that shares nothing with glif but the text: rules, slices, delays, held states, plasticity, sources of spikes.
import { expect, test } from "vitest";
import { planSource, run } from "../conformance/harness.ts";

/** Numbers from 0 to 1, the same every time. */
function numbers(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

interface Rule {
  readonly text: string;
  pairs(sources: readonly number[], targets: readonly number[], same: boolean): (readonly [number, number])[];
}

const product = (sources: readonly number[], targets: readonly number[]): (readonly [number, number])[] =>
  sources.flatMap((i) => targets.map((j): readonly [number, number] => [i, j]));
const RULES: readonly Rule[] = [
  { text: "all", pairs: (s, t, same) => product(s, t).filter(([i, j]) => !(same && i === j)) },
  { text: "all allow self", pairs: (s, t) => product(s, t) },
  {
    text: "where (i + 2*j) < 6",
    pairs: (s, t, same) => product(s, t).filter(([i, j]) => !(same && i === j) && i + 2 * j < 6),
  },
  {
    text: "random(p: 1) where i != j + 1",
    pairs: (s, t, same) => product(s, t).filter(([i, j]) => !(same && i === j) && i !== j + 1),
  },
  {
    text: "one_to_one allow self",
    pairs: (s, t) => (s.length === t.length ? s.map((i, k): readonly [number, number] => [i, t[k] ?? 0]) : []),
  },
];

const DT = 0.1,
  T_REF = 1.5,
  V_TH = 15,
  V_RESET = 2,
  STEPS = 500;

test.each(Array.from({ length: 24 }, (_, k) => k + 1))("network %i", (seed) => {
  const next = numbers(seed);
  const choose = (n: number): number => Math.floor(next() * n);
  const τ = 5 + choose(10),
    sizes = { A: 4 + choose(3), S: 3 };
  const first = choose(2),
    last = first + 2;
  const ownRule = RULES[choose(4)] as Rule,
    slicedRule = RULES[choose(5)] as Rule;
  const [τ_s, perConnection] = [1 + choose(4), next() < 0.5];
  const [a, b, d0, d1] = [1 + choose(4), choose(3), 1 + choose(5), choose(4)];
  const drive = (17 + choose(10)) / τ;
  const times = [
    [1, 7, 7.5, 21],
    [3, 12.2, 30],
    [0.4, 18],
  ].map((ts) => ts.map((t) => t + choose(3)));
  const text = `
neuron N {
  param τ = ${τ} ms
  input I : mV/ms
  state V = 0 mV
  V' = -V/τ + I
  spike when V > ${V_TH} mV
  reset { V <- ${V_RESET} mV }
  refractory ${T_REF} ms { hold V }
}
synapse Current { param τ_s = ${τ_s} ms; weight w : mV/ms; state c = 0 mV/ms; c' = -c/τ_s; on pre { c <- c + w }; post.I += c }
synapse Plastic {
  param τ_x = 8 ms, τ_y = 12 ms
  weight w : mV
  state x = 0, y = 0
  x' = -x/τ_x
  y' = -y/τ_y
  on pre { post.V <- post.V + w; w <- max(0 mV, w - 0.1 mV*y); x <- x + 1 }
  on post { w <- w + 0.2 mV*x; y <- y + 1 }
}
network M {
  population A = ${sizes.A} N { τ = ${τ} ms + 0.5 ms*i; V = 1 mV*i }
  population S0 = spikes([${(times[0] ?? []).map((t) => `${t} ms`).join(", ")}])
  population S1 = spikes([${(times[1] ?? []).map((t) => `${t} ms`).join(", ")}])
  population S2 = spikes([${(times[2] ?? []).map((t) => `${t} ms`).join(", ")}])
  connect A -> A by Current as own { w = ${0.05 * a} mV/ms*(1 + i + ${b}*j), delay = ${DT * d0} ms + ${DT * d1} ms*abs(i - j)${perConnection ? `, τ_s = ${τ_s} ms + 0 ms*j` : ""} } ${ownRule.text}
  connect A[${first}..${last}] -> A[0..2] by Current as part { w = -0.1 mV/ms*(1 + j), delay = ${DT * d0} ms } ${slicedRule.text}
  connect S0, S1, S2 -> A by Plastic as plastic { w = 1 mV + 0.5 mV*j, delay = ${DT * d1} ms } all
}
experiment X of M { duration ${STEPS * DT} ms; step ${DT} ms; A.I = ${drive} mV/ms + 0.05 mV/ms*i }`;
  const simulation = run(planSource("law.glif", text, "X"));
  const found = Array.from({ length: simulation.spikes.length }, (_, k) => [
    Math.round(simulation.spikes.time(k) / DT),
    simulation.populations[simulation.spikes.population(k)]?.name,
    simulation.spikes.neuron(k),
  ]).filter(([, p]) => p === "A");

  // ---- the plain loop
  const n = sizes.A,
    all = Array.from({ length: n }, (_, i) => i);
  const currents = [
    ...ownRule
      .pairs(all, all, true)
      .map(([i, j]) => ({ i, j, w: 0.05 * a * (1 + i + b * j), delay: d0 + d1 * Math.abs(i - j), c: 0 })),
    ...slicedRule
      .pairs([first, first + 1, last], [0, 1, 2], true)
      .map(([i, j]) => ({ i, j, w: -0.1 * (1 + j), delay: d0, c: 0 })),
  ];
  const plastic = [0, 1, 2].flatMap((s) => all.map((j) => ({ s, j, w: 1 + 0.5 * j, x: 0, y: 0 })));
  const V = all.map((i) => i),
    free = all.map(() => 0);
  const sent: number[][] = [];
  const expected: (readonly [number, string, number])[] = [];
  const sourceSteps = times.map((ts) => ts.map((t) => Math.round(t / DT)));
  for (let k = 0; k < STEPS; k++) {
    const held = V.map((v, j) => (k < (free[j] ?? 0) ? v : null));
    for (const q of currents) if (sent[k - q.delay]?.includes(q.i) === true) q.c += q.w;
    for (const [s, steps] of sourceSteps.entries()) {
      if (!steps.includes(k - d1)) continue;
      for (const q of plastic.filter((p) => p.s === s)) {
        V[q.j] = (V[q.j] ?? NaN) + q.w;
        q.w = Math.max(0, q.w - 0.1 * q.y);
        q.x += 1;
      }
    }
    held.forEach((v, j) => (v === null ? undefined : (V[j] = v)));
    const spiking: number[] = [];
    for (let j = 0; j < n; j++) {
      const tau = τ + 0.5 * j,
        e = Math.exp(-DT / tau),
        f = Math.exp(-DT / τ_s);
      const c = currents.filter((q) => q.j === j).reduce((sum, q) => sum + q.c, 0);
      if (k < (free[j] ?? 0)) continue;
      // V' = -V/τ + r + c e^(-t/τ_s)
      const response = tau === τ_s ? DT * e : ((f - e) * tau * τ_s) / (τ_s - tau);
      V[j] = (V[j] ?? NaN) * e + (drive + 0.05 * j) * tau * (1 - e) + c * response;
      if ((V[j] ?? NaN) > V_TH) spiking.push(j);
    }
    for (const q of currents) q.c *= Math.exp(-DT / τ_s);
    for (const q of plastic) {
      q.x *= Math.exp(-DT / 8);
      q.y *= Math.exp(-DT / 12);
    }
    for (const j of spiking) {
      V[j] = V_RESET;
      free[j] = k + 1 + Math.round(T_REF / DT);
      expected.push([k + 1, "A", j]);
      for (const q of plastic.filter((p) => p.j === j)) {
        q.w += 0.2 * q.x;
        q.y += 1;
      }
    }
    sent[k + 1] = spiking;
  }
  expect(found).toEqual(expected);
  expect(found.length).toBeGreaterThan(10);
  // Where currents live at single connections they move by a cubic: of order 4, not exact.
  Array.from(simulation.population("A").states.find((s) => s.name === "V")?.values ?? []).forEach((v, j) =>
    expect(Math.abs(v - (V[j] ?? NaN))).toBeLessThan(perConnection ? 1e-5 : 1e-9),
  );
  for (const s of [0, 1, 2]) {
    const weights = Array.from(
      simulation.projections.find((p) => p.name === `plastic S${s}->A`)?.values.find((v) => v.name === "w")?.values ??
        [],
    );
    weights.forEach((w, j) =>
      expect(Math.abs(w - (plastic.find((q) => q.s === s && q.j === j)?.w ?? NaN)), `w of S${s} to ${j}`).toBeLessThan(
        1e-9,
      ),
    );
  }
});
