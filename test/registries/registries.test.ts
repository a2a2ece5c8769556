// What somebody adds to a registry is part of the language: a rule, a distribution, a method and a shape of a stimulus that nobody ships are checked, planned, emitted, run and told.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { LIF, folderWith, glif } from "../cli/helpers.ts";
import { planSource } from "../conformance/harness.ts";
import { isRandom } from "../../src/compare/isRandom.ts";
import { DISTRIBUTIONS, type DistributionName } from "../../src/runtime/distributions.ts";
import type { Distribution } from "../../src/runtime/distributions/distribution.ts";
import * as runtime from "../../src/runtime/index.ts";
import { stream } from "../../src/runtime/random.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { drawTriangular } from "./triangular.ts";

vi.mock(import("../../src/runtime/rules.ts"), async (original) => {
  const [shipped, { RING, makingRing }] = await Promise.all([original(), import("./ring.ts")]);
  Object.assign(shipped.RULES, { ring: RING });
  Object.assign(shipped.MAKINGS, { ring: makingRing });
  return shipped;
});

vi.mock(import("../../src/runtime/distributions.ts"), async (original) => {
  const [shipped, { drawTriangular, triangularDistribution }] = await Promise.all([
    original(),
    import("./triangular.ts"),
  ]);
  Object.assign(shipped.DISTRIBUTIONS, { triangular: triangularDistribution });
  return { ...shipped, drawTriangular };
});

vi.mock(import("../../src/methods/methods.ts"), async (original) => {
  const [shipped, { THREE_EIGHTHS }] = await Promise.all([original(), import("./threeEighths.ts")]);
  Object.assign(shipped.METHODS, { rk38: THREE_EIGHTHS });
  return shipped;
});

vi.mock(import("../../src/stimuli/shapes.ts"), async (original) => {
  const [shipped, { SAWTOOTH }] = await Promise.all([original(), import("./sawtooth.ts")]);
  Object.assign(shipped.SHAPES, { sawtooth: SAWTOOTH });
  return shipped;
});

const network = (rule: string, more = "V ~ triangular(0 mV, 8 mV)", delay = "1 ms"): string => `${LIF}
/// A jump of the potential.
synapse Jump {
  weight w : mV
  on pre { post.V <- post.V + w }
}

network Ring {
  population E = 10 LIF { ${more} }
  connect E -> E by Jump as near { w ~ triangular(1 mV, 3 mV, min: 1.5 mV), delay ${delay.startsWith("~") ? delay : `= ${delay}`} } ${rule}
}

experiment Rest of Ring {
  duration 20 ms
  seed 3
  E.I_e = 12 mV
  record spikes
}
`;

const NEIGHBOURS = [
  [8, 9, 1, 2],
  [9, 0, 2, 3],
  [0, 1, 3, 4],
].map((row) => row.sort((a, b) => a - b));

test("a rule that is added makes its connections, with weights and delays that an added distribution draws", () => {
  const plan = planSource("ring.glif", network("ring(reach: 2)", undefined, "~ triangular(1 ms, 2 ms)"), "Rest");
  expect(isRandom(plan)).toBe(true);
  const simulation = instantiate(plan, { seed: 3 });
  const [near] = simulation.projections;
  const { connections, values } = near!;
  expect(connections.count).toBe(40);
  const rows = connections.delays.length;
  expect(rows).toBeGreaterThan(3);
  NEIGHBOURS.forEach((row, i) =>
    expect(
      [...connections.target.slice(connections.starts[i * rows], connections.starts[(i + 1) * rows])].sort(),
    ).toEqual(row),
  );
  const weights = [...values[0]!.values];
  expect(Math.min(...weights)).toBeGreaterThanOrEqual(1.5);
  expect(Math.max(...weights)).toBeLessThan(3);
  expect(new Set(weights).size).toBe(40);
  const draws = stream(3, "E/V");
  expect(simulation.populations[0]!.arrays["V"]![4]).toBe(drawTriangular(draws, 4, 0, 8));
  simulation.advance(200);
  expect(simulation.spikes.length).toBeGreaterThan(10);
});

test("where nothing is drawn but what the seed does not decide, a run has no seed", () => {
  const text = network("ring(reach: 2)", "V = 0 mV").replace(/w ~ [^)]*\)/, "w = 2 mV");
  expect(isRandom(planSource("ring.glif", text, "Rest"))).toBe(false);
});

