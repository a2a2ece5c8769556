// A reset that leaves the spike condition true: the neuron would spike in every step. An error where numbers and constants prove it or an experiment
// sets it so; a model's defaults, which every use may replace, make a warning where nothing uses it.
import { textOf } from "../../base/source.ts";
import type { Span } from "../../base/source.ts";
import { resetAbove, resetAboveByDefault, resetOnto } from "../../diagnostics/model.ts";
import type { ResetFacts } from "../../diagnostics/model.ts";
import { inUnit } from "../../quantities/unit.ts";
import { equal, isDimensionless, VOLTAGE } from "../../quantities/dimension.ts";
import type { CheckedExperiment, CheckedExpr, CheckedNeuron, CheckedPopulation, CheckedQuantity } from "../checked.ts";
import type { Say } from "../context.ts";
import { defaults, evaluate, evaluateNumber, inForce } from "../evaluate.ts";
import type { Values } from "../evaluate.ts";
import type { CheckedModel } from "../neuron.ts";

interface Finding {
  readonly at: Span;
  readonly facts: ResetFacts;
}

type After = (assigned: ReadonlyMap<CheckedQuantity, number>) => Values;

/** `networks` are those that stand by themselves: what an experiment may still set of them is not settled. */
export function resetsBelowThreshold(
  models: readonly CheckedModel[],
  experiments: readonly CheckedExperiment[],
  networks: readonly CheckedExperiment[],
  say: Say,
): void {
  const certain = new Set<CheckedNeuron>();
  /** Each reset is told of once, however many models inherit it. */
  const told = new Set<Span>();
  for (const { neuron } of models) {
    const proved = findingOf(neuron, (assigned) => defaults(assigned, new Set(["const", "let"])));
    if (proved === null) continue;
    certain.add(neuron);
    told.add(proved.at);
    say(resetAbove(proved.at, proved.facts));
  }
  const used = new Set<CheckedNeuron>(certain);
  const inUse = (experiment: CheckedExperiment, kind: typeof resetAbove): void => {
    for (const population of experiment.populations) {
      const { neuron } = population;
      used.add(neuron);
      const finding = certain.has(neuron)
        ? null
        : findingOf(neuron, (assigned) => inForce(population, experiment.setup, assigned));
      if (finding === null) continue;
      const setting = decidingSetting(population, experiment);
      const at = setting ?? finding.at;
      if (kind === resetAboveByDefault && told.has(at)) continue;
      told.add(at);
      say(kind(at, { ...finding.facts, population: population.name, reset: setting === null ? null : finding.at }));
    }
  };
  for (const e of experiments) inUse(e, resetAbove);
  const subjects = new Set(experiments.map((e) => e.subject));
  for (const n of networks) if (!subjects.has(n.name)) inUse(n, resetAboveByDefault);
  for (const { neuron } of models) {
    const finding = used.has(neuron) ? null : findingOf(neuron, (assigned) => defaults(assigned));
    if (finding !== null && !told.has(finding.at)) say(resetAboveByDefault(finding.at, finding.facts));
  }
  const onto = (neuron: CheckedNeuron, valuesAfter: After, population: string | null): void => {
    const finding = left(neuron, valuesAfter, isAtThreshold);
    if (finding === null || told.has(finding.at)) return;
    told.add(finding.at);
    say(resetOnto(finding.at, { ...finding.facts, population }));
  };
  for (const { setup, populations } of [...experiments, ...networks])
    for (const p of populations) onto(p.neuron, (assigned) => inForce(p, setup, assigned), p.name);
  for (const { neuron } of models) if (!used.has(neuron)) onto(neuron, (assigned) => defaults(assigned), null);
}

/** `V > Θ` of two sides that are equal. */
function isAtThreshold(condition: CheckedExpr, values: Values): boolean {
  if (condition.kind !== "comparison" || (condition.operator !== ">" && condition.operator !== "<")) return false;
  const [a, b] = [condition.left, condition.right].map((side) => evaluateNumber(side, values));
  return a !== null && a === b;
}

