// Claim: connections, weights and delays that a network describes are those it gets: degrees, numbers, distances and values have the distributions that are written.
// Model: 400 neurons, connected by every rule; twenty seeds, so that a rule that is right for one alone is seen.
// Expected: exact numbers where the rule fixes them; else the binomial, hypergeometric and Poisson laws of the rule and the distribution functions of the draws. A
// statistic is accepted below the value that it exceeds once in 10^5 times; seeds are fixed.
import { describe, expect, test } from "vitest";
import { planSource, MODELS } from "../harness.ts";
import type { Projection } from "../../../src/runtime/index.ts";
import { loadModule } from "../../../src/simulate/load.ts";

const N = 400;
const SEEDS = 20;

/** The projection of one `connect A -> B …`, for each seed. */
function built(connect: string, seeds = SEEDS, single = false): Projection[] {
  const create = loadModule(
    planSource(
      `${MODELS}/wiring.glif`,
      `
    neuron Cell { param x = 0, y = 0; state V = 0 mV; V' = -V/(10 ms) }
    synapse Jump { ${single ? "single weight" : "weight"} w : mV = 1 mV; on pre { post.V <- post.V + w } }
    network Wiring {
      population A = ${N} Cell { x = i/${N}; y ~ uniform(0, 1) }
      population B = ${N} Cell { x = i/${N}; y ~ uniform(0, 1) }
      ${connect}
    }
    experiment X of Wiring { duration 1 ms; step 0.1 ms }`,
      "X",
    ),
  );
  return Array.from({ length: seeds }, (_, seed) => create({ seed }).projections[0] ?? expect.unreachable());
}

interface Pair {
  readonly i: number;
  readonly j: number;
  /** Steps. */
  readonly delay: number;
  readonly w: number;
}

function pairsOf({ connections: { starts, delays, target, firstSource }, values }: Projection): Pair[] {
  const w = values.find((v) => v.name === "w")?.values;
  const pairs: Pair[] = [];
  for (let s = 0; s + 1 < starts.length; s++) {
    for (let c = starts[s] ?? 0; c < (starts[s + 1] ?? 0); c++)
      pairs.push({
        i: firstSource + Math.floor(s / delays.length),
        j: target[c] ?? NaN,
        delay: delays[s % delays.length] ?? NaN,
        w: w?.[c] ?? NaN,
      });
  }
  return pairs;
}

