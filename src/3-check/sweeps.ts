// Sweeps, and what is free in a fit: over which values, and how a case takes them. What is swept is set by a parameter of the set-up, so that one compiled plan serves every value.
import { append } from "../base/lists.ts";
import { nearNames } from "../base/nearNames.ts";
import { span, textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { badSweep, nothingToSweep } from "../diagnostics/comparison.ts";
import { notSettable } from "../diagnostics/experiment.ts";
import { badBounds, freeInput, freeOfNothing } from "../diagnostics/fits.ts";
import { DIMENSIONLESS, isDimensionless, TIME } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { short } from "../quantities/phrase.ts";
import { canonicalUnit, parseUnit } from "../quantities/unit.ts";
import type { Unit } from "../quantities/unit.ts";
import { distributionOf } from "../runtime/distributions.ts";
import { exp, log } from "../runtime/math.ts";
import { ROLE_NAMES } from "../2-resolve/resolved.ts";
import type {
  ResolvedCase,
  ResolvedComparison,
  ResolvedExperiment,
  ResolvedExpr,
  ResolvedQuantity,
  ResolvedSetting,
  ResolvedSweep,
  SettingTarget,
} from "../2-resolve/resolved.ts";
import type { CheckedExperiment, CheckedIndex, CheckedQuantity, CheckedSetting, CheckedSweep } from "./checked.ts";
import type { ComparisonBase } from "./comparisonBase.ts";
import type { Context } from "./context.ts";
import { measureDraw } from "./draws.ts";
import { defaults, evaluateNumber, inForce, type Values } from "./evaluate.ts";
import { expectDimension } from "./expect.ts";
import { checkExperiment } from "./experiment.ts";
import { measure } from "./measure.ts";
import type { Sized } from "./sized.ts";
import { measureList } from "./values.ts";

/** Of all sweeps of a comparison together: more than anybody waits for, and more would not fit into memory. */
export const MOST_POINTS = 1_000_000;

/** Settings of sweeps take effect last. */
const LAST_BLOCK = Number.MAX_SAFE_INTEGER;

export interface KnownSweep {
  readonly sweep: CheckedSweep;
  /** Its place among the sweeps as they were written. */
  readonly place: number;
}

/** Those without a mistake. */
export function checkSweeps(resolved: ResolvedComparison, context: Context, base: ComparisonBase): KnownSweep[] {
  const unswept = new Map<number, CheckedExperiment>();
  /** What is swept, as case k has it without the sweep; null where it is drawn, or not one number. */
  const ownValue = (k: number, place: number, set: WhatIsSet): number | null => {
    const c = resolved.cases[k];
    if (c === undefined) return null;
    const checked = unswept.get(k) ?? checkExperiment(c.experiment, base.models, base.synapses, base.library, () => {});
    unswept.set(k, checked);
    const values = new Set((c.swept[place] ?? []).map((target) => valueOf(checked, target, set)));
    const [value = null] = values;
    return values.size === 1 ? value : null;
  };
  const known = resolved.sweeps.flatMap((s, place): KnownSweep[] => {
    const having = resolved.cases.flatMap((c, k) => ((c.swept[place]?.length ?? 0) > 0 ? [k] : []));
    const probed = having.map((k) => resolved.cases[k]).find((c) => c !== undefined);
    if (probed === undefined) {
      if (base.sound) tellNothing(s, resolved, context);
      return [];
    }
    const set = whatIsSet(s, probed, place, base);
    if (set === null) return [];
    if (s.values.kind === "bounds" && set.declared?.role === "input") {
      context.say(freeInput(s.origin, { name: s.name }));
      return [];
    }
    const values = valuesOf(s, set, context);
    if (values === null) return [];
    const target = having.flatMap((k) => resolved.cases[k]?.swept[place] ?? []).find((t) => t.kind === "setup");
    const setup = target?.kind === "setup" ? target.name : `sweep:${s.name}`;
    const first =
      values.kind === "values"
        ? (values.values[0] ?? 0)
        : distributionOf(values.draw.distribution).middle(
            values.draw.arguments.map((e) => evaluateNumber(e, defaults()) ?? 0),
          );
    const outside = having.map((k) => {
      const own = ownValue(k, place, set);
      return { value: own ?? first, isOwn: own !== null };
    });
    return [
      {
        sweep: {
          name: s.name,
          setup,
          dimension: set.dimension,
          unit: set.unit,
          cases: having,
          outside,
          values,
          origin: s.span,
        },
        place,
      },
    ];
  });
  tellSize(known, context);
  return known;
}

/** The case with its sweeps' parameters in its set-up, and what they set set by them. Of a fit all cases of a model have all its free numbers, whether or not they read them. */
export function withSweeps(
  { experiment, swept, variant }: ResolvedCase,
  k: number,
  sweeps: readonly KnownSweep[],
  { purpose, cases }: Pick<ResolvedComparison, "purpose" | "cases">,
): ResolvedExperiment {
  const setup = new Map(experiment.setup);
  const settings = [...experiment.settings];
  for (const { sweep, place } of sweeps) {
    const targets = swept[place] ?? [];
    const span = targets[0] === undefined ? sweep.origin : spanOf(targets[0]);
    const literal = literalOf(sweep.outside[sweep.cases.indexOf(k)]?.value ?? 0, sweep.dimension, span);
    const isShared = targets.every((t) => t.kind === "setup");
    const isElsewhere =
      purpose === "fit" && targets.length === 0 && sweep.cases.some((c) => cases[c]?.variant === variant);
    if (!isShared || isElsewhere) setup.set(sweep.setup, hiddenParameter(sweep, literal, span, experiment));
    const value: ResolvedExpr = isShared ? literal : { kind: "setup", span, name: sweep.setup };
    append(
      settings,
      targets.map((target): ResolvedSetting => ({
        target,
        operator: "=",
        value,
        span: sweep.origin,
        block: LAST_BLOCK,
      })),
    );
  }
  return { ...experiment, setup, settings };
}

function hiddenParameter(
  { setup, name, dimension, unit }: CheckedSweep,
  value: ResolvedExpr,
  span: Span,
  experiment: ResolvedExperiment,
): ResolvedQuantity {
  const annotation = isDimensionless(dimension) ? null : { kind: "unit" as const, text: unit.text, span };
  return {
    role: "param",
    single: false,
    name: setup,
    indices: [],
    unit: annotation,
    value,
    elements: [],
    doc: `swept: ${name}`,
    origin: span,
    declaredIn: experiment.name,
    replaces: null,
  };
}

function literalOf(value: number, dimension: Dimension, span: Span): ResolvedExpr {
  const unit = isDimensionless(dimension) ? null : { kind: "unit" as const, text: canonicalUnit(dimension).text, span };
  const number: ResolvedExpr = { kind: "number", text: String(Math.abs(value)), unit, hidden: [], span };
  return value < 0 ? { kind: "negate", operand: number, span } : number;
}

interface WhatIsSet {
  readonly dimension: Dimension;
  readonly unit: Unit;
  /** Null for a delay. */
  readonly declared: CheckedQuantity | null;
  /** Of an element. */
  readonly indices: readonly CheckedIndex[];
}

function valueOf(checked: CheckedExperiment, target: SettingTarget, { declared, indices }: WhatIsSet): number | null {
  const of = (quantities: readonly CheckedQuantity[] | undefined, values: Values | null): number | null => {
    const quantity = quantities?.find((q) => q.name === declared?.name);
    return quantity === undefined || values === null ? null : values(quantity, indices);
  };
  switch (target.kind) {
    case "quantity": {
      const population = checked.populations.find((p) => p.name === target.population);
      return of(population?.neuron.quantities, population === undefined ? null : inForce(population, checked.setup));
    }
    case "connection": {
      const projection = checked.projections.find((p) => p.connection === target.connection);
      return of(projection?.synapse.quantities, projection === undefined ? null : inForce(projection, checked.setup));
    }
    case "setup":
      return of(checked.setup, defaults());
    case "delay":
    case "unknown":
      return null;
  }
}

/** Found by setting it to 0, which has every dimension; null after telling why it cannot be set. */
function whatIsSet(s: ResolvedSweep, probed: ResolvedCase, place: number, base: ComparisonBase): WhatIsSet | null {
  const targets = probed.swept[place] ?? [];
  const zero: ResolvedExpr = { kind: "number", text: "0", unit: null, hidden: [], span: s.origin };
  const settings = [
    ...probed.experiment.settings,
    ...targets.map((target): ResolvedSetting => ({
      target,
      operator: "=",
      value: zero,
      span: s.span,
      block: LAST_BLOCK,
    })),
  ];
  const checked = checkExperiment({ ...probed.experiment, settings }, base.models, base.synapses, base.library, (d) => {
    if (
      d.primary.span.source === s.origin.source &&
      d.primary.span.start >= s.origin.start &&
      d.primary.span.end <= s.origin.end
    )
      base.say(d);
  });
  const found = targets.flatMap((t) => setIn(checked, t, s.span) ?? []);
  const [first] = found;
  if (first?.declared != null && targets[0]?.kind === "setup" && first.declared.role !== "param") {
    base.say(
      notSettable(s.origin, {
        name: first.declared.name,
        role: ROLE_NAMES[first.declared.role],
        declared: first.declared.origin,
        where: "settings",
      }),
    );
    return null;
  }
  return first ?? null;
}

function setIn(checked: CheckedExperiment, target: SettingTarget, origin: Span): WhatIsSet | null {
  const of = (quantity: CheckedQuantity | undefined, indices: readonly CheckedIndex[] = []): WhatIsSet | null =>
    quantity === undefined ? null : { dimension: quantity.dimension, unit: quantity.unit, declared: quantity, indices };
  const ofSetting = (settings: readonly CheckedSetting[] | undefined): WhatIsSet | null => {
    const target = settings?.find((s) => s.origin === origin)?.target;
    return of(target?.quantity, target?.indices);
  };
  switch (target.kind) {
    case "quantity":
      return ofSetting(checked.populations.find((p) => p.name === target.population)?.settings);
    case "connection":
      return ofSetting(checked.projections.find((p) => p.connection === target.connection)?.settings);
    case "setup":
      return of(checked.setup.find((q) => q.name === target.name));
    case "delay": {
      const unit = parseUnit("ms");
      return "unit" in unit ? { dimension: TIME, unit: unit.unit, declared: null, indices: [] } : null;
    }
    case "unknown":
      return null;
  }
}

function spanOf(target: SettingTarget): Span {
  return target.kind === "quantity" || target.kind === "connection" ? target.target.span : target.span;
}

/** Null after telling what is wrong with them. */
function valuesOf(s: ResolvedSweep, set: WhatIsSet, context: Context): CheckedSweep["values"] | null {
  const because =
    set.declared === null
      ? null
      : {
          span: set.declared.origin,
          text: short(set.dimension, isDimensionless(set.dimension) ? undefined : set.unit),
        };
  const fitting = (given: Sized): number | null => {
    const what = s.values.kind === "bounds" ? `a bound of \`${s.name}\`` : `the sweep of \`${s.name}\``;
    const value = expectDimension(given, { what, dimension: set.dimension, unit: set.unit, because }, context);
    if (value.sort === "unknown") return null;
    const number = evaluateNumber(value.expr, defaults());
    if (number === null && s.values.kind === "bounds")
      context.say(badBounds(given.expr.origin, { problem: "bounds are known beforehand", help: "write numbers" }));
    else if (number === null)
      complain(given.expr.origin, "the values of a sweep are known beforehand", "write numbers");
    return number;
  };
  const complain = (at: Span, problem: string, help: string | null): null => {
    context.say(badSweep(at, { problem, help }));
    return null;
  };
  const counted = (expr: ResolvedExpr, what: string, least: number): number | null => {
    if (expr.kind === "missing") return null;
    const given = expectDimension(
      measure(expr, context),
      { what: `the number of ${what}`, dimension: DIMENSIONLESS },
      context,
    );
    const count = given.sort === "unknown" ? null : evaluateNumber(given.expr, defaults());
    if (given.sort === "unknown") return null;
    if (count === null || !Number.isInteger(count) || count < least)
      return complain(
        expr.span,
        `the number of ${what} must be a whole number from ${least}, not ${textOf(expr.span)}`,
        least === 2 ? "both ends of the range are among them" : null,
      );
    return count;
  };
  switch (s.values.kind) {
    case "list": {
      const { list } = s.values;
      if (list.kind !== "array") return null;
      if (list.elements.length === 0) return complain(list.span, "there is nothing in this list", null);
      const values = measureList(list, context).map(fitting);
      return values.includes(null) ? null : { kind: "values", scale: "list", values: values.filter((v) => v !== null) };
    }
    case "range": {
      const { logarithmic } = s.values;
      const [from, to] = [s.values.from, s.values.to].map((e) =>
        e.kind === "missing" ? null : fitting(measure(e, context)),
      );
      const steps = counted(s.values.steps, "steps", 2);
      if (from == null || to == null || steps === null) return null;
      if (logarithmic && (from <= 0 || to <= 0))
        return complain(
          (from <= 0 ? s.values.from : s.values.to).span,
          "logarithmic steps need a range above 0",
          "begin above 0, or leave out `logarithmic`",
        );
      if (steps > MOST_POINTS)
        return complain(s.values.steps.span, `these are ${steps} values, more than ${MOST_POINTS}`, "take fewer steps");
      return {
        kind: "values",
        scale: logarithmic ? "logarithmic" : "linear",
        values: spaced(from, to, steps, logarithmic),
      };
    }
    case "bounds": {
      const { from, to, logarithmic } = s.values;
      if (from.kind === "missing" || to.kind === "missing") return null;
      const [lower, upper] = [fitting(measure(from, context)), fitting(measure(to, context))];
      if (lower === null || upper === null) return null;
      const problem =
        lower === upper
          ? { problem: `the bounds of \`${s.name}\` are equal`, help: "a number that is known is set, not free" }
          : lower > upper
            ? { problem: `the lower bound of \`${s.name}\` is above the upper one`, help: "exchange them" }
            : logarithmic && lower <= 0
              ? {
                  problem: `equal ratios begin above 0, and the lower bound of \`${s.name}\` is ${textOf(from.span)}`,
                  help: "begin above 0, or leave out `logarithmic`",
                }
              : null;
      if (problem !== null) {
        context.say(badBounds(span(from.span.source, from.span.start, to.span.end), problem));
        return null;
      }
      return { kind: "values", scale: logarithmic ? "logarithmic" : "linear", values: [lower, upper] };
    }
    case "draws": {
      const { draw, count } = s.values;
      const drawn = measureDraw(draw, { name: s.name, sort: set.dimension, unit: set.unit }, defaults(), context);
      const number = counted(count, "draws", 1);
      return drawn === null || number === null ? null : { kind: "draws", draw: drawn, count: number };
    }
  }
}

/** Both ends included. Rounded to 15 digits, so that 0.1, 0.2, 0.3 are these numbers. */
function spaced(from: number, to: number, steps: number, logarithmic: boolean): number[] {
  return Array.from({ length: steps }, (_, k) => {
    if (k === 0) return from;
    if (k === steps - 1) return to;
    const part = k / (steps - 1);
    return Number(
      (logarithmic ? exp(log(from) + (log(to) - log(from)) * part) : from + (to - from) * part).toPrecision(15),
    );
  });
}

function tellSize(sweeps: readonly KnownSweep[], context: Context): void {
  let points = 1;
  let drawn: CheckedSweep | null = null;
  for (const { sweep } of sweeps) {
    if (sweep.values.kind === "draws") {
      if (drawn?.values.kind === "draws" && drawn.values.count !== sweep.values.count) {
        context.say(
          badSweep(sweep.origin, {
            problem: `draws are taken together, but \`${drawn.name}\` has ${drawn.values.count} and \`${sweep.name}\` ${sweep.values.count}`,
            help: "draw as many of each",
          }),
        );
      }
      if (drawn === null) points *= sweep.values.count;
      drawn ??= sweep;
    } else points *= sweep.values.values.length;
    if (points > MOST_POINTS)
      return context.say(
        badSweep(sweep.origin, {
          problem: `these are ${points} points, more than ${MOST_POINTS}`,
          help: "take fewer steps",
        }),
      );
  }
}

function tellNothing(s: ResolvedSweep, { cases }: ResolvedComparison, context: Context): void {
  if (cases.length === 0) return;
  const names = cases.flatMap(({ experiment: e }) => [
    ...e.setup.keys(),
    ...e.populations.flatMap((p) =>
      [...p.model.quantities.values()].flatMap((q) =>
        SETTABLE.has(q.role) ? [e.populations.length === 1 ? q.name : `${p.name}.${q.name}`] : [],
      ),
    ),
    ...e.connections.flatMap((c) => [
      `${c.name}.delay`,
      ...[...c.synapse.quantities.values()].flatMap((q) => (SETTABLE.has(q.role) ? [`${c.name}.${q.name}`] : [])),
    ]),
  ]);
  const there = [...new Set(names)];
  const tell = s.values.kind === "bounds" ? freeOfNothing : nothingToSweep;
  context.say(
    tell(s.origin, {
      written: s.name,
      near: nearNames(s.name, there),
      there: there.length <= MOST_NAMED ? there : [],
      at: s.origin,
    }),
  );
}

/** Longer lists are no help. */
const MOST_NAMED = 24;

const SETTABLE: ReadonlySet<string> = new Set(["param", "state", "input", "weight"]);
