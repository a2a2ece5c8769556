// One step of one neuron or connection, of any length, by the plan's own schemes and from where the neuron stands: nothing of the run is touched.
import type { Expr } from "../algebra/expression.ts";
import { program, type Program } from "../algebra/program.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import { elementary } from "../4-plan/elementary.ts";
import { jacobianOf } from "../4-plan/jacobian.ts";
import { isAdaptive, type End, type PopulationPlan, type ProjectionPlan, type UpdateGroup } from "../4-plan/plan.ts";
import { agoAt, NEURON, STEP, TARGET, TIME, atEnd, nextSymbol, symbolOf } from "../4-plan/symbols.ts";
import { schemeOf } from "../4-plan/scheme.ts";
import { growsFalsely, stableStep } from "../4-plan/stiffness.ts";
import { isStagesName } from "../methods/methods.ts";
import type { PopulationKernel } from "../runtime/kernel.ts";
import { propagator } from "../runtime/linear.ts";
import { sourceOf, type Projection } from "../runtime/projection.ts";

/** What the equations of one neuron or connection read, at one moment: a number for each symbol, in the probe's own order. */
export type Moment = readonly number[];

export interface StepProbe {
  /** States whose error depends on the step, each with its group. */
  readonly groupOf: ReadonlyMap<string, UpdateGroup>;
  /** Neuron or connection i as it stands at time t (ms), or with these states. */
  momentOf(i: number, t: number, states?: ReadonlyMap<string, number>): Moment;
  valueAt(moment: Moment, state: string): number;
  /** One step of h ms without noise: the moment at its end. */
  step(from: Moment, h: number): Moment;
  /** Whether what there is at the end of a step is thrown away by a spike. */
  spikes(at: Moment): boolean;
  /** ∂f/∂x of a group that takes steps, row by row. */
  jacobian(group: UpdateGroup, at: Moment): Float64Array;
  /** Whether an explicit method makes grow what its equations let decay. */
  growsFalsely(group: UpdateGroup, at: Moment, h: number): boolean;
  stableStep(group: UpdateGroup, at: Moment, h: number): number;
}

/** Exact and adaptive methods do not go by the step. A state whose equation speaks of `dt` is a map: the step is part of the model. */
function statesByTheStep(group: UpdateGroup): readonly string[] {
  if (group.method === "exact" || isAdaptive(group)) return [];
  return group.equations.filter((e) => !symbolsOf(e.drift).has(STEP)).map((e) => e.state);
}

/** What moves by some groups of equations: neurons, or connections. */
export interface Moving {
  readonly groups: readonly UpdateGroup[];
  /** The condition on which what there is at the end of a step is thrown away. */
  readonly level: Expr | null;
  /** Where the value of a symbol is found, by the number of the neuron or the connection. */
  reader(symbol: string): (i: number) => number;
}

export function movingNeurons(
  { groups, spike }: PopulationPlan,
  kernel: PopulationKernel,
  setup: ReadonlyMap<string, number>,
): Moving {
  return {
    groups,
    level: spike?.mode === "level" ? spike.condition : null,
    reader: (symbol) => readerOf(symbol, kernel, setup),
  };
}

/** Connections, with the neurons at their ends as they stand. */
export function movingConnections(
  { groups }: ProjectionPlan,
  { connections, values }: Projection,
  ends: Readonly<Record<End, PopulationKernel>>,
  setup: ReadonlyMap<string, number>,
): Moving {
  const source = (c: number): number => sourceOf(connections, c),
    target = (c: number): number => connections.target[c] ?? NaN;
  return {
    groups,
    level: null,
    reader(symbol) {
      if (symbol === NEURON) return source;
      if (symbol === TARGET) return target;
      // How fast they relax hardly hangs on when the other neuron was so.
      const far = agoAt(symbol) ?? atEnd(symbol);
      if (far !== null) {
        const read = readerOf(far.of, ends[far.end], setup);
        const number = far.end === "pre" ? source : target;
        return (c) => read(number(c));
      }
      const own = values.find((v) => v.name === symbol)?.values;
      return own === undefined ? () => setup.get(symbol) ?? NaN : (c) => own[c] ?? NaN;
    },
  };
}

