// Random connectivity against its distributions: every outcome of tiny networks, degrees of larger ones, and what nothing else may change.

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import {
  connect,
  MemoryError,
  predictConnections,
  type ConnectionRequest,
  type Connections,
} from "../../../src/runtime/connectivity.ts";
import { DISTRIBUTIONS, truncated, type RowDistribution } from "../../../src/runtime/distributions.ts";
import type { Distribution } from "../../../src/runtime/distributions/distribution.ts";
import { drawHypergeometric } from "../../../src/runtime/distributions/hypergeometric.ts";
import { rowDraw } from "../../../src/runtime/rowDraws.ts";
import { rowStream, stream, uniform } from "../../../src/runtime/random.ts";
import { sampleDistinct, sampleRepeated } from "../../../src/runtime/sampling.ts";
import { arrows, asking, binomial, degrees, fit, hypergeometric, list, tally, unevenness } from "./connectionTools.ts";
import { instantiate } from "../../../src/simulate/load.ts";
import { planSource } from "../../conformance/harness.ts";

const SEEDS = Array.from({ length: 20 }, (_, k) => k + 1);

/** p of the outcomes over many seeds, each outcome being as likely as `probability` says (all alike without). */
function outcomes(
  request: ConnectionRequest,
  kinds: number,
  probability: (outcome: string) => number,
  runs = 3000,
): number {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < runs; seed++) {
    const outcome = arrows({ ...request, seed });
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  expect(counts.size, [...counts.keys()].join("; ")).toBe(kinds);
  const keys = [...counts.keys()],
    expected = keys.map((key) => runs * probability(key));
  expect(expected.reduce((a, b) => a + b, 0)).toBeCloseTo(runs, 6);
  return fit(
    keys.map((key) => counts.get(key)!),
    expected,
  );
}

test("three neurons: every network that a rule allows is as likely as it should be", () => {
  const p = 0.3,
    size = (outcome: string): number => (outcome === "" ? 0 : outcome.split(" ").length);
  expect(
    outcomes(asking("random", 3, null, { p }), 64, (o) => p ** size(o) * (1 - p) ** (6 - size(o))),
  ).toBeGreaterThan(1e-3);
  expect(
    outcomes(asking("random", 3, null, { p, where: (i) => i > 0 }), 16, (o) => p ** size(o) * (1 - p) ** (4 - size(o))),
  ).toBeGreaterThan(1e-3);
  const varying = (i: number): number => [0.3, 0.5, 0.7][i]!;
  const byPair = (o: string): number =>
    ["0>1", "0>2", "1>0", "1>2", "2>0", "2>1"].reduce(
      (product, pair) =>
        product * (o.split(" ").includes(pair) ? varying(Number(pair[0])) : 1 - varying(Number(pair[0]))),
      1,
    );
  expect(outcomes(asking("random", 3, null, { p: varying }), 64, byPair, 5000)).toBeGreaterThan(1e-3);
  expect(outcomes(asking("total", 3, null, { n: 3 }), 20, () => 1 / 20)).toBeGreaterThan(1e-3);
  expect(
    outcomes(asking("total", 3, 3, { n: 2, where: (i, j) => i !== 1 || j === 0 }), 21, () => 1 / 21),
  ).toBeGreaterThan(1e-3);
  expect(outcomes(asking("outdegree", 2, 4, { n: 2 }), 36, () => 1 / 36)).toBeGreaterThan(1e-3);
  expect(outcomes(asking("outdegree", 2, 4, { n: 3 }), 16, () => 1 / 16)).toBeGreaterThan(1e-3);
  expect(outcomes(asking("indegree", 4, null, { n: 1 }), 81, () => 1 / 81)).toBeGreaterThan(1e-3);
  expect(outcomes(asking("indegree", 4, 2, { n: 2 }), 36, () => 1 / 36)).toBeGreaterThan(1e-3);
  // With replacement a network with k-fold pairs comes about in n!/∏k! orders.
  const orders = (o: string): number => {
    const times = new Map<string, number>();
    for (const pair of o.split(" ")) times.set(pair, (times.get(pair) ?? 0) + 1);
    return [...times.values()].reduce((ways, k) => ways / [1, 1, 2, 6][k]!, 6);
  };
  expect(
    outcomes(asking("total", 3, null, { n: 3, multiple: true }), 56, (o) => orders(o) / 216, 5000),
  ).toBeGreaterThan(1e-3);
  expect(outcomes(asking("indegree", 3, 1, { n: 3, multiple: true }), 10, (o) => orders(o) / 27)).toBeGreaterThan(1e-3);
  expect(
    outcomes(asking("outdegree", 1, 3, { n: 3, multiple: true, self: true }), 10, (o) => orders(o) / 27),
  ).toBeGreaterThan(1e-3);
});

