// models/stochastic_release.glif against the recursion of its deterministic synapse, whose resources are the probability that a site is full: each spike's quanta are binomial.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { MODELS, planSource, run } from "../harness.ts";
import { present } from "../../../src/base/invariant.ts";

const [SITES, P, RECOVERY] = [5, 0.5, 800];
const TIMES = [10, 60, 110, 160, 210, 260, 310, 360, 410, 460, 960];

test("mean, variance and failures of every spike of the train are those of N sites that are full with the probability x", () => {
  const path = join(MODELS, "stochastic_release.glif");
  const simulation = run(planSource(path, readFileSync(path, "utf8"), "Depression"), { steps: 0 });
  const cells = simulation.population("Cell");
  const quanta = present(
    cells.states.find((s) => s.name === "quanta"),
    "quanta",
  ).values;
  let full = 1;
  let before: number | null = null;
  for (const t of TIMES) {
    if (before !== null) full = 1 - (1 - full) * Math.exp(-(t - before) / RECOVERY);
    simulation.run(t + 1 - (before === null ? 0 : before + 1));
    const chance = P * full;
    const [mean, variance] = [SITES * chance, SITES * chance * (1 - chance)];
    const found = quanta.reduce((a, b) => a + b, 0) / cells.size;
    const spread = quanta.reduce((a, b) => a + (b - found) ** 2, 0) / (cells.size - 1);
    const failing = quanta.filter((q) => q === 0).length / cells.size;
    const failures = (1 - chance) ** SITES;
    expect(Math.abs(found - mean), `mean at ${t} ms`).toBeLessThan(4 * Math.sqrt(variance / cells.size));
    expect(Math.abs(spread / variance - 1), `variance at ${t} ms`).toBeLessThan(5 * Math.sqrt(2.5 / cells.size));
    expect(Math.abs(failing - failures), `failures at ${t} ms`).toBeLessThan(
      4 * Math.sqrt((failures * (1 - failures)) / cells.size),
    );
    full -= chance;
    before = t;
  }
});
