// A model with all its parts checked: equations, contributions, spikes, resets, events, refractory periods.
import { notAnInput } from "../diagnostics/model.ts";
import { FREQUENCY, TIME } from "../quantities/dimension.ts";
import { checkEvery, everyCondition } from "./periodic.ts";
import { present } from "../base/invariant.ts";
import { joined } from "../base/lists.ts";
import { newIn, ROLE_NAMES } from "../2-resolve/resolved.ts";
import type { ResolvedBlock, ResolvedModel } from "../2-resolve/resolved.ts";
import type {
  CheckedAssignment,
  CheckedEvent,
  CheckedNeuron,
  CheckedQuantity,
  CheckedRefractory,
  CheckedSpike,
  CheckedTarget,
} from "./checked.ts";
import { contextOf, MOST_NODES, PLACES } from "./context.ts";
import type { Context, Library, ModelTable, NoiseCount, Place, Say } from "./context.ts";
import { expectDimension } from "./expect.ts";
import { knowIndices } from "./indices.ts";
import { condition } from "./agree.ts";
import { measure } from "./measure.ts";
import { bodyOf } from "./measureCall.ts";
import { readTarget, shortName } from "./measureReference.ts";
import { knowAdded } from "./quantities.ts";
import type { Quantities } from "./quantities.ts";
import { readUnit } from "./measureNumber.ts";
import { sized, unknown } from "./sized.ts";
import type { Sized } from "./sized.ts";
import { checkBlock, checkContributions, checkEquations, readState } from "./statements.ts";

export interface CheckedModel {
  readonly neuron: CheckedNeuron;
  readonly table: ModelTable;
  readonly resolved: ResolvedModel;
  readonly known: Quantities;
}

/** A model, and of it what nobody has asked about yet: what it adds to its parent, where it only does that. */
export interface Checked {
  readonly whole: CheckedModel;
  readonly own: CheckedModel;
}

/** What is known of its parent, where it has one, is handed down. */
export function checkModel(
  resolved: ResolvedModel,
  parent: CheckedModel | null,
  library: Library,
  say: Say,
): CheckedModel {
  return present(checkPart(resolved, resolved, parent, library, say), resolved.name);
}

/** A child that only adds to its parent; null where what it adds may say what is not known of its parent's part. */
export function checkAdded(resolved: ResolvedModel, parent: CheckedModel, library: Library, say: Say): Checked | null {
  const own = checkPart(resolved, newIn(resolved), parent, library, say);
  return own === null ? null : { whole: together(parent, own, resolved), own };
}

function together(parent: CheckedModel, own: CheckedModel, resolved: ResolvedModel): CheckedModel {
  const { name, doc, origin, lineage } = own.neuron;
  const { refractory } = parent.neuron;
  const states = own.neuron.quantities.filter((q) => q.role === "state").map(whole);
  const heldToo = resolved.refractory?.holdAll === true ? states : [];
  return {
    ...own,
    resolved,
    neuron: {
      ...parent.neuron,
      name,
      doc,
      origin,
      lineage,
      quantities: [...parent.neuron.quantities, ...own.neuron.quantities],
      equations: [...parent.neuron.equations, ...own.neuron.equations],
      contributions: [...parent.neuron.contributions, ...own.neuron.contributions],
      refractory: refractory === null ? null : { ...refractory, held: [...refractory.held, ...heldToo] },
    },
  };
}

