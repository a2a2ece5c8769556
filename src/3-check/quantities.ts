// Parameters, constants, inputs, states and lets: in which order they are computed, which dimension each has, and what it is worth.
import { unitOfSI } from "./otherUnit.ts";
import { forgottenUnit, undeterminedUnit } from "../diagnostics/units.ts";
import { noInitialValue } from "../diagnostics/model.ts";
import { cycle } from "../diagnostics/names.ts";
import { valueMissing } from "../diagnostics/experiment.ts";
import { present } from "../base/invariant.ts";
import { joined } from "../base/lists.ts";
import { textOf } from "../base/source.ts";
import { distributionOf } from "../runtime/distributions.ts";
import type { Span } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { DIMENSIONLESS, divide, equal, isDimensionless, multiply, TIME, VOLTAGE } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { exampleLiteral, short } from "../quantities/phrase.ts";
import { canonicalUnit } from "../quantities/unit.ts";
import type { Unit } from "../quantities/unit.ts";
import type {
  ResolvedElement,
  ResolvedExpr,
  ResolvedModel,
  ResolvedQuantity,
  ResolvedTarget,
} from "../2-resolve/resolved.ts";
import type { CheckedExpr, CheckedQuantity, IndexRange } from "./checked.ts";
import { binding, contextOf, PLACES, SILENT } from "./context.ts";
import type { Context, Ends, Known, ModelTable, Say } from "./context.ts";
import { allElements, atElement, byPrecision, elementsOf, elementValues } from "./elements.ts";
import { expectDimension, expectSame } from "./expect.ts";
import { measure } from "./measure.ts";
import { partsOfWhen } from "./periodic.ts";
import { readUnit } from "./measureNumber.ts";
import { nameOf, readTarget, shortName } from "./measureReference.ts";
import type { ReadTarget } from "./measureReference.ts";
import { inOrder, mentionsOf } from "./order.ts";
import { isDimension, sized, unknown, wordsOf } from "./sized.ts";
import { solveFor } from "./solve.ts";
import type { Sort } from "./sized.ts";
import { measureValue } from "./values.ts";
import type { MeasuredValue } from "./values.ts";

type Base = Pick<Context, "tables" | "library"> & { readonly say: Say; readonly ends?: Ends };

/** The quantities of a model. Their dimensions are handed down to its children. */
export interface Quantities {
  readonly table: ModelTable;
  /** Dimensions that only uses told. */
  readonly settled: ReadonlyMap<string, Dimension>;
  /** Those whose dimension nothing has told: a child still may. */
  readonly open: ReadonlySet<string>;
}

/** The quantities of a model, each after those that its value is made of; diagnostics of their declarations are said. */
export function knowQuantities(
  model: ResolvedModel,
  indices: ModelTable["indices"],
  base: Base,
  parent: Quantities | null,
): Quantities {
  return present(knowAdded(model, model, indices, base, parent), model.name);
}

/**
 * `own` is all of the model, or what it adds to its parent where it only does that: null then where it may say what is not known of the
 * parent's part, so that the child has to be looked at as a whole.
 */
