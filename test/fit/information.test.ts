// What the shape of a loss tells: a direction that the data leave open keeps its signs beside those that they tell of.
import { expect, test } from "vitest";
import { sandwich } from "../../src/fit/information.ts";

test("along what is left open the numbers move together as the loss says, though no gradient tells of it", () => {
  // The data tell a + b within 0.1, and a - b within 10 only; independent gradients would give the first alone.
  const across = 0.01;
  const open = 100;
  const bread = [
    [(across + open) / 2, (across - open) / 2],
    [(across - open) / 2, (across + open) / 2],
  ];
  const meat = [
    [300, 300],
    [300, 300],
  ];
  const [[aa, ab], [ba, bb]] = sandwich(bread, meat) as [[number, number], [number, number]];
  expect(aa + 2 * ab + bb).toBeCloseTo(2 * 0.01 * 600 * 0.01, 9);
  expect(aa - 2 * ab + bb).toBeCloseTo(2 * open, 6);
  expect(ba).toBeCloseTo(ab, 12);
  expect(ab).toBeLessThan(0);
});

test("what independent samples would leave is never undercut", () => {
  const found = sandwich(
    [
      [4, 0],
      [0, 9],
    ],
    [
      [0.1, 0],
      [0, 1],
    ],
  );
  expect(found[0]?.[0]).toBeCloseTo(4, 12);
  expect(found[1]?.[1]).toBeCloseTo(81, 12);
});