test("degrees over twenty seeds: each right, and the p values even", () => {
  const N = 400,
    cases: readonly (readonly [string, ConnectionRequest, "in" | "out", number[]])[] = [
      ["random, in", asking("random", N, N, { p: 0.1 }), "in", binomial(N, 0.1)],
      ["random, out", asking("random", N, N, { p: 0.1 }), "out", binomial(N, 0.1)],
      ["random without self, in", asking("random", N, null, { p: 0.7 }), "in", binomial(N - 1, 0.7)],
      ["varying p, in", asking("random", N, null, { p: () => 0.1 }), "in", binomial(N - 1, 0.1)],
      ["outdegree, in", asking("outdegree", N, null, { n: 40 }), "in", binomial(N - 1, 40 / (N - 1))],
      ["indegree, out", asking("indegree", N, null, { n: 40 }), "out", binomial(N - 1, 40 / (N - 1))],
      [
        "indegree with multiple, out",
        asking("indegree", N, N, { n: 5, multiple: true }),
        "out",
        binomial(5 * N, 1 / N),
      ],
      [
        "total with multiple, out",
        asking("total", N, N, { n: 20 * N, multiple: true }),
        "out",
        binomial(20 * N, 1 / N),
      ],
      ["total with multiple, in", asking("total", N, N, { n: 20 * N, multiple: true }), "in", binomial(20 * N, 1 / N)],
      ["total, out", asking("total", N, N, { n: 20 * N }), "out", hypergeometric(N * N, N, 20 * N)],
      ["total, in", asking("total", N, N, { n: 20 * N }), "in", hypergeometric(N * N, N, 20 * N)],
    ];
  for (const [name, request, side, probabilities] of cases) {
    const p = SEEDS.map((seed) => {
      const found = degrees(connect({ ...request, seed }), N, N)[side],
        most = Math.max(probabilities.length - 1, ...found);
      return fit(
        tally(found, most),
        Array.from({ length: most + 1 }, (_, k) => N * (probabilities[k] ?? 0)),
      );
    });
    expect(Math.min(...p), `${name}: ${p.join(" ")}`).toBeGreaterThan(1e-3);
    expect(unevenness(p), `${name}: ${p.join(" ")}`).toBeLessThan(1.95);
  }
});

test("a probability that is one value for all pairs that may be connected draws as that number does, however it is written", () => {
  const far = (i: number, j: number): boolean => Math.abs(i - j) > 3;
  for (const more of [{}, { self: true }, { where: far }, { target: { size: 60, first: 20, last: 29 } }]) {
    const drawn = (p: ConnectionRequest["p"]): unknown => list(connect(asking("random", 60, null, { ...more, p: p! })));
    expect(drawn((i) => 0.4 + 0 * i)).toEqual(drawn(0.4));
    expect(drawn((i) => (i < 60 ? 0.4 : 0))).toEqual(drawn(0.4));
    expect(drawn((i, j) => ((i + 1) / (j + 3)) * 0.4 * ((j + 3) / (i + 1)))).toEqual(drawn(0.4)); // but for rounding
    // Pairs that cannot be connected do not count; one that can does.
    const off = (i: number, j: number): number => (i === j || ("where" in more && !far(i, j)) ? NaN : 0.4);
    if (!("self" in more)) expect(drawn(off)).toEqual(drawn(0.4));
    expect(drawn((i, j) => (i === 7 && j === 25 ? 0.3 : 0.4))).not.toEqual(drawn(0.4));
  }
  expect(() => connect(asking("random", 3, null, { p: (i) => 2 + 0 * i }))).toThrow(
    "from neuron 0 to neuron 1 lies between 0 and 1, not at 2",
  );
  expect(connect(asking("random", 1, null, { p: () => 0.5 })).count).toBe(0);
});