export function knowAdded(
  model: ResolvedModel,
  own: ResolvedModel,
  indices: ModelTable["indices"],
  base: Base,
  parent: Quantities | null,
): Quantities | null {
  const order = inOrder(own.quantities.keys(), (name) =>
    valuesOf(own.quantities.get(name)).flatMap((v) => [...mentionsOf(v, base.tables).quantities]),
  );
  const circular = new Set(order.cycles.flat());
  const adds = own !== model;
  const settled = new Map<string, Dimension | "unknown">(adds ? [] : handedDown(own, parent));
  const open = new Set<string>();
  let reads: ReadonlyMap<string, readonly Read[]> | undefined;
  const readsOf = (): ReadonlyMap<string, readonly Read[]> => (reads ??= readingsOf(own, base));
  let spans: ReadonlyMap<string, readonly Span[]> | undefined;
  const readers = (): ReadonlyMap<string, readonly Span[]> =>
    (spans ??= new Map(
      [...(adds ? readingsOf(model, base) : readsOf())].map(([name, all]) => [name, all.map((r) => r.value.span)]),
    ));
  const { tooLarge } = base.library;
  const toldBefore = tooLarge.told;
  const build = (): { readonly table: ModelTable; readonly said: readonly Diagnostic[] } => {
    const said: Diagnostic[] = [];
    const say: Say = (d) => void said.push(d);
    tooLarge.told = toldBefore;
    const quantities = new Map<string, Known>(adds ? parent?.table.quantities : []);
    const table: ModelTable = { name: model.name, quantities, indices, readers };
    for (const name of order.sequence) {
      const q = present(own.quantities.get(name), name);
      const context = contextOf({ ...base, say, place: PLACES[q.role], model: table, setup: new Map() });
      const before = parent === null ? null : replacedIn(parent, q);
      quantities.set(name, knowQuantity(q, context, circular.has(name), settled.get(name) ?? null, before));
      if (q.elements.length > 0)
        quantities.set(name, withElements(present(quantities.get(name), name), q.elements, context));
    }
    return { table, said };
  };

  // Dimensions that only equations, contributions and assignments tell: what is wrong is said once they are found.
  let { table, said } = build();
  if (adds && parent !== null && !leavesAlone(own, model, parent, readsOf(), base)) {
    tooLarge.told = toldBefore;
    return null;
  }
  sayCycles(order.cycles, own.quantities, base.say);
  const uses = usesOf(own);
  for (let asking = undetermined(own, table); asking.length > 0; asking = undetermined(own, table)) {
    const found = dimensionsFromUses(asking, uses, readsOf(), table, base);
    if (found.length === 0) break;
    for (const [name, dimension] of found) settled.set(name, dimension);
    ({ table, said } = build());
  }
  const asked = settled.size;
  for (const wrong of wrongNumbers(own, model, table, readsOf, base)) {
    // What a parent has declared has the dimension that it has there.
    if (settled.has(wrong.quantity.name) || parent?.table.quantities.has(wrong.quantity.name) === true) continue;
    settled.set(wrong.quantity.name, wrong.dimension);
    sayWrongNumber(wrong, base.say);
  }
  for (const q of undetermined(own, table)) {
    open.add(q.name);
    if (model.kind === "mechanism" || model.damaged) continue;
    // What was not understood may have said it, or the neurons at the ends, which are not known where a synapse stands by itself.
    const from = uses.get(q.name)?.map((u) => mentionsOf(u.value, base.tables)) ?? [];
    if (base.ends === undefined && from.some((m) => m.ends.size > 0)) settled.set(q.name, "unknown");
    if (settled.has(q.name) || from.some((m) => m.hasHole)) continue;
    const value = q.value === null ? null : textOf(q.value.span);
    const brackets = q.indices.length === 0 ? "" : `[${q.indices.map(shortName).join(", ")}]`;
    base.say(
      undeterminedUnit(q.origin, { name: shortName(q.name), role: q.role, indices: brackets, value, at: q.origin }),
    );
  }
  if (settled.size > asked) ({ table, said } = build());
  for (const d of said) base.say(d);
  // In the order of declaration, a parent's first, although they are computed in another.
  const quantities = new Map(adds ? parent?.table.quantities : []);
  for (const name of own.quantities.keys()) quantities.set(name, present(table.quantities.get(name), name));
  const found = new Map([...settled].flatMap(([name, d]) => (d === "unknown" ? [] : [[name, d] as const])));
  const inherited = adds ? parent?.settled : undefined;
  return {
    table: { ...table, quantities },
    settled: inherited === undefined ? found : found.size === 0 ? inherited : joined(inherited, found),
    open: adds ? new Set([...(parent?.open ?? []), ...open]) : open,
  };
}

/** Dimensions that only the uses of a parent told, of what the child has from there or replaces. */
function handedDown(own: ResolvedModel, parent: Quantities | null): [string, Dimension][] {
  return [...(parent?.settled ?? [])].filter(([name]) => {
    const before = parent?.table.quantities.get(name)?.quantity.origin;
    const now = own.quantities.get(name);
    return now !== undefined && (now.origin === before || now.replaces?.origin === before);
  });
}

