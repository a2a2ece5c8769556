// Equations, contributions and assignments, of neurons and of synapses: what is written to, and that the right side fits it.
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { notAnInput, notAState } from "../diagnostics/model.ts";
import { mismatchedTerms } from "../diagnostics/units.ts";
import { textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { ROLE_NAMES } from "../2-resolve/resolved.ts";
import type {
  ResolvedAssignment,
  ResolvedBlock,
  ResolvedContribution,
  ResolvedEquation,
  ResolvedExpr,
  ResolvedTarget,
} from "../2-resolve/resolved.ts";
import type {
  CheckedAssignment,
  CheckedContribution,
  CheckedEquation,
  CheckedExpr,
  CheckedTarget,
  IndexRange,
} from "./checked.ts";
import { binding } from "./context.ts";
import type { Context, NoiseCount, Place } from "./context.ts";
import { atElement, elementsOf } from "./elements.ts";
import { measureDraw } from "./draws.ts";
import { defaults } from "./evaluate.ts";
import { drawn, measureLocal } from "./eventDraws.ts";
import { expectDimension, expectRate } from "./expect.ts";
import { measure } from "./measure.ts";
import { nameOf, readTarget, shortName } from "./measureReference.ts";
import type { ReadTarget } from "./measureReference.ts";
import { rateOf } from "./quantities.ts";
import { isDimension, unknown } from "./sized.ts";
import type { Sized } from "./sized.ts";
import { saysUnitsOfTerms } from "./unitsOfTerms.ts";

/** A context of its own for each statement: noise is called after what it drives. */
export type InPlace = (place: Place, noise?: NoiseCount) => Context;

export function checkEquations(nodes: readonly ResolvedEquation[], place: Place, inPlace: InPlace): CheckedEquation[] {
  const checked = nodes.flatMap((e): LevelledEquation[] => {
    const context = inPlace(place, { name: targetName(e.target), count: 0 });
    const read = readState(e.target, "equation", context);
    const here = read === null ? loosely(e.target, context) : binding(context, read.binds);
    const told: Diagnostic[] = [];
    const measured = measure(e.value, { ...here, say: (d) => told.push(d) });
    const needed = read !== null && isDimension(read.known.sort) ? rateOf(read.known.sort) : null;
    const isTold =
      needed !== null && told.some((d) => d.code === mismatchedTerms.code) && saysUnitsOfTerms(e.value, needed, here);
    if (!isTold) for (const d of told) context.say(d);
    if (read === null) return [];
    const value = isTold ? unknown(e.value.span) : measured;
    const rate =
      needed === null
        ? value
        : expectRate(value, { name: nameOf(read.target), dimension: needed, at: e.target.span }, context);
    return [{ target: read.target, value: rate.expr, origin: e.span, level: e.level, binds: read.binds }];
  });
  return checked.flatMap((e) =>
    withoutReplaced(
      e,
      checked.filter((other) => other.level > e.level && other.target.quantity === e.target.quantity),
    ),
  );
}

interface LevelledEquation extends CheckedEquation {
  readonly level: number;
  readonly binds: readonly IndexRange[];
}

/** A parent's equation, for the elements that its children give no other. */
function withoutReplaced(
  { target, value, origin, binds }: LevelledEquation,
  later: readonly LevelledEquation[],
): CheckedEquation[] {
  const known =
    (of: readonly IndexRange[]) =>
    (name: string): IndexRange | null =>
      of.find((r) => r.name === name) ?? null;
  const replaced = later.flatMap((e) => elementsOf(e.target, known(e.binds)));
  if (replaced.length === 0) return [{ target, value, origin }];
  const left = elementsOf(target, known(binds)).filter(
    (e) => !replaced.some((r) => r.positions.every((p, k) => p === e.positions[k])),
  );
  return left.map((e) => ({
    target: { ...target, indices: e.positions.map((p) => ({ kind: "position", value: p })) },
    value: atElement(value, e.bound),
    origin,
  }));
}

export function checkContributions(
  nodes: readonly ResolvedContribution[],
  place: Place,
  inPlace: InPlace,
): CheckedContribution[] {
  const counts = new NoiseCounts();
  const checked = new Map(
    inNoiseOrder(nodes).map((c) => [c, checkContribution(c, inPlace(place, counts.of(c.target)))]),
  );
  return nodes.flatMap((c) => checked.get(c) ?? []);
}

/** What drives all elements of an input is counted before what drives some of them. */
function inNoiseOrder(nodes: readonly ResolvedContribution[]): ResolvedContribution[] {
  const inOrder = [...nodes].sort((a, b) => a.noiseOrder - b.noiseOrder);
  return [...inOrder.filter((c) => isWhole(c.target)), ...inOrder.filter((c) => !isWhole(c.target))];
}

/** Each white noise of an input has a number of its own, whichever contribution it stands in, and whichever elements that drives. */
class NoiseCounts {
  readonly #counts = new Map<string, NoiseCount>();

  of(target: ResolvedTarget): NoiseCount {
    const name = targetName(target);
    const count = this.#counts.get(name) ?? {
      name,
      count: isWhole(target) ? 0 : (this.#counts.get(target.name)?.count ?? 0),
    };
    this.#counts.set(name, count);
    return count;
  }
}

function checkContribution(c: ResolvedContribution, context: Context): CheckedContribution[] {
  const read = readTarget(c.target, context, false);
  const value = measure(c.value, read === null ? loosely(c.target, context) : binding(context, read.binds));
  if (read === null) return [];
  const { quantity, end } = read.target;
  if (quantity.role !== "input") {
    const neuron = end === null ? null : (context.ends[end]?.table.name ?? null);
    const facts = {
      name: spelled(read.target),
      role: ROLE_NAMES[quantity.role],
      act: "contribution" as const,
      declared: quantity.origin,
    };
    context.say(notAnInput(c.target.span, { ...facts, neuron, inSynapse: context.place.synapse }));
    return [];
  }
  return [{ target: read.target, value: fitting(value, read, context), origin: c.span }];
}

/** What is assigned, the names of the block written out where they are read. */
export function checkBlock(block: ResolvedBlock, place: Place, inPlace: InPlace): CheckedAssignment[] {
  const locals: Context["locals"] = new Map();
  const context: Context = { ...inPlace(place), locals };
  for (const local of block.locals) measureLocal(local, context);
  const named = block.locals.map((local) => local.value.span);
  return block.assignments.flatMap((a) => {
    const here: Context = { ...inPlace(place), locals };
    const read = readState(a.target, "assignment", here);
    const inside = read === null ? loosely(a.target, here) : binding(here, read.binds);
    if (a.drawn) {
      const value = read === null ? null : drawnState(a, read, inside);
      return read === null || value === null ? [] : [{ target: read.target, value: value.expr, named, origin: a.span }];
    }
    const value = measure(a.value, inside);
    return read === null ? [] : [{ target: read.target, value: fitting(value, read, here), named, origin: a.span }];
  });
}

function drawnState(
  { value }: ResolvedAssignment,
  { target, known, binds }: ReadTarget,
  context: Context,
): Sized | null {
  const name = targetOf(target);
  const wanted = { name: nameOf(target), sort: known.sort, unit: known.quantity.unit, inEvent: true };
  const draw = measureDraw(value, wanted, defaults(), context);
  return draw === null
    ? null
    : drawn(
        draw,
        { name, of: binds.length > 0 ? "elements" : "state" },
        { sort: known.sort, unit: known.quantity.unit },
      );
}

/** A state by which its draws are called: `Θ`, `I[1]`, `post.V`. */
function targetOf({ quantity, indices, end }: CheckedTarget): string {
  const positions = indices.flatMap((i) => (i.kind === "position" ? [i.value] : []));
  const brackets =
    positions.length === 0 ? "" : `[${indices.map((i) => (i.kind === "position" ? i.value : i.name)).join(",")}]`;
  return `${end === null ? "" : `${end}.`}${quantity.name}${brackets}`;
}

/** A state to write to, or the weight of a connection; null after telling what is wrong. */
export function readState(
  target: ResolvedTarget,
  act: "equation" | "assignment" | "hold",
  context: Context,
  wholes = false,
): ReadTarget | null {
  const read = readTarget(target, context, wholes);
  if (read === null) return null;
  const { quantity, end } = read.target;
  if (quantity.role === "state" || (quantity.role === "weight" && act === "assignment")) return read;
  // What it was meant to be was not understood, and told.
  if (quantity.role === "let" && read.known.sort === "unknown") return null;
  const neuron = end === null ? null : (context.ends[end]?.table.name ?? null);
  context.say(
    notAState(target.span, {
      name: spelled(read.target),
      role: ROLE_NAMES[quantity.role],
      act,
      declared: quantity.origin,
      turned: act === "assignment" && end === null ? turned(target.span, context) : null,
      neuron,
      inSynapse: context.place.synapse,
    }),
  );
  return null;
}

/** `E_L <- V`: the state that stands on the wrong side. */
function turned(target: Span, context: Context): { readonly state: string; readonly at: Span } | null {
  const { source, start, end } = target;
  const [, arrow = "", name = ""] =
    /^(\s*<-\s*)([\p{L}_][\p{L}\p{N}_]*)\s*(?:[;}\r\n]|$)/u.exec(source.text.slice(end, end + 80)) ?? [];
  if (context.model.quantities.get(name)?.quantity.role !== "state") return null;
  return { state: name, at: { source, start, end: end + arrow.length + name.length } };
}

