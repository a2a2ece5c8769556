// A comparison: each of its cases checked like any experiment, its measures against the catalogue, its sweeps against what they set.
import {
  badLevel,
  badRecordingFile,
  badSeeds,
  badWindow,
  measureArguments,
  measureNeedsReference,
  measureNeedsSweep,
  measureOfNothing,
  roundedInSweep,
} from "../diagnostics/comparison.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { roundedTime } from "../diagnostics/experiment.ts";
import { nearNames } from "../base/nearNames.ts";
import { textOf } from "../base/source.ts";
import { measureOfName } from "../measures/catalogue.ts";
import { DIMENSIONLESS, VOLTAGE } from "../quantities/dimension.ts";
import type { ResolvedCase, ResolvedComparison, ResolvedExpr } from "../2-resolve/resolved.ts";
import type {
  CheckedCase,
  CheckedComparison,
  CheckedExperiment,
  CheckedMeasure,
  CheckedRecord,
  CheckedReference,
  CheckedSweep,
  CheckedWindow,
} from "./checked.ts";
import { checkMeasures } from "./comparedMeasures.ts";
import { contextOf, NO_MODEL, PLACES } from "./context.ts";
import type { Context, Say } from "./context.ts";
import { defaults, evaluateNumber, evaluateSize } from "./evaluate.ts";
import { expectDimension } from "./expect.ts";
import { checkExperiment } from "./experiment.ts";
import { measure } from "./measure.ts";
import { EXPERIMENT_RULES } from "./rules/all.ts";
import { checkTimes } from "./rules/times.ts";
import type { ComparisonBase } from "./comparisonBase.ts";
import { checkWindows, tellOverlaps } from "./windows.ts";
import { checkSweeps, withSweeps, type KnownSweep } from "./sweeps.ts";

/** Runs beyond this are a slip. */
const MOST_SEEDS = 100_000;

export function checkComparison(resolved: ResolvedComparison, base: ComparisonBase): CheckedComparison {
  const { library, say } = base;
  const context = contextOf({
    say,
    place: PLACES.comparison,
    model: NO_MODEL,
    setup: new Map(),
    tables: resolved,
    library,
  });
  const complete = base.sound && !resolved.damaged;
  const sweeps = checkSweeps(resolved, context, { ...base, sound: complete && !resolved.partial });
  const measures = checkMeasures(resolved, context);
  const told = new Set<KnownSweep>();
  const cases = resolved.cases.map((c, k) => {
    const placement = {
      model: resolved.variants[c.variant]?.label ?? "",
      under: c.experiment.name,
      at: resolved.variants[c.variant]?.origin ?? resolved.origin,
    };
    const sayHere = base.fitting.sayOf(placement, resolved.span);
    const experiment = checkExperiment(
      withSweeps(c, k, sweeps, resolved),
      base.models,
      base.synapses,
      library,
      sayHere,
    );
    for (const rule of EXPERIMENT_RULES) rule(experiment, sayHere);
    // Candidates of a fit lie anywhere.
    for (const known of resolved.purpose === "fit" ? [] : sweeps)
      if (known.sweep.cases.includes(k) && !told.has(known) && tellRounding(known.sweep, k, experiment, c, say))
        told.add(known);
    return caseOf(c, experiment, measures, resolved);
  });
  if (complete && !resolved.partial) tellOfMeasures(measures, resolved, cases, say);
  return {
    name: resolved.name,
    doc: resolved.doc,
    origin: resolved.origin,
    variants: resolved.variants,
    cases,
    measures: measures.map((m, k) => ({ ...m, variable: wholePath(m.variable, k, cases) })),
    reference: checkReference(resolved, context),
    seeds: resolved.seeds === null ? 1 : checkSeeds(resolved.seeds, context),
    sweeps: sweeps.map((s) => s.sweep),
    windows: windowsOf(resolved, measures, context),
  };
}

/** A curve is taken in one. */
function windowsOf(
  resolved: ResolvedComparison,
  measures: readonly CheckedMeasure[],
  context: Context,
): readonly CheckedWindow[] {
  const windows = checkWindows(resolved.windows, context);
  tellOverlaps(windows, context);
  const [, second] = windows;
  const curve = measures.find((m) => measureOfName(m.name)?.gives === "curve");
  if (second !== undefined && curve !== undefined)
    context.say(
      badWindow(second.origin, {
        problem: `\`${curve.name}\` gives a curve, of which there is no mean over windows`,
        other: curve.origin,
        help: "name one window, or leave the curve out",
      }),
    );
  return windows;
}

