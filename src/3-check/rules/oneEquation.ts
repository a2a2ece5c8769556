// A state, or an element of one, has one equation.
import { twoEquations } from "../../diagnostics/model.ts";
import { nameOf } from "../measureReference.ts";
import type { ModelRule, SynapseRule } from "./rule.ts";
import { overlaps } from "./coverage.ts";

export const oneEquation: ModelRule = ({ neuron, table }, say) => {
  for (const [first, second] of overlaps(neuron.equations, table))
    say(twoEquations(second.origin, { name: nameOf(second.target), first: first.origin }));
};

export const oneEquationOfSynapse: SynapseRule = ({ synapse, table }, say) => {
  for (const [first, second] of overlaps(synapse.equations, table))
    say(twoEquations(second.origin, { name: nameOf(second.target), first: first.origin }));
};
