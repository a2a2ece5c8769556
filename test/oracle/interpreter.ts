// A plain interpreter of the simulation plan on the grid: the tests' oracle for emitted kernels. One neuron after the other, one expression after the other, no sharing, no lists, no arrays to write through.
import { evaluate } from "../../src/algebra/evaluate.ts";
import type { Expr } from "../../src/algebra/expression.ts";
import { symbolsOf } from "../../src/algebra/traverse.ts";
import { present } from "../../src/base/invariant.ts";
import { elementary } from "../../src/4-plan/elementary.ts";
import { jacobianOf } from "../../src/4-plan/jacobian.ts";
import {
  isAdaptive,
  type AdaptiveGroup,
  type AssignmentPlan,
  type InputPlan,
  type PopulationPlan,
  type SimulationPlan,
  type StimulusShape,
  type UpdateGroup,
  type ValuePlan,
} from "../../src/4-plan/plan.ts";
import {
  NEURON,
  STEP,
  TIME,
  WHOLE_STEP,
  constantSymbol,
  drawnSymbol,
  forcingSymbol,
  incrementSymbol,
  inputSymbol,
  nextSymbol,
  noiseFactorSymbol,
  normalSymbol,
  propagatorSymbol,
  setupSymbol,
} from "../../src/4-plan/symbols.ts";
import { namedOrder, schemeOf, shaken } from "../../src/4-plan/scheme.ts";
import { groupWithWholeStep } from "../../src/5-emit/wholeStep.ts";
import { distributionOf } from "../../src/runtime/distributions.ts";
import * as runtime from "../../src/runtime/index.ts";
import { interpretedProjection } from "./projection.ts";

export interface InterpretedSpike {
  readonly time: number;
  readonly population: string;
  readonly neuron: number;
}

export interface InterpretedRun {
  readonly spikes: readonly InterpretedSpike[];
  /** Value of a state after the last step. */
  state(population: string, neuron: number, name: string): number;
  /** Values of the connections of a projection (`exc E->I`) by name, in the order of the connections. */
  values(projection: string, name: string): readonly number[];
}

export type Values = Map<string, number>;

export function interpret(plan: SimulationPlan, steps: number, seed: number): InterpretedRun {
  const setup: Values = new Map();
  for (const p of plan.setup)
    if (p.value.kind === "expression")
      setup.set(setupSymbol(p.name), evaluate(p.value.expression, lookup([setup]), elementary));
  const ordered = [...plan.populations].sort((a, b) => (a.name < b.name ? -1 : 1));
  const populations = ordered.map((p) => interpretedPopulation(p, plan.step, seed, setup));
  const spikes: InterpretedSpike[] = [];
  const record = (population: InterpretedPopulation, n: number): void => {
    if (plan.spikesOf.includes(population.name))
      for (const neuron of population.spiked)
        spikes.push({ time: runtime.timeOf(n, plan.step), population: population.name, neuron });
  };
  const projections = plan.projections.map((p) => interpretedProjection(p, populations, plan.step, seed, setup));
  for (const population of populations) {
    population.fire(-1);
    record(population, 0);
  }
  for (const projection of projections) projection.send(0);
  const looks = plan.projections.flatMap((p) =>
    p.ahead.map(({ end, state }) => ({
      state,
      population: present(
        populations.find((q) => q.name === (end === "pre" ? p.source : p.target).population),
        p.name,
      ),
    })),
  );
  const neurons = populations.flatMap((population) => population.neurons);
  for (let n = 0; n < steps; n++) {
    for (const neuron of neurons) neuron.drive(n);
    if (n === 0) for (const neuron of neurons) neuron.keep(-1);
    for (const projection of projections) projection.deliver(n);
    for (const neuron of neurons) neuron.keep(n);
    for (const population of populations) population.clearSums();
    for (const projection of projections) projection.couple(n);
    for (const { state, population } of looks) for (const neuron of population.neurons) neuron.lookAhead(n, state);
    for (const neuron of neurons) neuron.keepSlopes(n);
    for (const projection of projections) projection.update(n);
    for (const population of populations) {
      population.step(n);
      record(population, n + 1);
    }
    for (const projection of projections) projection.send(n + 1);
  }
  return {
    spikes,
    state: (name, neuron, state) =>
      present(
        present(
          populations.find((p) => p.name === name),
          name,
        ).neurons[neuron],
        "neuron",
      ).state(state),
    values: (projection, name) =>
      present(projections[plan.projections.findIndex((p) => p.name === projection)], projection).values(name),
  };
}

