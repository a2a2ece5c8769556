// An experiment for a neuron that has none: what to write, with its own inputs and states.
import type { CheckedNeuron } from "../3-check/checked.ts";
import { exampleLiteral } from "../quantities/phrase.ts";

/** Source text, indented as it would stand in the file. */
export function exampleExperiment(neuron: CheckedNeuron): string {
  const input = neuron.quantities.find((q) => q.role === "input" && q.indices.length === 0);
  const state = neuron.quantities.find((q) => q.role === "state");
  const needed = neuron.quantities.filter((q) => q.role === "param" && q.value === null);
  return [
    `experiment First of ${neuron.name} {`,
    "  duration 1 s",
    ...needed.map((q) => `  ${q.name} = ${exampleLiteral(q.dimension)}`),
    ...(input === undefined
      ? []
      : [`  ${input.name} = pulse(${exampleLiteral(input.dimension)}, from: 100 ms, to: 900 ms)`]),
    "  record spikes",
    ...(state === undefined ? [] : [`  record ${state.name}`]),
    "}",
  ].join("\n");
}