/** What a parent knows of a declaration that replaces another, or of the other one; null where it knows of neither, or something is open that it may be made of. */
function replacedIn({ table, open }: Quantities, { name, origin, replaces }: ResolvedQuantity): Declared | null {
  const known = open.size > 0 || replaces === null ? undefined : table.quantities.get(name);
  const before = known?.quantity.origin;
  if (known === undefined || (before !== origin && before !== replaces?.origin)) return null;
  const { unit, declaredIn } = known.quantity;
  return { sort: known.sort, unit, span: known.quantity.origin, owner: declaredIn };
}

/** Whether a child reads nothing of its parent, itself or through the values of others, whose dimension is not known. */
function leavesAlone(
  own: ResolvedModel,
  model: ResolvedModel,
  { open }: Quantities,
  reads: ReadonlyMap<string, readonly Read[]>,
  base: Base,
): boolean {
  if (open.size === 0) return true;
  const values = [...own.quantities.values()].flatMap(valuesOf);
  const mentioned = new Set([...reads.keys(), ...values.flatMap((v) => [...mentionsOf(v, base.tables).quantities])]);
  return !reaches(mentioned, open, model, base);
}

/** Whether one of the names is read, through values of others. */
function reaches(from: ReadonlySet<string>, names: ReadonlySet<string>, model: ResolvedModel, base: Base): boolean {
  const seen = new Set(from);
  for (const name of seen) {
    if (names.has(name)) return true;
    for (const v of valuesOf(model.quantities.get(name)))
      for (const inner of mentionsOf(v, base.tables).quantities) seen.add(inner);
  }
  return false;
}

function valuesOf(q: ResolvedQuantity | undefined): ResolvedExpr[] {
  return q === undefined ? [] : [...(q.value === null ? [] : [q.value]), ...q.elements.map((e) => e.value)];
}

/** What `use` gives to single elements: the others keep what they have. */
function withElements(own: Known, given: readonly ResolvedElement[], context: Context): Known {
  const { quantity } = own;
  const all = allElements(quantity);
  const values = elementValues(quantity, quantity.value);
  const read = given.flatMap(({ target, value }) => {
    const found = readTarget(target, context, true);
    return found === null ? [] : [{ ...found, value: valueOfElement(value, found, own, context) }];
  });
  for (const { target, value } of byPrecision(read)) {
    for (const { positions, bound } of elementsOf(target, (name) => context.model.indices.get(name)?.range ?? null)) {
      const k = all.findIndex((e) => e.positions.every((p, d) => p === positions[d]));
      if (k >= 0) values[k] = atElement(value, bound);
    }
  }
  const missing = all[values.indexOf(null)];
  const name = `${quantity.name}[${missing?.positions.join(", ") ?? ""}]`;
  const helps = [`set it, too: \`${shortName(name)} = ${exampleLiteral(quantity.dimension)}\``];
  if (missing !== undefined && read.length > 0)
    context.say(
      valueMissing(given[0]?.target.span ?? quantity.origin, {
        role: "parameter",
        name,
        of: context.model.name,
        declared: quantity.origin,
        helps,
      }),
    );
  return {
    ...own,
    quantity: {
      ...quantity,
      value: { kind: "elements", elements: values.map((v) => v ?? unknown(quantity.origin).expr) },
    },
  };
}

function valueOfElement(
  value: ResolvedExpr,
  { target, binds }: ReadTarget,
  { quantity, sort }: Known,
  context: Context,
): CheckedExpr {
  const given = measure(value, binding(context, binds));
  if (!isDimension(sort)) return given.expr;
  const because = {
    span: quantity.origin,
    text: short(quantity.dimension, isDimensionless(sort) ? undefined : quantity.unit),
  };
  return expectDimension(
    given,
    { what: `\`${nameOf(target)}\``, dimension: sort, unit: quantity.unit, because },
    context,
  ).expr;
}

