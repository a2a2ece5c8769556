// The plan of one population: its parameters, states and inputs by element, its equations grouped by method, its spikes and events.
import { affine } from "../algebra/affine.ts";
import { arithmetic, number, symbol, type Expr } from "../algebra/expression.ts";
import type { Likeness } from "../algebra/likeness.ts";
import { fold } from "../algebra/simplify.ts";
import { substitute, symbolsOf } from "../algebra/traverse.ts";
import { present } from "../base/invariant.ts";
import { listed } from "../base/lists.ts";
import { textOf } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { methodNotAdmitted, preciseFirstOrder, preciseNotPossible } from "../diagnostics/plan.ts";
import { TIME, inputSymbol, isOfNeuron, streamName, symbolOf } from "./symbols.ts";
import { canonicalUnit } from "../quantities/unit.ts";
import type {
  CheckedAssignment,
  CheckedExperiment,
  CheckedNeuron,
  CheckedPopulation,
  CheckedQuantity,
  CheckedSetting,
} from "../3-check/checked.ts";
import type { Attachment } from "./attach.ts";
import {
  elementName,
  flatPosition,
  lowering,
  positionsOf,
  targetElements,
  UNBOUND,
  type Bindings,
  type Lowering,
  type ReadPast,
} from "./lower.ts";
import type { Equation, System } from "./equations.ts";
import { findStiffness } from "./findStiffness.ts";
import { methodOf } from "../methods/methods.ts";
import { chooseMethods, stiffMethods } from "./chooseMethods.ts";
import { inSumOrder, neuronLikeness } from "./order.ts";
import {
  assignedBy,
  drawsIn,
  withParts,
  type AssignmentPlan,
  type EventPlan,
  type InputPlan,
  type NoisePlan,
  type ObservablePlan,
  type ParameterPlan,
  type PopulationPlan,
  type RefractoryPlan,
  type SourcePlan,
  type SpikePlan,
  type StatePlan,
} from "./plan.ts";
import type { Face } from "./planProjection.ts";
import type { Setup } from "./setup.ts";
import { attachedPasts, pastPlans, pastsOf } from "./pasts.ts";
import { stiffReason } from "./reasons.ts";
import { orderOf } from "./scheme.ts";
import { warnOfUnstableStep } from "./stability.ts";
import { oneLine, shownUnit } from "./units.ts";
import { drawsOf, eventBlocks, inOrder, saidOf, settingOf, valueOf, whenText } from "./values.ts";

