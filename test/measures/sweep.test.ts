// f-I curves and the rheobase, of a leaky integrate-and-fire neuron whose rheobase is known.
import { expect, test } from "vitest";
import { fI, rheobase, rheobaseBracket, rheobaseBy } from "../../src/measures/sweep.ts";
import type { SweepPoints } from "../../src/measures/train.ts";

const points = (x: number[], rates: number[]): SweepPoints => ({ name: "I_0", unit: "pA", x: Float64Array.from(x), rates: Float64Array.from(rates) });

test("the curve is the rates over what was varied", () => {
  expect(fI(points([100, 200], [0, 12]))).toMatchObject({ xName: "I_0", xUnit: "pA", yUnit: "Hz", x: Float64Array.of(100, 200), y: Float64Array.of(0, 12) });
  expect(fI(points([], []))).toBeNull();
});

test("the rheobase lies between the first point with a spike and the one before", () => {
  expect(rheobaseBracket(points([0, 50, 100, 150], [0, 0, 3, 9]))).toEqual({ below: 50, above: 100 });
  expect(rheobase(points([0, 50, 100, 150], [0, 0, 3, 9]))).toBe(75);
  // Depolarisation block.
  expect(rheobase(points([0, 50, 100, 150], [0, 5, 90, 0]))).toBe(25);
  expect(rheobase(points([0, 50], [0, 0]))).toBeNull();
  expect(rheobase(points([0, 50], [1, 2]))).toBeNull();
  expect(rheobase(points([], []))).toBeNull();
});

test("bisection finds G(V_th - E_L) of a leaky integrate-and-fire neuron, in as many runs as it has bits", () => {
  let runs = 0;
  // G = 10 nS, V_th - E_L = 17.3 mV: it spikes above 173 pA.
  const bracket = rheobaseBy((current) => (runs++, current / 10 > 17.3), 0, 1024, 0.5);
  expect(bracket).toEqual({ below: 173, above: 173.5 });
  expect(runs).toBe(2 + 11);
  expect(rheobaseBy((current) => current > 173, 0, 1024, 0)?.below).toBe(173);
  expect(rheobaseBy(() => true, 0, 10, 1)).toBeNull();
  expect(rheobaseBy(() => false, 0, 10, 1)).toBeNull();
});