/** The set-up of an experiment: parameters, constants and lets over each other. */
export function knowSetup(
  setup: ReadonlyMap<string, ResolvedQuantity>,
  replaced: ReadonlyMap<string, ResolvedExpr>,
  base: Base,
): Map<string, Known> {
  const valueOf = (name: string): ResolvedExpr | null => replaced.get(name) ?? setup.get(name)?.value ?? null;
  const order = inOrder(setup.keys(), (name) => [...mentionsOf(valueOf(name), base.tables).setup]);
  sayCycles(order.cycles, setup, base.say);
  const circular = new Set(order.cycles.flat());
  const known = new Map<string, Known>();
  for (const name of order.sequence) {
    const q = present(setup.get(name), name);
    const context = contextOf({
      ...base,
      place: PLACES.setup,
      model: { name: "", quantities: new Map(), indices: new Map() },
      setup: known,
    });
    const own = knowQuantity(q, context, circular.has(name), null);
    const value = replaced.get(name);
    known.set(name, value === undefined || circular.has(name) ? own : withValue(own, value, context));
  }
  return new Map([...setup.keys()].map((name) => [name, present(known.get(name), name)]));
}

/** What an experiment gives to a parameter of the set-up has the dimension of its declaration. */
function withValue(own: Known, value: ResolvedExpr, context: Context): Known {
  const { quantity } = own;
  const given = measure(value, context);
  const because = {
    span: quantity.origin,
    text: short(quantity.dimension, isDimensionless(quantity.dimension) ? undefined : quantity.unit),
  };
  const checked = isDimension(own.sort)
    ? expectDimension(
        given,
        { what: `\`${quantity.name}\``, dimension: own.sort, unit: quantity.unit, because },
        context,
      )
    : given;
  return { ...own, quantity: { ...quantity, value: { kind: "expression", expression: checked.expr } } };
}

function knowQuantity(
  q: ResolvedQuantity,
  context: Context,
  circular: boolean,
  settled: Dimension | "unknown" | null,
  before: Declared | null = null,
): Known {
  const { say } = context;
  const indices: IndexRange[] = q.indices.flatMap(
    (name) => context.model.indices.get(name)?.range ?? { name: "", from: 0, to: -1 },
  );
  const annotation = q.unit === null ? null : readUnit(q.unit, say);
  let value = q.value === null || circular ? null : measureValue(q.value, { ...q, indices }, context);
  const inherited = before ?? (q.replaces === null ? null : declaredSort(q.replaces, indices, context));

  let sort: Sort =
    annotation?.dimension ??
    value?.sort ??
    (circular || q.value !== null || q.role === "const" || q.role === "let" ? "unknown" : "zero");
  if (q.unit !== null && annotation === null) sort = "unknown";
  if (annotation !== null && q.unit !== null && value !== null) {
    const because = { span: q.unit.span, text: short(annotation.dimension, annotation) };
    value = value.each((v) =>
      expectDimension(
        v,
        { what: `the value of \`${shortName(q.name)}\``, dimension: annotation.dimension, unit: annotation, because },
        context,
      ),
    );
  }
  if (inherited !== null && isDimension(inherited.sort)) {
    const was = { ...inherited, name: shortName(q.name), dimension: inherited.sort };
    if (annotation === null) value = value?.each((v) => expectSame(v, was, context)) ?? null;
    else
      expectSame(
        sized(q.unit?.span ?? q.origin, annotation.dimension, { kind: "number", value: NaN }, 1, annotation),
        was,
        context,
      );
    sort = inherited.sort;
  } else if (sort === "zero") {
    sort = settled ?? (q.role === "state" || q.role === "input" ? "zero" : DIMENSIONLESS);
  }
  if (settled !== null && settled !== "unknown" && annotation === null) sort = settled;
  if (isDimension(sort)) value = value?.settle(sort) ?? null;
  if (q.role === "state" && q.value === null && context.model.name !== "") {
    const example =
      !isDimension(sort) || isDimensionless(sort)
        ? "0"
        : equal(sort, VOLTAGE)
          ? exampleLiteral(sort)
          : `0 ${(annotation ?? canonicalUnit(sort)).text}`;
    say(
      noInitialValue(q.origin, {
        name: shortName(q.name),
        example,
        at: sort === "zero" ? null : (q.unit?.span ?? q.origin),
      }),
    );
  }
  const dimension = isDimension(sort) ? sort : DIMENSIONLESS;
  const unit = annotation ?? literalUnit(value, dimension) ?? inherited?.unit ?? canonicalUnit(dimension);
  const quantity: CheckedQuantity = {
    role: q.role,
    single: q.single,
    name: q.name,
    dimension,
    unit,
    indices,
    value: value?.checked ?? null,
    doc: q.doc,
    origin: q.origin,
    declaredIn: q.declaredIn,
  };
  return { quantity, sort, bare: bareNumber(q.value) };
}

