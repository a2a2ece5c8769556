// Settings of single neurons, `E[0..9].I_e = 300 pA`, become part of what their whole population is set to: one value that asks for the neuron's number. What comes after knows nothing of slices.
import type { Span } from "../base/source.ts";
import { badDraw } from "../diagnostics/experiment.ts";
import { DIMENSIONLESS } from "../quantities/dimension.ts";
import type {
  CheckedDraw,
  CheckedExpr,
  CheckedExprShape,
  CheckedQuantity,
  CheckedSetting,
  CheckedTarget,
} from "./checked.ts";
import type { Say } from "./context.ts";
import { allElements, atElement, elementsOf, elementValues, type Element } from "./elements.ts";
import { drawOf, drawParts } from "./walk.ts";

/** First and last neuron, both included. */
export interface Slice {
  readonly from: CheckedExpr;
  readonly to: CheckedExpr;
  /** Their numbers with the defaults; null where they are not known. */
  readonly numbers: { readonly from: number; readonly to: number } | null;
  readonly origin: Span;
}

export interface SlicedSetting extends CheckedSetting {
  /** Null: all neurons. */
  readonly slice: Slice | null;
}

type Value = CheckedExpr | CheckedDraw;

/**
 * `settings` in the order in which they take effect, `said` in the order of the text; of each quantity that single neurons have a value of their own of, one setting an element. `lacks` is told a quantity that some neurons have no value of.
 */
export function withoutSlices(
  settings: readonly SlicedSetting[],
  said: readonly SlicedSetting[],
  size: number | null,
  say: Say,
  lacks: (quantity: CheckedQuantity, at: Span) => void,
): CheckedSetting[] {
  const sliced = new Set(settings.flatMap((s) => (s.slice === null ? [] : s.target.quantity.name)));
  const quantities = new Map(settings.map((s) => [s.target.quantity.name, s.target.quantity]));
  const rest = settings.filter((s) => !sliced.has(s.target.quantity.name));
  const made = [...sliced].flatMap((name) => {
    const quantity = quantities.get(name);
    const own = settings.filter((s) => s.target.quantity.name === name);
    return quantity === undefined
      ? []
      : allElements(quantity).flatMap((element, flat) => {
          const reaching = own.flatMap((s) => reach(s, element, flat));
          if (reaching.length === 0) return [];
          const value = together(quantity, reaching, flat, size, say, lacks);
          const last = said.findLast((s) => reaching.some((r) => r.setting === s));
          if (last === undefined) return [];
          const target: CheckedTarget = {
            quantity,
            indices: element.positions.map((position) => ({ kind: "position", value: position })),
            end: null,
          };
          return [{ target, value: settingValue(value), origin: last.origin }];
        });
  });
  return [...rest, ...made];
}

function settingValue(value: Value): CheckedSetting["value"] {
  return value.kind === "draw" ? value : { kind: "expression", expression: value };
}

interface Reaching {
  readonly setting: SlicedSetting;
  readonly value: Value;
}

/** What a setting says of an element, if anything. */
function reach(setting: SlicedSetting, { positions }: Element, flat: number): Reaching[] {
  const own = elementsOf(setting.target, () => null).find((e) => e.positions.every((p, k) => p === positions[k]));
  if (own === undefined) return [];
  const { value } = setting;
  switch (value.kind) {
    case "draw": {
      const parts = drawParts(value).map((part) => atElement(part, own.bound));
      return [{ setting, value: drawOf(value, parts) }];
    }
    case "expression":
      return [{ setting, value: atElement(value.expression, own.bound) }];
    case "elements": {
      const element = value.elements[flat];
      return element === undefined ? [] : [{ setting, value: element }];
    }
  }
}

/** The value of an element for all neurons. Where that is told to be none, that of some of them: there is no more to say of it. */
function together(
  quantity: CheckedQuantity,
  reaching: readonly Reaching[],
  flat: number,
  size: number | null,
  say: Say,
  lacks: (quantity: CheckedQuantity, at: Span) => void,
): Value {
  const whole = reaching.findLast((r) => r.setting.slice === null);
  const slices = reaching.filter((r) => r.setting.slice !== null);
  const [first] = slices;
  if (first === undefined) return whole?.value ?? (reaching[0] as Reaching).value;
  const covered = whole === undefined && coversAll(slices, size);
  let value: Value | null = whole?.value ?? (covered ? first.value : byDefault(quantity, flat, first.setting.origin));
  if (value === null) {
    lacks(quantity, first.setting.origin);
    return first.value;
  }
  for (const { setting, value: own } of covered ? slices.slice(1) : slices) {
    if (setting.slice === null) continue;
    value = where(setting.slice, own, value, say);
  }
  return value;
}

