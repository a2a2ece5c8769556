// The inputs of a neuron: what is given from outside, as a list of values where it changes in time, what the model and its connections add, and noise.
import { textOf } from "../../base/source.ts";
import type { CheckedExpr } from "../../3-check/checked.ts";
import type { InputPlan } from "../../4-plan/plan.ts";
import { inputSymbol } from "../../4-plan/symbols.ts";
import { canonicalUnit, inUnit } from "../../quantities/unit.ts";
import type { ExportPopulation, Made } from "../exported.ts";
import { sampled } from "../sampled.ts";
import {
  contributionsTo,
  couplingsAt,
  ofSums,
  saidOf,
  splitNoise,
  throughLets,
  walk,
  type Bound,
  type Element,
} from "./elements.ts";
import { listedText } from "./lists.ts";
import { targetElements } from "../../4-plan/lower.ts";
import { sumName, type Neuron } from "./neuron.ts";
import { listText, quoted, remark, runsIn, timeText } from "./script.ts";
import { dimensionText, quantityText, unitOf } from "./units.ts";

/** Steps of a model that says no duration. */
export const OPEN_END = 10_000;
/** More runs of equal values than this lie beside the script. */
const MOST_RUNS = 40;

/** Writes an equation for each input; what is given to it from outside first, where that is a variable by itself. */
export function writeInputs(neuron: Neuron): void {
  for (const e of neuron.inputs) writeInput(neuron, e);
  for (const [p, end] of endsOf(neuron))
    for (const c of couplingsAt(p, end))
      for (const { name } of targetElements(c.target)) {
        const line = `${sumName(neuron.names, p, end, name)} : ${dimensionText(c.target.quantity.dimension)}  # from ${p.checked.connection}, summed in every step`;
        if (!neuron.equations.includes(line)) neuron.equations.push(line);
      }
}

function writeInput(neuron: Neuron, e: Element): void {
  const { names, population } = neuron;
  const plan = population.plan.inputs.find((p) => p.name === e.name);
  const stimulus = saidOf(e, population.checked.settings);
  const brought = broughtTo(neuron, e.name);
  const added = contributionsTo(population.checked.neuron.contributions, e.name);
  const isAlone = brought.length === 0 && added.length === 0;
  const terms: string[] = [];
  const noise: string[] = [];
  const give = ({ value, bound }: Bound, prefix: string, plain: (of: readonly CheckedExpr[]) => void): void => {
    const split = splitNoise(value);
    for (const term of split.noisy) noise.push(neuron.write({ value: term, bound }, "equation", prefix));
    if (split.plain.length > 0) plain(split.plain);
  };
  const asTerms = (of: readonly CheckedExpr[], bound: Bound["bound"]): void => {
    for (const value of of) terms.push(neuron.write({ value, bound }, "value"));
  };
  if (stimulus !== null && plan !== undefined)
    give(stimulus, `${e.name} `, (of) => {
      const name = isAlone ? names.of(e.name) : names.of(inputSymbol(e.name), `${e.name}_ext`);
      const said = remark(isAlone ? e.q.doc : `given to ${e.name} from outside`);
      const dimension = dimensionText(e.q.dimension);
      if (!plan.timed && (plan.perNeuron || of.some((value) => isChosen({ value, bound: stimulus.bound })))) {
        neuron.external.set(e.name, name);
        neuron.equations.push(`${name} : ${dimension} (constant)${said}`);
        neuron.last.push(`${neuron.object}.${name} = ${givenText(neuron, name, of, stimulus.bound)}`);
        terms.push(name);
        return;
      }
      if (!plan.timed) {
        if (isAlone || of.some((x) => x.kind !== "number" || x.value !== 0)) asTerms(of, stimulus.bound);
        return;
      }
      const driven = stimulusText(neuron, e, plan, stimulus.value);
      if (driven === null) return;
      neuron.external.set(e.name, name);
      neuron.equations.push(`${name} = ${driven} : ${dimension} (constant over dt)${said}`);
      terms.push(name);
    });
  for (const c of added) give(c, "", (of) => asTerms(of, c.bound));
  terms.push(...brought);
  if (noise.length > 0) neuron.noise.set(e.name, noise);
  if (isAlone && neuron.external.has(e.name)) return;
  const total = terms.length === 0 ? quantityText(0, e.q.dimension, e.q.unit) : joined(terms);
  neuron.equations.push(`${names.of(e.name)} = ${total} : ${dimensionText(e.q.dimension)}${remark(e.q.doc)}`);
}

