// From a checked experiment to its simulation plan: populations one by one, then the clock and what is recorded.
import { evaluate } from "../algebra/evaluate.ts";
import { textOf } from "../base/source.ts";
import { number } from "../algebra/expression.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic.ts";
import { notRecorded } from "../diagnostics/network.ts";
import { recordedOnce, type PlannedRecord } from "./records.ts";
import { badSize, badTime, notAMultiple, sliceOutside, valueMissing } from "../diagnostics/experiment.ts";
import { preciseNotPossible } from "../diagnostics/plan.ts";
import { STEP, atEnd, drawnSymbol, endSymbol, setupSymbol, slopeInput, writtenSymbol } from "./symbols.ts";
import type { CheckedExperiment, CheckedExpr, CheckedNeuron, CheckedQuantity } from "../3-check/checked.ts";
import { DIMENSIONLESS, TIME } from "../quantities/dimension.ts";
import { exampleLiteral } from "../quantities/phrase.ts";
import { isMultiple, plainTime, stepsIn } from "../runtime/clock.ts";
import { elementary } from "./elementary.ts";
import { elementName, positionsOf } from "./lower.ts";
import { attachments, type PlacedSynapse } from "./attach.ts";
import { placeStates } from "./place.ts";
import { planPopulation } from "./planPopulation.ts";
import { withLostArrivals } from "./lostArrivals.ts";
import { drawnApart, onceAtNeurons, planProjection, sharedParameters, type Face } from "./planProjection.ts";
import { decisive } from "./decisive.ts";
import { drawsIn, type InputPlan, type PopulationPlan, type ProjectionPlan, type SimulationPlan } from "./plan.ts";
import { checkRules } from "./possibleRules.ts";
import { lowerSetup, withParameters, type Setup } from "./setup.ts";
import { sharedName, studySynapse, type SynapseStudy } from "./synapse.ts";

/** Steps for which a lone model without a duration is looked at. */
const LONE_PROBE = 1000;