function spelled({ quantity, end }: CheckedTarget): string {
  return end === null ? shortName(quantity.name) : `${end}.${quantity.name}`;
}

function fitting(value: Sized, read: ReadTarget, context: Context): CheckedExpr {
  const { sort, quantity } = { sort: read.known.sort, quantity: read.known.quantity };
  if (!isDimension(sort)) return value.expr;
  return expectDimension(
    value,
    { what: `\`${nameOf(read.target)}\``, dimension: sort, unit: quantity.unit, because: null },
    context,
  ).expr;
}

/** Where the target is not understood, its indices still have values: what is right of it is looked at all the same. */
function loosely(target: ResolvedTarget, context: Context): Context {
  const named = target.indices.flatMap((i) =>
    i.kind === "index" ? (context.model.indices.get(i.name)?.range ?? []) : [],
  );
  const own = target.end === null ? (context.model.quantities.get(target.name)?.quantity.indices ?? []) : [];
  return binding(context, [...named, ...own.filter((i) => i.name !== "")]);
}

/** After which anonymous noise is called: `I`, and `I[1]` for the equation of one element. */
function targetName(target: ResolvedTarget): string {
  const positions = target.indices.map((i: ResolvedExpr) => (i.kind === "index" ? shortName(i.name) : textOf(i.span)));
  return isWhole(target) ? target.name : `${target.name}[${positions.join(",")}]`;
}

function isWhole(target: ResolvedTarget): boolean {
  return target.indices.every((i) => i.kind === "index");
}