/** `brought`: what connections bring to it. */
export function planPopulation(
  population: CheckedPopulation,
  size: number,
  brought: readonly Attachment[],
  experiment: CheckedExperiment,
  setup: Setup,
  step: number,
  duration: number,
  diagnostics: Diagnostic[],
): Face {
  const read = pastsOf(population.neuron);
  const attached = read.size === 0 ? brought : [...brought, attachedPasts(read, population.neuron)];
  const { inputs, lists } = inputPlans(population);
  const { neuron, alike } = inOrderOfSums(population, attached, inputs);
  const drive = (q: CheckedQuantity, positions: readonly number[]): Expr => {
    const name = elementName(q, positions);
    return attached
      .flatMap((a) => a.received(lower, name))
      .reduce((total, given) => arithmetic("+", total, given), present(inputs.get(name), name).total);
  };
  const lower: Lowering = lowering(neuron, drive);

  const parameters = parameterPlans(population, lower);
  const varying = new Set(parameters.filter((p) => p.perNeuron).map((p) => p.name));
  const states = [...statePlans(population, lower), ...attached.flatMap((a) => a.states)];
  const equations = equationsOf(neuron, lower, attached);
  const inputElements = [...[...inputs.values()].flatMap((i) => i.plans), ...attached.flatMap((a) => a.inputs)];

  const moving = new Set(equations.map((e) => e.state));
  const inputNames = inputElements.map((p) => inputSymbol(p.name));
  const system = (of: readonly Equation[], held: ReadonlySet<string>): System => ({
    equations: of,
    rank: alike.ofSymbol,
    isPotential: (state) => states.some((s) => s.name === state && s.unit === "mV"),
    noises: new Set([...lower.noises, ...[...inputs.values()].flatMap((i) => i.noises)]),
    parameters: new Set(parameters.map((p) => p.name)),
    still: new Set([...inputNames, ...states.map((s) => s.name).filter((s) => !moving.has(s) || held.has(s))]),
    calculus: neuron.calculus,
  });

  const chosen = chooseMethods(system(equations, new Set()), experiment.method.name, experiment.method.tolerance);
  const { refusal } = chosen;
  if (refusal !== null) {
    const methodAt =
      experiment.method.origin === null ? null : { span: experiment.method.origin, text: "asked for here" };
    diagnostics.push(
      methodNotAdmitted(refusal.equation.origin, {
        method: experiment.method.name,
        equation: refusal.equation.text,
        why: refusal.why,
        methodAt,
      }),
    );
  }

  const held = new Set((neuron.refractory?.held ?? []).flatMap((target) => targetElements(target).map((e) => e.name)));
  // Where nothing is held and nothing dropped, refractory neurons move like all others.
  const unheld = held.size === 0 && (neuron.refractory?.dropped.length ?? 0) === 0;

  const noises: NoisePlan[] = [...system(equations, held).noises].map((name) => ({
    symbol: name,
    purpose: `${population.drawnAs}/${streamName(name)}`,
  }));
  const spike = spikePlan(population, lower);
  const blocks = eventBlocks(neuron.events);
  const events = neuron.events.map((event, k): EventPlan => ({
    mode: event.every === null ? "becomes" : "clock",
    condition: quiet(fold(lower.expression(event.condition, UNBOUND))),
    assignments: assignmentPlans(event.assignments, lower, present(blocks[k], "event")),
    text: whenText(event),
    origin: event.origin,
  }));
  // Of many neurons no one course is that of all: what goes wrong there is told while they run.
  const probed = population.lone && experiment.method.name === "auto";
  const stiff = probed
    ? findStiffness({
        groups: chosen.groups,
        parameters,
        states,
        inputs: inputElements,
        spike: spike === null || spike.mode === "rate" || (spike.reset.length === 0 && unheld) ? null : spike,
        setup,
        step,
        duration,
      })
    : null;
  const stiffly = stiff === null ? null : stiffReason(stiff.states, stiff.timeConstant, step);
  const groups = stiffly === null ? chosen.groups : stiffMethods(system(equations, new Set()), stiffly);
  const heldGroups =
    unheld || refusal !== null ? null : planHeld(neuron, held, drive, attached, system, experiment, groups, stiffly);

  if (experiment.precise)
    refusePrecise(
      population,
      [...read.values()],
      groups.some((g) => g.equations.some((e) => e.diffusion.size > 0)),
      { spike, events },
      diagnostics,
    );
  if (experiment.precise) warnOfFirstOrder(population, groups, diagnostics);
  if (refusal === null) warnOfUnstableStep(population.name, groups, parameters, states, setup, step, diagnostics);

  const plan: PopulationPlan = {
    name: population.name,
    drawnAs: population.drawnAs,
    model: neuron.name,
    doc: neuron.doc,
    lineage: neuron.lineage,
    size,
    sizeBy: fold(setup.expression(population.size)),
    lone: population.lone,
    parameters,
    states,
    pasts: pastPlans(read, groups, heldGroups),
    inputs: inputElements.map((p) => ({ ...p, perNeuron: p.perNeuron || dependsOnNeuron(p, varying) })),
    noises,
    groups,
    heldGroups,
    held: [...held],
    spike,
    source: sourcePlan(population, lower),
    events,
    refractory: refractoryPlan(population, lower, varying, new Set(states.map((s) => s.name))),
    observables: observablePlans(population, lower),
    lets: lower.lets,
    lists: new Map([...lists, ...lower.lists]),
  };
  return { plan, lower };
}

function sourcePlan({ drawnAs, source }: CheckedPopulation, lower: Lowering): SourcePlan | null {
  switch (source?.kind) {
    case undefined:
      return null;
    case "poisson":
      return { kind: "poisson", purpose: `${drawnAs}/spike` };
    case "times":
      return {
        kind: "given",
        times: source.times.map((t) => fold(lower.expression(t, UNBOUND))),
        neurons: source.times.map(() => 0),
      };
    case "file":
      return { kind: "given", times: source.times.map(number), neurons: source.neurons };
  }
}

// ---- parameters and states

