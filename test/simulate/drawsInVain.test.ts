// A draw of an event that cannot be made ends the run where it is, with whose it is and when; what was recorded before stays.
import { expect, test } from "vitest";
import { planSource } from "../conformance/harness.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { runSimulation } from "../../src/simulate/run.ts";

const NEURON = (reset: string, more = ""): string => `
neuron N { param s = 1 mV; input I : mV/ms; state V = 0 mV, d = 3 mV, T = 1 ms; V' = I; spike when V > 10 mV; reset { V <- 0 mV; ${reset} } ${more} }
experiment X of N { duration 200 ms; seed 1; I = 1 mV/ms; record V }`;

const VESICLES = `
neuron T { state V = 0 mV; V' = -V/(10 ms) }
synapse Ves {
  param N = 5, p = 0.4, τ = 100 ms
  state n = N
  n' = (N - n)/τ
  on pre { let r ~ binomial(n, p); n <- n - r; post.V <- post.V + r*(1 mV) }
}
network Net { population S = spikes([10 ms, 20 ms, 30 ms]); population A = 2 T; connect S -> A by Ves as v { delay = 1 ms } all }
experiment X of Net { duration 50 ms; seed 1; record A.V }`;

test.each([
  [
    "an sd that falls below 0",
    NEURON("d <- d - 1 mV; let z ~ normal(0 mV, d - s); T <- T + z/(1 mV/ms)*0"),
    40.3,
    "N[0]",
    "`z` of `reset`",
  ],
  ["bounds that no draw meets", NEURON("T ~ normal(1 ms, 0.01 ms, min: 50 ms)"), 10, "N[0]", "`T` of `reset`"],
  ["a number of sites that is no whole number", VESICLES, 21, "A[0]", "`r` of `on pre`"],
  [
    "an event",
    NEURON("", "on V > 5 mV { d <- d - 1.5 mV; let z ~ normal(0 mV, d); T <- T + z/(1 mV/ms)*0 }").replace(
      "V <- 0 mV; ",
      "V <- 0 mV",
    ),
    35.4,
    "N[0]",
    "`z` of `on V > 5 mV`",
  ],
])("%s", async (_, text, time, place, what) => {
  const simulation = instantiate(planSource("vain.glif", text, "X"), {});
  const { ending } = await runSimulation(simulation, 500);
  expect(ending.kind).toBe("stopped");
  const message = ending.kind === "stopped" ? ending.message : "";
  expect(message).toContain(`${what} cannot be drawn for ${place} at t = `);
  expect(Math.abs(Number(/at t = ([\d.]+) ms/.exec(message)?.[1]) - time)).toBeLessThan(0.6);
  const [trace] = simulation.traces;
  expect(trace?.length).toBeGreaterThan(time / 0.1 - 5);
});

test("the order of events, and others beside one, change none of its draws", () => {
  const outcome = (events: string): readonly number[] => {
    const simulation = instantiate(
      planSource(
        "order.glif",
        `neuron N { input I : mV/ms; state V = 0 mV, a = 0 mV, b = 0 mV, c : 1 = 0; V' = I; spike when V > 10 mV; reset { V <- 0 mV } ${events} }
experiment X of N { duration 100 ms; seed 1; I = 1 mV/ms; record a }`,
        "X",
      ),
      {},
    );
    simulation.advance(1000);
    return ["a", "b"].map((name) => simulation.populations[0]?.states.find((s) => s.name === name)?.values[0] ?? NaN);
  };
  const [one, two] = ["on V > 3 mV { a ~ normal(a, 1 mV) }", "on V > 6 mV { b ~ normal(b, 1 mV) }"];
  const known = outcome(`${one}; ${two}`);
  expect(outcome(`${two}; ${one}`)).toEqual(known);
  expect(outcome(`on V > 8 mV { c <- c + 1 }; ${two}; ${one}`)).toEqual(known);
  expect(known[0]).not.toBe(known[1]);
});