interface Declared {
  readonly sort: Sort;
  readonly unit: Unit | undefined;
  readonly span: Span;
  readonly owner: string;
}

/** What a declaration that has been replaced says of its dimension; its own mistakes are told where it is not replaced. */
function declaredSort(q: ResolvedQuantity, indices: readonly IndexRange[], context: Context): Declared {
  const quiet: Context = { ...context, say: SILENT };
  const annotation = q.unit === null ? null : readUnit(q.unit, SILENT);
  if (annotation !== null) return { sort: annotation.dimension, unit: annotation, span: q.origin, owner: q.declaredIn };
  const value = q.value === null ? null : measureValue(q.value, { ...q, indices }, quiet);
  const own = {
    sort: value?.sort ?? ("unknown" as const),
    unit: value === null ? undefined : (literalUnit(value, isDimension(value.sort) ? value.sort : null) ?? undefined),
    span: q.origin,
    owner: q.declaredIn,
  };
  if (q.replaces === null || (isDimension(own.sort) && !(own.sort === DIMENSIONLESS))) return own;
  const earlier = declaredSort(q.replaces, indices, context);
  return isDimension(earlier.sort) ? earlier : own;
}

function literalUnit(value: MeasuredValue | null, dimension: Dimension | null): Unit | null {
  const unit = value?.literalUnit ?? null;
  return unit !== null && dimension !== null && unit.dimension.key === dimension.key ? unit : null;
}

/** What is set to a bare number where all that reads it wants one other dimension, and the other way round. */
interface WrongNumber {
  readonly quantity: ResolvedQuantity;
  readonly dimension: Dimension;
  /** The state that begins at it; the quantity itself where that is a state or a weight. */
  readonly state: ResolvedQuantity;
}

function wrongNumbers(
  own: ResolvedModel,
  model: ResolvedModel,
  table: ModelTable,
  reads: () => ReadonlyMap<string, readonly Read[]>,
  base: Base,
): WrongNumber[] {
  const quantities = new Map(table.quantities);
  const context = silently(table, quantities, base);
  return [...own.quantities.values()].flatMap((state): WrongNumber[] => {
    if (!mayBeWrong(state, table)) return [];
    const root = rootOf(state, model);
    if (root === null) return [];
    const wanted = wantedOf(state, root, reads(), quantities, context);
    const [first, ...more] = wanted;
    const sort = table.quantities.get(state.name)?.sort;
    if (
      first === undefined ||
      sort === undefined ||
      !isDimension(sort) ||
      equal(first, sort) ||
      more.some((d) => !equal(d, first))
    )
      return [];
    // A number that has a unit was meant with it, unless several places say otherwise.
    const isBare = isDimensionless(sort);
    if (
      !isBare &&
      (model.damaged || !isDimensionless(first) || wanted.length < 2 || root !== state || state.role === "weight")
    )
      return [];
    return isBare || root.value !== null ? [{ quantity: root, dimension: first, state }] : [];
  });
}

function mayBeWrong(q: ResolvedQuantity, table: ModelTable): boolean {
  return (
    (q.role === "state" || q.role === "weight") &&
    q.unit === null &&
    q.replaces === null &&
    isDimension(table.quantities.get(q.name)?.sort ?? "unknown")
  );
}

/** What the places want that read a state, where its number says nothing; `quantities` are those of the table, to be changed meanwhile. */
function wantedOf(
  state: ResolvedQuantity,
  root: ResolvedQuantity,
  reads: ReadonlyMap<string, readonly Read[]>,
  quantities: Map<string, Known>,
  context: Context,
): Dimension[] {
  const known = [...new Set([state.name, root.name])].map(
    (name) => [name, present(quantities.get(name), name)] as const,
  );
  // What is asked about is unknown meanwhile.
  for (const [name, own] of known) quantities.set(name, { ...own, sort: "unknown" });
  const wanted = fromReads(state.name, reads, context);
  for (const [name, own] of known) quantities.set(name, own);
  return wanted;
}