test("explain, compile and diff tell them", async () => {
  const cwd = folderWith({ "a.glif": network("ring(reach: 2)"), "b.glif": network("ring(reach: 3)") });
  const explained = await glif(cwd, ["explain", "a.glif", "Rest"]);
  expect(explained.err).toBe("");
  expect(explained.out).toContain("near: E -> E by Jump, ring(reach: 2), delay 1 ms");
  expect(explained.out).toContain("w ~ triangular(1, 3, min: 1.5), in mV");
  const { out } = await glif(cwd, ["compile", "a.glif", "Rest"]);
  expect(out).toMatch(/rule: "ring",\s*reach: 2,/);
  expect(out).toContain("drawTriangular(draws_V, i, 0, 8)");
  expect(out).toContain('rowDraw("triangular", 1, 3, 1.5, Number.POSITIVE_INFINITY)');
  expect((await glif(cwd, ["diff", "a.glif", "b.glif", "Ring"])).out).toContain("ring(reach: 2) -> ring(reach: 3)");
});

test("what is wrong with them is told, in words that come from the registry", async () => {
  const told = async (rule: string, more?: string): Promise<string> => {
    const { out, err } = await glif(folderWith({ "a.glif": network(rule, more) }), ["check", "a.glif"]);
    return out + err;
  };
  expect(await told("ring()")).toContain("rule `ring` needs the reach");
  expect(await told("ring(width: 2)")).toContain("rule `ring` has no `width`");
  expect(await told("ring(reach: 2 mV)")).toContain("the reach");
  expect(await told("ring(reach: i)")).toContain("the number `reach` of `ring` is the same for all neurons");
  expect(await told("ring(reach: 5)")).toContain("ring of `near E->E` cannot reach 5 places");
  expect(await told("rung(reach: 5)")).toContain("did you mean `ring`?");
  expect(await told("nonsense(5)")).toContain("`ring(reach: 2)`");
  expect(await told("circular(2)")).toContain("ring(reach: 2)");
  expect(await told("ring(radius: 2)")).toContain("reach: 2");
  expect(await told("ring(reach: 2)", "V ~ triangular(5 mV, 2 mV)")).toContain("the peak lies below the foot");
  expect(await told("ring(reach: 2)", "V ~ triangular(5 mV)")).toContain("triangular(-70 mV, -50 mV)");
  expect(await told("ring(reach: 2)", "V ~ triangular(0 mV, 5 mV, min: 6 mV)")).toContain("something of the range");
  expect(await told("ring(reach: 2)", "V ~ tri(0 mV, 5 mV)")).toContain("triangular");
});

const LOGISTIC = (method: string): string => `neuron Logistic { param τ = 2 ms; state x = 0.1; x' = x*(1 - x)/τ }
experiment Growth of Logistic { duration 8 ms; step 0.1 ms; method ${method}; record x }
`;

test("a method that is added integrates, in its order, and is explained, compiled, compared and told", async () => {
  const error = (method: string, step: number): number => {
    const simulation = instantiate(
      planSource("logistic.glif", LOGISTIC(method).replace("0.1 ms", `${step} ms`), "Growth"),
    );
    simulation.advance(8 / step);
    return Math.abs(simulation.populations[0]!.states[0]!.values[0]! - 1 / (1 + 9 * Math.exp(-4)));
  };
  expect(Math.log2(error("rk38", 0.2) / error("rk38", 0.1))).toBeCloseTo(4, 1);
  expect(error("rk38", 0.1)).not.toBe(error("rk4", 0.1));
  const noisy = LOGISTIC("rk38").replace("(1 - x)/τ", "(1 - x)/τ + 1 /sqrt(ms)*ξ");
  const cwd = folderWith({
    "a.glif": LOGISTIC("rk38"),
    "b.glif": LOGISTIC("rk4"),
    "c.glif": noisy,
    "d.glif": LOGISTIC("three_eighths"),
    "e.glif": LOGISTIC("rk3"),
    "f.glif": LOGISTIC("rk38(tolerance: 1e-6)"),
  });
  const told = async (...args: string[]): Promise<string> => {
    const { out, err } = await glif(cwd, args);
    return out + err;
  };
  expect(await told("explain", "a.glif", "Growth")).toContain("Kutta's 3/8 rule");
  expect(await told("compile", "a.glif", "Growth")).toContain("[Kutta's 3/8 rule]");
  expect(await told("run", "a.glif", "Growth", "--out", "out")).toContain("Logistic: Kutta's 3/8 rule");
  expect(await told("diff", "a.glif", "b.glif", "Growth")).toContain(
    "Runge-Kutta of order 4 instead of Kutta's 3/8 rule",
  );
  expect(await told("check", "c.glif")).toContain("it has noise, which Kutta's 3/8 rule cannot take");
  expect(await told("check", "d.glif")).toContain("write `method rk38`");
  expect(await told("check", "e.glif")).toContain("rk38");
  expect(await told("check", "f.glif")).toContain("write `method rk38`");
});