test("exact numbers, no pair twice and no neuron to itself where that is not allowed", () => {
  for (const seed of SEEDS.slice(0, 3)) {
    const check = (request: ConnectionRequest, sources: number, targets: number): ReturnType<typeof degrees> => {
      const c = connect({ ...request, seed }),
        found = list(c).map(({ i, j }) => i * targets + j);
      if (!request.multiple) expect(new Set(found).size).toBe(found.length);
      if (request.same && !request.self) expect(list(c).some(({ i, j }) => i === j)).toBe(false);
      return degrees(c, sources, targets);
    };
    // Sparse, dense and nearly complete rows go three different ways.
    for (const n of [1, 3, 30, 100, 198, 199]) {
      expect(check(asking("indegree", 200, null, { n }), 200, 200).in).toEqual(Array(200).fill(n));
      expect(check(asking("outdegree", 200, null, { n }), 200, 200).out).toEqual(Array(200).fill(n));
      expect(check(asking("indegree", 200, null, { n, multiple: true }), 200, 200).in).toEqual(Array(200).fill(n));
      expect(check(asking("outdegree", 200, null, { n, multiple: true }), 200, 200).out).toEqual(Array(200).fill(n));
    }
    for (const n of [0, 1, 199, 5000, 39_800]) {
      expect(check(asking("total", 200, null, { n }), 200, 200).out.reduce((a, b) => a + b, 0)).toBe(n);
      expect(check(asking("total", 200, null, { n, multiple: true }), 200, 200).out.reduce((a, b) => a + b, 0)).toBe(n);
    }
    expect(
      check(asking("total", 200, null, { n: 6000, where: (i, j) => (i + j) % 3 === 0 }), 200, 200).out.reduce(
        (a, b) => a + b,
        0,
      ),
    ).toBe(6000);
    check(asking("random", 200, null, { p: 0.3 }), 200, 200);
    check(asking("random", 200, null, { p: 0.01 }), 200, 200);
  }
});

test("samples are uniform, whichever way they are drawn", () => {
  // below one in 64 sorted, then marked, above one half the complement
  for (const [m, count] of [
    [5000, 20],
    [5000, 77],
    [5000, 79],
    [5000, 1000],
    [5000, 2600],
    [5000, 4990],
  ] as const) {
    const runs = 3000,
      out = new Int32Array(count + 2).fill(-7),
      hits = Array<number>(50).fill(0),
      below = Array<number>(count + 1).fill(0),
      touching: number[] = [];
    for (let run = 0; run < runs; run++) {
      sampleDistinct(out, 1, count, m, rowStream(stream(5, "samples"), run));
      let lower = 0,
        neighbours = 0;
      for (let k = 1; k <= count; k++) {
        if (!(out[k]! >= 0 && out[k]! < m && (k === 1 || out[k]! > out[k - 1]!))) throw new Error(`${out[k]} at ${k}`);
        hits[Math.floor(out[k]! / 100)]!++;
        if (out[k]! < 1000) lower++;
        if (k > 1 && out[k]! === out[k - 1]! + 1) neighbours++;
      }
      below[lower]!++;
      touching.push(neighbours);
    }
    expect([out[0], out[count + 1]]).toEqual([-7, -7]);
    // Numbers of one sample exclude each other, so the cells vary less than independent draws by 1 - count/m.
    const expected = (runs * count) / 50,
      chi2 = hits.reduce((sum, h) => sum + (h - expected) ** 2 / expected, 0) / (1 - count / m);
    expect(Math.abs(chi2 - 49), `${count} of ${m}`).toBeLessThan(4 * Math.sqrt(98));
    expect(
      fit(
        below,
        hypergeometric(m, 1000, count).map((p) => runs * p),
      ),
      `${count} of ${m}`,
    ).toBeGreaterThan(1e-3);
    // Of m - 1 neighbouring pairs each is in the sample with probability count(count-1)/(m(m-1)).
    const mean = (count * (count - 1)) / m,
      spread = Math.sqrt(mean * (1 - count / m) ** 2 + 1e-9);
    expect(Math.abs(touching.reduce((a, b) => a + b, 0) / runs - mean), `${count} of ${m}`).toBeLessThan(
      (5 * spread) / Math.sqrt(runs) + 1e-6,
    );
  }
  for (const [m, count] of [
    [7, 500],
    [5000, 10],
    [5000, 3000],
    [100_000, 40],
  ] as const) {
    const out = new Int32Array(count),
      hits = Array<number>(7).fill(0),
      runs = Math.ceil(60_000 / count);
    for (let run = 0; run < runs; run++) {
      sampleRepeated(out, 0, count, m, rowStream(stream(6, "samples"), run));
      for (let k = 0; k < count; k++) {
        if (!(out[k]! >= 0 && out[k]! < m && (k === 0 || out[k]! >= out[k - 1]!))) throw new Error(`${out[k]} at ${k}`);
        hits[Math.floor((7 * out[k]!) / m)]!++;
      }
    }
    const share = hits.map((_, s) => ((Math.ceil(((s + 1) * m) / 7) - Math.ceil((s * m) / 7)) / m) * runs * count);
    expect(fit(hits, share), `${count} of ${m}`).toBeGreaterThan(1e-3);
  }
});

