// Checked expressions as glif text again: what an item shows before and after, numbers in their units.
import { shapeOf } from "../../stimuli/shapes.ts";
import { Level } from "../../algebra/print.ts";
import { drawCall } from "../../runtime/distributions.ts";
import { assertNever } from "../../base/invariant.ts";
import { textOf } from "../../base/source.ts";
import { DIMENSIONLESS, type Dimension } from "../../quantities/dimension.ts";
import { canonicalUnit, inUnit, type Unit } from "../../quantities/unit.ts";
import type {
  CheckedDraw,
  CheckedExpr,
  CheckedIndex,
  CheckedQuantity,
  CheckedStimulus,
  CheckedTarget,
  CheckedValue,
} from "../../3-check/checked.ts";

export interface Writing {
  /** Which element of an index is meant; without it indices keep their names. */
  readonly bound?: ReadonlyMap<string, number>;
  /** Lets written out, all or these: where two texts would not say what differs. */
  readonly lets?: boolean | ReadonlySet<string>;
  /** Takes down what each let that keeps its name stands for. */
  readonly meanings?: Map<string, string>;
  /** Indices that a `sum` around runs over: it does not name them. */
  readonly summed?: ReadonlySet<string>;
}

/** `level` is one of the printer's; a number with a unit is a product, `5 mV`. */
interface Written {
  readonly text: string;
  readonly level: number;
}

/** Longest text shown; what is left out is `…`. Nothing in a report reads further. */
const LONGEST = 240;
/** Longest text written, so that what differs is found in it. */
const LONGEST_WRITTEN = 20_000;
/** What is shown before the place where two long texts part. */
const BEFORE = 80;

export function writeExpression(e: CheckedExpr, writing: Writing = {}): string {
  return shortened(written(e, writing).text);
}

/** A declaration's or setting's value: `58.7 pF`, `[0.003, 0.1] /ms`, `~ normal(1 nS, 0.2 nS, min: 0 nS)`. `unit`: that of bare numbers. */
export function writeValue(value: CheckedValue | CheckedDraw, unit: Unit, writing: Writing = {}): string {
  switch (value.kind) {
    case "draw":
      return writeDraw(value);
    case "expression":
      return value.expression.kind === "number"
        ? writeNumber(value.expression, unit)
        : writeExpression(value.expression, writing);
    case "elements": {
      const numbers = value.elements.flatMap((e) =>
        e.kind === "number" ? [e.value] : e.kind === "negate" && e.operand.kind === "number" ? [-e.operand.value] : [],
      );
      if (numbers.length === value.elements.length)
        return shortened(`[${numbers.map((n) => numberText(inUnit(n, unit))).join(", ")}]${unitSuffix(unit)}`);
      return shortened(`[${value.elements.map((e) => writeExpression(e, writing)).join(", ")}]`);
    }
  }
}

/** One element of it. */
export function writeElement(
  value: CheckedValue | CheckedDraw,
  flat: number,
  unit: Unit,
  writing: Writing = {},
): string {
  const element = value.kind === "elements" ? value.elements[flat] : undefined;
  if (element === undefined) return writeValue(value, unit, writing);
  return writeValue({ kind: "expression", expression: element }, unit, writing);
}

export function writeDraw(draw: CheckedDraw): string {
  return `~ ${drawCall(draw, (e) => writeExpression(e))}`;
}

export function writeTarget({ quantity, indices, end }: CheckedTarget): string {
  return `${end === null ? "" : `${end}.`}${quantity.name}${brackets(indices, {})}`;
}

/** A canonical value in a unit: `10 ms`, `0.5`. */
export function quantityText(canonical: number, unit: Unit, digits = 15): string {
  return `${numberText(inUnit(canonical, unit), digits)}${unitSuffix(unit)}`;
}

/** The short text of a number whose last digits are rounding: 0.1 + 0.2 is 0.3. */
export function numberText(value: number, digits = 15): string {
  const short = Number(value.toPrecision(digits));
  return String(Object.is(short, -0) ? 0 : short).replace("e+", "e");
}

/** `I[1..2]`: a quantity with all its elements. */
export function wholeName(q: Pick<CheckedQuantity, "name" | "indices">): string {
  return q.indices.length === 0
    ? q.name
    : `${q.name}[${q.indices.map((r) => (r.from === r.to ? String(r.from) : `${r.from}..${r.to}`)).join(", ")}]`;
}