export function lookup(scopes: readonly ReadonlyMap<string, number>[]): (name: string) => number {
  return (name) => {
    for (const scope of scopes) {
      const value = scope.get(name);
      if (value !== undefined) return value;
    }
    throw new Error(`no value for ${name}`);
  };
}

/** What the assignments of one event draw, each once. */
export function drawnIn(
  assignments: readonly AssignmentPlan[],
  read: (name: string) => number,
  from: (name: string) => { readonly stream: runtime.Stream; readonly index: number },
): Values {
  const drawn: Values = new Map();
  for (const { name, value } of assignments.flatMap((a) => a.draws)) {
    if (drawn.has(drawnSymbol(name))) continue;
    const of = (e: Expr): number => evaluate(e, (s) => drawn.get(s) ?? read(s), elementary);
    const { stream, index } = from(name);
    const given = value.arguments.map(of);
    const once = (attempt: number): number => distributionOf(value.distribution).draw(stream, index, ...given, attempt);
    drawn.set(
      drawnSymbol(name),
      value.min === null && value.max === null
        ? once(0)
        : runtime.truncated(
            stream,
            once,
            value.min === null ? -Infinity : of(value.min),
            value.max === null ? Infinity : of(value.max),
          ),
    );
  }
  return drawn;
}

/** A step of a state that is read as it was: its values and slopes at both ends. */
interface KeptStep {
  readonly a: number;
  readonly b: number;
  readonly p: number;
  readonly q: number;
}

export interface InterpretedPopulation {
  readonly name: string;
  readonly plan: PopulationPlan;
  readonly neurons: readonly ReturnType<typeof interpretedNeuron>[];
  /** In the last step. */
  readonly spiked: readonly number[];
  step(n: number): void;
  fire(n: number): void;
  clearSums(): void;
}

function interpretedPopulation(plan: PopulationPlan, dt: number, seed: number, setup: Values): InterpretedPopulation {
  const neurons = Array.from({ length: plan.size }, (_, i) => interpretedNeuron(plan, i, dt, seed, setup));
  const source = plan.source === null ? null : interpretedSource(plan, plan.source, neurons, dt, seed, setup);
  let spiked: number[] = [];
  const fire = (n: number): void => {
    // The list may be another one after firing: it grows.
    const count = source?.fire(n) ?? 0;
    spiked = source === null ? [] : [...source.spikes.slice(0, count)];
  };
  return {
    name: plan.name,
    plan,
    neurons,
    get spiked() {
      return spiked;
    },
    step(n) {
      const found = neurons.flatMap((neuron, i) => (neuron.step(n) ? [i] : []));
      if (source === null) spiked = found;
      else fire(n);
    },
    fire,
    clearSums: () => neurons.forEach((neuron) => neuron.clearSums()),
  };
}

/** The runtime's own source over the rates that the neurons read. */
function interpretedSource(
  plan: PopulationPlan,
  source: NonNullable<PopulationPlan["source"]>,
  neurons: readonly ReturnType<typeof interpretedNeuron>[],
  dt: number,
  seed: number,
  setup: Values,
): runtime.SpikeSource {
  if (source.kind === "given")
    return runtime.givenSource(
      plan.size,
      source.times.map((t) => evaluate(t, lookup([setup]), elementary)),
      source.neurons,
      dt,
    );
  const rates = new Float64Array(Math.max(2, plan.size));
  const inner = runtime.poissonSource(plan.size, rates, dt, seed, source.purpose);
  return {
    get spikes() {
      return inner.spikes;
    },
    fire(n) {
      neurons.forEach((neuron, i) => (rates[i] = neuron.value(inputSymbol("rate"))));
      return inner.fire(n);
    },
  };
}

