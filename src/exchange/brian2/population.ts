// A population of neurons as a NeuronGroup, and how its connections see it.
import { present } from "../../base/invariant.ts";
import type { CheckedQuantity } from "../../3-check/checked.ts";
import { textOf } from "../../base/source.ts";
import { elementName, targetElements } from "../../4-plan/lower.ts";
import { sharedValue, type ExportPopulation } from "../exported.ts";
import { declared, elementsOf, lineFor, readsOf, throughLets, type Bound, type Through } from "./elements.ts";
import { eventOptions } from "./events.ts";
import { writeInputs } from "./inputs.ts";
import { chooseMethod } from "./methods.ts";
import type { Neuron } from "./neuron.ts";
import { remark } from "./script.ts";
import { dimensionText, quantityText } from "./units.ts";
import { valueLines } from "./values.ts";

/** What a synapse reads and writes at one of its ends. */
export interface Group {
  readonly population: ExportPopulation;
  readonly object: string;
  /** A variable of the neurons, or a value that all of them have. */
  seen(q: CheckedQuantity, positions: readonly number[]): { readonly variable: string } | { readonly value: string };
  variable(element: string): string;
  readonly through: Through;
}

/** Lines that make the group and give it its values. */
export function neuronGroup(neuron: Neuron): readonly string[] {
  const { population, object } = neuron;
  writeInputs(neuron);
  // What an equation reads of inputs may be noise, so that these are known first.
  const inputs = neuron.equations.splice(0);
  writeStates(neuron);
  refuseHidden(neuron);
  neuron.equations.push(...inputs);
  writeLets(neuron);
  const options = [...eventOptions(neuron)];
  const method = chooseMethod(neuron);
  if (method !== null) options.push(`method=${method.text}`);
  const values = valueLines(neuron);
  const shared = [...neuron.namespace].map(([name, text]) => `        ${name}=${text}`);
  return [
    ...(method === null || method.lines.length === 0 ? [] : [...method.lines, "", ""]),
    ...neuron.above,
    `${object} = NeuronGroup(${population.plan.size}, """`,
    ...neuron.equations.map((line) => `    ${line}`),
    `    """,`,
    ...options.map((option) => `    ${option},`),
    ...(shared.length === 0 ? [] : ["    namespace=dict(", ...shared, "    ),"]),
    `    name="${object}")`,
    ...neuron.below,
    ...values,
    ...neuron.last,
  ];
}

function writeStates(neuron: Neuron): void {
  const { population, names, equations, script } = neuron;
  const { plan, checked } = population;
  const held = new Set(plan.held);
  for (const e of neuron.states) {
    const line = lineFor(checked.neuron.equations, e.name);
    const unit = dimensionText(e.q.dimension);
    if (line === null) equations.push(`${names.of(e.name)} : ${unit}${remark(e.q.doc)}`);
    else {
      const flag = held.has(e.name) ? " (unless refractory)" : "";
      equations.push(`d${names.of(e.name)}/dt = ${neuron.write(line, "equation")} : ${unit}${flag}${remark(e.q.doc)}`);
    }
    if (line === null && held.has(e.name) && neuron.arriving.some((p) => writesTo(p.plan.onPre.perConnection, e.name)))
      script.tell.refuse(e.q.origin, {
        what: `\`${e.name}\`, which has no equation, is held, and is changed by spikes that arrive`,
        because: "Brian2 keeps such spikes away from what has an equation alone",
        help: [`give it the equation \`${e.name}' = 0\`, or leave it out of \`hold\``],
      });
  }
  for (const p of neuron.arriving)
    for (const e of elementsOf(p.checked.synapse.quantities, "state")) {
      if (!p.summed.has(e.name)) continue;
      const name = names.of(`${p.checked.connection}.${e.name}`);
      const line = lineFor(p.checked.synapse.equations, e.name);
      const unit = dimensionText(e.q.dimension);
      const text = line === null ? `${name} : ${unit}` : `d${name}/dt = ${neuron.writeBrought(p, line)} : ${unit}`;
      const full = `${text}${remark(e.q.doc === "" ? `${p.checked.connection}: the sum over all connections` : e.q.doc)}`;
      if (!equations.includes(full)) equations.push(full);
    }
}

/** Noise and `drop` are written where an equation reads an input itself: in a let, or in another input, they would be lost. */
function refuseHidden({ population, noise, names, script }: Neuron): void {
  const { neuron } = population.checked;
  const dropped = new Set((neuron.refractory?.dropped ?? []).flatMap((t) => targetElements(t).map((e) => e.name)));
  const isMeant = (name: string): boolean => noise.has(name) || dropped.has(name);
  const nothing: Through = () => [];
  const refuse = (e: Bound, name: string): void =>
    script.tell.refuse(e.value.origin, {
      what: `\`${textOf(e.value.origin)}\`, which reads the input \`${name}\` by way of a let or another input`,
      because: `its ${noise.has(name) ? "noise" : "absence while the neuron is refractory"} is written where an equation reads it itself, as ${names.of(name)}`,
      help: [`write \`${name}\` in the equation`],
    });
  const lets = elementsOf(neuron.quantities, "let");
  for (const { target, value } of neuron.equations)
    for (const { bound } of targetElements(target)) {
      const direct = readsOf({ value, bound }, nothing);
      for (const e of lets) {
        const said = direct.has(e.name) ? declared(e.q, e.positions) : null;
        for (const name of said === null ? [] : readsOf(said, throughLets))
          if (isMeant(name)) refuse({ value, bound }, name);
      }
    }
  for (const { target, value } of neuron.contributions)
    for (const { bound } of targetElements(target))
      for (const name of readsOf({ value, bound }, throughLets)) if (isMeant(name)) refuse({ value, bound }, name);
}

function writesTo(assignments: readonly { readonly state: string }[], element: string): boolean {
  return assignments.some((a) => a.state === `#post:${element}`);
}

/** Lets, and parameters of single neurons. */
function writeLets(neuron: Neuron): void {
  const { names, equations } = neuron;
  const { checked } = neuron.population;
  for (const e of elementsOf(checked.neuron.quantities, "let")) {
    const said = present(declared(e.q, e.positions), e.name);
    equations.push(
      `${names.of(e.name)} = ${neuron.write(said, "value")} : ${dimensionText(e.q.dimension)}${remark(e.q.doc)}`,
    );
  }
  for (const e of neuron.parameters)
    if (neuron.varies(e.name))
      equations.push(`${names.of(e.name)} : ${dimensionText(e.q.dimension)} (constant)${remark(e.q.doc)}`);
}

export function groupOf(neuron: Neuron): Group {
  const { population, names } = neuron;
  return {
    population,
    object: neuron.object,
    through: neuron.through,
    variable: (element) => names.of(element),
    seen(q, positions) {
      const element = elementName(q, positions);
      if (q.role === "param" && !neuron.varies(element))
        return { value: quantityText(sharedValue(population, element), q.dimension, q.unit) };
      if (q.role === "const") return { value: neuron.write(present(declared(q, positions), q.name), "value") };
      return { variable: names.of(element) };
    },
  };
}
