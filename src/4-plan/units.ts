// Units on the way out: what people see beside a value that kernels keep in ms, mV, pF.
import { textOf } from "../base/source.ts";
import { canonicalUnit, canonicalValue, inUnit, type Unit } from "../quantities/unit.ts";
import type { CheckedDraw, CheckedValue } from "../3-check/checked.ts";
import type { ShownUnit } from "./plan.ts";

/** The unit a value is shown in; a unit with an offset (degC) is shown canonically. */
export function shownUnit(unit: Unit): ShownUnit {
  if (inUnit(0, unit) !== 0) return { unit: canonicalUnit(unit.dimension).text, multiply: 1, divide: 1 };
  const one = inUnit(1, unit);
  return one >= 1
    ? { unit: unit.text, multiply: one, divide: 1 }
    : { unit: unit.text, multiply: 1, divide: canonicalValue("1", unit).value };
}

/** A value of an element as the source has it: `58.7 pF`. The unit behind an array literal is that of its numbers. */
export function shownValue(value: CheckedValue | CheckedDraw | null, unit: Unit, flat = 0): string | null {
  if (value === null || value.kind === "draw") return null;
  if (value.kind === "expression") return oneLine(textOf(value.expression.origin));
  const element = value.elements[flat];
  if (element === undefined) return null;
  const text = oneLine(textOf(element.origin));
  return /^[-+\d.eE]+$/.test(text) && unit.text !== "1" ? `${text} ${unit.text}` : text;
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