function parameterPlans({ neuron, settings }: CheckedPopulation, lower: Lowering): ParameterPlan[] {
  const plans: ParameterPlan[] = [];
  for (const q of neuron.quantities) {
    if (q.role !== "param") continue;
    for (const positions of positionsOf(q.indices)) {
      const value = valueOf(q, positions, settings, lower);
      plans.push({
        name: elementName(q, positions),
        unit: canonicalUnit(q.dimension).text,
        shown: { unit: q.unit.text, value: saidOf(q, positions, settings) },
        doc: q.doc,
        value: present(value, `value of parameter ${q.name}`),
        perNeuron: false,
      });
    }
  }
  const varying = new Set<string>();
  return inOrder(plans).map((plan) => {
    const perNeuron = plan.value.kind === "draw" || variesByNeuron(plan.value.expression, varying);
    if (perNeuron) varying.add(plan.name);
    return { ...plan, perNeuron };
  });
}

function statePlans({ neuron, settings }: CheckedPopulation, lower: Lowering): StatePlan[] {
  return inOrder(
    neuron.quantities
      .filter((q) => q.role === "state")
      .flatMap((q) =>
        positionsOf(q.indices).map((positions): StatePlan => ({
          name: elementName(q, positions),
          unit: canonicalUnit(q.dimension).text,
          shown: shownUnit(q.unit),
          doc: q.doc,
          initial: present(valueOf(q, positions, settings, lower), `initial value of ${q.name}`),
        })),
      ),
  );
}

// ---- inputs

interface InputElement {
  /** Symbol of the stimulus plus its white noise. */
  readonly total: Expr;
  readonly noises: readonly string[];
  /** The stimulus, and a plan for every factor of noise that changes. */
  readonly plans: readonly InputPlan[];
}

function inputPlans({ neuron, settings }: CheckedPopulation): {
  readonly inputs: ReadonlyMap<string, InputElement>;
  readonly lists: Lowering["lists"];
} {
  // Stimuli may not read inputs, so that nothing drives them in turn.
  const lower = lowering({ contributions: [] }, () => number(0));
  const result = new Map<string, InputElement>();
  for (const q of neuron.quantities) {
    if (q.role !== "input") continue;
    for (const positions of positionsOf(q.indices))
      result.set(elementName(q, positions), inputElement(q, positions, settings, lower));
  }
  return { inputs: result, lists: lower.lists };
}

function inputElement(
  q: CheckedQuantity,
  positions: readonly number[],
  settings: readonly CheckedSetting[],
  lower: Lowering,
): InputElement {
  const name = elementName(q, positions);
  const plan = (of: string, stimulus: Expr, shapes: InputPlan["shapes"], unit: string): InputPlan => {
    const used = shapes.filter((s) => symbolsOf(stimulus).has(s.symbol));
    const all = [stimulus, ...used.flatMap(expressionsOf)].flatMap((e) => [...symbolsOf(e)]);
    return {
      name: of,
      unit,
      shown: shownUnit(q.unit),
      doc: q.doc,
      stimulus,
      shapes: used,
      timed: used.length > 0 || all.includes(TIME),
      perNeuron: all.some(isOfNeuron) || used.some(differsByColumn),
    };
  };
  const unit = canonicalUnit(q.dimension).text;
  const setting = settingOf(q, positions, settings);
  lower.takeShapes();
  const lowered = (value: CheckedSetting["value"] | null, bound: Bindings): Expr => {
    if (value === null || value.kind === "draw") return number(0);
    if (value.kind === "elements")
      return lower.expression(
        present(value.elements[flatPosition(q.indices, positions)], "element"),
        UNBOUND,
        `${name}~`,
      );
    return lower.expression(value.expression, bound, `${name}~`);
  };
  const byDefault = lowered(q.value, new Map(q.indices.map((range, k) => [range.name, positions[k] ?? 0])));
  const written = setting === null ? byDefault : lowered(setting.setting.value, setting.bound);
  const shapes = lower.takeShapes();
  const noises = [...symbolsOf(written)].filter((s) => lower.noises.has(s));
  const parts = present(affine(written, new Set(noises)), `linear noise in the stimulus of ${name}`);
  const withoutNoise = (e: Expr): Expr =>
    fold(
      present(
        affine(e, new Set([...symbolsOf(e)].filter((s) => lower.noises.has(s)))),
        `linear noise in the default of ${name}`,
      ).rest,
    );
  const plans = [
    { ...plan(name, fold(parts.rest), shapes, unit), ...(q.value === null ? {} : { unset: withoutNoise(byDefault) }) },
  ];
  let total: Expr = symbol(inputSymbol(name));
  for (const [noise, factor] of parts.coefficients) {
    const amplitude = plan(`${name}~${plans.length}`, ...withOwnShapes(fold(factor), shapes, plans.length), unit);
    const still = !amplitude.timed && !amplitude.perNeuron;
    if (!still) plans.push(amplitude);
    total = {
      kind: "arithmetic",
      operator: "+",
      left: total,
      right: {
        kind: "arithmetic",
        operator: "*",
        left: still ? amplitude.stimulus : symbol(inputSymbol(amplitude.name)),
        right: symbol(noise),
      },
    };
  }
  return { total, noises, plans };
}

