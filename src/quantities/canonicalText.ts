// The shortest name of a dimension's canonical unit in the field's own units: nS rather than pA/mV, `mV/sqrt(ms)` where nothing is named.
import { addRationals, dimension, divide, negateRational, power, rational, rationalText } from "./dimension.ts";
import type { Dimension, Rational } from "./dimension.ts";
import { present } from "../base/invariant.ts";
import { unitSymbol } from "../runtime/unitSymbol.ts";

/** A text that parseUnit reads as a unit of this dimension with the scale 1 (but for exponents no unit text can have). */
export function canonicalText(dimension: Dimension): string {
  const amountPresent = present(dimension.exponents[AMOUNT], "amount").numerator !== 0;
  const [first, ...others] = (amountPresent ? [BASIS, BASIS_WITH_AMOUNT] : [BASIS]).flatMap((basis) => {
    const exponents = inBasis(dimension, basis);
    return HEADS.map((head) => spelling(exponents, head, basis));
  });
  return written(others.reduce((a, b) => (cost(b) < cost(a) ? b : a), present(first, "spelling")));
}

interface Power {
  readonly symbol: string;
  readonly exponent: Rational;
}

/** A unit that may take the place of several of the basis: `inBasis` is what it takes, with its exponent. */
interface Head extends Power {
  readonly inBasis: readonly Rational[];
}

/** Its place among the base dimensions. */
const AMOUNT = 5;
/**
 * Independent, so that every dimension is a product of powers of these in one way. Each with the base dimension by which its exponent
 * is found: mass occurs in mV alone, what is left of the current is pA's, and so on; time takes the rest.
 */
const BASIS: readonly (readonly [symbol: string, base: number])[] = [
  ["mV", 1],
  ["pA", 3],
  ["mM", AMOUNT],
  ["K", 4],
  ["cd", 6],
  ["µm", 0],
  ["ms", 2],
];
const BASIS_WITH_AMOUNT = BASIS.map(([symbol, base]): readonly [string, number] => [
  base === AMOUNT ? "amol" : symbol,
  base,
]);
const ELECTRICAL = ["nS", "pF", "fC", "GΩ"];
const MECHANICAL = ["ng", "Pa", "fW", "pN", "aJ"];
const HEAD_EXPONENTS = [rational(1), rational(-1), rational(2), rational(-2), rational(1, 2), rational(-1, 2)];
const HEADS: readonly (Head | null)[] = [
  null,
  ...[...ELECTRICAL, ...MECHANICAL].flatMap((symbol) => HEAD_EXPONENTS.map((exponent) => head(symbol, exponent))),
];

function head(symbol: string, exponent: Rational): Head {
  return { symbol, exponent, inBasis: inBasis(power(dimensionOf(symbol), exponent), BASIS) };
}

/** The exponents of the basis units, in their order. */
function inBasis(dimension: Dimension, basis: typeof BASIS): readonly Rational[] {
  let rest = dimension;
  return basis.map(([symbol, base]) => {
    const exponent = present(rest.exponents[base], "exponent");
    if (exponent.numerator !== 0) rest = divide(rest, power(dimensionOf(symbol), exponent));
    return exponent;
  });
}

function spelling(exponents: readonly Rational[], head: Head | null, basis: typeof BASIS): readonly Power[] {
  const powers = basis.flatMap(([symbol], i) => {
    const all = present(exponents[i], symbol);
    const exponent = head === null ? all : addRationals(all, negateRational(present(head.inBasis[i], symbol)));
    return exponent.numerator === 0 ? [] : [{ symbol, exponent }];
  });
  return head === null ? powers : [head, ...powers];
}

function dimensionOf(symbol: string): Dimension {
  return dimension(present(unitSymbol(symbol), symbol).exponents);
}

/** Fewer factors first, then plainer exponents, then electrical units, then fewer divisions: GΩ rather than /nS, `/ms/mV` rather than pA/aJ. */
function cost(powers: readonly Power[]): number {
  return powers.reduce((sum, { symbol, exponent: { numerator, denominator } }) => {
    const strangeness = Math.min(Math.abs(numerator) - 1 + 2 * (denominator - 1), 50);
    const unlikely = ELECTRICAL.includes(symbol) ? 8 : MECHANICAL.includes(symbol) ? 30 : 0;
    return sum + 400 + 10 * strangeness + unlikely + (numerator < 0 ? 1 : 0);
  }, 0);
}

function written(powers: readonly Power[]): string {
  const above = powers.filter((p) => p.exponent.numerator > 0).map((p) => factor(p.symbol, p.exponent));
  // `/ms/mV`, `pA/µm^2/ms`: time is what one divides by first unless it is a density.
  const below = powers
    .filter((p) => p.exponent.numerator < 0)
    .toReversed()
    .map((p) => factor(p.symbol, negateRational(p.exponent)));
  const divided = below.map((f) => `/${f}`).join("");
  return above.length === 0 && below.length === 0 ? "1" : above.join("*") + divided;
}

function factor(symbol: string, exponent: Rational): string {
  if (exponent.denominator === 1) return exponent.numerator === 1 ? symbol : `${symbol}^${exponent.numerator}`;
  return exponent.numerator === 1 && exponent.denominator === 2
    ? `sqrt(${symbol})`
    : `${symbol}^(${rationalText(exponent)})`;
}