function unitSuffix(unit: Unit): string {
  return unit.text === "1" ? "" : ` ${unit.text}`;
}

/** Both as far as they are read: of long ones the part where they differ. */
export function shortenedPair(a: string | null, b: string | null): readonly [string | null, string | null] {
  if (a === null || b === null) return [a === null ? null : cut(a, 0), b === null ? null : cut(b, 0)];
  if (a.length <= LONGEST && b.length <= LONGEST) return [a, b];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const from = same < LONGEST - BEFORE ? 0 : a.lastIndexOf(" ", same - BEFORE / 2) + 1;
  return [cut(a, from), cut(b, from)];
}

function cut(text: string, from: number): string {
  const start = from === 0 ? "" : "…";
  const room = LONGEST - start.length;
  return start + (text.length - from > room ? `${text.slice(from, from + room - 1)}…` : text.slice(from));
}

function shortened(text: string): string {
  return text.length > LONGEST_WRITTEN ? `${text.slice(0, LONGEST_WRITTEN - 1)}…` : text;
}

/** As it was typed, if it was typed as a number with its unit; else in the canonical one. */
function writeNumber(e: CheckedExpr & { readonly kind: "number" }, unit: Unit | null): string {
  const typed = textOf(e.origin).replace(/\s+/g, " ").trim();
  if (
    /^[-+]?[\d.]/.test(typed) &&
    typed.length < 40 &&
    !/[()]/.test(typed) &&
    (isPure(e.dimension) || /[^\d.eE+-]/.test(typed))
  )
    return typed;
  return quantityText(e.value, unit ?? canonicalUnit(e.dimension));
}

function isPure(dimension: Dimension): boolean {
  return dimension.key === DIMENSIONLESS.key;
}

function brackets(indices: readonly CheckedIndex[], { bound, summed }: Writing): string {
  if (indices.every((i) => i.kind === "index" && summed?.has(i.name) === true)) return "";
  return `[${indices.map((i) => (i.kind === "position" ? String(i.value) : String(bound?.get(i.name) ?? i.name))).join(",")}]`;
}