function interpretedNeuron(plan: PopulationPlan, i: number, dt: number, seed: number, setup: Values) {
  const fixed: Values = new Map([...setup, [STEP, dt], [WHOLE_STEP, dt], [NEURON, i]]);
  for (const [symbol, values] of plan.lists) fixed.set(symbol, values[i] ?? NaN);
  const states: Values = new Map();
  const inputs: Values = new Map(plan.inputs.map((input) => [inputSymbol(input.name), 0]));
  const draw = (name: string, value: ValuePlan): number => {
    const of = (e: Expr): number => evaluate(e, lookup([fixed, states]), elementary);
    if (value.kind === "expression") return of(value.expression);
    if (value.except !== null && of(value.except.where) !== 0) return of(value.except.value);
    const stream = runtime.stream(seed, `${plan.drawnAs}/${name}`);
    const given = value.arguments.map(of);
    const { draw: one } = distributionOf(value.distribution);
    const once = (attempt: number): number => one(stream, i, ...given, attempt);
    if (value.min === null && value.max === null) return once(0);
    return runtime.truncated(
      stream,
      once,
      value.min === null ? -Infinity : of(value.min),
      value.max === null ? Infinity : of(value.max),
    );
  };
  for (const p of plan.parameters) fixed.set(p.name, draw(p.name, p.value));
  for (const s of plan.states) states.set(s.name, draw(s.name, s.initial));
  for (const group of [...plan.groups, ...(plan.heldGroups ?? [])])
    if (group.method === "exact") addCoefficients(group, fixed, dt);

  const refractorySteps = (): number =>
    plan.refractory === null
      ? 0
      : Math.round(evaluate(plan.refractory.duration, lookup([states, fixed]), elementary) / dt);
  const moving = new Set(plan.groups.flatMap((g) => g.states));
  const substeps = new Map<string, number>();
  const received: Values = new Map();
  const past = new Map<number, Values>();
  let freeFrom = 0;

  const truth = (e: Expr, t: number): boolean =>
    evaluate(e, lookup([new Map([[TIME, t]]), states, inputs, fixed]), elementary) !== 0;
  const wasTrue = new Map<Expr, boolean>();
  const conditions = [
    ...(plan.spike?.mode === "crossing" ? [plan.spike.condition] : []),
    ...plan.events.map((e) => e.condition),
  ];
  const byClock = new Set(plan.events.flatMap((e) => (e.mode === "clock" ? [e.condition] : [])));
  // Before the run nothing is set from outside.
  for (const { name, unset } of plan.inputs)
    if (unset !== undefined)
      inputs.set(inputSymbol(name), evaluate(unset, lookup([new Map([[TIME, 0]]), fixed]), elementary));
  for (const condition of conditions) wasTrue.set(condition, truth(condition, 0));

  /** At the end of step n. */
  const assign = (assignments: readonly AssignmentPlan[], n: number): void => {
    const scopes = [new Map([[TIME, runtime.timeOf(n + 1, dt)]]), states, inputs, fixed];
    const drawn = drawnIn(assignments, lookup(scopes), (name) => {
      const draws = runtime.eventStream(seed, `${plan.drawnAs}/${name}`);
      return { stream: runtime.atEvent(draws, n, 0, i), index: i };
    });
    const after = assignments.map((a): [string, number] => [
      a.state,
      evaluate(a.value, lookup([drawn, ...scopes]), elementary),
    ]);
    for (const [name, value] of after) states.set(name, value);
  };

  /** One step of the equations, written to nothing yet. */
  const integrated = (
    n: number,
  ): { readonly locals: Values; readonly escaped: boolean; readonly refractory: boolean } => {
    const t = runtime.timeOf(n, dt);
    for (const input of plan.inputs)
      inputs.set(inputSymbol(input.name), received.get(inputSymbol(input.name)) ?? stimulus(input, n, dt, fixed));
    const refractory = n < freeFrom;
    const groups = refractory && plan.heldGroups !== null ? plan.heldGroups : plan.groups;
    const locals: Values = new Map([[TIME, t]]);
    const drawn = (name: string): number => {
      if (name.startsWith(normalSymbol("")))
        return runtime.normal(
          runtime.stream(seed, `${plan.drawnAs}/${name.slice("#η:".length).replace(/^#/, "")}`),
          i,
          n,
        );
      return lookup([locals, states, inputs, fixed])(name);
    };
    for (const group of groups) {
      for (const step of schemeOf(group)) locals.set(step.name, evaluate(step.value, drawn, elementary));
      if (isAdaptive(group)) adaptively(plan, group, refractory, t, dt, [states, inputs, fixed], locals, substeps);
    }
    const escaped = escape(plan, refractory ? [] : groups, locals, t, runtime.timeOf(n + 1, dt), dt, [
      states,
      inputs,
      fixed,
    ]);
    return { locals, escaped, refractory };
  };

  const pasts = plan.pasts.map((past) => ({ ...past, first: 0, kept: new Map<number, KeptStep>() }));
  const ofPasts = new Set(plan.pasts.flatMap((past) => [...past.states, past.third]));
  /** x(t - T) in step n: the values and slopes of the step T ago as a cubic, or a line where there is no slope. */
  const recall = (n: number): void => {
    for (const past of pasts) {
      if (n === 0) past.first = present(states.get(past.of), past.of);
      const steps = Math.round(evaluate(past.delay, lookup([fixed]), elementary) / dt);
      const step = past.kept.get(n - steps) ?? { a: past.first, b: past.first, p: 0, q: 0 };
      const { a, b, p, q } = step;
      const mean = (b - a) / dt;
      const bends = Number.isFinite(p) && Number.isFinite(q);
      const [now, rate, curve] = past.states;
      states.set(now, a);
      states.set(rate, bends ? p : mean);
      states.set(curve, bends ? (2 * (3 * mean - (2 * p + q))) / dt : 0);
      received.set(inputSymbol(past.third), bends ? (6 * (p + q - 2 * mean)) / (dt * dt) : 0);
    }
  };
  const slopeAt = (slope: Expr | null, t: number): number =>
    slope === null ? NaN : evaluate(slope, lookup([new Map([[TIME, t]]), states, inputs, fixed]), elementary);

  const sums = plan.inputs
    // What connections bring is 0 from outside; the strength of a noise, which differs between neurons, is not.
    .filter(
      ({ name, stimulus: own }) => !ofPasts.has(name) && name.includes("~") && own.kind === "number" && own.value === 0,
    )
    .map((input) => inputSymbol(input.name));
  const movingSums = plan.states.filter((s) => s.name.includes("~") && !ofPasts.has(s.name)).map((s) => s.name);
  return {
    state: (name: string): number => present(states.get(name), name),
    value: lookup([states, inputs, fixed]),
    set(name: string, value: number): void {
      states.set(name, value);
    },
    /** Inputs as they are from t_n on, but for what connections give. */
    drive(n: number): void {
      recall(n);
      for (const input of plan.inputs)
        if (!input.name.includes("~")) inputs.set(inputSymbol(input.name), stimulus(input, n, dt, fixed));
    },
    /** Keeps what there is as that of step n, and how fast it was found to move. */
    keep(n: number): void {
      past.set(n, new Map([...inputs, ...states].map(([name, value]) => [name, name.endsWith("~slope") ? 0 : value])));
    },
    keepSlopes(n: number): void {
      for (const [name, value] of inputs) if (name.endsWith("~slope")) past.get(n)?.set(name, value);
    },
    /** A value of step n, or of before the run. */
    was: (name: string, n: number): number => past.get(Math.max(n, -1))?.get(name) ?? lookup([fixed])(name),
    isRefractory: (n: number): boolean => n < freeFrom,
    /** Adds to a sum over connections: an input, or a state that moves inside the step. */
    receive(sum: string, value: number): void {
      const all = states.has(sum) ? states : received;
      all.set(sum, (all.get(sum) ?? 0) + value);
    },
    clearSums(): void {
      for (const s of sums) received.set(s, 0);
      for (const s of movingSums) states.set(s, 0);
    },
    /** How fast a state will move in step n, for what reads it at connections. */
    lookAhead(n: number, state: string): void {
      const before = new Map(substeps);
      const now = present(states.get(state), state);
      const slope = ((integrated(n).locals.get(nextSymbol(state)) ?? now) - now) / dt;
      for (const known of [received, inputs]) known.set(inputSymbol(`${state}~slope`), slope);
      substeps.clear();
      for (const [key, length] of before) substeps.set(key, length);
    },
    step(n: number): boolean {
      const { locals, escaped, refractory } = integrated(n);
      const end = runtime.timeOf(n + 1, dt);
      const ends = (t: number): { readonly value: number; readonly slope: number }[] =>
        pasts.map(({ of, slope, heldSlope }) => ({
          value: present(states.get(of), of),
          slope: slopeAt(refractory ? heldSlope : slope, t),
        }));
      const before = ends(runtime.timeOf(n, dt));
      for (const name of moving) {
        const next = locals.get(nextSymbol(name));
        if (next !== undefined) states.set(name, next);
      }
      const after = ends(end);

      let spiked = false;
      if (plan.spike?.mode === "level") spiked = escaped || truth(plan.spike.condition, end);
      if (plan.spike?.mode === "rate") {
        const rate = evaluate(plan.spike.rate, lookup([new Map([[TIME, end]]), states, inputs, fixed]), elementary);
        spiked = runtime.uniform(runtime.stream(seed, plan.spike.purpose), i, n) < -runtime.expm1(-(rate * dt));
      }
      const become = conditions.map((condition) => {
        const now = truth(condition, end);
        const before = wasTrue.get(condition) === true;
        wasTrue.set(condition, now);
        return now && (!before || byClock.has(condition));
      });
      const crossed = plan.spike?.mode === "crossing" ? become.shift() === true : false;
      spiked = (spiked || crossed) && !refractory;
      pasts.forEach(({ kept }, k) => {
        const [a, b] = [present(before[k], "past"), present(after[k], "past")];
        kept.set(n, { a: a.value, b: b.value, p: a.slope, q: spiked ? NaN : b.slope });
      });
      if (spiked) {
        assign(plan.spike?.reset ?? [], n);
        if (refractorySteps() > 0) freeFrom = n + 1 + refractorySteps();
      }
      plan.events.forEach((event, k) => {
        if (become[k] === true && (!refractory || event.mode === "clock")) assign(event.assignments, n);
      });
      // What they have made false can become true again.
      for (const condition of conditions) if (!truth(condition, end)) wasTrue.set(condition, false);
      return spiked;
    },
  };
}