function silently(table: ModelTable, quantities: ReadonlyMap<string, Known>, base: Base): Context {
  return contextOf({ ...base, say: SILENT, place: PLACES.equation, model: { ...table, quantities }, setup: new Map() });
}

/** The literal that a state begins at: its own, or that of the one parameter it begins at. A weight may have none. */
function rootOf(state: ResolvedQuantity, model: ResolvedModel): ResolvedQuantity | null {
  const { value } = state;
  if (value === null) return state.role === "weight" ? state : null;
  if (literalOf(value) !== null) return state;
  const named = value.kind === "quantity" && value.indices.length === 0 ? model.quantities.get(value.name) : undefined;
  return named !== undefined &&
    (named.role === "param" || named.role === "const") &&
    named.unit === null &&
    named.replaces === null &&
    bareNumber(named.value) !== null
    ? named
    : null;
}

function literalOf(value: ResolvedExpr): Extract<ResolvedExpr, { kind: "number" }> | null {
  const inner = value.kind === "negate" ? value.operand : value;
  return inner.kind === "number" ? inner : null;
}

function sayWrongNumber({ quantity, dimension, state }: WrongNumber, say: Say): void {
  const { value, origin, role } = quantity;
  const literal = value === null ? null : literalOf(value);
  const unit =
    (literal === null || value === null ? null : unitOfSI(textOf(value.span), dimension)) ??
    canonicalUnit(dimension).text;
  const written = literal?.unit == null ? null : literal.unit.span;
  const text =
    value === null
      ? null
      : written === null
        ? textOf(value.span)
        : textOf({ ...value.span, end: written.start }).trimEnd();
  const at =
    value === null
      ? { ...origin, start: origin.end }
      : written === null
        ? { ...value.span, start: value.span.end }
        : { ...value.span, start: value.span.start + (text ?? "").length };
  const facts = {
    name: shortName(state.name),
    role,
    words: wordsOf(dimension),
    from: quantity === state ? null : shortName(quantity.name),
    has: written === null ? null : textOf(value?.span ?? origin),
  };
  say(forgottenUnit(value?.span ?? origin, { ...facts, text, unit: isDimensionless(dimension) ? "" : unit, at }));
}

function undetermined(model: ResolvedModel, table: ModelTable): ResolvedQuantity[] {
  return [...model.quantities.values()].filter((q) => table.quantities.get(q.name)?.sort === "zero");
}

interface Use {
  readonly target: ResolvedTarget;
  readonly value: ResolvedExpr;
  readonly isRate: boolean;
}

/** By the name of what is written to: equations first, then contributions, then assignments. */
function usesOf(model: ResolvedModel): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  const add = (target: ResolvedTarget, value: ResolvedExpr, isRate: boolean): void => {
    if (target.end !== null) return;
    const known = uses.get(target.name);
    if (known === undefined) uses.set(target.name, [{ target, value, isRate }]);
    else known.push({ target, value, isRate });
  };
  for (const e of model.equations) add(e.target, e.value, true);
  for (const c of model.contributions) add(c.target, c.value, false);
  for (const block of [...(model.reset === null ? [] : [model.reset]), ...model.events, ...model.arrivals])
    for (const a of block.assignments)
      for (const value of a.drawn ? drawnOf(a.value) : [a.value]) add(a.target, value, false);
  return uses;
}

/** What has the dimension of what is drawn. */
function drawnOf(value: ResolvedExpr): readonly ResolvedExpr[] {
  if (value.kind !== "call" || value.callee.kind !== "draw") return [];
  if (distributionOf(value.callee.name).counts)
    return [{ kind: "number", text: "1", unit: null, hidden: [], span: value.span }];
  return value.arguments.map((a) => a.value);
}

/** An expression that a quantity is read in, and what it is given to, where it is. */
interface Read {
  readonly value: ResolvedExpr;
  readonly target: ResolvedTarget | null;
  readonly isRate: boolean;
}

