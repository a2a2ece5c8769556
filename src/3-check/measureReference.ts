// References: quantities with their indices, the values of indices, and the constants of a file.
import { inOrder, mentionsOf } from "./order.ts";
import { present } from "../base/invariant.ts";
import { nearNames } from "../base/nearNames.ts";
import { textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { badPosition, indexNeeded, outOfRange, unboundIndex, wrongIndexCount } from "../diagnostics/indices.ts";
import { missingAtEnd } from "../diagnostics/network.ts";
import { DIMENSIONLESS } from "../quantities/dimension.ts";
import type { ResolvedExpr, ResolvedTarget } from "../2-resolve/resolved.ts";
import type { CheckedIndex, CheckedQuantity, CheckedTarget, End, IndexRange } from "./checked.ts";
import { contextOf, NO_MODEL, PLACES } from "./context.ts";
import type { Context, Known, ModelTable } from "./context.ts";
import { defaults, evaluateNumber } from "./evaluate.ts";
import { checkAgainstUnit } from "./expect.ts";
import { sized, unknown } from "./sized.ts";
import type { Sized } from "./sized.ts";

export function measureReference(expr: Extract<ResolvedExpr, { kind: "quantity" }>, context: Context): Sized {
  const known = context.model.quantities.get(expr.name);
  if (known === undefined) return unknown(expr.span);
  const { quantity } = known;
  const indices =
    expr.indices.length === 0 && quantity.indices.length > 0
      ? implicitIndices(expr.span, known, context)
      : readIndices(expr.indices, quantity, expr.span, context);
  if (indices === null) return unknown(expr.span);
  return sized(expr.span, known.sort, { kind: "quantity", quantity, indices }, 1, quantity.unit);
}

/** `pre.V`: unknown without a word where a synapse is looked at by itself. */
export function measureEnd(expr: Extract<ResolvedExpr, { kind: "end" }>, context: Context): Sized {
  const found = quantityAtEnd(expr.end, expr.name, expr.span, context);
  if (found === null) return unknown(expr.span);
  const { quantity, sort } = found;
  const indices =
    expr.indices.length === 0 && quantity.indices.length > 0
      ? implicitIndices(expr.span, found, context, expr.end)
      : readIndices(expr.indices, quantity, expr.span, context, expr.end);
  if (indices === null) return unknown(expr.span);
  return sized(expr.span, sort, { kind: "end", end: expr.end, quantity, indices }, 1, quantity.unit);
}

/** What else can be contributed to. */
function onlyInput({ quantities }: ModelTable): { readonly name: string; readonly unit: string } | null {
  const [only, ...more] = [...quantities.values()].filter(({ quantity }) => quantity.role === "input");
  return only === undefined || more.length > 0 ? null : { name: only.quantity.name, unit: only.quantity.unit.text };
}

/** Null where the neuron is not known, or after telling that it has nothing of that name. */
export function quantityAtEnd(end: End, name: string, at: Span, context: Context): Known | null {
  const model = context.ends[end];
  if (model === null) return null;
  const known = model.table.quantities.get(name);
  if (known !== undefined) return known;
  if (model.damaged) return null;
  const written = `${end}.${name}`;
  const text = textOf(at);
  const numbered = context.place === PLACES.rule || context.place === PLACES.setting || context.place === PLACES.delay;
  const isOwn = context.place.synapse && context.model.quantities.has(name);
  const nameAt = text.startsWith(written)
    ? { ...at, start: at.start + (isOwn ? 0 : end.length + 1), end: at.start + written.length }
    : null;
  context.say(
    missingAtEnd(at, {
      name,
      neuron: model.table.name,
      isSource: model.isSource,
      isOwn,
      near: isOwn ? [name] : nearAtEnd(name, [...model.table.quantities.keys()]),
      input: /^\s*\+=/u.test(at.source.text.slice(at.end, at.end + 40)) ? onlyInput(model.table) : null,
      at: nameAt,
      number:
        numbered && (name === "i" || name === "j") && text === written
          ? { name: end === "pre" ? "i" : "j", at }
          : undefined,
    }),
  );
  return null;
}

/** Other models spell things out more or less: `g_exc` may be their `g_e`. */
function nearAtEnd(name: string, candidates: readonly string[]): string[] {
  const near = nearNames(name, candidates);
  const longer = candidates.filter(
    (c) => Math.min(c.length, name.length) > 2 && (name.startsWith(c) || c.startsWith(name)),
  );
  return [...new Set([...near, ...longer])].slice(0, 3);
}

/** Inside `sum(…)` a name without its indices is added up over all of them. */
function implicitIndices(at: Span, known: Known, context: Context, end: End | null = null): CheckedIndex[] | null {
  const { quantity } = known;
  const { sum } = context;
  if (sum === null) {
    const names = quantity.indices.map((i) => shortName(i.name));
    if (quantity.indices.every((i) => i.name !== ""))
      context.say(
        indexNeeded(at, {
          name: spelled(quantity, end),
          indices: names,
          first: quantity.indices[0]?.from ?? 1,
          reading: true,
          foreign: end !== null,
        }),
      );
    return null;
  }
  return quantity.indices.map((range) => {
    // An index that already has a value outside keeps it there: the sum runs over one of its own.
    // The indices of another model are others, whatever they are called.
    const own = end === null ? range.name : `${end}.${range.name}`;
    const name = context.bound.has(own) ? `${own}#` : own;
    sum.over.set(name, { ...range, name });
    sum.models.add(end ?? "own");
    return { kind: "index", name };
  });
}

/** Null after telling what is wrong. */
function readIndices(
  given: readonly ResolvedExpr[],
  quantity: CheckedQuantity,
  at: Span,
  context: Context,
  end: End | null = null,
): CheckedIndex[] | null {
  const wanted = quantity.indices;
  if (given.length !== wanted.length) {
    context.say(
      wrongIndexCount(at, {
        name: spelled(quantity, end),
        wanted: wanted.map((w) => shortName(w.name)),
        given: given.length,
        declared: quantity.origin,
      }),
    );
    return null;
  }
  const read = given.map((g, k) => readIndex(g, wanted[k] as IndexRange, quantity, context, end));
  return read.every((r) => r !== null) ? read : null;
}

function readIndex(
  given: ResolvedExpr,
  wanted: IndexRange,
  quantity: CheckedQuantity,
  context: Context,
  end: End | null,
): CheckedIndex | null {
  // A range that is not known has been told.
  if (given.kind === "missing" || wanted.name === "") return null;
  if (given.kind === "index") {
    const range = useIndex(given.name, given.span, context);
    if (range === null) return null;
    if (range.from < wanted.from || range.to > wanted.to) {
      const beyond = range.from < wanted.from ? range.from : range.to;
      context.say(
        outOfRange(given.span, {
          name: shortName(wanted.name),
          value: String(beyond),
          from: wanted.from,
          to: wanted.to,
          declared: declaredRange(wanted, end, context),
        }),
      );
      return null;
    }
    return { kind: "index", name: range.name };
  }
  return readPosition(given, wanted, quantity, context, end);
}

function declaredRange(wanted: IndexRange, end: End | null, context: Context): Span | null {
  const indices = end === null ? context.model.indices : context.ends[end]?.table.indices;
  return indices?.get(wanted.name)?.index.span ?? null;
}

/** A whole number, or a constant that is one. */
export function readPosition(
  given: ResolvedExpr,
  wanted: IndexRange,
  quantity: CheckedQuantity,
  context: Context,
  end: End | null = null,
): CheckedIndex | null {
  const measured = context.library.measure(given, context);
  if (measured.sort === "unknown") return null;
  const value = evaluateNumber(measured.expr, defaults(new Map(), new Set(["const"])));
  if (value === null || !Number.isInteger(value)) {
    context.say(badPosition(given.span, { name: spelled(quantity, end) }));
    return null;
  }
  if (value < wanted.from || value > wanted.to) {
    context.say(
      outOfRange(given.span, {
        name: shortName(wanted.name),
        value: textOf(given.span),
        from: wanted.from,
        to: wanted.to,
        declared: declaredRange(wanted, end, context),
      }),
    );
    return null;
  }
  return { kind: "position", value };
}

/** The range of an index that has a value here, or gets one by being added up over. */
function useIndex(name: string, at: Span, context: Context): IndexRange | null {
  const bound = context.bound.get(name);
  if (bound !== undefined) return bound;
  const known = context.model.indices.get(name);
  if (known == null) return null;
  if (context.sum === null) {
    context.say(unboundIndex(at, { name: shortName(name) }));
    return null;
  }
  context.sum.over.set(name, known.range);
  context.sum.models.add("own");
  return known.range;
}

/** `j` in an expression: its number. */
export function valueOfIndex(name: string, at: Span, context: Context): Sized {
  const range = useIndex(name, at, context);
  return range === null ? unknown(at) : sized(at, DIMENSIONLESS, { kind: "index", name: range.name }, 1);
}

export interface ReadTarget {
  readonly known: Known;
  readonly target: CheckedTarget;
  /** Indices that the target gives a value to. */
  readonly binds: readonly IndexRange[];
}

/** What is written to. `wholes`: a name without its indices means all its values. Null where that is unknown, which has been told. */
export function readTarget(node: ResolvedTarget, context: Context, wholes: boolean): ReadTarget | null {
  const known =
    node.name === ""
      ? undefined
      : node.end === null
        ? context.model.quantities.get(node.name)
        : quantityAtEnd(node.end, node.name, node.span, context);
  if (known == null) return null;
  const { quantity } = known;
  const complete = quantity.indices.every((i) => i.name !== "");
  if (node.indices.length === 0 && quantity.indices.length > 0) {
    if (!complete) return null;
    if (wholes)
      return {
        known,
        target: { quantity, indices: quantity.indices.map((i) => ({ kind: "index", name: i.name })), end: node.end },
        binds: quantity.indices,
      };
    const names = quantity.indices.map((i) => shortName(i.name));
    context.say(
      indexNeeded(node.span, {
        name: spelled(quantity, node.end),
        indices: names,
        first: quantity.indices[0]?.from ?? 1,
        reading: false,
        foreign: node.end !== null,
      }),
    );
    return null;
  }
  const binds: IndexRange[] = [];
  for (const index of node.indices) {
    const range = index.kind === "index" ? context.model.indices.get(index.name)?.range : undefined;
    if (range !== undefined) binds.push(range);
  }
  const inside: Context = { ...context, bound: new Map(binds.map((b) => [b.name, b])) };
  const indices = readIndices(node.indices, quantity, node.span, inside, node.end);
  return indices === null ? null : { known, target: { quantity, indices, end: node.end }, binds };
}

/** A constant of a file stands for its value wherever it is used. */
export function fileConstant(key: string, context: Context): Sized {
  const known = context.library.constants;
  const { constants } = context.tables;
  const reads = (k: string): string[] =>
    known.has(k) ? [] : [...mentionsOf(constants.get(k)?.value ?? null, context.tables).constants];
  // What it is made of comes first, so that a long chain of constants is no deep recursion.
  if (!known.has(key)) for (const k of inOrder(withAll(key, reads), reads).sequence) measured(k, context);
  return present(known.get(key), key);
}

/** A name with all that it depends on, itself first. */
function withAll(name: string, reads: (name: string) => readonly string[]): Set<string> {
  const all = new Set([name]);
  for (const next of all) for (const other of reads(next)) all.add(other);
  return all;
}

function measured(key: string, context: Context): Sized {
  const constant = present(context.tables.constants.get(key), key);
  const known = context.library.constants;
  const done = known.get(key);
  if (done !== undefined) return done;
  const inner = contextOf({
    say: context.say,
    place: PLACES.const,
    model: NO_MODEL,
    setup: new Map(),
    tables: context.tables,
    library: context.library,
  });
  const value =
    constant.value === null
      ? unknown(constant.origin)
      : checkAgainstUnit(
          context.library.measure(constant.value, inner),
          constant.unit,
          `the value of \`${constant.name}\``,
          inner,
        );
  known.set(key, value);
  return value;
}

/** As an expression names it: `post.V`. */
function spelled(quantity: CheckedQuantity, end: End | null): string {
  return end === null ? quantity.name : `${end}.${quantity.name}`;
}

/** Inside its own mechanism `Na.j` is called `j`. */
export function shortName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1).replace(/#$/, "");
}

/** `I[j]`, `post.V`, as people write it. */
export function nameOf({ quantity, indices, end }: CheckedTarget): string {
  const brackets =
    indices.length === 0
      ? ""
      : `[${indices.map((i) => (i.kind === "index" ? shortName(i.name) : String(i.value))).join(", ")}]`;
  return `${end === null ? "" : `${end}.`}${quantity.name}${brackets}`;
}
