// Ticks are round, inside the range, and say exactly their value.
import fc from "fast-check";
import { expect, test } from "vitest";
import { extentOf, linear, padded, ticks, timeTicks } from "../../src/figure/scale.ts";

const written = (low: number, high: number, wanted: number): string[] =>
  ticks({ low, high }, wanted).map((t) => t.text);

test("ticks as one would write them", () => {
  expect(written(-80, -50, 5)).toEqual(["−80", "−70", "−60", "−50"]);
  expect(written(0, 1, 5)).toEqual(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
  expect(written(-0.1, 0.1, 4)).toEqual(["−0.10", "−0.05", "0.00", "0.05", "0.10"]);
  expect(written(0, 0.005, 5)).toEqual(["0", "1e−3", "2e−3", "3e−3", "4e−3", "5e−3"]);
  expect(written(-1.5e6, 1.5e6, 3)).toEqual(["−1e6", "0", "1e6"]);
  expect(written(0, 99_999, 2)).toEqual(["0", "50000"]);
  expect(written(-70.0001, -70.0002, 4)).toEqual([]);
  expect(written(-70.0002, -70.0001, 4)).toEqual(["−70.00020", "−70.00015", "−70.00010"]);
});

test("whatever the range: at most one more tick than wanted, ascending, inside, texts distinct and true", () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(finite, finite, fc.integer({ min: 2, max: 12 }), (a, b, wanted) => {
      const range = padded({ low: Math.min(a, b), high: Math.max(a, b) }, 0.05);
      const found = ticks(range, wanted);
      expect(found.length).toBeGreaterThanOrEqual(1);
      expect(found.length).toBeLessThanOrEqual(wanted + 1);
      const slack = (range.high / 2 - range.low / 2) * 1e-5;
      found.forEach(({ value, text }, i) => {
        expect(value).toBeGreaterThanOrEqual(range.low - slack);
        expect(value).toBeLessThanOrEqual(range.high + slack);
        expect(Number(text.replaceAll("−", "-"))).toBe(value);
        if (i > 0) expect(value).toBeGreaterThan(found[i - 1]?.value ?? NaN);
      });
    }),
  );
});

test("time ticks are in ms whatever they say", () => {
  expect(timeTicks(20_000, 4)).toEqual([0, 5, 10, 15, 20].map((s) => ({ value: s * 1000, text: String(s) })));
  expect(timeTicks(1000, 4).map((t) => t.value)).toEqual([0, 500, 1000]);
});

test("extents skip what is not finite; constants get a range around them", () => {
  expect(
    extentOf([
      [NaN, 3, -Infinity],
      [Infinity, -2],
    ]),
  ).toEqual({ low: -2, high: 3 });
  expect(extentOf([[NaN], []])).toBeNull();
  expect(padded({ low: 0, high: 0 }, 0.1)).toEqual({ low: -1, high: 1 });
  expect(padded({ low: 0, high: 10 }, 0.1)).toEqual({ low: -1, high: 11 });
  const around = padded({ low: -70, high: -70 }, 0.1);
  expect([around.low, around.high]).toEqual([-77, -63]);
  expect(linear({ low: 5, high: 5 }, 0, 10)(5)).toBe(5);
  expect(linear({ low: -1, high: 1 }, 100, 0)(0.5)).toBe(25);
});
