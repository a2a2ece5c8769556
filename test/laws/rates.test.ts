// A rate that becomes negative or no number stops the run, with neuron, time and value; one that is 0 sends nothing.
import { expect, test } from "vitest";
import { RateError } from "../../src/runtime/source.ts";
import { instantiate, type Backend } from "../../src/simulate/load.ts";
import { planSource } from "../conformance/harness.ts";

const source = (rate: string): string => `
neuron N { input I : 1; state x = 0; x' = (I - x)/(1 ms) }
network W { population A = 1 N; population P = 3 poisson(${rate}) }
experiment X of W { duration 10 ms; record P.spikes }`;
const escape = (rate: string, more = ""): string => `
neuron N { input I : 1; state x = 0; x' = (I - x)/(100 ms); spike with rate ${rate}; reset { x <- 0 } ${more} }
network W { population A = 80 N }
experiment X of W { duration 10 ms; A.I = i - 40 + 0*t/(1 ms) }`;

function runOf(
  text: string,
  backend: Backend = "javascript",
): { readonly error: unknown; readonly spikes: number; readonly time: number } {
  const simulation = instantiate(planSource("rates.glif", text, "X"), { seed: 1, backend });
  try {
    simulation.advance(100);
    return { error: null, spikes: simulation.spikes.length, time: simulation.steps };
  } catch (error) {
    return { error, spikes: simulation.spikes.length, time: simulation.steps };
  }
}

test("a Poisson process", () => {
  const { error } = runOf(source("5 kHz*(1 - t/(5 ms))"));
  expect(error).toBeInstanceOf(RateError);
  expect(String(error)).toMatch(/the rate of `P\[0\]` is -100 Hz at t = 5.1 ms: .*max\(0, …\)/);
  expect(String(runOf(source("if t > 2 ms then 0 /ms*sqrt(-1 - i) else 1 /ms")).error)).toMatch(
    /`P\[0\]` is no number \(NaN\) at t = 2.1 ms/,
  );
  expect(String(runOf(source("0.1 /ms*(1 - 2*i)")).error)).toMatch(/`P\[1\]` is -100 Hz at t = 0 ms/);
  expect(runOf(source("max(0, 5 kHz*(1 - t/(5 ms)))"))).toMatchObject({ error: null, time: 100 });
  expect(runOf(source("max(0, 5 kHz*(1 - t/(5 ms)))")).spikes).toBeGreaterThan(10);
  expect(runOf(source("0.3 /ms - 0.1 /ms*(1 + 0*t/(1 ms)) - 0.2 /ms"))).toMatchObject({ error: null, spikes: 0 });
});

test.each<Backend>(["javascript", "webassembly"])("spikes with a rate, %s", (backend) => {
  const { error } = runOf(escape("x/(1 ms)"), backend);
  expect(error).toBeInstanceOf(RateError);
  expect(String(error)).toMatch(/the spike rate of A\[0\] is -39\.\d+ Hz at t = 0.1 ms/);
  expect(String(runOf(escape("sqrt(x)/(1 ms)"), backend).error)).toMatch(/the spike rate of A\[0\] is no number/);
  const rectified = runOf(escape("max(0, x)/(1 ms)"), backend);
  expect(rectified).toMatchObject({ error: null, time: 100 });
  expect(rectified.spikes).toBeGreaterThan(20);
  // While it is refractory a neuron is not asked for its rate.
  expect(
    runOf(
      escape("(if x < 0 then -1 else 10000)/(1 ms)", "on t < 0 ms { x <- 0 } refractory 20 ms { hold x }").replace(
        "i - 40",
        "i",
      ),
      backend,
    ).error,
  ).toBeNull();
});
