// Constants of the wrong sign: a capacitance below 0, and a time constant or a conductance below 0 with which a state runs away from where it would come to rest.
import { textOf } from "../../base/source.ts";
import { wrongSign } from "../../diagnostics/model.ts";
import { CAPACITANCE, CONDUCTANCE, equal, TIME } from "../../quantities/dimension.ts";
import { kindOf } from "../../quantities/phrase.ts";
import type {
  CheckedEquation,
  CheckedExperiment,
  CheckedExpr,
  CheckedNeuron,
  CheckedQuantity,
  CheckedSynapse,
} from "../checked.ts";
import type { Say } from "../context.ts";
import { defaults, evaluateNumber, inForce } from "../evaluate.ts";
import type { Values } from "../evaluate.ts";
import type { ModelRule, SynapseRule } from "./rule.ts";
import { divisors } from "./division.ts";

export const signsOfConstants: ModelRule = ({ neuron }, say) => {
  byDefault(neuron, say);
};

export const signsOfConstantsInSynapse: SynapseRule = ({ synapse }, say) => {
  byDefault(synapse, say);
};

function byDefault(model: CheckedNeuron | CheckedSynapse, say: Say): void {
  for (const quantity of model.quantities)
    if (quantity.value?.kind === "expression") ask(model, quantity, quantity.value.expression, defaults, say);
}

/** The same for what an experiment or a network sets. */
export function signsOfSettings({ populations, projections, setup }: CheckedExperiment, say: Say): void {
  const settable = [
    ...populations.map((p) => ({ model: p.neuron, settings: p.settings })),
    ...projections.map((p) => ({ model: p.synapse, settings: p.settings })),
  ];
  for (const { model, settings } of settable)
    for (const { target, value } of settings) {
      const quantity = model.quantities.find((q) => q.name === target.quantity.name);
      if (value.kind === "expression" && quantity !== undefined)
        ask(model, quantity, value.expression, (known) => inForce({ settings }, setup, known), say);
    }
}

type Known = ReadonlyMap<CheckedQuantity, number>;

function ask(
  model: CheckedNeuron | CheckedSynapse,
  quantity: CheckedQuantity,
  given: CheckedExpr,
  worth: (known: Known) => Values,
  say: Say,
): void {
  const { role, indices, dimension } = quantity;
  const kind = kindOf(dimension);
  const isCapacitance = kind.startsWith(kindOf(CAPACITANCE));
  if ((role !== "param" && role !== "const") || indices.length > 0) return;
  if (!isCapacitance && !equal(dimension, TIME) && !kind.startsWith(kindOf(CONDUCTANCE))) return;
  const value = evaluateNumber(given, worth(new Map()));
  if (value === null || !(value < 0)) return;
  const state = model.equations.find((equation) =>
    isCapacitance
      ? divisors([equation.value]).some((d) => d.quantity === quantity)
      : growsBy(equation, model, (known) => worth(new Map([...known, [quantity, value]]))) &&
        !growsBy(equation, model, (known) => worth(new Map([...known, [quantity, -value]]))),
  )?.target.quantity.name;
  if (state === undefined) return;
  const meant = given.kind === "negate" ? textOf(given.operand.origin) : null;
  say(
    wrongSign(given.origin, { name: quantity.name, value: textOf(given.origin), kind, state, meant, at: given.origin }),
  );
}

/** Whether a state's equation is x' = a + b*x with b > 0, whatever the other states are. What is contributed to inputs is not known. */
function growsBy(
  { target, value }: CheckedEquation,
  model: CheckedNeuron | CheckedSynapse,
  worth: (known: Known) => Values,
): boolean {
  const state = target.quantity;
  const given = new Set(model.contributions.map((c) => c.target.quantity));
  return [0, 1].every((others) => {
    const at = (x: number): number | null => {
      const known = new Map<CheckedQuantity, number>();
      for (const q of model.quantities) {
        if (q.role === "input" && !given.has(q)) known.set(q, 0);
        if (q.role === "state" && q.indices.length === 0) known.set(q, q === state ? x : others);
      }
      return evaluateNumber(value, worth(known));
    };
    const [a, b, c] = [at(0), at(1), at(2)];
    if (a === null || b === null || c === null) return false;
    return b > a && Math.abs(c - 2 * b + a) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), Math.abs(c));
  });
}