/** By the names that are read. */
function readingsOf(model: ResolvedModel, base: Base): ReadonlyMap<string, readonly Read[]> {
  const reads = new Map<string, Read[]>();
  const add = (value: ResolvedExpr | null, target: ResolvedTarget | null = null, isRate = false): void => {
    if (value === null) return;
    for (const name of mentionsOf(value, base.tables).quantities) {
      const known = reads.get(name);
      if (known === undefined) reads.set(name, [{ value, target, isRate }]);
      else known.push({ value, target, isRate });
    }
  };
  for (const e of model.equations) add(e.value, e.target.end === null ? e.target : null, true);
  for (const c of model.contributions) add(c.value, c.target.end === null ? c.target : null);
  for (const block of [...(model.reset === null ? [] : [model.reset]), ...model.events, ...model.arrivals])
    for (const a of block.assignments) add(a.value, a.target.end === null ? a.target : null);
  for (const e of model.events) for (const part of partsOfWhen(e)) add(part);
  add(model.spike?.value ?? null);
  add(model.refractory?.duration ?? null);
  for (const q of model.quantities.values()) if (q.role === "let") add(q.value);
  return reads;
}

/** What equations (times the time), contributions and assignments say, then what the quantity is added to, compared with or multiplied by; what is itself open fits everything there. */
function dimensionsFromUses(
  open: readonly ResolvedQuantity[],
  uses: ReadonlyMap<string, readonly Use[]>,
  reads: ReadonlyMap<string, readonly Read[]>,
  table: ModelTable,
  base: Base,
): readonly (readonly [string, Dimension])[] {
  const quantities = new Map(table.quantities);
  for (const { name } of open) quantities.set(name, { ...present(quantities.get(name), name), sort: "unknown" });
  const context = silently(table, quantities, base);
  const fromWritten = (q: ResolvedQuantity): Dimension | null => {
    for (const { target, value, isRate } of uses.get(q.name) ?? []) {
      const read = readTarget(target, context, true);
      if (read === null) continue;
      const inside = binding(context, read.binds);
      // What it is added to, `V - u`, says it even where the time constant was forgotten.
      const { sort } = measure(value, inside);
      const found =
        (isRate ? solveFor(q.name, value, null, inside) : null) ??
        (isDimension(sort) ? (isRate ? multiply(sort, TIME) : sort) : null);
      if (found !== null) return found;
    }
    return null;
  };
  const found = open.flatMap((q) => {
    const dimension = fromWritten(q);
    return dimension === null ? [] : [[q.name, dimension] as const];
  });
  // What is written to a quantity says it best: what it is read for is asked only where nothing else is left.
  if (found.length > 0) return found;
  return open.flatMap((q) => {
    const [dimension] = fromReads(q.name, reads, context);
    return dimension === undefined ? [] : [[q.name, dimension] as const];
  });
}

/** What is said of a quantity where it is read, each time it is. */
function fromReads(name: string, reads: ReadonlyMap<string, readonly Read[]>, context: Context): Dimension[] {
  return (reads.get(name) ?? []).flatMap(({ value, target, isRate }) => {
    const read = target === null ? null : readTarget(target, context, true);
    const sort = read?.known.sort;
    const expected = sort === undefined || !isDimension(sort) ? null : isRate ? rateOf(sort) : sort;
    const dimension = solveFor(name, value, expected, read === null ? context : binding(context, read.binds));
    return dimension === null ? [] : [dimension];
  });
}

/** Of `x' = …`. */
export function rateOf(dimension: Dimension): Dimension {
  return divide(dimension, TIME);
}

function sayCycles(
  cycles: readonly (readonly string[])[],
  quantities: ReadonlyMap<string, ResolvedQuantity>,
  say: Say,
): void {
  for (const names of cycles) {
    const members = names.map((n) => present(quantities.get(n), n));
    const [first] = members;
    if (first === undefined) continue;
    say(
      cycle(first.origin, {
        names: [...names],
        what: first.role === "param" ? "parameter" : first.role === "const" ? "constant" : first.role,
        others: members.slice(1).map((m) => ({ name: m.name, at: m.origin })),
      }),
    );
  }
}

function bareNumber(value: ResolvedExpr | null): Known["bare"] {
  const inner = value?.kind === "negate" ? value.operand : value;
  return value !== null && inner?.kind === "number" && inner.unit === null
    ? { text: textOf(value.span), span: value.span }
    : null;
}