test("a shape that is added drives, is drawn, written, compared and told", async () => {
  const driven = (
    stimulus: string,
  ): string => `neuron Echo { input r : 1; let out = r; state x : 1 = 0; x' = -x/(1 ms) }
experiment Driven of Echo { duration 4 ms; step 0.5 ms; r = ${stimulus}; record out }
`;
  const cwd = folderWith({
    "a.glif": driven("sawtooth(8, from: 1 ms, to: 3 ms)"),
    "b.glif": driven("sawtooth(8, from: 1 ms, to: 2 ms)"),
    "c.glif": driven("sawtooth(4, 1 ms, to: 3 ms)*2"),
    "d.glif": driven("sawtooth(8, from: 1 ms)"),
    "e.glif": driven("sawtooth(crest: 8, from: 1 ms, to: 3 ms)"),
    "f.glif": driven("sawtooth(8, from: 1 ms, to: 3.1 ms)"),
    "g.glif": driven("sawtooth(8, from: 3 ms, to: 2 ms)"),
  });
  const told = async (...args: string[]): Promise<string> => {
    const { out, err } = await glif(cwd, args);
    return out + err;
  };
  await told("run", "a.glif", "Driven", "--out", "out");
  const rows = readFileSync(join(cwd, "out", "traces.csv"), "utf8")
    .trim()
    .split("\n")
    .slice(1);
  expect(rows.map((row) => Number(row.split(",")[1]))).toEqual([0, 0, 0, 2, 4, 6, 0, 0, 0]);
  expect(await told("compile", "a.glif", "Driven")).toContain("tick <= begins ? 0 : tick >= ends ? 0 : 8 * ");
  expect(await told("diff", "a.glif", "b.glif", "Driven")).toContain("sawtooth(8, from: 1 ms, to: 2 ms)");
  expect(await told("diff", "a.glif", "c.glif", "Driven")).toContain("are the same");
  expect(await told("check", "d.glif")).toContain("lacks `to`");
  expect(await told("check", "e.glif")).toContain("`peak`");
  expect(await told("check", "f.glif")).toContain("`to`, 3.1 ms, is not a multiple of the step");
  expect(await told("check", "g.glif")).toContain("ends at 2 ms, before it begins at 3 ms");
});

test("each distribution is exported under the name that emitted modules know, and draws what it says", () => {
  const draws = stream(1, "any");
  for (const [name, entry] of Object.entries(DISTRIBUTIONS) as [DistributionName, Distribution][]) {
    const exported = `draw${name.slice(0, 1).toUpperCase()}${name.slice(1)}` as keyof typeof runtime;
    expect(runtime[exported], exported).toBe(entry.draw);
    const given = entry.arguments.map((_, k) => [4, 0.5][k] ?? 1);
    const sound = entry.arguments.every((a, k) => a.problem(given[k] ?? NaN, given.slice(0, k)) === null);
    const values = sound ? given : given.toReversed();
    const [least, most] = entry.range(values);
    for (let k = 0; k < 200; k++) {
      const drawn = entry.draw(draws, k, ...values, 0);
      expect(drawn >= least && drawn <= most, `${name} draws ${drawn}`).toBe(true);
    }
    expect(entry.middle(values) >= least && entry.middle(values) <= most).toBe(true);
    for (const argument of entry.arguments) expect(argument.problem(NaN, [NaN])).toBe(null);
  }
});