/** What `own` declares of a model: all of it, or what it adds to its parent. */
function checkPart(
  resolved: ResolvedModel,
  own: ResolvedModel,
  parent: CheckedModel | null,
  library: Library,
  say: Say,
): CheckedModel | null {
  const base = { say, tables: resolved, library };
  const inherited = own === resolved ? undefined : parent?.table.indices;
  const indices = joined(inherited ?? new Map(), knowIndices(resolved, say, own));
  const known = knowAdded(resolved, own, indices, base, parent?.known ?? null);
  if (known === null) return null;
  const { table } = known;
  const inPlace = (place: Place, noise?: NoiseCount): Context =>
    contextOf({ ...base, place, model: table, setup: new Map(), ...(noise === undefined ? {} : { noise }) });
  checkFunctions(own, inPlace(PLACES.function));

  const equations = checkEquations(own.equations, PLACES.equation, inPlace);
  const contributions = checkContributions(own.contributions, PLACES.contribution, inPlace);
  const assignments = (block: ResolvedBlock): CheckedAssignment[] => checkBlock(block, PLACES.event, inPlace);
  const events = own.events.map((e): CheckedEvent => {
    if (e.every !== null) {
      const every = checkEvery(e.condition, e.every, inPlace(PLACES.period));
      return { condition: everyCondition(every, e.condition.span), every, assignments: assignments(e), origin: e.span };
    }
    const when = condition(measure(e.condition, inPlace(PLACES.condition)), "`on`", inPlace(PLACES.condition));
    return { condition: when.expr, every: null, assignments: assignments(e), origin: e.span };
  });

  const neuron: CheckedNeuron = {
    name: resolved.name,
    doc: resolved.doc,
    origin: resolved.origin,
    lineage: resolved.lineage,
    quantities: [...own.quantities.keys()].map((name) => present(table.quantities.get(name), name).quantity),
    equations,
    contributions,
    calculus: resolved.calculus,
    spike: checkSpike(own, inPlace),
    reset: own.reset === null ? null : assignments(own.reset),
    events,
    refractory: checkRefractory(own, table, inPlace),
  };
  return { neuron, table, resolved: own, known };
}

function checkSpike(model: ResolvedModel, inPlace: (place: Place) => Context): CheckedSpike | null {
  if (model.spike === null) return null;
  const { mode, value, span } = model.spike;
  if (mode === "when") {
    const context = inPlace(PLACES.condition);
    return { mode, value: condition(measure(value, context), "`spike when`", context).expr, origin: span };
  }
  const context = inPlace(PLACES.rate);
  return {
    mode,
    value: expectDimension(measure(value, context), { what: "a spike rate", dimension: FREQUENCY }, context).expr,
    origin: span,
  };
}

function checkRefractory(
  model: ResolvedModel,
  table: ModelTable,
  inPlace: (place: Place) => Context,
): CheckedRefractory | null {
  if (model.refractory === null) return null;
  const { duration, holdAll, hold, drop, span } = model.refractory;
  const context = inPlace(PLACES.refractory);
  const period = expectDimension(
    measure(duration, context),
    { what: "the refractory period", dimension: TIME },
    context,
  );
  const states = [...table.quantities.values()].map((k) => k.quantity).filter((q) => q.role === "state");
  const held = holdAll ? states.map(whole) : hold.flatMap((h) => readState(h, "hold", context, true)?.target ?? []);
  const dropped = drop.flatMap((d) => {
    const read = readTarget(d, context, true);
    if (read === null || read.target.quantity.role === "input") return read === null ? [] : [read.target];
    const { name, role, origin } = read.target.quantity;
    context.say(
      notAnInput(d.span, {
        name: shortName(name),
        role: ROLE_NAMES[role],
        act: "drop",
        declared: origin,
        neuron: null,
        inSynapse: false,
      }),
    );
    return [];
  });
  return { duration: period.expr, held, dropped, origin: span };
}

/** Each function by itself, its parameters of any dimension where they have no unit. */
export function checkFunctions(model: ResolvedModel, context: Context): void {
  for (const [key, declared] of model.functions) {
    checkFunction(key, declared, { ...context, budget: { left: MOST_NODES } });
  }
}

export function checkFunction(
  key: string,
  declared: ResolvedModel["functions"] extends ReadonlyMap<string, infer F> ? F : never,
  context: Context,
): void {
  const parameters = new Map<string, Sized>(
    declared.parameters.map((p) => {
      const unit = p.unit === null ? null : readUnit(p.unit, context.say);
      return [
        p.name,
        unit === null ? unknown(p.origin) : sized(p.origin, unit.dimension, { kind: "number", value: NaN }, 1, unit),
      ];
    }),
  );
  bodyOf(declared, { ...context, parameters, calls: [key] });
}

function whole(quantity: CheckedQuantity): CheckedTarget {
  return { quantity, indices: quantity.indices.map((i) => ({ kind: "index", name: i.name })), end: null };
}
