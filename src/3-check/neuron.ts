// A model with all its parts checked: equations, contributions, spikes, resets, events, refractory periods.
import { notAnInput, notAState } from "../diagnostics/model.ts";
import { FREQUENCY, TIME } from "../quantities/dimension.ts";
import { ROLE_NAMES } from "../2-resolve/resolved.ts";
import type { ResolvedAssignment, ResolvedExpr, ResolvedModel, ResolvedTarget } from "../2-resolve/resolved.ts";
import type {
  CheckedAssignment, CheckedContribution, CheckedEquation, CheckedEvent, CheckedExpr, CheckedNeuron, CheckedQuantity, CheckedRefractory, CheckedSpike, CheckedTarget,
} from "./checked.ts";
import { binding, contextOf, MOST_NODES, PLACES } from "./context.ts";
import type { Context, Library, ModelTable, Place, Say } from "./context.ts";
import { expectDimension, expectRate } from "./expect.ts";
import { knowIndices } from "./indices.ts";
import { condition } from "./agree.ts";
import { measure } from "./measure.ts";
import { bodyOf } from "./measureCall.ts";
import { readTarget, shortName } from "./measureReference.ts";
import type { ReadTarget } from "./measureReference.ts";
import { knowQuantities, rateOf } from "./quantities.ts";
import { readUnit } from "./measureNumber.ts";
import { isDimension, sized, unknown } from "./sized.ts";
import type { Sized } from "./sized.ts";

export interface CheckedModel {
  readonly neuron: CheckedNeuron;
  readonly table: ModelTable;
  readonly resolved: ResolvedModel;
}

export function checkModel(resolved: ResolvedModel, library: Library, say: Say): CheckedModel {
  const base = { say, tables: resolved, library };
  const table = knowQuantities(resolved, knowIndices(resolved, say), base);
  const inPlace = (place: Place, noiseName = ""): Context => contextOf({ ...base, place, model: table, setup: new Map(), noiseName });
  checkFunctions(resolved, inPlace(PLACES.function));

  const equations = resolved.equations.flatMap((e): CheckedEquation[] => {
    const context = inPlace(PLACES.equation, targetName(e.target));
    const read = readState(e.target, "equation", context);
    const value = measure(e.value, read === null ? loosely(e.target, context) : binding(context, read.binds));
    if (read === null) return [];
    const { sort } = read.known;
    const name = nameOf(read.target);
    const checked = isDimension(sort) ? expectRate(value, { name, dimension: rateOf(sort), at: e.target.span }, context) : value;
    return [{ target: read.target, value: checked.expr, origin: e.span }];
  });

  const contributions = resolved.contributions.flatMap((c): CheckedContribution[] => {
    const context = inPlace(PLACES.contribution, targetName(c.target));
    const read = readTarget(c.target, context, false);
    const value = measure(c.value, read === null ? loosely(c.target, context) : binding(context, read.binds));
    if (read === null) return [];
    const { quantity } = read.target;
    if (quantity.role !== "input") {
      say(notAnInput(c.target.span, { name: shortName(quantity.name), role: ROLE_NAMES[quantity.role], act: "contribution", declared: quantity.origin }));
      return [];
    }
    return [{ target: read.target, value: fitting(value, read, context), origin: c.span }];
  });

  const assignments = (nodes: readonly ResolvedAssignment[]): CheckedAssignment[] =>
    nodes.flatMap((a) => {
      const context = inPlace(PLACES.event);
      const read = readState(a.target, "assignment", context);
      const value = measure(a.value, read === null ? loosely(a.target, context) : binding(context, read.binds));
      return read === null ? [] : [{ target: read.target, value: fitting(value, read, context), origin: a.span }];
    });
  const events = resolved.events.map((e): CheckedEvent => {
    const when = condition(measure(e.condition, inPlace(PLACES.condition)), "`on`", inPlace(PLACES.condition));
    return { condition: when.expr, assignments: assignments(e.assignments), origin: e.span };
  });

  const neuron: CheckedNeuron = {
    name: resolved.name,
    doc: resolved.doc,
    origin: resolved.origin,
    lineage: resolved.lineage,
    quantities: [...table.quantities.values()].map((k) => k.quantity),
    equations,
    contributions,
    calculus: resolved.calculus,
    spike: checkSpike(resolved, inPlace),
    reset: resolved.reset === null ? null : assignments(resolved.reset.assignments),
    events,
    refractory: checkRefractory(resolved, table, inPlace),
  };
  return { neuron, table, resolved };
}