/** Where the upstroke of a staged group leaves the numbers inside the step, or is too steep for it, its states are those just after the crossing. */
function escape(
  plan: PopulationPlan,
  groups: readonly UpdateGroup[],
  locals: Values,
  t: number,
  end: number,
  dt: number,
  scopes: readonly Values[],
): boolean {
  if (plan.spike?.mode !== "level") return false;
  const { condition } = plan.spike;
  const noisy = groups.flatMap((g) =>
    "auxiliary" in g && g.states.some((s) => symbolsOf(condition).has(s)) ? [g] : [],
  );
  const model = noisy.find((g) => g.method !== "euler") ?? noisy[0];
  if (model === undefined) return false;
  // The exact states that the stages read move along with them.
  const own = noisy.flatMap((g) => g.states);
  const equations = [...noisy.flatMap((g) => g.equations), ...noisy.flatMap((g) => g.auxiliary)]
    .filter((q, k, all) => all.findIndex((other) => other.state === q.state) === k)
    .map((q) => ({ ...q, diffusion: new Map() }));
  const group = groupWithWholeStep({ ...model, equations, states: equations.map((q) => q.state), auxiliary: [] });
  const moved: Values = new Map(
    [...locals].flatMap(([name, value]): [string, number][] =>
      name.startsWith(nextSymbol("")) ? [[name.slice(nextSymbol("").length), value]] : [],
    ),
  );
  const above = (): boolean =>
    evaluate(condition, lookup([new Map([[TIME, end]]), moved, ...scopes]), elementary) !== 0;
  const asItIs = group.method === "euler";
  if (own.every((s) => Number.isFinite(locals.get(nextSymbol(s)))) && (asItIs || !above())) return false;
  const names = plan.states.map((s) => s.name);
  const at = (time: number, y: Float64Array): Values =>
    new Map<string, number>([[TIME, time], ...names.map((name, k): [string, number] => [name, y[k] ?? 0])]);
  const substep = (time: number, h: number, y: Float64Array): void => {
    const inside: Values = new Map();
    if (isAdaptive(group)) {
      adaptively(plan, group, false, time, h, [at(time, y), ...scopes], inside, new Map());
    } else {
      const values = [inside, new Map([[STEP, h]]), at(time, y), ...scopes];
      for (const step of schemeOf(group)) inside.set(step.name, evaluate(step.value, lookup(values), elementary));
    }
    for (const s of group.states) y[names.indexOf(s)] = present(inside.get(nextSymbol(s)), s);
  };
  const y = new Float64Array(names.map((name) => lookup(scopes)(name)));
  const cut = asItIs ? runtime.crossByHalving : runtime.cutUpstroke;
  if (!cut(substep, (time, now) => evaluate(condition, lookup([at(time, now), ...scopes]), elementary) !== 0, t, dt, y))
    return false;
  for (const s of own) locals.set(nextSymbol(s), y[names.indexOf(s)] ?? NaN);
  return true;
}