export function planSimulation(experiment: CheckedExperiment): {
  readonly plan: SimulationPlan | null;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const setup = lowerSetup(experiment);
  const numberOf = (e: CheckedExpr): number => evaluate(setup.expression(e), setup.value, elementary);

  const step = numberOf(experiment.step);
  if (!(step > 0 && Number.isFinite(step)))
    diagnostics.push(
      badTime(experiment.step.origin, {
        what: "the step",
        value: `${step} ms`,
        needed: step > 0 ? "finite" : "positive",
      }),
    );
  const wholeSteps = (e: CheckedExpr, what: string, least: number): number => {
    const time = numberOf(e);
    const steps = stepsIn(time, step);
    const value = `${plainTime(time)} ms`;
    if (!Number.isFinite(time)) diagnostics.push(badTime(e.origin, { what, value, needed: "finite" }));
    else if (time < 0 || (time === 0 && least > 0))
      diagnostics.push(badTime(e.origin, { what, value, needed: least > 0 ? "positive" : "not-negative" }));
    else if (!(steps >= least && isMultiple(time, step)))
      diagnostics.push(
        notAMultiple(e.origin, {
          what,
          value,
          step: `${plainTime(step)} ms`,
          nearest: `${plainTime(Math.max(steps, least) * step)} ms`,
          because: null,
        }),
      );
    return steps;
  };
  const steps =
    experiment.duration === null || diagnostics.length > 0 ? null : wholeSteps(experiment.duration, "the duration", 0);

  const sizes = new Map<string, number>();
  for (const population of experiment.populations) {
    const size = numberOf(population.size);
    if (!Number.isInteger(size) || size < 0)
      diagnostics.push(
        badSize(population.size.origin, {
          name: population.name,
          value: `${textOf(population.size.origin)} = ${size}`,
          isFraction: Number.isFinite(size) && !Number.isInteger(size),
        }),
      );
    sizes.set(population.name, size);
  }
  // The checker has asked this of experiments; a neuron by itself is complete only when one says what it leaves open.
  for (const { lone, neuron, settings } of experiment.populations)
    for (const q of lone && settings.length === 0 ? neuron.quantities : [])
      if (q.role === "param" && q.value === null) diagnostics.push(openParameter(neuron, q));
  if (hasErrors(diagnostics)) return { plan: null, diagnostics };

  // By name, as populations are: the order of declarations decides nothing.
  const studies = experiment.projections
    .map(studySynapse)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const shared = sharedParameters(studies);
  const full = withParameters(setup, shared);
  const sources = ({
    projection: { source },
  }: SynapseStudy): readonly [population: string, first: number, last: number] =>
    source.slice === null
      ? [source.population, 0, (sizes.get(source.population) ?? 0) - 1]
      : [source.population, numberOf(source.slice.from), numberOf(source.slice.to)];
  const sharesInPart = (study: SynapseStudy): boolean =>
    studies.some(
      (other) =>
        other.projection.connection === study.projection.connection && overlapInPart(sources(study), sources(other)),
    );
  const synapses = studies.map((study): PlacedSynapse => ({
    study,
    placement: placeStates(study, sharesInPart(study)),
  }));
  const brought = attachments(synapses);
  const faces = new Map(
    experiment.populations.map((p): [string, Face] => [
      p.name,
      planPopulation(
        p,
        sizes.get(p.name) ?? 0,
        brought.get(p.name) ?? [],
        experiment,
        full,
        step,
        (steps ?? LONE_PROBE) * step,
        diagnostics,
      ),
    ]),
  );
  const projections = onceAtNeurons(
    drawnApart(
      withLostArrivals(
        synapses.map((synapse) => planProjection(synapse, faces, experiment, full, step, diagnostics)),
        [...faces.values()].map((face) => face.plan),
      ),
    ),
  );
  const populations = [...faces.values()].map((face) => withSlopes(face.plan, projections));
  if (!hasErrors(diagnostics)) checkRules(projections, populations, experiment.seed ?? 0, full, step, diagnostics);
  if (experiment.precise) refusePreciseNetwork(projections, populations, step, full, diagnostics);

  const recorded = experiment.records.map((record): PlannedRecord => {
    const size = sizes.get(record.population) ?? 0;
    const first = record.neurons === null ? 0 : numberOf(record.neurons.from);
    const last = record.neurons === null ? size - 1 : numberOf(record.neurons.to);
    const inside = Number.isInteger(first) && Number.isInteger(last) && first >= 0 && last < size;
    if (!inside && record.neurons !== null)
      diagnostics.push(
        sliceOutside(record.origin, {
          population: record.population,
          size: String(size),
          from: String(first),
          to: String(last),
        }),
      );
    const positions = record.positions === null ? positionsOf(record.quantity.indices) : [record.positions];
    const { connection, quantity } = record;
    const variables = positions.map((p) =>
      connection === null ? elementName(quantity, p) : sharedName(connection, elementName(quantity, p)),
    );
    const kept = populations.find((p) => p.name === record.population)?.states ?? [];
    if (connection !== null && !variables.every((v) => kept.some((s) => s.name === v)))
      diagnostics.push(
        notRecorded(record.origin, { connection, written: quantity.name, role: "state", example: null }),
      );
    const every = record.every === null ? 1 : wholeSteps(record.every, "the interval of this recording", 1);
    return {
      record,
      plan: {
        population: record.population,
        variables,
        first,
        last,
        whole: record.neurons === null,
        every,
        interval: record.every === null ? null : setup.expression(record.every),
      },
    };
  });
  const records = recordedOnce(recorded, step, diagnostics);

  if (hasErrors(diagnostics)) return { plan: null, diagnostics };
  const plan: SimulationPlan = {
    name: experiment.name,
    doc: experiment.doc,
    source: experiment.origin.source.path,
    subject: experiment.subject,
    step,
    steps,
    seed: experiment.seed,
    precise: experiment.precise,
    setup: full.parameters,
    decisive: new Map([...decisive(experiment, false)].map((name) => [name, setup.value(setupSymbol(name))])),
    populations,
    projections,
    records,
    asked: recorded.map((r) => r.plan),
    spikesOf: experiment.spikesOf,
  };
  return { plan, diagnostics };
}

/** A population with an input for the slope of each of its states that connections look ahead to. */
function withSlopes(population: PopulationPlan, projections: readonly ProjectionPlan[]): PopulationPlan {
  const seen = new Set(
    projections.flatMap((p) =>
      p.ahead.flatMap(({ end, state }) =>
        (end === "pre" ? p.source : p.target).population === population.name ? [state] : [],
      ),
    ),
  );
  const slopes = population.states
    .filter((s) => seen.has(s.name))
    .map(({ name, unit, shown, doc }): InputPlan => ({
      name: slopeInput(name),
      unit: `${unit}/ms`,
      shown,
      doc,
      stimulus: number(0),
      shapes: [],
      timed: false,
      perNeuron: true,
    }));
  return slopes.length === 0 ? population : { ...population, inputs: [...population.inputs, ...slopes] };
}

/** Two slices with some neurons in common, but not all. */
function overlapInPart(
  [a, firstA, lastA]: readonly [string, number, number],
  [b, firstB, lastB]: readonly [string, number, number],
): boolean {
  return a === b && firstA <= lastB && firstB <= lastA && (firstA !== firstB || lastA !== lastB);
}