test("hypergeometric: every probability by χ², moments of large ones, the ends", () => {
  const s = stream(2, "hypergeometric"),
    N = 40_000;
  for (const [total, marked, n] of [
    [6, 2, 3],
    [30, 12, 9],
    [100, 90, 40],
    [10_000, 300, 2000],
    [160_000, 400, 8000],
  ] as const) {
    const found = Array.from({ length: N }, (_, i) => drawHypergeometric(s, i, total, marked, n));
    expect(
      fit(
        tally(found, n),
        hypergeometric(total, marked, n).map((p) => N * p),
      ),
      `${total} ${marked} ${n}`,
    ).toBeGreaterThan(1e-3);
  }
  for (const [total, marked, n] of [
    [1e10, 1e5, 1e9],
    [2e9, 1e9, 1.9e9],
    [1e10, 1e5, 5],
  ] as const) {
    const mean = (n * marked) / total,
      variance = mean * (1 - marked / total) * ((total - n) / (total - 1)),
      runs = 2000;
    let m = 0,
      v = 0;
    for (let i = 0; i < runs; i++) {
      const k = drawHypergeometric(s, i, total, marked, n);
      m += k / runs;
      v += (k - mean) ** 2 / runs;
    }
    expect(Math.abs(m - mean)).toBeLessThan(4 * Math.sqrt(variance / runs));
    if (mean > 1) expect(Math.abs(v / variance - 1)).toBeLessThan(4.5 * Math.sqrt(2 / runs));
  }
  expect([
    drawHypergeometric(s, 0, 5, 5, 3),
    drawHypergeometric(s, 0, 5, 0, 3),
    drawHypergeometric(s, 0, 5, 2, 5),
    drawHypergeometric(s, 0, 0, 0, 0),
  ]).toEqual([3, 0, 2, 0]);
  expect(() => drawHypergeometric(s, 0, 5, 6, 3)).toThrow(/marked ones from 0 to 5, not 6/);
});

const REQUESTS: readonly ConnectionRequest[] = [
  asking("random", 500, null, { p: 0.1, delay: (row, k) => Math.floor(10 * uniform(row, k, 0)) }),
  asking("random", 500, null, { p: 0.003 }),
  asking("random", 500, null, { p: (i, j) => 1 / (1 + Math.abs(i - j)) }),
  asking("random", 500, 400, { p: 0.2, where: (i, j) => i > j }),
  asking("indegree", 500, null, { n: 50 }),
  asking("indegree", 500, null, { n: 50, multiple: true }),
  asking("outdegree", 500, 300, { n: 250 }),
  asking("total", 500, 300, { n: 30_000 }),
  asking("total", 500, 300, { n: 30_000, multiple: true }),
  asking("total", 500, 300, { n: 3000, where: (i, j) => (i + j) % 2 === 0 }),
];
const hash = (all: readonly Connections[]): string => {
  const sum = createHash("sha256");
  for (const c of all)
    for (const numbers of [c.delays, c.starts, c.target, c.rank ?? new Int32Array(0)])
      sum.update(new Uint8Array(numbers.slice().buffer));
  return sum.digest("hex");
};

test("connections are the same for ever", () => {
  expect(hash(REQUESTS.map(connect))).toMatchInlineSnapshot(
    `"fc6d37525e0465d0da86fceea28c6063956e4c494e717b1d3106385574dfbc5a"`,
  );
});