/** A shape that drives an input and scales its noise as well is computed for each of them. */
function withOwnShapes(e: Expr, shapes: InputPlan["shapes"], number: number): [Expr, InputPlan["shapes"]] {
  const own = shapes.map((s) => ({ ...s, symbol: `${s.symbol}~${number}` }));
  return [substitute(e, new Map(shapes.map((s, k) => [s.symbol, symbol(present(own[k], "shape").symbol)]))), own];
}

/** What the parts of a shape are made of. */
export function expressionsOf(shape: InputPlan["shapes"][number]): Expr[] {
  switch (shape.shape) {
    case "named":
      return [...shape.parts.values()];
    case "steps":
      return [...shape.times, ...shape.values];
    case "samples":
      return [];
  }
}

/** What drives it is not the same for all neurons: neuron's number, or a symbol of `varying`. */
export function dependsOnNeuron(input: InputPlan, varying: ReadonlySet<string>): boolean {
  return (
    input.shapes.some(differsByColumn) ||
    [input.stimulus, ...input.shapes.flatMap(expressionsOf)].some((e) => variesByNeuron(e, varying))
  );
}

function differsByColumn(shape: InputPlan["shapes"][number]): boolean {
  return shape.shape === "samples" && shape.each !== null;
}

export function variesByNeuron(e: Expr, varying: ReadonlySet<string>): boolean {
  return [...symbolsOf(e)].some((s) => isOfNeuron(s) || varying.has(s));
}

// ---- equations and events

/** The neuron with its contributions in the order of their sum, and what tells its states apart. */
function inOrderOfSums(
  { neuron }: CheckedPopulation,
  attached: readonly Attachment[],
  inputs: ReadonlyMap<string, InputElement>,
): { readonly neuron: CheckedNeuron; readonly alike: Likeness } {
  const open = lowering({ contributions: [] }, (q, positions) => symbol(inputSymbol(elementName(q, positions))));
  const defaults = neuron.quantities.flatMap((q) =>
    q.role !== "param" && q.role !== "state"
      ? []
      : positionsOf(q.indices).flatMap((positions) => {
          const value = valueOf(q, positions, [], open);
          return value === null ? [] : [{ name: elementName(q, positions), role: q.role as "param" | "state", value }];
        }),
  );
  const alike = neuronLikeness(
    {
      neuron,
      defaults,
      brought: attached.flatMap((a) => a.sayings(open, [...inputs.keys()])),
    },
    open,
  );
  return { neuron: { ...neuron, contributions: inSumOrder(neuron, open, alike) }, alike };
}

function equationsOf(neuron: CheckedNeuron, lower: Lowering, attached: readonly Attachment[]): Equation[] {
  const own = neuron.equations.flatMap((equation) =>
    targetElements(equation.target).map(({ name, bound }) => ({
      state: name,
      value: fold(lower.expression(equation.value, bound)),
      text: oneLine(textOf(equation.origin)),
      origin: equation.origin,
    })),
  );
  return [...own, ...attached.flatMap((a) => a.equations(lower))];
}

function planHeld(
  neuron: CheckedNeuron,
  held: ReadonlySet<string>,
  drive: Parameters<typeof lowering>[1],
  attached: readonly Attachment[],
  system: (of: readonly Equation[], held: ReadonlySet<string>) => System,
  experiment: CheckedExperiment,
  groups: PopulationPlan["groups"],
  stiffly: string | null,
): PopulationPlan["groups"] {
  const dropped = new Set(
    (neuron.refractory?.dropped ?? []).flatMap((target) => targetElements(target).map((e) => e.name)),
  );
  const contributions = neuron.contributions.filter((c) => !targetElements(c.target).every((e) => dropped.has(e.name)));
  const lower = lowering({ contributions }, (q, positions) =>
    dropped.has(elementName(q, positions)) ? number(0) : drive(q, positions),
  );
  const equations = equationsOf(neuron, lower, attached).filter((e) => !held.has(e.state));
  if (stiffly !== null) return stiffMethods(system(equations, held), stiffly, "held");
  const { name, tolerance } = experiment.method;
  return chooseMethods(system(equations, held), name, tolerance, "held", groups).groups;
}

