// A parameter declared in a wrong unit, or in none, told from the equation that it spoils: `C = 100` where the current is divided by C.
import { textOf } from "../base/source.ts";
import type { WayOut } from "../diagnostics/units.ts";
import {
  CAPACITANCE,
  CHARGE,
  CONDUCTANCE,
  CURRENT,
  divide,
  equal,
  isDimensionless,
  multiply,
  power,
  rational,
  VOLTAGE,
} from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { kindOf, phrase } from "../quantities/phrase.ts";
import { canonicalUnit } from "../quantities/unit.ts";
import type { CheckedExpr, CheckedQuantity } from "./checked.ts";
import type { Context, Known } from "./context.ts";
import { isDimension } from "./sized.ts";
import type { Sized } from "./sized.ts";
import { fold } from "./walk.ts";

/** The one literal of a parameter or constant that, in another unit, would give `actual` the dimension `expected`: a bare number before others. Null where none or several would. */
export function otherUnit(actual: Sized, expected: Dimension, context: Context): WayOut | null {
  const found = fitting(actual, expected, context);
  const bare = found.filter((f) => f.known.bare !== null);
  const [only, ...more] = bare.length > 0 ? bare : found;
  return only === undefined || more.length > 0
    ? null
    : wayOut(only.known, only.needed, canonicalUnit(only.needed).text);
}

/** The same of bare numbers alone: `2*π*f*t` with `param f = 10`. */
export function bareParameter(
  actual: Sized,
  expected: Dimension,
  context: Context,
  unitOf: (needed: Dimension) => string,
): WayOut | null {
  // Where all is in pure numbers, nothing says which of them lacks its unit.
  if (!isDimension(actual.sort) || isDimensionless(actual.sort)) return null;
  const [only, ...more] = fitting(actual, expected, context).filter((f) => f.known.bare !== null);
  return only === undefined || more.length > 0 ? null : wayOut(only.known, only.needed, unitOf(only.needed));
}

function fitting(
  actual: Sized,
  expected: Dimension,
  context: Context,
): { readonly known: Known; readonly needed: Dimension }[] {
  const { sort } = actual;
  if (!isDimension(sort)) return [];
  const literals = [...context.model.quantities.values(), ...context.setup.values()].filter(isLiteral);
  return literals.flatMap((known) => {
    const degree = degreeOf(actual.expr, known.quantity);
    if (degree !== 1 && degree !== -1) return [];
    const needed = multiply(known.quantity.dimension, power(divide(expected, sort), rational(degree)));
    return isDimensionless(needed) || kindOf(needed) === "quantity" ? [] : [{ known, needed }];
  });
}

/** `C = 1e-10`: so small a number is one of the SI. */
export function unitOfSI(text: string, needed: Dimension): string | null {
  const given = Number(text.replace(/\s+/gu, ""));
  // A potential of -0.07 is one in volts.
  if (equal(needed, VOLTAGE) && given > -0.2 && given <= -0.02) return "V";
  const value = Math.abs(given);
  return value > 0 && value <= 1e-6 ? (SI.find(([dimension]) => equal(dimension, needed))?.[1] ?? null) : null;
}

const SI: readonly (readonly [dimension: Dimension, unit: string])[] = [
  [CAPACITANCE, "F"],
  [CONDUCTANCE, "S"],
  [CURRENT, "A"],
  [CHARGE, "C"],
];

function wayOut({ quantity, bare }: Known, needed: Dimension, canonical: string): WayOut {
  const unit = (bare === null ? null : unitOfSI(bare.text, needed)) ?? canonical;
  const words = `it would have to be ${phrase(needed)}`;
  const density = bare === null ? perArea(quantity, needed) : null;
  if (density !== null) return density;
  const turned = bare === null ? inverse(quantity, needed) : null;
  if (turned !== null) return turned;
  if (bare === null)
    return {
      of: quantity.name,
      help: `unless something is missing here, \`${quantity.name}\` has the wrong unit: ${words}`,
      fix: null,
    };
  const edit = { span: { ...bare.span, start: bare.span.end }, newText: ` ${unit}` };
  return {
    of: quantity.name,
    isPart: true,
    help: `give \`${quantity.name}\` a unit: ${words}`,
    fix: { title: `write \`${bare.text} ${unit}\``, edits: [edit], confidence: "likely" },
  };
}

/** `g = 0.1 GΩ` where a conductance is needed. */
function inverse({ name, dimension, value }: CheckedQuantity, needed: Dimension): WayOut | null {
  if (value?.kind !== "expression" || !isDimensionless(multiply(dimension, needed))) return null;
  const at = value.expression.origin;
  const written = `1/(${textOf(at)})`;
  return {
    of: name,
    help: `\`${name}\` is ${phrase(dimension)} where ${phrase(needed)} is needed: write \`${written}\``,
    fix: { title: `write \`${written}\``, edits: [{ span: at, newText: written }], confidence: "likely" },
  };
}

/** `C = 1 µF` among densities: the number is one per cm^2. */
function perArea({ name, dimension, value }: CheckedQuantity, needed: Dimension): WayOut | null {
  if (value?.kind !== "expression" || !/ density$/u.test(kindOf(needed)) || / density$/u.test(kindOf(dimension)))
    return null;
  const at = value.expression.origin;
  const written = `${textOf(at)}/cm^2`;
  return {
    of: name,
    help: `give \`${name}\` the unit of a density, as \`${written}\``,
    fix: { title: `write \`${written}\``, edits: [{ span: at, newText: written }], confidence: "likely" },
  };
}

function isLiteral({ quantity, sort }: Known): boolean {
  const { role, value, indices } = quantity;
  if (
    (role !== "param" && role !== "const") ||
    indices.length > 0 ||
    !isDimension(sort) ||
    value?.kind !== "expression"
  )
    return false;
  const { expression } = value;
  return expression.kind === "number" || (expression.kind === "negate" && expression.operand.kind === "number");
}

/** The power with which the quantity enters the whole as a factor; NaN where it is no factor: in one term of a sum only, or in a function. */
function degreeOf(root: CheckedExpr, quantity: CheckedQuantity): number {
  return fold<number>(root, (expr, parts) => {
    const [first = 0, second = 0] = parts;
    switch (expr.kind) {
      case "quantity":
      case "setup":
        return expr.quantity.name === quantity.name ? 1 : 0;
      case "negate":
      case "sum":
        return first;
      case "arithmetic":
        if (expr.operator === "*") return first + second;
        if (expr.operator === "/") return first - second;
        if (expr.operator !== "^") return first === second ? first : NaN;
        return first === 0 && second === 0 ? 0 : NaN;
      default:
        return parts.every((p) => p === 0) ? 0 : NaN;
    }
  });
}