test("neither progress, a limit, other projections nor the rest of the network changes a connection", () => {
  for (const request of REQUESTS) {
    const told: number[] = [],
      plain = hash([connect(request)]);
    connect({ ...request, name: "another", seed: 9 });
    const again = connect({
      ...request,
      memoryLimit: 1e9,
      bytesPerConnection: 16,
      progress: (done, total) => {
        expect(total).toBe(500);
        told.push(done);
      },
    });
    expect(hash([again])).toBe(plain);
    expect(told.length).toBeGreaterThan(5);
    expect(told.length).toBeLessThan(300);
    expect([told.toSorted((a, b) => a - b), told.at(-1)]).toEqual([told, 500]);
    expect(hash([connect({ ...request, seed: 2 })])).not.toBe(plain);
    expect(hash([connect({ ...request, name: "exc2" })])).not.toBe(plain);
  }
  // A row belongs to its source: fewer sources leave the others' connections as they were.
  for (const request of REQUESTS.filter(({ rule }) => rule === "random" || rule === "outdegree")) {
    const part = list(connect({ ...request, source: { size: 500, first: 100, last: 199 } }));
    expect(part).toEqual(list(connect(request)).filter(({ i }) => i >= 100 && i < 200));
  }
});

test("memory: predicted to the byte for fixed numbers, nearly for random ones, refused before anything is allocated", () => {
  const bytes = (c: Connections, each: number): number =>
    c.count * each +
    [c.delays.length > 1 ? c.rank! : null, c.starts, c.target, c.pair].reduce(
      (sum, a) => sum + (a?.byteLength ?? 0),
      0,
    );
  const delay: ConnectionRequest["delay"] = (row, k) => 1 + Math.floor(20 * uniform(row, k, 0));
  for (const request of [
    asking("all", 300, null),
    asking("all", 300, 200, { delay }),
    asking("indegree", 300, null, { n: 20 }),
    asking("outdegree", 300, 200, { n: 30, delay }),
    asking("total", 300, 200, { n: 9000, multiple: true }),
    asking("one_to_one", 300, 300),
    asking("pairs", 300, 300, { pairs: { sources: [1, 2, 3], targets: [3, 2, 1] } }),
  ]) {
    const asked = { ...request, bytesPerConnection: 12 },
      c = connect(asked),
      predicted = predictConnections(asked);
    expect(predicted.connections).toBe(c.count);
    expect(Math.abs(predicted.bytes / bytes(c, 12) - 1), request.rule).toBeLessThan(0.02);
  }
  for (const request of [...REQUESTS, asking("all", 500, 500, { where: (i, j) => (i - j) ** 2 < 10_000 })]) {
    const c = connect(request),
      predicted = predictConnections(request);
    expect(Math.abs(predicted.connections / c.count - 1), request.rule).toBeLessThan(
      typeof request.p === "function" || request.where !== undefined ? 0.2 : 0.05,
    );
  }
  const before = process.memoryUsage().arrayBuffers,
    error = (() => {
      try {
        return connect(asking("all", 1e5, 1e5, { memoryLimit: 3e9, bytesPerConnection: 4 }));
      } catch (refusal) {
        return refusal;
      }
    })();
  if (!(error instanceof MemoryError)) throw new Error("not refused");
  expect(error.message).toBe("`exc` with 10,000,000,000 connections needs 80 GB of memory, 3 GB may be used");
  expect([error.needed, error.limit]).toEqual([80_000_400_004, 3e9]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e7);
  expect(() => connect(asking("all", 1e5, 1e5))).toThrow(
    "`exc` has 10,000,000,000 connections, more than the 2,147,483,647 that one projection can hold: connect parts of the populations, one by one",
  );
  expect(() => connect(asking("random", 1e5, 1e5, { p: 0.1, memoryLimit: 3e9 }))).toThrow(MemoryError);
  expect(() => connect(asking("random", 1e5, 1e5, { p: () => 0.1, memoryLimit: 1e9 }))).toThrow(MemoryError);
  // Conditions that few pairs of a sample meet are stopped on the way.
  expect(() => connect(asking("all", 1000, 1000, { where: (i) => i === 7, memoryLimit: 6000 }))).toThrow(MemoryError);
  // Delays that are nearly all different take more room than the connections.
  expect(() => connect(asking("all", 100, 100, { delay: (_row, _k, i, j) => 100 * i + j, memoryLimit: 3e6 }))).toThrow(
    MemoryError,
  );
});