function written(e: CheckedExpr, w: Writing): Written {
  const part = (x: CheckedExpr, level: number): string => {
    const p = written(x, w);
    return p.level >= level ? p.text : `(${p.text})`;
  };
  const atom = (text: string): Written => ({ text, level: Level.atom });
  switch (e.kind) {
    case "number": {
      const text = writeNumber(e, null);
      return { text, level: text.startsWith("-") ? Level.negation : text.includes(" ") ? Level.product : Level.atom };
    }
    case "quantity": {
      const { quantity: q } = e;
      const isLet = q.role === "let" && q.value?.kind === "expression";
      const isWritten = w.lets === true || (typeof w.lets === "object" && w.lets.has(q.name));
      if (isLet && !isWritten && w.meanings !== undefined && !w.meanings.has(q.name)) {
        w.meanings.set(q.name, "");
        w.meanings.set(q.name, written(q.value.expression, { lets: true }).text);
      }
      if (isLet && isWritten) {
        const bound = new Map(
          q.indices.flatMap((range, k) => {
            const index = e.indices[k];
            const at =
              index?.kind === "position" ? index.value : index === undefined ? undefined : w.bound?.get(index.name);
            return at === undefined ? [] : [[range.name, at] as const];
          }),
        );
        return written(q.value.expression, { ...w, lets: true, bound });
      }
      return atom(q.name + brackets(e.indices, w));
    }
    case "end":
      return atom(`${e.end}.${e.quantity.name}${brackets(e.indices, w)}`);
    case "setup":
      return atom(e.quantity.name);
    case "index":
      return atom(String(w.bound?.get(e.name) ?? e.name));
    case "time":
      return atom("t");
    case "step":
      return atom("dt");
    case "neuron":
      return atom("i");
    case "target":
      return atom("j");
    case "listed":
      return atom(writeList(e));
    case "noise":
      return atom(e.name.replace(/#.*$/, ""));
    case "negate":
      return {
        text: `-${part(e.operand, e.operand.kind === "number" ? Level.product : Level.power)}`,
        level: Level.negation,
      };
    case "not":
      return { text: `not ${part(e.operand, Level.not)}`, level: Level.not };
    case "arithmetic":
      return writtenChain(e, w);
    case "comparison":
      return { text: `${part(e.left, Level.sum)} ${e.operator} ${part(e.right, Level.sum)}`, level: Level.compare };
    case "logical":
      return {
        text: `${part(e.left, Level[e.operator])} ${e.operator} ${part(e.right, Level[e.operator] + 1)}`,
        level: Level[e.operator],
      };
    case "conditional":
      return {
        text: `if ${part(e.condition, Level.or)} then ${part(e.then, Level.or)} else ${part(e.otherwise, Level.conditional)}`,
        level: Level.conditional,
      };
    case "past":
      return atom(`${written(e.of, w).text}(t - ${part(e.delay, Level.product)})`);
    case "call":
      return atom(`${e.function}(${e.arguments.map((a) => written(a, w).text).join(", ")})`);
    case "sum":
      return atom(
        `sum(${written(e.body, { ...w, summed: new Set([...(w.summed ?? []), ...e.over.map((range) => range.name)]) }).text})`,
      );
    case "drawn":
      return atom(
        e.drawn.of === "local"
          ? `(${e.drawn.name} ~ ${drawCall(e.drawn.draw, (a) => written(a, w).text)})`
          : drawCall(e.drawn.draw, (a) => written(a, w).text),
      );
    case "stimulus":
      return atom(writeStimulus(e.stimulus, w));
    default:
      return assertNever(e);
  }
}

/** `file("cells.csv")`; of a list its numbers, in canonical units. */
function writeList({ values, path, dimension }: CheckedExpr & { readonly kind: "listed" }): string {
  if (path !== null) return `file("${path}")`;
  const unit = canonicalUnit(dimension);
  return shortened(`[${values.map((v) => numberText(inUnit(v, unit))).join(", ")}]${unitSuffix(unit)}`);
}

/** Left-leaning chains of any length without recursion. */
function writtenChain(e: CheckedExpr & { readonly kind: "arithmetic" }, w: Writing): Written {
  const spine: (CheckedExpr & { readonly kind: "arithmetic" })[] = [];
  let left: CheckedExpr = e;
  while (left.kind === "arithmetic") {
    spine.push(left);
    left = left.left;
  }
  let result = written(left, w);
  for (const node of spine.reverse()) {
    // What will be cut off anyway is not written.
    if (result.text.length > 2 * LONGEST_WRITTEN) return result;
    const right = written(node.right, w);
    const own =
      node.operator === "^" ? Level.power : node.operator === "*" || node.operator === "/" ? Level.product : Level.sum;
    const leftText = result.level >= (own === Level.power ? Level.atom : own) ? result.text : `(${result.text})`;
    const needed = own === Level.power ? Level.power : own + 1;
    const rightText = right.level >= needed && !right.text.startsWith("-") ? right.text : `(${right.text})`;
    // After a unit a bare slash would be read as its own.
    const operator =
      own === Level.sum || (own === Level.product && / \S+$/.test(leftText) && node.left.kind === "number")
        ? ` ${node.operator} `
        : node.operator;
    result = { text: `${leftText}${operator}${rightText}`, level: own };
  }
  return result;
}

function writeStimulus(s: CheckedStimulus, w: Writing): string {
  const text = (e: CheckedExpr): string => written(e, w).text;
  switch (s.shape) {
    case "named": {
      const { parts } = shapeOf(s.name);
      const isFirst = (k: number): boolean =>
        parts.slice(0, k + 1).every((p) => p.otherwise === "needed" && p.is !== "time");
      const given = parts.flatMap(({ name }, k) => {
        const e = s.parts.get(name);
        return e === undefined ? [] : [isFirst(k) ? text(e) : `${name}: ${text(e)}`];
      });
      return `${s.name}(${given.join(", ")})`;
    }
    case "steps":
      return `steps(${s.times.map((t, k) => `${text(t)}: ${s.values[k] === undefined ? "" : text(s.values[k])}`).join(", ")})`;
    case "samples":
      return `file("${s.path}")`;
  }
}