/** Null where nothing goes by the step. */
export function stepProbe(plan: Moving, dt: number): StepProbe | null {
  // Neurons' states are only looked ahead to by their connections.
  const groupOf = new Map(
    plan.groups.flatMap((group) =>
      statesByTheStep(group)
        .filter((state) => agoAt(state) === null && atEnd(state) === null)
        .map((state): [string, UpdateGroup] => [state, group]),
    ),
  );
  if (groupOf.size === 0) return null;
  const { level } = plan;
  const symbols = symbolsToRead(plan, level);
  const readers = symbols.map((symbol) => plan.reader(symbol));
  const indexOf = new Map(symbols.map((symbol, k) => [symbol, k]));
  const index = (symbol: string): number => indexOf.get(symbol) ?? -1;

  const moving = programOf(plan, symbols);
  const condition = level === null ? null : singleProgram(symbols, [level]);
  const slopes = new Map(
    [...new Set(groupOf.values())].map((group) => [
      group,
      singleProgram(symbols, jacobianOf(group.equations).rows.flat()),
    ]),
  );
  const jacobian = (group: UpdateGroup, at: Moment): Float64Array =>
    Float64Array.from(slopes.get(group)?.(at, dt) ?? []);
  return {
    groupOf,
    momentOf: (i, t, states) =>
      symbols.map((symbol, k) => (symbol === TIME ? t : (states?.get(symbol) ?? readers[k]?.(i) ?? NaN))),
    valueAt: (moment, state) => moment[index(state)] ?? NaN,
    step: (from, h) => moving(from, h),
    spikes: (at) => condition !== null && condition(at, dt)[0] !== 0,
    jacobian,
    growsFalsely: (group, at, h) =>
      isStagesName(group.method) && growsFalsely(group.method, jacobian(group, at), group.states.length, h),
    stableStep: (group, at, h) =>
      isStagesName(group.method) ? stableStep(group.method, jacobian(group, at), group.states.length, h) : h,
  };
}

/** Writes a moment and a step into a program. */
function enter({ values, place }: Program, symbols: readonly string[]): (at: Moment, h: number) => void {
  const places = symbols.map(place);
  const step = place(STEP);
  return (at, h) => {
    places.forEach((slot, k) => (values[slot] = at[k] ?? NaN));
    values[step] = h;
  };
}

function singleProgram(
  symbols: readonly string[],
  expressions: readonly Expr[],
): (at: Moment, h: number) => readonly number[] {
  const line = program(elementary);
  const write = enter(line, symbols);
  const places = expressions.map((e) => line.define(null, e));
  return (at, h) => {
    write(at, h);
    line.run();
    return places.map((slot) => line.values[slot] ?? NaN);
  };
}

/** A step of all groups, one after the other. */
function programOf(plan: Moving, symbols: readonly string[]): (from: Moment, h: number) => Moment {
  const parts = plan.groups.map((group) => (group.method === "exact" ? exactStep(group, symbols) : null));
  const line = program(elementary);
  const write = enter(line, symbols);
  for (const group of plan.groups) {
    if (group.method === "exact" || isAdaptive(group)) continue;
    for (const { name, value } of schemeOf(group)) {
      for (const s of symbolsOf(value)) if (symbolOf(s).kind === "normal") line.values[line.place(s)] = 0;
      line.define(name, value);
    }
  }
  const exactPlaces = plan.groups.map((group) =>
    group.method === "exact" ? group.states.map((s) => line.place(nextSymbol(s))) : [],
  );
  const moved = plan.groups.flatMap((group) =>
    isAdaptive(group) ? [] : group.states.map((s) => ({ at: symbols.indexOf(s), from: line.place(nextSymbol(s)) })),
  );
  const time = symbols.indexOf(TIME);
  return (from, h) => {
    write(from, h);
    parts.forEach((part, g) => part?.(from, h).forEach((value, k) => (line.values[exactPlaces[g]?.[k] ?? -1] = value)));
    line.run();
    const after = [...from];
    for (const { at, from: slot } of moved) after[at] = line.values[slot] ?? NaN;
    after[time] = (from[time] ?? NaN) + h;
    return after;
  };
}

