// The points of a sweep: the grid that its axes span, or one point a draw.
import { UsageError } from "../runtime/usageError.ts";
import { evaluate } from "../algebra/evaluate.ts";
import { elementary } from "../4-plan/elementary.ts";
import { lowerSetup } from "../4-plan/setup.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { canonicalUnit, canonicalValue, inUnit, type Unit } from "../quantities/unit.ts";
import { MOST_POINTS } from "../3-check/sweeps.ts";
import type { CheckedComparison, CheckedDraw, CheckedExperiment, CheckedSweep } from "../3-check/checked.ts";
import type { SweepAxis, SweepPoint } from "./comparison.ts";
import { distributionOf, truncated } from "../runtime/distributions.ts";
import { stream, type Stream } from "../runtime/random.ts";

export interface SweepPlan {
  /** Canonical values of each sweep, in the order of the comparison's. */
  readonly values: readonly (readonly number[])[];
  /** Positions that are walked through together: of one sweep, or of all that are drawn. */
  readonly axes: readonly { readonly length: number; readonly sweeps: readonly number[] }[];
  /** Positions along the axes, the last fastest. */
  readonly points: readonly (readonly number[])[];
}

/** Draws are pure functions of the seed and the sweep's name. @throws UsageError where a distribution cannot give what is asked */
export function sweepPlan({ sweeps, cases }: CheckedComparison, seed: number): SweepPlan {
  const values = sweeps.map((sweep): readonly number[] => {
    if (sweep.values.kind === "values") return sweep.values.values;
    const { draw, count } = sweep.values;
    const one = drawing(draw, cases[sweep.cases[0] ?? 0]?.experiment, stream(seed, sweepPurpose(sweep)));
    return Array.from({ length: count }, (_, k) => one(k));
  });
  const axes: { length: number; sweeps: number[] }[] = [];
  let drawn: (typeof axes)[number] | null = null;
  sweeps.forEach((sweep, s) => {
    const length = values[s]?.length ?? 0;
    if (sweep.values.kind === "values") axes.push({ length, sweeps: [s] });
    else if (drawn === null) axes.push((drawn = { length, sweeps: [s] }));
    else {
      drawn.length = Math.min(drawn.length, length);
      drawn.sweeps.push(s);
    }
  });
  const count = axes.reduce((product, axis) => product * axis.length, sweeps.length === 0 ? 0 : 1);
  if (count > MOST_POINTS) throw new UsageError(`the sweeps span ${count} points; ${MOST_POINTS} are possible`);
  // How many points there are before the next position along an axis.
  const strides = axes.map((_, a) => axes.slice(a + 1).reduce((product, { length }) => product * length, 1));
  const points = Array.from({ length: count }, (_, k) =>
    axes.map(({ length }, a) => Math.floor(k / (strides[a] ?? 1)) % length),
  );
  return { values, axes, points };
}

/** Values of set-up parameters (canonical) of a case at a point; what the case does not have is left out. */
export function setupAt(
  { sweeps }: { readonly sweeps: readonly CheckedSweep[] },
  plan: SweepPlan,
  caseNumber: number,
  at: readonly number[],
): Readonly<Record<string, number>> {
  const setup: Record<string, number> = {};
  plan.axes.forEach((axis, a) => {
    for (const s of axis.sweeps) {
      const sweep = sweeps[s];
      if (sweep?.cases.includes(caseNumber) === true) setup[sweep.setup] = plan.values[s]?.[at[a] ?? 0] ?? NaN;
    }
  });
  return setup;
}

/** The experiment with these values of its set-up. */
export function withSetup(experiment: CheckedExperiment, setup: Readonly<Record<string, number>>): CheckedExperiment {
  return {
    ...experiment,
    setup: experiment.setup.map((q) =>
      Object.hasOwn(setup, q.name)
        ? {
            ...q,
            value: {
              kind: "expression",
              expression: { kind: "number", value: setup[q.name] ?? NaN, dimension: q.dimension, origin: q.origin },
            },
          }
        : q,
    ),
  };
}

/** What the draws of a sweep are for. */
export function sweepPurpose({ name }: CheckedSweep): string {
  return `sweep ${name}`;
}

function drawing(draw: CheckedDraw, experiment: CheckedExperiment | undefined, draws: Stream): (k: number) => number {
  const setup = experiment === undefined ? null : lowerSetup(experiment);
  const number = (e: CheckedDraw["arguments"][number]): number =>
    setup === null ? NaN : evaluate(setup.expression(e), setup.value, elementary);
  const { draw: one } = distributionOf(draw.distribution);
  const given = draw.arguments.map(number);
  const [min, max] = [
    draw.min === null ? -Infinity : number(draw.min),
    draw.max === null ? Infinity : number(draw.max),
  ];
  return (k) => truncated(draws, (attempt) => one(draws, k, ...given, attempt), min, max);
}

/** Where a point stands along an axis: draws have one position together, at the place of the first of them. */
export function positionOf(axes: readonly SweepAxis[], point: SweepPoint, axis: number): number {
  if (point.at.length === axes.length) return point.at[axis] ?? -1;
  const firstDraw = axes.findIndex(({ scale }) => scale === "draws");
  if (axes[axis]?.scale === "draws") return point.at[firstDraw] ?? -1;
  const before = axes.slice(0, axis).filter((other, k) => other.scale !== "draws" || k === firstDraw).length;
  return point.at[before] ?? -1;
}

/** `b = 2 mV` of each axis as `--set` takes it: digits that read back as the value itself. */
export function settingsAt(
  comparison: CheckedComparison,
  sweep: SweepPlan,
  at: readonly number[],
): readonly { readonly name: string; readonly text: string }[] {
  return sweep.axes.flatMap((axis, a) =>
    axis.sweeps.flatMap((s) => {
      const swept = comparison.sweeps[s];
      const value = sweep.values[s]?.[at[a] ?? 0];
      return swept === undefined || value === undefined
        ? []
        : [{ name: swept.name, text: exactText(value, swept.unit, swept.dimension) }];
    }),
  );
}

/** In the unit where its shortest digits read back as the same double, else in the canonical one, where they do. */
export function exactText(value: number, unit: Unit, dimension: Dimension): string {
  const digits = String(inUnit(value, unit));
  const [shown, of] =
    canonicalValue(digits, unit).value === value ? [digits, unit] : [String(value), canonicalUnit(dimension)];
  return of.text === "1" ? shown : `${shown} ${of.text}`;
}
