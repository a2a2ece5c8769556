// Whether the equations of a lone neuron are stiff at the step asked for: looked for along its course, on a short probe by a method that does not mind.
import { partsOfKind } from "../stimuli/shapes.ts";
import { evaluate } from "../algebra/evaluate.ts";
import type { Expr } from "../algebra/expression.ts";
import { program } from "../algebra/program.ts";
import { TooManySubsteps } from "../runtime/endless.ts";
import { rosenbrock } from "../runtime/stiff.ts";
import { elementary } from "./elementary.ts";
import { jacobianOf } from "./jacobian.ts";
import {
  type GroupEquation,
  type InputPlan,
  type ParameterPlan,
  type StagedGroup,
  type StatePlan,
  type StimulusShape,
  type UpdateGroup,
} from "./plan.ts";
import { NEURON, STEP, TIME, inputSymbol, isSetup } from "./symbols.ts";
import type { Setup } from "./setup.ts";
import { growsFalsely, spectralRadius } from "./stiffness.ts";

export interface Stiffness {
  readonly states: readonly string[];
  /** The shortest time constant where the step is too long for it (ms). */
  readonly timeConstant: number;
}

export interface ProbedNeuron {
  readonly groups: readonly UpdateGroup[];
  readonly parameters: readonly ParameterPlan[];
  readonly states: readonly StatePlan[];
  readonly inputs: readonly InputPlan[];
  /** Ends the probe: what a spike makes of the neuron is another course. Null where it makes nothing of it. */
  readonly spike: { readonly condition: Expr; readonly mode: "level" | "crossing" } | null;
  readonly setup: Setup;
  /** ms */
  readonly step: number;
  readonly duration: number;
}

const POINTS = 16;
/** Points of the course, and their share, at which Runge-Kutta must make grow what decays. */
const HITS = 3;
const SHARE = 1 / 8;
/** Each makes a course that ends early half as long, at least. */
const MOST_TRIES = 40;
const TOLERANCE = 1e-4;
/** Between two points; a course that takes more is not one that long steps could follow so far. */
const SUBSTEPS = 200;
const MOST_STATES = 32;

/** Null where nothing is stiff, or where it cannot be known: values that are drawn. */
export function findStiffness(neuron: ProbedNeuron): Stiffness | null {
  const { groups, step } = neuron;
  const explicit = groups.filter((g): g is StagedGroup => g.method === "rk4");
  const equations = groups.flatMap((g) => g.equations);
  const [group] = explicit;
  if (
    group === undefined ||
    explicit.length > 1 ||
    equations.length > MOST_STATES ||
    equations.some((e) => e.diffusion.size > 0)
  )
    return null;
  const values = valuesOf(neuron);
  if (values === null) return null;
  const n = group.states.length;
  // Where the course ends early, at a spike or where it cannot be followed, the points lie before that.
  for (let duration = neuron.duration, tries = 0; ; tries++) {
    const course = courseOf(neuron, equations, values);
    let hits = 0,
      points = 0,
      timeConstant = Infinity;
    for (; points <= POINTS && course.goesOn(); points++) {
      const J = course.jacobian(group.equations);
      if (growsFalsely("rk4", J, n, step)) {
        hits++;
        timeConstant = Math.min(timeConstant, 1 / spectralRadius(J, n));
      }
      course.advance(duration / POINTS);
    }
    if (points > 0 && points <= POINTS / 2 && tries < MOST_TRIES) duration *= points / POINTS;
    else return hits >= Math.max(HITS, SHARE * points) ? { states: group.told, timeConstant } : null;
  }
}

