// Known numbers come back from runs of the model itself, and the optimisers find what standard functions have.
import { expect, test } from "vitest";
import { fitModel } from "../../src/fit/fitModel.ts";
import { fitRuns } from "../../src/simulate/fitRuns.ts";
import { problemOf, recordedAt } from "./helpers.ts";

const LIF = `
neuron LIF {
  param C = 100 pF, G = 5 nS, E_L = -70 mV, Θ = -50 mV
  input I_e : pA
  state V = E_L
  V' = (I_e - G*(V - E_L))/C
  spike when V > Θ
  reset { V <- E_L }
  refractory 2 ms { hold V }
}
experiment E of LIF { duration 1 s; step 0.1 ms; I_e = 150 pA + sine(100 pA, frequency: 7 Hz) + sine(60 pA, frequency: 31 Hz); record spikes }
`;

test("numbers of a leaky integrator come back from its spikes", async () => {
  const problem = recordedAt(
    problemOf({
      text: LIF,
      model: "LIF",
      free: [
        { name: "C", unit: "pF", lower: 20, upper: 400, logarithmic: true },
        { name: "G", unit: "nS", lower: 1, upper: 50, logarithmic: true },
      ],
      terms: [["van_rossum(tau: 10 ms)", 1]],
      train: [{ from: 0, until: 700 }],
      test: [{ from: 700, until: 1000 }],
    }),
    [120, 7],
  );
  const result = await fitModel(problem, fitRuns(problem));
  expect(result.numbers.map(({ value }) => value)).toEqual([expect.closeTo(120, 0), expect.closeTo(7, 1)]);
  expect(result.train.loss).toBe(0);
  expect(result.test?.loss).toBeLessThan(0.1);
  expect(result.agreement.agree).toBe(true);
});