/** What neurons have that nothing is set for; null where that is nothing. */
function byDefault(quantity: CheckedQuantity, flat: number, origin: Span): CheckedExpr | null {
  const value = elementValues(quantity, quantity.value)[flat] ?? null;
  if (value !== null || quantity.role !== "input") return value;
  return { kind: "number", value: 0, origin, dimension: quantity.dimension };
}

/** Whether every neuron is in one of the slices. */
function coversAll(slices: readonly Reaching[], size: number | null): boolean {
  if (size === null) return false;
  let next = 0;
  const numbers = slices.flatMap((s) => s.setting.slice?.numbers ?? []).toSorted((a, b) => a.from - b.from);
  for (const { from, to } of numbers) if (from <= next) next = Math.max(next, to + 1);
  return next >= size;
}

/** `own` for the neurons of the slice, `others` for all others. */
function where(slice: Slice, own: Value, others: Value, say: Say): Value {
  const inside = isInside(slice);
  const choice = (then: CheckedExpr, otherwise: CheckedExpr): CheckedExpr =>
    made(then, { kind: "conditional", condition: inside, then, otherwise }, then.dimension);
  if (own.kind !== "draw" && others.kind !== "draw") return choice(own, others);
  if (own.kind === "draw" && others.kind !== "draw")
    return { ...own, except: { where: made(inside, { kind: "not", operand: inside }), value: others } };
  if (own.kind === "draw") return others.kind === "draw" ? bothDrawn(inside, own, others, choice, say) : own;
  if (others.kind !== "draw") return others;
  const { except } = others;
  return {
    ...others,
    except:
      except === null
        ? { where: inside, value: own }
        : {
            where: made(inside, { kind: "logical", operator: "or", left: inside, right: except.where }),
            value: choice(own, except.value),
          },
  };
}

/** Of one distribution: its arguments and bounds depend on the number, and the draw is that of the neuron. */
function bothDrawn(
  inside: CheckedExpr,
  own: CheckedDraw,
  others: CheckedDraw,
  choice: (then: CheckedExpr, otherwise: CheckedExpr) => CheckedExpr,
  say: Say,
): CheckedDraw {
  if (own.distribution !== others.distribution) {
    say(
      badDraw(own.origin, {
        problem: `the neurons of a population draw from one distribution: here \`${own.distribution}\`, the others \`${others.distribution}\``,
        help: "make two populations, one for each",
      }),
    );
    return own;
  }
  const bound = (a: CheckedExpr | null, b: CheckedExpr | null, open: number): CheckedExpr | null => {
    const model = a ?? b;
    if (model === null) return null;
    const otherwise: CheckedExpr = { ...model, kind: "number", value: open };
    return choice(a ?? otherwise, b ?? otherwise);
  };
  const outside = made(inside, { kind: "not", operand: inside });
  return {
    ...own,
    arguments: own.arguments.map((argument, k) => choice(argument, others.arguments[k] ?? argument)),
    min: bound(own.min, others.min, -Number.MAX_VALUE),
    max: bound(own.max, others.max, Number.MAX_VALUE),
    except:
      others.except === null
        ? null
        : {
            where: made(inside, { kind: "logical", operator: "and", left: outside, right: others.except.where }),
            value: others.except.value,
          },
  };
}

function isInside({ from, to, origin }: Slice): CheckedExpr {
  const neuron = made({ origin }, { kind: "neuron" });
  const compared = (operator: "==" | ">=" | "<=", right: CheckedExpr): CheckedExpr =>
    made({ origin }, { kind: "comparison", operator, left: neuron, right });
  if (from === to) return compared("==", from);
  return made({ origin }, { kind: "logical", operator: "and", left: compared(">=", from), right: compared("<=", to) });
}

function made({ origin }: { readonly origin: Span }, shape: CheckedExprShape, dimension = DIMENSIONLESS): CheckedExpr {
  return { origin, dimension, ...shape };
}