/** Whether a choice is in it: Brian2's solutions take none in an equation, but take its value. */
function isChosen(e: Bound): boolean {
  let found = false;
  walk(
    e,
    throughLets,
    (part) => (found ||= part.kind === "conditional" || (part.kind === "call" && part.function === "step")),
  );
  return found;
}

/** What stands still in a run, and may be of each neuron. */
function givenText(neuron: Neuron, name: string, of: readonly CheckedExpr[], bound: Bound["bound"]): string {
  const [only] = of;
  if (of.length === 1 && only?.kind === "listed") return listedText(only, neuron.population, name, neuron.script);
  return quoted(joined(of.map((value) => neuron.write({ value, bound }, "value"))));
}

export function joined(terms: readonly string[]): string {
  return terms.map((term, k) => (k === 0 ? term : term.startsWith("-") ? `- ${term.slice(1)}` : `+ ${term}`)).join(" ");
}

/** What connections add: products with sums that live here, and sums over connections. */
function broughtTo(neuron: Neuron, input: string): readonly string[] {
  const seen = new Set<string>();
  const fromSums = neuron.arriving.flatMap((p) => {
    // One connection from several sources has one sum.
    const isFirst = !seen.has(p.checked.connection);
    seen.add(p.checked.connection);
    return isFirst ? contributionsTo(ofSums(p), input).map((c) => neuron.writeBrought(p, c)) : [];
  });
  const inEachStep = endsOf(neuron).flatMap(([p, end]) =>
    contributionsTo(couplingsAt(p, end), input).length > 0 ? [sumName(neuron.names, p, end, input)] : [],
  );
  return [...fromSums, ...inEachStep];
}

export function endsOf(neuron: Neuron): readonly (readonly [Neuron["arriving"][number], "pre" | "post"])[] {
  return [...neuron.arriving.map((p) => [p, "post"] as const), ...neuron.leaving.map((p) => [p, "pre"] as const)];
}

/** A function of the time as a TimedArray: the call that reads it. */
export function stimulusText(
  { population, script, above }: Pick<Neuron, "population" | "script" | "above">,
  e: Element,
  input: InputPlan,
  at: CheckedExpr,
): string | null {
  const { model, tell, objects } = script;
  const { plan, checked } = population;
  const neurons = input.perNeuron ? plan.size : 1;
  const own = (i: number) => valuesOf(population, model.made, i);
  const list = sampled(population, input, { steps: model.plan.steps ?? OPEN_END, dt: model.plan.step, neurons, own });
  if (list === null) {
    tell.refuse(at.origin, {
      what: `\`${textOf(at.origin)}\`, which gives each of ${neurons} neurons a stimulus of its own`,
      because: "the lists of its values would be too long",
      help: ["let fewer neurons have a stimulus of their own, or shorten the experiment"],
    });
    return null;
  }
  if (list.values.some(Number.isNaN)) {
    tell.refuse(at.origin, {
      what: `\`${textOf(at.origin)}\`, which reads what is drawn for each neuron`,
      because: "stimuli that change in time are exported as their values, and Brian2 draws others",
      help: ["`--exact` exports the values that glif draws"],
    });
    return null;
  }
  const label = objects.fresh(`${checked.lone ? "" : `${checked.name}_`}${e.name}_stimulus`);
  const isShort = neurons === 1 && runsIn(list.values) <= MOST_RUNS;
  const { text, unit } = unitOf(e.q.dimension, isShort ? e.q.unit : canonicalUnit(e.q.dimension));
  const values = isShort
    ? listText(Array.from(list.values, (value) => inUnit(value, unit)))
    : script.keep({
        kind: "float64",
        name: label,
        shape: neurons === 1 ? [list.count] : [list.count, neurons],
        values: list.values,
      });
  above.push(`${label} = TimedArray(${values}${text}, dt=${timeText(list.every, model.plan.step)})`);
  return neurons === 1 ? `${label}(t)` : `${label}(t, i)`;
}

/** Parameters of neuron i that are its own. What is drawn has a value only where it was made. */
function valuesOf(
  { plan, value }: ExportPopulation,
  made: Made | null,
  i: number,
): (symbol: string) => number | undefined {
  const of = (symbol: string): number | undefined => {
    const drawn = made?.neurons.get(plan.name)?.get(symbol)?.[i];
    if (drawn !== undefined) return drawn;
    const p = plan.parameters.find((x) => x.name === symbol && x.perNeuron);
    return p === undefined
      ? undefined
      : p.value.kind === "expression"
        ? value(p.value.expression, { i, own: of })
        : NaN;
  };
  return of;
}