/** Between grid points only neurons move: what connections do by themselves, or at sources, has no value there. */
function refusePreciseNetwork(
  projections: readonly ProjectionPlan[],
  populations: readonly PopulationPlan[],
  step: number,
  setup: Setup,
  diagnostics: Diagnostic[],
): void {
  for (const p of projections) {
    const problem = whyNotPrecise(p, populations, step, setup);
    if (problem !== null)
      diagnostics.push(
        preciseNotPossible(p.origin, {
          population: p.target.population,
          why: problem.why,
          connection: { name: p.connection, help: problem.help },
        }),
      );
  }
}

interface Problem {
  readonly why: string;
  readonly help: readonly string[];
}

function whyNotPrecise(
  p: ProjectionPlan,
  populations: readonly PopulationPlan[],
  step: number,
  setup: Setup,
): Problem | null {
  const onGrid = (why: string): Problem => ({
    why,
    help: ["remove `spikes precise`; a smaller `step` narrows the grid"],
  });
  if (p.couplings.length > 0)
    return onGrid(`\`${p.couplings[0]?.text ?? ""}\` couples the neurons all the time, which is summed on the grid`);
  if (p.onPost.perConnection.length + p.onPost.atNeuron.length > 0)
    return onGrid("postsynaptic spikes change it, which is done on the grid");
  const [drawn] = drawsIn(p.onPre.perConnection);
  if (drawn !== undefined)
    return onGrid(
      `what arrives draws \`${writtenSymbol(drawnSymbol(drawn.name))}\`, which belongs to a step of the grid`,
    );
  const atSource = p.places.find((s) => s.place !== "target");
  if (atSource !== undefined)
    return onGrid(`its state ${atSource.state}, which lives at the ${atSource.place}, moves on the grid`);
  const events = p.onPre.perConnection;
  const elsewhere = events.find((a) => atEnd(a.state, "post") === null);
  if (elsewhere !== undefined) return onGrid(`\`${elsewhere.text}\` changes more than its target neuron`);
  const source = populations.find((q) => q.name === p.source.population);
  const moving = events.find((a) =>
    [...symbolsOf(a.value)].some((s) => source?.states.some((state) => s === endSymbol("pre", state.name))),
  );
  if (moving !== undefined)
    return onGrid(`\`${moving.text}\` reads a state of the source neuron, which is known on the grid alone`);
  const delay =
    p.oneDelay && p.delay.kind === "expression"
      ? evaluate(p.delay.expression, (s) => (s === STEP ? step : setup.value(s)), elementary)
      : step;
  if (source?.source !== null || delay >= step * (1 - 1e-9)) return null;
  return {
    why: `its delay, ${delay} ms, is shorter than the step in which a spike is found`,
    help: [
      `give it a delay of one step at least: \`delay = ${step} ms\`${delay > 0 ? `, or write \`step ${delay} ms\`` : ""}`,
    ],
  };
}

function openParameter({ name: of }: CheckedNeuron, { name, origin, dimension }: CheckedQuantity): Diagnostic {
  const helps = [`an experiment can say it: \`experiment First of ${of} { ${name} = ${exampleLiteral(dimension)} }\``];
  return valueMissing(origin, { role: "parameter", name, of, declared: origin, helps });
}

/**
 * Whether planning it by itself can have anything to tell that an experiment would not put right. Under `auto` nothing is refused, and without a duration, a connection or a recording
 * all that is left to say is that Euler's step is too long: `auto` takes Euler for noise in Itô's sense alone.
 */
export function tellsAlone(neuron: CheckedNeuron): boolean {
  return neuron.calculus === "ito";
}

/** The experiment that a lone model stands for: one neuron, a step of 0.1 ms, spikes and nothing else recorded. */
export function loneExperiment(neuron: CheckedNeuron): CheckedExperiment {
  const origin = neuron.origin;
  const literal = (value: number, dimension = DIMENSIONLESS): CheckedExpr => ({
    kind: "number",
    value,
    origin,
    dimension,
  });
  return {
    name: neuron.name,
    doc: neuron.doc,
    origin,
    subject: neuron.name,
    setup: [],
    duration: null,
    step: literal(0.1, TIME),
    seed: null,
    method: { name: "auto", tolerance: null, origin: null },
    precise: false,
    populations: [
      {
        name: neuron.name,
        drawnAs: neuron.name,
        neuron,
        size: literal(1),
        lone: true,
        settings: [],
        source: null,
        origin,
      },
    ],
    projections: [],
    records: [],
    spikesOf: [neuron.name],
  };
}