/** P, Q r and L of an exact group as named values. */
export function addCoefficients(group: Extract<UpdateGroup, { method: "exact" }>, values: Values, dt: number): void {
  const n = group.states.length;
  const of = (e: Expr): number => evaluate(e, lookup([values]), elementary);
  const a = new Float64Array(group.matrix.flatMap((row) => row.map((entry) => (entry === null ? 0 : of(entry)))));
  const { P, Q, D } = runtime.propagator(a, n, dt);
  const at = (m: Float64Array, row: number, column: number): number => present(m[row * n + column], "entry");
  const response = (row: number, column: readonly (Expr | null)[]): number =>
    column.reduce<number | null>((total, entry, k) => {
      if (entry === null || at(Q, row, k) === 0) return total;
      const term = entry.kind === "number" && entry.value === 1 ? at(Q, row, k) : at(Q, row, k) * of(entry);
      return total === null ? term : total + term;
    }, null) ?? 0;
  const b = new Float64Array(
    group.states.flatMap((_, i) => group.noise.map(({ column }) => (column[i] == null ? 0 : of(column[i])))),
  );
  const factor =
    group.noise.length === 0
      ? new Float64Array(n * n)
      : runtime.noiseFactor(a, b, n, group.noise.length, dt, namedOrder(group));
  group.states.forEach((row, i) => {
    values.set(propagatorSymbol(group.id, row), at(P, i, i));
    group.states.forEach((column, j) => values.set(incrementSymbol(group.id, row, column), at(D, i, j)));
    group.forcing.forEach((forcing, k) => values.set(forcingSymbol(group.id, row, k), response(i, forcing.column)));
    values.set(constantSymbol(group.id, row), response(i, group.constant));
    for (const column of shaken(group))
      values.set(noiseFactorSymbol(group.id, row, column), at(factor, i, group.states.indexOf(column)));
  });
}

