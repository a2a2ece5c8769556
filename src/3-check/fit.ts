// A fit: checked as the comparison with a recording that it is, then what it has beyond that: weights, windows, bounds around the model's own values, a budget.
import { sourceText, textOf, type Span } from "../base/source.ts";
import { badWindow } from "../diagnostics/comparison.ts";
import {
  badEvaluations,
  badWeight,
  fitOfNetwork,
  freeReadByNothing,
  noAim,
  noRecording,
  nothingFree,
  startsOutside,
  untrained,
} from "../diagnostics/fits.ts";
import { measureOfName } from "../measures/catalogue.ts";
import { headerCells, splitUnit } from "../recording/columns.ts";
import { DIMENSIONLESS } from "../quantities/dimension.ts";
import { inUnit } from "../quantities/unit.ts";
import type { Unit } from "../quantities/unit.ts";
import type { ResolvedExpr, ResolvedFit } from "../2-resolve/resolved.ts";
import type { CheckedComparison, CheckedFit, CheckedReference } from "./checked.ts";
import { checkComparison } from "./comparison.ts";
import type { ComparisonBase } from "./comparisonBase.ts";
import { contextOf, NO_MODEL, PLACES } from "./context.ts";
import type { Context } from "./context.ts";
import { defaults, evaluateNumber } from "./evaluate.ts";
import { expectDimension } from "./expect.ts";
import { measure } from "./measure.ts";
import { readByNeurons } from "./readBy.ts";
import { checkParts, tellOverlaps, type CheckedParts } from "./windows.ts";

/** Searches where none are counted: how far they agree says whether one can be believed. */
const USUAL_SEEDS = 5;
const USUAL_EVALUATIONS = 5000;
const MOST_EVALUATIONS = 1_000_000_000;

export function checkFit(resolved: ResolvedFit, base: ComparisonBase): CheckedFit {
  const { library, say } = base;
  const written = resolved.comparison;
  const context = contextOf({
    say,
    place: PLACES.comparison,
    model: NO_MODEL,
    setup: new Map(),
    tables: written,
    library,
  });
  const comparison = checkComparison(written, base);
  for (const at of resolved.networks) say(fitOfNetwork(at, {}));
  const whole = base.sound && !written.damaged;
  if (whole && written.reference?.kind !== "recording") say(noRecording(written.origin, { name: written.name }));
  if (whole && written.sweeps.length === 0) say(nothingFree(written.origin, { name: written.name }));
  tellAims(comparison, context);
  if (whole) tellUnread(comparison, context);
  tellStarts(comparison, context);
  const [train, test] = [checkParts(resolved.train, context), checkParts(resolved.test, context)];
  tellOverlaps([...train.windows, ...test.windows], context);
  tellTwice([...train.sweeps, ...test.sweeps], context);
  const kept = test.windows[0] ?? test.sweeps[0];
  if (kept !== undefined && resolved.train.length === 0) say(untrained(kept.origin, { name: written.name }));
  const { evaluations } = resolved;
  return {
    comparison: { ...comparison, seeds: written.seeds === null ? USUAL_SEEDS : comparison.seeds },
    settings: resolved.settings,
    weights: comparison.measures.map((m) => {
      const weight = written.measures.find((w) => w.span === m.origin)?.weight ?? null;
      return weight === null ? 1 : checkWeight(weight, context);
    }),
    train: train.windows,
    test: test.windows,
    trainSweeps: train.sweeps.map((s) => s.number),
    testSweeps: test.sweeps.map((s) => s.number),
    evaluations: evaluations === null ? USUAL_EVALUATIONS : checkEvaluations(evaluations, context),
  };
}

/** A sweep is seen or kept back, once. */
function tellTwice(sweeps: CheckedParts["sweeps"], { say }: Context): void {
  const first = new Map<number, Span>();
  for (const { number, origin } of sweeps) {
    const other = first.get(number);
    if (other === undefined) first.set(number, origin);
    else say(badWindow(origin, { problem: `sweep ${number} is named twice`, other, help: "name it once" }));
  }
}

/** Numbers that one run has. */
function tellAims({ measures }: CheckedComparison, { say }: Context): void {
  for (const { name, origin } of measures) {
    const entry = measureOfName(name);
    const gives = entry?.gives === "curve" ? "gives a curve" : entry?.of === "sweep" ? "is taken of many runs" : null;
    if (gives !== null) say(noAim(origin, { name, gives }));
  }
}

/** What nothing reads cannot be found. */
function tellUnread({ sweeps, cases, variants, reference }: CheckedComparison, { say }: Context): void {
  const observed = reference?.kind === "recording" ? namesIn(reference) : new Set<string>();
  const reads = cases.map((c) => readByNeurons(c.experiment, observed));
  for (const { name, setup, cases: having, origin } of sweeps)
    for (const [v, { label }] of variants.entries()) {
      const own = having.filter((k) => cases[k]?.variant === v);
      if (own.length > 0 && own.every((k) => reads[k]?.has(setup) === false))
        say(freeReadByNothing(origin, { name, model: label }));
    }
}

/** Names of the variables that a recording has columns of, whatever population stands before them. */
function namesIn({ files, columns }: Extract<CheckedReference, { readonly kind: "recording" }>): ReadonlySet<string> {
  const headers = files.flatMap(({ path, text }) => headerCells(sourceText(path, text)));
  return new Set([...columns.keys(), ...headers.map((cell) => splitUnit(cell).name.replace(/^.*\]\./u, ""))]);
}

function tellStarts({ sweeps }: CheckedComparison, { say }: Context): void {
  for (const { name, unit, values, outside, origin } of sweeps) {
    const [lower, upper] = values.kind === "values" ? values.values : [];
    const own = outside.find(({ isOwn, value }) => isOwn && (value < (lower ?? value) || value > (upper ?? value)));
    if (own !== undefined && lower !== undefined && upper !== undefined)
      say(
        startsOutside(origin, {
          name,
          own: shown(own.value, unit),
          bounds: `${shown(lower, unit)} .. ${shown(upper, unit)}`,
        }),
      );
  }
}

function shown(value: number, unit: Unit): string {
  return `${inUnit(value, unit)}${unit.text === "1" ? "" : ` ${unit.text}`}`;
}

function checkWeight(expr: ResolvedExpr, context: Context): number {
  const value = pureNumber(expr, "a weight", context);
  if (value === null || (value > 0 && value < Infinity)) return value ?? 1;
  context.say(badWeight(expr.span, { value: textOf(expr.span) }));
  return 1;
}

function checkEvaluations(expr: ResolvedExpr, context: Context): number {
  const value = pureNumber(expr, "the number of evaluations", context);
  if (value === null || (Number.isInteger(value) && value >= 1 && value <= MOST_EVALUATIONS))
    return value ?? USUAL_EVALUATIONS;
  context.say(badEvaluations(expr.span, { value: textOf(expr.span) }));
  return USUAL_EVALUATIONS;
}

/** NaN where it is none that is known beforehand; null where that has been told. */
function pureNumber(expr: ResolvedExpr, what: string, context: Context): number | null {
  if (expr.kind === "missing") return null;
  const given = expectDimension(measure(expr, context), { what, dimension: DIMENSIONLESS }, context);
  return given.sort === "unknown" ? null : (evaluateNumber(given.expr, defaults()) ?? NaN);
}
