// Claim: under one seed all variants get one input. A neuron in the place of another draws the other's noise, so that what differs between them is the models alone.
import { expect, test } from "vitest";
import { sourceText } from "../../src/base/source.ts";
import { check } from "../../src/compile.ts";
import { planSimulation } from "../../src/4-plan/planSimulation.ts";
import { renderDiagnostics } from "../../src/render/terminal.ts";
import { host, run, runSource, spikeTimes } from "../conformance/harness.ts";

const SOURCE = `
  neuron A {
    param τ = 10 ms, Θ = 10 mV
    input I_e : mV
    state V = 0 mV
    V' = (I_e - V)/τ
    spike when V > Θ
    reset { V <- 0 mV }
  }
  neuron Twin extends A { }
  neuron Other extends A { param Θ = 10.5 mV }
  experiment Noisy of A {
    duration 500 ms
    seed 5
    V ~ uniform(0 mV, 10 mV)
    I_e = 9 mV + 20 mV*sqrt(ms)*ξ
    record spikes
  }
`;

test("a twin under another name spikes when the subject itself does, alone or compared; another model nearly so", () => {
  const { program, diagnostics } = check(
    sourceText("twins.glif", `${SOURCE}\ncomparison Twins { models A, Twin, Other; under Noisy }`),
    host,
  );
  if (program === null) throw new Error(renderDiagnostics(diagnostics, { color: false }));
  const [subject = [], twin = [], other = []] = (program.comparisons[0]?.cases ?? []).map((c) => {
    const { plan } = planSimulation(c.experiment);
    if (plan === null) throw new Error(`no plan of ${c.under}`);
    return spikeTimes(run(plan));
  });
  expect(subject.length).toBeGreaterThan(10);
  expect(spikeTimes(runSource(SOURCE, "Noisy"))).toEqual(subject);
  expect(twin).toEqual(subject);
  const shared = other.filter((t) => subject.some((s) => Math.abs(s - t) < 1)).length;
  expect(other).not.toEqual(subject);
  expect(shared).toBeGreaterThan(0.3 * other.length);
  // By itself it has noise of its own.
  expect(spikeTimes(runSource(SOURCE.replace("Noisy of A", "Noisy of Twin"), "Noisy"))).not.toEqual(subject);
});