/** Where the condition is true after the reset, whatever the values that are not known. */
function findingOf(neuron: CheckedNeuron, valuesAfter: After): Finding | null {
  const found = leftTrue(neuron, valuesAfter);
  if (found === null) return null;
  const unsigned = neuron.quantities.find(
    (q) =>
      isPlainPotential(q) &&
      leftTrue(neuron, (assigned) =>
        valuesAfter(new Map([[q, -(valuesAfter(new Map())(q, []) ?? 0)], ...assigned])),
      ) === null,
  );
  const value = unsigned?.value?.kind === "expression" ? unsigned.value.expression.origin : null;
  return unsigned === undefined || value === null
    ? found
    : { ...found, facts: { ...found.facts, unsigned: { name: unsigned.name, at: value, text: textOf(value) } } };
}

/** `E_L = 70 mV`: a potential above 0 as a number. */
function isPlainPotential({ role, dimension, indices, value }: CheckedQuantity): boolean {
  return (
    (role === "param" || role === "const") &&
    indices.length === 0 &&
    equal(dimension, VOLTAGE) &&
    value?.kind === "expression" &&
    value.expression.kind === "number" &&
    value.expression.value > 0
  );
}

function leftTrue(neuron: CheckedNeuron, valuesAfter: After): Finding | null {
  return left(neuron, valuesAfter, (condition, values) => evaluate(condition, values) === true);
}

/** Where the reset leaves the condition so. */
function left(
  { spike, reset }: CheckedNeuron,
  valuesAfter: After,
  isSo: (condition: CheckedExpr, values: Values) => boolean,
): Finding | null {
  if (spike?.mode !== "when" || reset === null) return null;
  const before = valuesAfter(new Map());
  const assigned = new Map<CheckedQuantity, number>();
  for (const { target, value } of reset) {
    const number = target.indices.length === 0 ? evaluateNumber(value, before) : null;
    if (number !== null) assigned.set(target.quantity, number);
  }
  const first = reset.find((a) => assigned.has(a.target.quantity));
  if (first === undefined || !isSo(spike.value, valuesAfter(assigned))) return null;
  const values = [...assigned].map(
    ([q, value]) =>
      `\`${q.name}\` is ${inUnit(value, q.unit)}${isDimensionless(q.dimension) ? "" : ` ${q.unit.text}`} after it`,
  );
  return {
    at: first.origin,
    facts: {
      condition: textOf(spike.value.origin),
      values,
      spike: spike.value.origin,
      population: null,
      reset: null,
      unsigned: null,
      turned: turnedRound(spike.value, valuesAfter(assigned)),
    },
  };
}

/** `V < Θ` as `V > Θ`, where that is false; null where it is not, or nothing is compared. */
function turnedRound(condition: CheckedExpr, values: Values): string | null {
  if (condition.kind !== "comparison" || !condition.operator.startsWith("<")) return null;
  const operator = condition.operator === "<" ? ">" : ">=";
  if (evaluate({ ...condition, operator }, values) !== false) return null;
  return `${textOf(condition.left.origin)} ${operator} ${textOf(condition.right.origin)}`;
}

/** The last setting without which the neuron would be reset to below its threshold; null where the model alone makes it so. */
function decidingSetting(population: CheckedPopulation, { setup }: CheckedExperiment): Span | null {
  const settled = (settings: CheckedPopulation["settings"]): boolean =>
    findingOf(population.neuron, (assigned) => inForce({ ...population, settings }, setup, assigned)) === null;
  const { settings } = population;
  const candidates = [...settings].reverse().filter((s) => s.target.quantity.role === "param");
  const deciding =
    candidates.find((s) => settled(settings.filter((other) => other !== s))) ??
    (settled([]) ? candidates[0] : undefined);
  return deciding?.value.kind === "expression" ? deciding.value.expression.origin : null;
}