/** All that must be known of it; what a scheme computes on its way is not. */
function symbolsToRead(plan: Moving, level: Expr | null): readonly string[] {
  const schemes = plan.groups.flatMap((g) => (g.method === "exact" ? [] : schemeOf(g)));
  const computed = new Set([...schemes.map((s) => s.name), ...plan.groups.flatMap((g) => g.states.map(nextSymbol))]);
  const expressions = [
    ...schemes.map((s) => s.value),
    ...plan.groups.flatMap((g) => [
      ...g.equations.map((e) => e.drift),
      ...(g.method === "exact"
        ? [...g.matrix.flat(), ...g.constant, ...g.forcing.flatMap((f) => [f.value, ...f.column])]
        : []),
    ]),
    ...(level === null ? [] : [level]),
  ].filter((e) => e !== null);
  const all = new Set([
    TIME,
    ...plan.groups.flatMap((g) => g.states),
    ...expressions.flatMap((e) => [...symbolsOf(e)]),
  ]);
  return [...all].filter((s) => !computed.has(s) && s !== STEP && symbolOf(s).kind !== "normal");
}

function readerOf(symbol: string, kernel: PopulationKernel, setup: ReadonlyMap<string, number>): (i: number) => number {
  if (symbol === NEURON) return (i) => i;
  // Parameters may be called `constructor`.
  const own = <T>(record: Readonly<Record<string, T>>): T | undefined =>
    Object.hasOwn(record, symbol) ? record[symbol] : undefined;
  const array = own(kernel.arrays);
  if (array !== undefined) return array.length === 1 ? () => array[0] ?? NaN : (i) => array[i] ?? NaN;
  const constant = own(kernel.parameters) ?? setup.get(symbol) ?? NaN;
  return () => constant;
}

/** The next values of an exact group, which others read. Its matrices are made anew where the length or the parameters are others. */
function exactStep(
  group: Extract<UpdateGroup, { readonly method: "exact" }>,
  symbols: readonly string[],
): (from: Moment, h: number) => readonly number[] {
  const n = group.states.length;
  const zero: Expr = { kind: "number", value: 0 };
  const matrix = singleProgram(
    symbols,
    group.matrix.flat().map((e) => e ?? zero),
  );
  const columns = [...group.forcing.map((f) => f.column), group.constant];
  const forces = singleProgram(symbols, [
    ...group.forcing.map((f) => f.value),
    ...columns.flatMap((column) => column.map((e) => e ?? zero)),
  ]);
  const states = group.states.map((s) => symbols.indexOf(s));
  const made = new Map<string, Pick<ReturnType<typeof propagator>, "D" | "Q">>();
  return (from, h) => {
    const A = matrix(from, h);
    const key = `${h} ${A.join(" ")}`;
    if (made.size > MOST_PROPAGATORS) made.clear();
    const { D, Q } = made.get(key) ?? propagator(Float64Array.from(A), n, h);
    if (!made.has(key)) made.set(key, { D, Q });
    const all = forces(from, h);
    const m = group.forcing.length;
    const force = group.states.map((_, row) => {
      let sum = all[m + m * n + row] ?? 0;
      for (let f = 0; f < m; f++) sum += (all[m + f * n + row] ?? 0) * (all[f] ?? 0);
      return sum;
    });
    return states.map((at, i) => {
      let value = from[at] ?? NaN;
      for (let j = 0; j < n; j++)
        value += (D[i * n + j] ?? 0) * (from[states[j] ?? -1] ?? NaN) + (Q[i * n + j] ?? 0) * (force[j] ?? 0);
      return value;
    });
  };
}

const MOST_PROPAGATORS = 16;