/** Values of a sweep at which times are looked at. */
const MOST_ROUNDED = 1000;

/** What the value outside the sweep does is told of the experiment; of the others that they are rounded, for the axis says what they were to be. True where something is told. */
function tellRounding(
  { name, setup, values, cases, outside, origin }: CheckedSweep,
  k: number,
  experiment: CheckedExperiment,
  { experiment: resolved }: ResolvedCase,
  say: Say,
): boolean {
  const quantity = experiment.setup.find((q) => q.name === setup);
  if (quantity === undefined || values.kind !== "values") return false;
  const rounded = values.values
    .filter((value) => value !== outside[cases.indexOf(k)]?.value)
    .slice(0, MOST_ROUNDED)
    .flatMap((value) => {
      const found: Diagnostic[] = [];
      checkTimes(experiment, {
        stepAt: resolved.step?.span ?? null,
        runs: resolved.runnable,
        replaced: new Map([[quantity, value]]),
        say: (d) => void (d.code === roundedTime.code ? found.push(d) : null),
      });
      return found.slice(0, 1);
    });
  const [first] = rounded;
  if (first !== undefined) say(roundedInSweep(origin, { name, what: first.message, others: rounded.length - 1 }));
  return first !== undefined;
}

function checkSeeds(expr: ResolvedExpr, context: Context): number {
  const given = expectDimension(
    measure(expr, context),
    { what: "the number of seeds", dimension: DIMENSIONLESS },
    context,
  );
  if (given.sort === "unknown") return 1;
  const value = evaluateNumber(given.expr, defaults());
  if (value !== null && Number.isInteger(value) && value >= 1 && value <= MOST_SEEDS) return value;
  context.say(badSeeds(expr.span, { value: textOf(expr.span) }));
  return 1;
}

function checkReference({ reference }: ResolvedComparison, context: Context): CheckedReference | null {
  if (reference === null) return null;
  const {
    say,
    library: { host },
  } = context;
  const origin = reference.span;
  if (reference.kind === "variant") return { kind: "variant", variant: reference.variant, origin };
  const files = reference.paths.flatMap((path) => {
    const target = host.resolve(reference.from, path);
    const content = "problem" in target ? target : host.read(target.path);
    if (!("problem" in content)) return "problem" in target ? [] : [{ path, target: target.path, text: content.text }];
    say(badRecordingFile(origin, { path, problem: content.problem }));
    return [];
  });
  const level = reference.level === null ? null : checkLevel(reference.level, context);
  return files.length < reference.paths.length
    ? null
    : { kind: "recording", files, level, sweep: reference.sweep, columns: reference.columns, origin };
}

function checkLevel(expr: ResolvedExpr, context: Context): number | null {
  const given = expectDimension(
    measure(expr, context),
    { what: "the level at which a recorded voltage spikes", dimension: VOLTAGE },
    context,
  );
  if (given.sort === "unknown") return null;
  const value = evaluateNumber(given.expr, defaults());
  if (value === null || !Number.isFinite(value)) context.say(badLevel(expr.span, { value: textOf(expr.span) }));
  return value;
}

/** What measures read is kept: the spikes of the populations they are about, and the variables. */
function caseOf(
  resolved: ResolvedCase,
  experiment: CheckedExperiment,
  measures: readonly CheckedMeasure[],
  { measures: written }: ResolvedComparison,
): CheckedCase {
  const spans = new Set(written.flatMap((m) => m.variable?.span ?? []));
  const own = experiment.records.filter((r) => !spans.has(r.origin));
  const records = [...own];
  const placeOf = (wanted: CheckedRecord): number => {
    const known = records.findIndex((r) => sameRecord(r, wanted));
    return known >= 0 ? known : records.push(wanted) - 1;
  };
  const measured = measures.map((m): number | null => {
    const span = written.find((w) => w.span === m.origin)?.variable?.span;
    const found =
      span === undefined || m.variable === null ? undefined : experiment.records.find((r) => r.origin === span);
    return found === undefined ? null : placeOf(found);
  });
  const ofSpikes = measures.filter((m) => m.variable === null);
  const everywhere = ofSpikes.some((m) => m.population === null);
  const kept = new Set([...experiment.spikesOf, ...ofSpikes.flatMap((m) => m.population ?? [])]);
  const spikesOf = experiment.populations
    .filter((p) => kept.has(p.name) || (everywhere && p.source === null))
    .map((p) => p.name);
  return {
    variant: resolved.variant,
    under: resolved.under,
    experiment: { ...experiment, records, spikesOf },
    lacking: resolved.lacking,
    measured,
  };
}