function adaptively(
  plan: PopulationPlan,
  group: AdaptiveGroup,
  held: boolean,
  t: number,
  dt: number,
  scopes: readonly Values[],
  locals: Values,
  substeps: Map<string, number>,
): void {
  const names = plan.states.map((s) => s.name);
  const y = new Float64Array(names.map((name) => lookup(scopes)(name)));
  const derivatives = (time: number, at: Float64Array, dy: Float64Array): void => {
    const scope: Values = new Map<string, number>([
      [TIME, time],
      ...names.map((name, k): [string, number] => [name, at[k] ?? 0]),
    ]);
    dy.fill(0);
    for (const equation of group.equations)
      dy[names.indexOf(equation.state)] = evaluate(equation.drift, lookup([scope, ...scopes]), elementary);
  };
  const key = held ? "held" : "free";
  const first = substeps.get(key) ?? dt;
  const next =
    group.method === "rk45"
      ? runtime.dormandPrince(names.length, group.tolerance, group.tolerance)(derivatives, t, y, dt, first)
      : runtime.rosenbrock(
          group.states.map((s) => names.indexOf(s)),
          group.tolerance,
          group.tolerance,
        )(derivatives, slopesOf(group, names, scopes), t, y, dt, first);
  substeps.set(key, next);
  for (const state of group.states) locals.set(nextSymbol(state), y[names.indexOf(state)] ?? 0);
}

