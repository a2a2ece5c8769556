// The optimisers on functions whose lowest point is known.
import { expect, test } from "vitest";
import { eigen } from "../../src/fit/eigen.ts";
import { optimisers } from "../../src/fit/optimisers/optimisers.ts";
import { folded } from "../../src/fit/optimisers/cmaes.ts";

/** Lowest at 0.3, 0.5, … inside the box. */
const place = (i: number): number => 0.3 + 0.1 * i;
const FUNCTIONS: readonly (readonly [name: string, n: number, f: (x: readonly number[]) => number])[] = [
  ["sphere", 5, (x) => x.reduce((sum, v, i) => sum + (v - place(i)) ** 2, 0)],
  ["ellipsoid of condition 1e6", 5, (x) => x.reduce((sum, v, i) => sum + 10 ** (1.5 * i) * (v - place(i)) ** 2, 0)],
  [
    "Rosenbrock's valley",
    4,
    (x) => {
      const y = x.map((v) => 4 * v - 1);
      return y
        .slice(1)
        .reduce((sum, v, i) => sum + 100 * (v - (y[i] as number) ** 2) ** 2 + (1 - (y[i] as number)) ** 2, 0);
    },
  ],
];

for (const optimiser of optimisers)
  for (const [name, n, f] of FUNCTIONS)
    test(`${optimiser.name} finds the lowest point of the ${name}`, () => {
      const population = optimiser.population(n);
      const run = (): number[] => {
        const search = optimiser.start({
          point: new Array<number>(n).fill(0.8),
          spread: 0.3,
          population,
          seed: 7,
          restart: 0,
        });
        const bests: number[] = [];
        for (let k = 0; k < 3000 / population && search.ended === null; k++) {
          const points = search.ask();
          expect(points.flat().every((x) => x >= 0 && x <= 1)).toBe(true);
          const losses = points.map(f);
          bests.push(Math.min(...losses));
          search.tell(losses);
        }
        return bests;
      };
      const bests = run();
      expect(Math.min(...bests)).toBeLessThan(1e-6);
      expect(run()).toEqual(bests);
    });

test("a point beyond the wall comes back as far inside", () => {
  expect([-0.25, 0.25, 1.25, 2.25, -1.75].map(folded)).toEqual([0.25, 0.25, 0.75, 0.25, 0.25]);
});

test("losses that are no numbers cost only their point", () => {
  for (const optimiser of optimisers) {
    const search = optimiser.start({ point: [0.5, 0.5], spread: 0.3, population: 8, seed: 1, restart: 0 });
    let best = Infinity;
    for (let k = 0; k < 100 && search.ended === null; k++) {
      const losses = search
        .ask()
        .map(
          ([x = 0, y = 0], i) => (i % 3 === 0 ? [NaN, Infinity][k % 2] : undefined) ?? (x - 0.2) ** 2 + (y - 0.7) ** 2,
        );
      best = Math.min(best, ...losses.filter((loss) => !Number.isNaN(loss)));
      search.tell(losses);
    }
    expect(best).toBeLessThan(1e-6);
  }
});

test("eigenvectors put the matrix together again", () => {
  const matrix = [
    [4, 1, -2],
    [1, 3, 0.5],
    [-2, 0.5, 1],
  ];
  const { values, vectors } = eigen(matrix);
  const again = matrix.map((row, i) =>
    row.map((_, j) => values.reduce((sum, λ, k) => sum + λ * (vectors[i]?.[k] ?? 0) * (vectors[j]?.[k] ?? 0), 0)),
  );
  expect(again.flat()).toEqual(matrix.flat().map((x) => expect.closeTo(x, 12) as number));
});