function counts(values: readonly number[], size: number): number[] {
  const found = new Array<number>(size).fill(0);
  for (const v of values) found[v] = (found[v] ?? 0) + 1;
  return found;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** A standard normal number is farther from 0 once in 10^5 times. */
const FAR = 4.42;

/** χ² of independent squares, as a standard normal number (Wilson & Hilferty 1931). */
function chiSquare(statistic: number, degrees: number): number {
  return (Math.cbrt(statistic / degrees) - (1 - 2 / (9 * degrees))) / Math.sqrt(2 / (9 * degrees));
}

/** Each count has mean and variance; the sum of their squares is χ². */
function expectCounts(found: readonly number[], mean: number, variance: number, degrees: number, what: string): void {
  const z = chiSquare(sum(found.map((k) => (k - mean) ** 2 / variance)), degrees);
  expect(Math.abs(z), `${what}: z = ${z}`).toBeLessThan(FAR);
}

function expectNoRepeats(pairs: readonly Pair[], self: boolean): void {
  expect(new Set(pairs.map((p) => p.i * N + p.j)).size).toBe(pairs.length);
  if (!self) expect(pairs.some((p) => p.i === p.j)).toBe(false);
}

describe("who is connected with whom", () => {
  test("random(p): every pair alike; in- and out-degrees are binomial", () => {
    const p = 0.05;
    const all = built(`connect A -> A by Jump random(p: ${p})`).map(pairsOf);
    all.forEach((pairs) => expectNoRepeats(pairs, false));
    expectCounts(
      all.map((pairs) => pairs.length),
      N * (N - 1) * p,
      N * (N - 1) * p * (1 - p),
      SEEDS,
      "number",
    );
    const [mean, variance] = [(N - 1) * p, (N - 1) * p * (1 - p)];
    for (const end of ["i", "j"] as const)
      expectCounts(
        all.flatMap((pairs) =>
          counts(
            pairs.map((c) => c[end]),
            N,
          ),
        ),
        mean,
        variance,
        SEEDS * N,
        `degrees by ${end}`,
      );
    // No seed's pairs are another's: of 8000, 400 are common by chance.
    const [first, second] = all.map((pairs) => new Set(pairs.map((c) => c.i * N + c.j)));
    expect([...(first ?? [])].filter((c) => second?.has(c)).length).toBeLessThan(500);
  });

  test("random(p) between populations, and with self-connections allowed, has them", () => {
    const all = built("connect A -> A by Jump random(p: 0.5) allow self", 5).map(pairsOf);
    expectCounts(
      all.map((pairs) => pairs.filter((c) => c.i === c.j).length),
      N / 2,
      N / 4,
      5,
      "self-connections",
    );
    const between = built("connect A -> B by Jump random(p: 0.5)", 5).map(pairsOf);
    expectCounts(
      between.map((pairs) => pairs.filter((c) => c.i === c.j).length),
      N / 2,
      N / 4,
      5,
      "the same number in both",
    );
  });

  test("random(p) with a probability of distance: each distance its own", () => {
    const profile = (d: number): number => 0.5 * Math.exp(-d / 0.1);
    const all = built("connect A -> B by Jump random(p: 0.5*exp(-abs(pre.x - post.x)/0.1))").map(pairsOf);
    for (const [from, to] of [
      [0, 20],
      [20, 60],
      [60, 120],
      [120, 399],
    ] as const) {
      let mean = 0,
        variance = 0;
      for (let i = 0; i < N; i++)
        for (let j = 0; j < N; j++)
          if (Math.abs(i - j) >= from && Math.abs(i - j) < to)
            [mean, variance] = [
              mean + profile(Math.abs(i - j) / N),
              variance + profile(Math.abs(i - j) / N) * (1 - profile(Math.abs(i - j) / N)),
            ];
      expectCounts(
        all.map((pairs) => pairs.filter((c) => Math.abs(c.i - c.j) >= from && Math.abs(c.i - c.j) < to).length),
        mean,
        variance,
        SEEDS,
        `distance ${from} to ${to}`,
      );
    }
  });

  test.each([
    ["indegree(n: 20)", "j", "i", false],
    ["outdegree(n: 20)", "i", "j", false],
    ["indegree(n: 20) allow self, multiple", "j", "i", true],
    ["outdegree(n: 20) allow self, multiple", "i", "j", true],
  ] as const)("%s: that number at each, the other end's is drawn", (rule, fixed, free, multiple) => {
    const all = built(`connect A -> A by Jump ${rule}`).map(pairsOf);
    for (const pairs of all) {
      expect(
        counts(
          pairs.map((c) => c[fixed]),
          N,
        ),
      ).toEqual(new Array(N).fill(20));
      if (!multiple) expectNoRepeats(pairs, false);
    }
    // Each of N neurons chooses 20 of the others (of all, with repetition); the counts of one seed add up to what is fixed: one degree of freedom less.
    const p = multiple ? 1 / N : 20 / (N - 1);
    const [mean, variance] = multiple ? [20, N * 20 * p * (1 - p)] : [20, (N - 1) * p * (1 - p)];
    expectCounts(
      all.flatMap((pairs) =>
        counts(
          pairs.map((c) => c[free]),
          N,
        ),
      ),
      mean,
      variance,
      SEEDS * (N - 1),
      "degrees",
    );
    if (!multiple) return;
    // Pairs that coincide: 20·19/2 chances a neuron, one in N each.
    const repeats = all.map((pairs) =>
      sum(
        counts(
          pairs.map((c) => c.i * N + c.j),
          N * N,
        ).map((k) => (k * (k - 1)) / 2),
      ),
    );
    expectCounts(repeats, (N * 190) / N, (N * 190) / N, SEEDS, "repeated pairs");
    expectCounts(
      all.map((pairs) => pairs.filter((c) => c.i === c.j).length),
      20,
      20 * (1 - 1 / N),
      SEEDS,
      "self-connections",
    );
  });

  test.each([
    ["total(n: 6000)", false],
    ["total(n: 6000) allow self, multiple", true],
  ] as const)("%s: that number in all, degrees drawn", (rule, multiple) => {
    const all = built(`connect A -> A by Jump ${rule}`).map(pairsOf);
    for (const pairs of all) {
      expect(pairs.length).toBe(6000);
      if (!multiple) expectNoRepeats(pairs, false);
    }
    // Without repetition the number is hypergeometric: less spread by the share of pairs that is taken.
    const taken = multiple ? 0 : 6000 / (N * (N - 1));
    for (const end of ["i", "j"] as const)
      expectCounts(
        all.flatMap((pairs) =>
          counts(
            pairs.map((c) => c[end]),
            N,
          ),
        ),
        15,
        15 * (1 - 1 / N) * (1 - taken),
        SEEDS * (N - 1),
        end,
      );
    if (multiple)
      expectCounts(
        all.map((pairs) =>
          sum(
            counts(
              pairs.map((c) => c.i * N + c.j),
              N * N,
            ).map((k) => (k * (k - 1)) / 2),
          ),
        ),
        (6000 * 5999) / 2 / (N * N),
        (6000 * 5999) / 2 / (N * N),
        SEEDS,
        "repeated pairs",
      );
  });

  test("all, one_to_one and conditions are what they say", () => {
    const of = (connect: string): string[] =>
      pairsOf(built(connect, 1)[0] ?? expect.unreachable()).map((c) => `${c.i} ${c.j}`);
    const expected = (condition: (i: number, j: number) => boolean): string[] =>
      Array.from({ length: N * N }, (_, k) => [Math.floor(k / N), k % N] as const)
        .filter(([i, j]) => condition(i, j))
        .map(([i, j]) => `${i} ${j}`);
    expect(of("connect A -> A by Jump all")).toEqual(expected((i, j) => i !== j));
    expect(of("connect A -> B by Jump all").length).toBe(N * N);
    expect(of("connect A -> B by Jump one_to_one")).toEqual(expected((i, j) => i === j));
    expect(of("connect A -> A by Jump where min(abs(i - j), 400 - abs(i - j)) <= 2 allow self")).toEqual(
      expected((i, j) => Math.min(Math.abs(i - j), N - Math.abs(i - j)) <= 2),
    );
    expect(of("connect A[10..19] -> B[390..399] by Jump all where i > 15 or post.x > 0.99")).toEqual(
      expected((i, j) => i >= 10 && i < 20 && j >= 390 && (i > 15 || j / N > 0.99)),
    );
  });

  test("a condition leaves the rule what it is: in-degrees from those that meet it, probabilities of each", () => {
    const near = (i: number, j: number): boolean => Math.abs(i - j) < 50;
    const fixed = built("connect A -> B by Jump indegree(n: 10) where abs(i - j) < 50", 3).map(pairsOf);
    for (const pairs of fixed) {
      expect(
        counts(
          pairs.map((c) => c.j),
          N,
        ),
      ).toEqual(new Array(N).fill(10));
      expect(pairs.every((c) => near(c.i, c.j))).toBe(true);
    }
    const candidates = sum(Array.from({ length: N * N }, (_, k) => (near(Math.floor(k / N), k % N) ? 1 : 0)));
    const drawn = built("connect A -> B by Jump random(p: 0.3) where abs(i - j) < 50").map(pairsOf);
    expectCounts(
      drawn.map((pairs) => pairs.length),
      0.3 * candidates,
      0.21 * candidates,
      SEEDS,
      "number",
    );
  });
});

/** Largest distance of the empirical distribution function from F, times √n (Kolmogorov 1933); beyond 2.47 once in 10^5 times. */
function kolmogorov(values: readonly number[], F: (x: number) => number): number {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  return (
    Math.sqrt(n) *
    sorted.reduce((most, x, k) => Math.max(most, Math.abs(F(x) - k / n), Math.abs(F(x) - (k + 1) / n)), 0)
  );
}

/** Standard normal distribution function (Abramowitz & Stegun 26.2.17, to 7.5e-8). */
function Φ(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x >= 0 ? 1 - tail : tail;
}

/** Distribution function of a gamma variable of shape 4 and scale 1: the chance that a Poisson process has had four events by then. */
const gamma4 = (x: number): number => 1 - Math.exp(-x) * (1 + x + (x * x) / 2 + (x * x * x) / 6);

describe("weights that are drawn", () => {
  const lognormal = { s2: Math.log(1 + (0.2 / 0.4) ** 2), m: Math.log(0.4) - Math.log(1 + (0.2 / 0.4) ** 2) / 2 };
  test.each([
    ["uniform(-1 mV, 3 mV)", (x: number) => Math.min(1, Math.max(0, (x + 1) / 4))],
    ["normal(2 mV, 0.5 mV)", (x: number) => Φ((x - 2) / 0.5)],
    ["normal(0.5 mV, 0.5 mV, min: 0 mV)", (x: number) => (x < 0 ? 0 : (Φ((x - 0.5) / 0.5) - Φ(-1)) / (1 - Φ(-1)))],
    [
      "normal(0 mV, 1 mV, min: -1 mV, max: 0.5 mV)",
      (x: number) => (x < -1 ? 0 : x > 0.5 ? 1 : (Φ(x) - Φ(-1)) / (Φ(0.5) - Φ(-1))),
    ],
    [
      "lognormal(mean: 0.4 mV, sd: 0.2 mV)",
      (x: number) => (x <= 0 ? 0 : Φ((Math.log(x) - lognormal.m) / Math.sqrt(lognormal.s2))),
    ],
    ["exponential(2 mV)", (x: number) => 1 - Math.exp(-x / 2)],
    ["gamma(mean: 2 mV, sd: 1 mV)", (x: number) => gamma4(2 * x)],
  ] as const)("%s", (draw, F) => {
    for (const rule of ["random(p: 0.05)", "indegree(n: 20) allow multiple", "all where i < 20"]) {
      const all = built(`connect A -> B by Jump { w ~ ${draw} } ${rule}`, 3).flatMap((p) => pairsOf(p).map((c) => c.w));
      expect(all.length).toBeGreaterThan(20000);
      expect(kolmogorov(all, F), rule).toBeLessThan(2.47);
      expect(new Set(all).size, "no two are the same draw").toBeGreaterThan(0.999 * all.length);
    }
  });

  test("weights, delays and connections are drawn apart: none tells of another", () => {
    const pairs = built(
      "connect A -> B by Jump { w ~ normal(1 mV, 0.2 mV), delay ~ uniform(0 ms, 10 ms) } random(p: 0.1)",
      3,
    ).flatMap(pairsOf);
    const correlation = (of: (c: Pair) => number, and: (c: Pair) => number): number => {
      const [x, y] = [pairs.map(of), pairs.map(and)];
      const [mx, my] = [sum(x) / x.length, sum(y) / y.length];
      const [sx, sy] = [Math.sqrt(sum(x.map((v) => (v - mx) ** 2))), Math.sqrt(sum(y.map((v) => (v - my) ** 2)))];
      return sum(x.map((v, k) => (v - mx) * ((y[k] ?? NaN) - my))) / (sx * sy);
    };
    const bound = FAR / Math.sqrt(pairs.length);
    for (const [a, b] of [
      ["w", "delay"],
      ["w", "i"],
      ["w", "j"],
      ["delay", "i"],
      ["delay", "j"],
    ] as const)
      expect(
        Math.abs(
          correlation(
            (c) => c[a],
            (c) => c[b],
          ),
        ),
        `${a}, ${b}`,
      ).toBeLessThan(bound);
  });

  test("weights by expressions of the pair are the expression's value; in single precision, that value rounded once", () => {
    for (const single of [false, true]) {
      const [p] = built(
        `connect A -> B by Jump { w = 0.1 mV*(i + 1)/(j + 1) + 1 mV*post.x } random(p: 0.05)`,
        1,
        single,
      );
      const values = p?.values[0]?.values;
      expect(values).toBeInstanceOf(single ? Float32Array : Float64Array);
      for (const c of pairsOf(p ?? expect.unreachable())) {
        const value = (0.1 * (c.i + 1)) / (c.j + 1) + c.j / N;
        if (single) expect(c.w).toBe(Math.fround(c.w));
        expect(Math.abs(c.w / value - 1)).toBeLessThan(single ? 2 ** -24 + 1e-15 : 1e-15);
      }
    }
  });
});

describe("delays", () => {
  test("drawn delays are rounded to the nearest step: uniform from 0 to 2 ms has half a step's share at both ends", () => {
    const delays = built("connect A -> B by Jump { delay ~ uniform(0 ms, 2 ms) } random(p: 0.05)").flatMap((p) =>
      pairsOf(p).map((c) => c.delay),
    );
    const found = counts(delays, 21);
    const share = (k: number): number => (k === 0 || k === 20 ? 0.025 : 0.05);
    const z = chiSquare(sum(found.map((k, d) => (k - delays.length * share(d)) ** 2 / (delays.length * share(d)))), 20);
    expect(Math.abs(z)).toBeLessThan(FAR);
  });

  test("delays by an expression of the pair, and one delay for all", () => {
    expect(
      built("connect A -> B by Jump { delay = 0.1 ms*abs(i - j) } random(p: 0.05)", 1)
        .flatMap(pairsOf)
        .every((c) => c.delay === Math.abs(c.i - c.j)),
    ).toBe(true);
    expect(
      built("connect A -> B by Jump { delay = 1.5 ms } random(p: 0.05)", 1)
        .flatMap(pairsOf)
        .every((c) => c.delay === 15),
    ).toBe(true);
  });
});