/** White noise has no value: where a condition, a reset or a recorder reads something noisy, it reads it without. */
function quiet(e: Expr): Expr {
  const noises = [...symbolsOf(e)].filter((s) => symbolOf(s).kind === "noise");
  return noises.length === 0 ? e : fold(substitute(e, new Map(noises.map((s) => [s, number(0)]))));
}

function spikePlan({ drawnAs, neuron }: CheckedPopulation, lower: Lowering): SpikePlan | null {
  const { spike } = neuron;
  if (spike === null) return null;
  const reset = assignmentPlans(neuron.reset ?? [], lower, "reset");
  const value = quiet(lower.expression(spike.value, UNBOUND));
  const text = oneLine(textOf(spike.origin));
  if (spike.mode === "rate")
    return { mode: "rate", rate: value, purpose: `${drawnAs}/spike`, reset, text, origin: spike.origin };
  return { mode: neuron.reset === null ? "crossing" : "level", condition: value, reset, text, origin: spike.origin };
}

/** `block` says which event it is: `reset`, `on 1`. */
function assignmentPlans(assignments: readonly CheckedAssignment[], lower: Lowering, block: string): AssignmentPlan[] {
  return assignments.flatMap((assignment) =>
    targetElements(assignment.target).map(({ name, bound }) => {
      const value = quiet(fold(lower.expression(assignment.value, bound, `${block}/`)));
      return {
        state: name,
        draws: drawsOf(value, lower).map((d) => ({ name: d.name, value: withParts(d.value, quiet) })),
        value,
        text: oneLine(textOf(assignment.origin)),
        origin: assignment.origin,
      };
    }),
  );
}

function refractoryPlan(
  { neuron }: CheckedPopulation,
  lower: Lowering,
  varying: ReadonlySet<string>,
  states: ReadonlySet<string>,
): RefractoryPlan | null {
  if (neuron.refractory === null) return null;
  const duration = fold(lower.expression(neuron.refractory.duration, UNBOUND));
  const atSpike = [...symbolsOf(duration)].some((s) => states.has(s));
  return { duration, perNeuron: atSpike || variesByNeuron(duration, varying), atSpike };
}

function refusePrecise(
  population: CheckedPopulation,
  read: readonly ReadPast[],
  noisy: boolean,
  happening: Pick<PopulationPlan, "spike" | "events">,
  diagnostics: Diagnostic[],
): void {
  const why =
    happening.spike?.mode === "rate"
      ? "they are drawn with a rate"
      : noisy
        ? "its equations have noise"
        : drawsIn(assignedBy(happening)).length > 0
          ? "its events draw random numbers, which belong to a step"
          : happening.events.some((e) => e.mode === "clock")
            ? "it has events that go by the clock, `every …`, which happen at the ends of steps"
            : read[0] !== undefined
              ? `\`${oneLine(read[0].text)}\` is kept in steps of the grid`
              : null;
  if (why !== null)
    diagnostics.push(
      preciseNotPossible(population.neuron.spike?.origin ?? population.origin, { population: population.name, why }),
    );
}

/** Precise spikes of a coarse solution look better than they are. */
function warnOfFirstOrder(
  population: CheckedPopulation,
  groups: PopulationPlan["groups"],
  diagnostics: Diagnostic[],
): void {
  const coarse = groups.find((g) => orderOf(g) === 1);
  if (coarse === undefined) return;
  const states = listed(coarse.states);
  diagnostics.push(
    preciseFirstOrder(population.neuron.spike?.origin ?? population.origin, {
      population: population.name,
      states,
      method: methodOf(coarse.method).title,
    }),
  );
}

function observablePlans({ neuron }: CheckedPopulation, lower: Lowering): ObservablePlan[] {
  return neuron.quantities
    .filter((q) => q.role !== "state")
    .flatMap((q) =>
      positionsOf(q.indices).map((positions): ObservablePlan => {
        const name = elementName(q, positions);
        const value = lower.expression(
          {
            kind: "quantity",
            quantity: q,
            indices: positions.map((p) => ({ kind: "position", value: p })),
            origin: q.origin,
            dimension: q.dimension,
          },
          UNBOUND,
        );
        return { name, kind: q.role === "input" ? "input" : "other", shown: shownUnit(q.unit), value: quiet(value) };
      }),
    );
}