function slopesOf(group: AdaptiveGroup, names: readonly string[], scopes: readonly Values[]): runtime.Slopes {
  const { rows, time: inTime } = jacobianOf(group.equations);
  return (time, at, matrix, slopes) => {
    const scope: Values = new Map<string, number>([
      [TIME, time],
      ...names.map((name, k): [string, number] => [name, at[k] ?? 0]),
    ]);
    const of = (e: Expr): number => evaluate(e, lookup([scope, ...scopes]), elementary);
    group.states.forEach((_, i) => {
      slopes[i] = of(present(inTime[i], "slope"));
      group.states.forEach((_, j) => (matrix[i * group.states.length + j] = of(present(rows[i]?.[j], "entry"))));
    });
  };
}

function stimulus(input: InputPlan, n: number, dt: number, fixed: Values): number {
  const values: Values = new Map([...fixed, [TIME, runtime.timeOf(n, dt)]]);
  const of = (e: Expr): number => evaluate(e, lookup([values]), elementary);
  for (const shape of input.shapes) values.set(shape.symbol, shapeValue(shape, n, dt, of));
  return of(input.stimulus);
}

function shapeValue(shape: StimulusShape, n: number, dt: number, of: (e: Expr) => number): number {
  const stepOf = (e: Expr): number => Math.round(of(e) / dt);
  switch (shape.shape) {
    case "named":
      return namedValue(shape, n, dt, of);
    case "steps":
      return shape.times.reduce(
        (value, time, k) => (n >= stepOf(time) ? of(present(shape.values[k], "value")) : value),
        0,
      );
    case "samples":
      return shape.times.reduce((value, time, k) => {
        const { each } = shape;
        const own =
          each === null ? shape.values : (each.columns[of({ kind: "symbol", name: NEURON }) - each.first] ?? []);
        return n >= runtime.stepsIn(time, dt) ? (own[k] ?? 0) : value;
      }, 0);
  }
}

/** The table of the reference, said once more. */
function namedValue(
  { name, parts }: Extract<StimulusShape, { readonly shape: "named" }>,
  n: number,
  dt: number,
  of: (e: Expr) => number,
): number {
  const part = (wanted: string): number => of(present(parts.get(wanted), wanted));
  const stepOf = (wanted: string): number => Math.round(part(wanted) / dt);
  const lasts = (!parts.has("from") || n >= stepOf("from")) && (!parts.has("to") || n < stepOf("to"));
  switch (name) {
    case "pulse":
      return lasts ? part("value") : 0;
    case "pulses": {
      let since = n - (parts.has("from") ? stepOf("from") : 0);
      while (since >= stepOf("every")) since -= stepOf("every");
      return lasts && since < stepOf("width") ? part("value") : 0;
    }
    case "ramp": {
      const [from, to, start, end] = [stepOf("from"), stepOf("to"), part("start"), part("end")];
      return n <= from ? start : n >= to ? end : start + (end - start) * ((n - from) / (to - from));
    }
    case "sine": {
      const since = runtime.timeOf(n, dt) - (parts.has("from") ? part("from") : 0);
      return lasts ? part("amplitude") * runtime.sin(2 * Math.PI * part("frequency") * since + part("phase")) : 0;
    }
  }
}
