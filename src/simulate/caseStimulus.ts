// What the experiment of a case puts into its lone neuron, as a curve for a report.
import type { StimulusOf } from "../compare/overlays.ts";
import { populationNumbers, setupNumbers } from "./planNumbers.ts";
import { stimulusTrace } from "./stimulusTrace.ts";

/** Of the first input that is driven; networks have too many. */
export const caseStimulus: StimulusOf = ({ plan, lone }) => {
  const [population] = plan.populations;
  if (!lone || population === undefined) return null;
  const numbers = populationNumbers(population, setupNumbers(plan));
  for (const input of population.inputs) {
    // `I_e~1` is the amplitude of an input's noise.
    const curve = input.name.includes("~")
      ? null
      : stimulusTrace(input, (symbol) => numbers.get(symbol) ?? NaN, plan.step, plan.steps ?? 0);
    const { unit } = input.shown;
    if (curve !== null)
      return { title: unit === "" || unit === "1" ? input.name : `${input.name} (${unit})`, unit, ...curve };
  }
  return null;
};