test("a row of draws is what single draws are, bit for bit", () => {
  const row = rowStream(stream(3, "exc/w"), 12),
    n = 1500,
    out = new Float64Array(n + 1).fill(-7);
  const check = (fill: () => void, draw: (k: number) => number): void => {
    fill();
    for (let k = 0; k < n; k++) if (out[k] !== draw(k)) throw new Error(`${out[k]} is not ${draw(k)} at ${k}`);
    expect(out[n]).toBe(-7);
  };
  const given: Readonly<Record<RowDistribution, readonly [number, number]>> = {
    uniform: [-70, -50],
    normal: [15, 7.5],
    lognormal: [0.4, 0.2],
    exponential: [3, 0],
  };
  for (const [name, [a, b]] of Object.entries(given) as [RowDistribution, readonly [number, number]][]) {
    const { draw, arguments: taken }: Distribution = DISTRIBUTIONS[name];
    const one = (k: number, attempt: number): number => draw(row, k, ...[a, b].slice(0, taken.length), attempt);
    check(
      () => rowDraw(name, a, b, -Infinity, Infinity).fill(out, n, row),
      (k) => one(k, 0),
    );
    check(
      () => rowDraw(name, a, b, a - 0.5, a + 2).fill(out, n, row),
      (k) => truncated(row, (attempt) => one(k, attempt), a - 0.5, a + 2),
    );
  }
  expect(() => rowDraw("normal", 0, -1, -Infinity, Infinity).fill(out, n, row)).toThrow(/sd of at least 0/);
  expect(() => rowDraw("lognormal", 0, 1, -Infinity, Infinity).fill(out, n, row)).toThrow(/mean above 0/);
  expect(new Set(Array.from({ length: 1000 }, (_, i) => rowStream(stream(3, "exc/w"), i).k0)).size).toBe(1000);
});

test("a connection takes 4 bytes, 8 for each value of its own, 4 for a single weight, none for a delay, 8 with `on post`", () => {
  const bytes = (members: string, settings: string): number => {
    const [p] = instantiate(
      planSource(
        "memory.glif",
        `neuron N { state V = 0 mV; V' = -V/(10 ms); spike when V > 1 mV; reset { V <- 0 mV } }
synapse S { ${members} }
network M { population P = 200 N; connect P -> P by S { ${settings} } random(p: 0.5) }
experiment E of M { duration 1 ms; seed 1 }`,
        "E",
      ),
    ).projections;
    if (p === undefined) throw new Error("no projection");
    const { target, rank, count } = p.connections;
    // By target, for `on post`: as many entries as there are connections, and a short table.
    const { incoming: byTarget = {} } = p as { readonly incoming?: object };
    const incoming = Object.values(byTarget).reduce(
      (sum: number, a: unknown) => sum + (ArrayBuffer.isView(a) && a.byteLength >= 4 * count ? a.byteLength : 0),
      0,
    );
    return (
      (target.byteLength +
        (rank?.byteLength ?? 0) +
        incoming +
        p.values.reduce((sum, { values }) => sum + (values as Float64Array).byteLength, 0)) /
      count
    );
  };
  const on = "on pre { post.V <- post.V + w }";
  expect(bytes(`weight w = 1 mV; ${on}`, "w = 2 mV")).toBe(4);
  expect(bytes(`weight w = 1 mV; ${on}`, "w ~ uniform(0 mV, 1 mV)")).toBe(12);
  expect(bytes(`single weight w = 1 mV; ${on}`, "w ~ uniform(0 mV, 1 mV)")).toBe(8);
  expect(bytes(`weight w = 1 mV; ${on}`, "delay ~ uniform(1 ms, 2 ms)")).toBe(4);
  expect(bytes(`weight w = 1 mV; ${on}`, "w ~ uniform(0 mV, 1 mV), delay ~ uniform(1 ms, 2 ms)")).toBe(12);
  expect(bytes(`weight w = 1 mV; ${on} on post { w <- w + 0.1 mV }`, "w = 2 mV")).toBe(20);
});
