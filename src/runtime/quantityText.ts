// Quantities that programs give as text, "1.5 mS/cm^2": read into canonical units, by the decimals of the text, so that 10 ms and 0.01 s are the same bits.
import { canonicalNumber } from "./decimal.ts";
import { rationalText } from "./rational.ts";
import { unitMeaning } from "./unitText.ts";
import type { UnitMeaning } from "./unitText.ts";

/** A number with a unit; `Unit` is the canonical one, that of a plain number. */
export type Quantity<Unit extends string> = number | `${number} ${Unit}` | `${number} ${string}`;

/** The number in units of `canonical`, itself a unit text; a text that says why not. */
export function readQuantity(text: string, canonical: string): number | string {
  const parts = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*?)\s*$/u.exec(text);
  if (parts === null) return "it is no number with a unit";
  const [, digits = "", written = ""] = parts;
  if (written === "" && canonical !== "1" && Number(digits) !== 0) return "it has no unit";
  const [wanted, unit] = [unitMeaning(canonical), unitMeaning(written === "" ? canonical : written)];
  if (!("scale" in unit) || !("scale" in wanted)) return `\`${written}\` is no unit`;
  const kindOf = ({ exponents }: UnitMeaning): string => exponents.map(rationalText).join(" ");
  if (kindOf(unit) !== kindOf(wanted)) return `\`${written}\` is another kind of quantity`;
  const { value } = canonicalNumber(digits, unit);
  return Number.isFinite(value) ? value : "it is too large a number";
}