function checkSpike(model: ResolvedModel, inPlace: (place: Place) => Context): CheckedSpike | null {
  if (model.spike === null) return null;
  const { mode, value, span } = model.spike;
  if (mode === "when") {
    const context = inPlace(PLACES.condition);
    return { mode, value: condition(measure(value, context), "`spike when`", context).expr, origin: span };
  }
  const context = inPlace(PLACES.rate);
  return { mode, value: expectDimension(measure(value, context), { what: "a spike rate", dimension: FREQUENCY }, context).expr, origin: span };
}

function checkRefractory(model: ResolvedModel, table: ModelTable, inPlace: (place: Place) => Context): CheckedRefractory | null {
  if (model.refractory === null) return null;
  const { duration, holdAll, hold, drop, span } = model.refractory;
  const context = inPlace(PLACES.refractory);
  const period = expectDimension(measure(duration, context), { what: "the refractory period", dimension: TIME }, context);
  const states = [...table.quantities.values()].map((k) => k.quantity).filter((q) => q.role === "state");
  const held = holdAll ? states.map(whole) : hold.flatMap((h) => readState(h, "hold", context, true)?.target ?? []);
  const dropped = drop.flatMap((d) => {
    const read = readTarget(d, context, true);
    if (read === null || read.target.quantity.role === "input") return read === null ? [] : [read.target];
    const { name, role, origin } = read.target.quantity;
    context.say(notAnInput(d.span, { name: shortName(name), role: ROLE_NAMES[role], act: "drop", declared: origin }));
    return [];
  });
  return { duration: period.expr, held, dropped, origin: span };
}

/** Each function by itself, its parameters of any dimension where they have no unit. */
function checkFunctions(model: ResolvedModel, context: Context): void {
  for (const [key, declared] of model.functions) {
    if (!context.library.tooLarge.told) checkFunction(key, declared, { ...context, budget: { left: MOST_NODES } });
  }
}

export function checkFunction(key: string, declared: ResolvedModel["functions"] extends ReadonlyMap<string, infer F> ? F : never, context: Context): void {
  const parameters = new Map<string, Sized>(
    declared.parameters.map((p) => {
      const unit = p.unit === null ? null : readUnit(p.unit, context.say);
      return [p.name, unit === null ? unknown(p.origin) : sized(p.origin, unit.dimension, { kind: "number", value: NaN }, 1, unit)];
    }),
  );
  bodyOf(declared, { ...context, parameters, calls: [key] });
}

/** A state to write to; null after telling what is wrong. */
function readState(target: ResolvedTarget, act: "equation" | "assignment" | "hold", context: Context, wholes = false): ReadTarget | null {
  const read = readTarget(target, context, wholes);
  if (read === null) return null;
  const { name, role, origin } = read.target.quantity;
  if (role === "state") return read;
  context.say(notAState(target.span, { name: shortName(name), role: ROLE_NAMES[role], act, declared: origin }));
  return null;
}

function fitting(value: Sized, read: ReadTarget, context: Context): CheckedExpr {
  const { sort, quantity } = { sort: read.known.sort, quantity: read.known.quantity };
  if (!isDimension(sort)) return value.expr;
  return expectDimension(value, { what: `\`${nameOf(read.target)}\``, dimension: sort, unit: quantity.unit, because: null }, context).expr;
}

/** Where the target is not understood, its indices still have values: what is right of it is looked at all the same. */
function loosely(target: ResolvedTarget, context: Context): Context {
  const named = target.indices.flatMap((i) => (i.kind === "index" ? (context.model.indices.get(i.name)?.range ?? []) : []));
  const own = context.model.quantities.get(target.name)?.quantity.indices ?? [];
  return binding(context, [...named, ...own.filter((i) => i.name !== "")]);
}

function whole(quantity: CheckedQuantity): CheckedTarget {
  return { quantity, indices: quantity.indices.map((i) => ({ kind: "index", name: i.name })) };
}

/** `I[j]`, as people write it. */
export function nameOf(target: CheckedTarget): string {
  const { quantity, indices } = target;
  return indices.length === 0 ? quantity.name : `${quantity.name}[${indices.map((i) => (i.kind === "index" ? shortName(i.name) : String(i.value))).join(", ")}]`;
}

/** After which anonymous noise is called: `I`, and `I[1]` for the equation of one element. */
function targetName(target: ResolvedTarget): string {
  const positions = target.indices.map((i: ResolvedExpr) => (i.kind === "number" ? i.text : i.kind === "index" ? shortName(i.name) : "?"));
  return target.indices.every((i) => i.kind === "index") ? target.name : `${target.name}[${positions.join(",")}]`;
}