/** `V` of a network's only population, `E[n - 1].V`: `E.V`, `E[9].V`. */
function wholePath(variable: string | null, measure: number, cases: readonly CheckedCase[]): string | null {
  for (const { experiment, measured } of cases) {
    const record = experiment.records[measured[measure] ?? -1];
    if (
      variable === null ||
      record === undefined ||
      experiment.populations.find((p) => p.name === record.population)?.lone === true
    )
      continue;
    const number = record.neurons === null ? null : evaluateNumber(record.neurons.from, defaults());
    const prefix = `${record.population}${number === null ? "" : `[${number}]`}.`;
    return prefix + variable.replace(new RegExp(`^${record.population}(\\[[^\\]]*\\])?\\.`, "u"), "");
  }
  return variable;
}

function sameRecord(a: CheckedRecord, b: CheckedRecord): boolean {
  const neurons = (r: CheckedRecord): string =>
    r.neurons === null ? "" : `${textOf(r.neurons.from.origin)}..${textOf(r.neurons.to.origin)}`;
  return (
    a.population === b.population &&
    a.connection === b.connection &&
    a.quantity.name === b.quantity.name &&
    neurons(a) === neurons(b) &&
    String(a.positions) === String(b.positions)
  );
}

function tellOfMeasures(
  measures: readonly CheckedMeasure[],
  resolved: ResolvedComparison,
  cases: readonly CheckedCase[],
  say: Say,
): void {
  const { purpose, reference, variants, sweeps } = resolved;
  const populations = cases.flatMap((c) => c.experiment.populations);
  for (const [k, m] of measures.entries()) {
    const of = measureOfName(m.name)?.of;
    const written = resolved.measures.find((w) => w.span === m.origin);
    const compares = of === "pair of trains" || of === "pair of traces" || of === "repeats";
    if (compares && variants.length === 1 && reference?.kind !== "recording" && purpose === "comparison")
      say(measureNeedsReference(m.origin, { name: m.name }));
    if (of === "sweep" && sweeps.length !== 1 && purpose === "comparison")
      say(measureNeedsSweep(m.origin, { name: m.name, sweeps: sweeps.length }));
    if (written?.variable != null && cases.length > 0 && cases.every((c) => c.measured[k] === null)) {
      const names = populations.flatMap((p) =>
        p.neuron.quantities.flatMap((q) => (p.lone ? [q.name] : [`${p.name}.${q.name}`])),
      );
      say(
        measureOfNothing(written.variable.span, {
          what: "variable",
          written: written.variable.written,
          near: nearNames(written.variable.written, names),
        }),
      );
    }
    const [crowd] = cases.flatMap((c) => {
      const record = c.experiment.records[c.measured[k] ?? -1];
      const home = c.experiment.populations.find((p) => p.name === record?.population);
      return record?.neurons === null && home?.lone === false && (evaluateSize(home.size, defaults()) ?? 1) > 1
        ? [{ population: home.name, quantity: record.quantity.name }]
        : [];
    });
    if (crowd !== undefined && of !== "traces")
      say(
        measureArguments(m.origin, {
          name: m.name,
          problem: `takes one neuron, and \`${m.variable ?? ""}\` is of all neurons of ${crowd.population}`,
          usage: `${m.name}(${crowd.population}[0].${crowd.quantity})`,
        }),
      );
    const several = cases
      .map((c) => c.experiment.records[c.measured[k] ?? -1])
      .find((r) => r !== undefined && r.positions === null && r.quantity.indices.length > 0);
    if (several !== undefined) {
      const [range] = several.quantity.indices;
      say(
        measureArguments(m.origin, {
          name: m.name,
          problem: `is about one variable, and \`${m.variable ?? ""}\` has several elements`,
          usage: `${m.name}(${m.variable ?? ""}[${range?.from ?? 1}])`,
        }),
      );
    }
    if (
      written?.population != null &&
      cases.length > 0 &&
      !populations.some((p) => p.name === written.population?.name)
    ) {
      say(
        measureOfNothing(written.population.span, {
          what: "population",
          written: written.population.name,
          near: nearNames(
            written.population.name,
            populations.map((p) => p.name),
          ),
        }),
      );
    }
  }
}
