// Intervals hold the truth as often as they say, here in a few fits: `npm run bench:intervals` takes a hundred.
import { expect, test } from "vitest";
import { fitModel } from "../../src/fit/fitModel.ts";
import { fitRuns } from "../../src/simulate/fitRuns.ts";
import { synthetics, SOUGHT } from "./synthetic.ts";

test("intervals hold the truth, and tell it from half of the box", async () => {
  const misses: string[] = [];
  for (const { problem, truth } of synthetics(3)) {
    const { numbers } = await fitModel(problem, fitRuns(problem));
    numbers.forEach(({ interval }, k) => {
      const own = truth[k] as number;
      if (interval === null || own < interval.lower || own > interval.upper) misses.push(SOUGHT[k]?.name ?? "");
    });
    const width = (k: number): number => (numbers[k]?.interval?.upper ?? NaN) / (numbers[k]?.interval?.lower ?? NaN);
    expect(width(0)).toBeLessThan(1.1);
    expect(width(1)).toBeLessThan(1.15);
  }
  // Of 24 intervals of 95 % one or two may miss.
  expect(misses.length).toBeLessThanOrEqual(2);
});