/** Values of all symbols at the beginning; null where one is drawn. Stimuli are taken as strong as they get. */
function valuesOf({ parameters, states, inputs, setup, step }: ProbedNeuron): Map<string, number> | null {
  const values = new Map<string, number>([
    [STEP, step],
    [TIME, 0],
    [NEURON, 0],
  ]);
  const value = (name: string): number => (isSetup(name) ? setup.value(name) : (values.get(name) ?? NaN));
  for (const p of parameters) {
    if (p.value.kind === "draw") return null;
    values.set(p.name, evaluate(p.value.expression, value, elementary));
  }
  for (const s of states) {
    if (s.initial.kind === "draw") return null;
    values.set(s.name, evaluate(s.initial.expression, value, elementary));
  }
  for (const input of inputs) {
    for (const shape of input.shapes)
      values.set(
        shape.symbol,
        strongest(shape, (e) => evaluate(e, value, elementary)),
      );
    values.set(inputSymbol(input.name), evaluate(input.stimulus, value, elementary));
  }
  return values;
}

function strongest(shape: StimulusShape, of: (e: Expr) => number): number {
  const far = (numbers: readonly number[]): number =>
    numbers.reduce((most, x) => (Math.abs(x) > Math.abs(most) ? x : most), 0);
  switch (shape.shape) {
    case "named":
      return far(partsOfKind(shape, "value").map(of));
    case "steps":
      return far(shape.values.map(of));
    case "samples":
      return far(shape.values);
  }
}

interface Course {
  goesOn(): boolean;
  /** Of these equations by each other's states, where the course has come to. */
  jacobian(equations: readonly GroupEquation[]): Float64Array;
  advance(span: number): void;
}

function courseOf(
  { spike, setup }: ProbedNeuron,
  equations: readonly GroupEquation[],
  start: ReadonlyMap<string, number>,
): Course {
  const n = equations.length;
  const states = equations.map((e) => e.state);
  const { rows, time } = jacobianOf(equations);
  const y = Float64Array.from(states, (s) => start.get(s) ?? NaN);
  const compiled = (expressions: readonly Expr[]): ((t: number, at: Float64Array, out: Float64Array) => void) => {
    const line = program(elementary);
    const places = expressions.map((e) => line.define(null, e));
    for (const [symbol, value] of start) line.values[line.place(symbol)] = value;
    for (const p of setup.parameters) line.values[line.place(`@${p.name}`)] = setup.value(`@${p.name}`);
    const inputs = states.map((s) => line.place(s));
    const clock = line.place(TIME);
    return (t, at, out) => {
      line.values[clock] = t;
      inputs.forEach((slot, k) => (line.values[slot] = at[k] ?? NaN));
      line.run();
      places.forEach((slot, k) => (out[k] = line.values[slot] ?? NaN));
    };
  };
  const derivatives = compiled(equations.map((e) => e.drift));
  const matrix = compiled(rows.flat());
  const inTime = compiled(time);
  const condition = spike === null ? null : compiled([spike.condition]);
  const integrate = rosenbrock(
    states.map((_, k) => k),
    TOLERANCE,
    TOLERANCE,
    SUBSTEPS,
  );
  const truth = new Float64Array(1);
  let t = 0;
  let substep = 0;
  // What is true from the beginning on has not become so; a level spikes there.
  let wasTrue = spike?.mode === "crossing";
  return {
    goesOn() {
      if (!y.every(Number.isFinite)) return false;
      condition?.(t, y, truth);
      const isTrue = truth[0] !== 0;
      const spikes = isTrue && !wasTrue;
      wasTrue = isTrue;
      return !spikes;
    },
    jacobian(of) {
      const all = new Float64Array(n * n);
      matrix(t, y, all);
      const places = of.map((e) => states.indexOf(e.state));
      return Float64Array.from(places.flatMap((i) => places.map((j) => all[i * n + j] ?? NaN)));
    },
    advance(span) {
      try {
        substep = integrate(
          derivatives,
          (time, at, J, ft) => (matrix(time, at, J), inTime(time, at, ft)),
          t,
          y,
          span,
          substep,
        );
      } catch (error) {
        if (!(error instanceof TooManySubsteps)) throw error;
        y.fill(NaN); // a probe looks no further
      }
      t += span;
    },
  };
}
