// Quantities that programs give as text, "1.5 mS/cm^2": read into canonical units, by the decimals of the text, so that 10 ms and 0.01 s are the same bits.

/** A number with a unit; `Unit` is the canonical one, that of a plain number. */
export type Quantity<Unit extends string> = number | `${number} ${Unit}` | `${number} ${string}`;

/** Powers of ten and six, and exponents over length, mass, time, current, temperature, amount, luminosity. */
interface Measure {
  readonly ten: number;
  readonly six: number;
  readonly exponents: readonly number[];
  /** Of degC: where its zero lies (K). */
  readonly zero: string | null;
}

/** The number in units of `canonical`, itself a unit text; a text that says why not. */
export function readQuantity(text: string, canonical: string): number | string {
  const parts = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*?)\s*$/u.exec(text);
  if (parts === null) return "it is no number with a unit";
  const [, digits = "", written = ""] = parts;
  const wanted = measureOf(canonical);
  if (written === "" && canonical !== "1" && Number(digits) !== 0) return "it has no unit";
  const unit = measureOf(written === "" ? canonical : written);
  if (unit === null || wanted === null) return `\`${written}\` is no unit`;
  if (unit.exponents.some((e, k) => Math.abs(e - (wanted.exponents[k] ?? 0)) > 1e-9))
    return `\`${written}\` is another kind of quantity`;
  const six = 6 ** unit.six,
    value = shifted(digits, unit.ten) * (Number.isInteger(six) ? six : 6 ** unit.six);
  return unit.zero === null ? value : Number((Number(digits) + Number(unit.zero)).toFixed(12));
}

/** digits·10^ten, rounded once where ten is whole. */
function shifted(digits: string, ten: number): number {
  if (!Number.isInteger(ten)) return Number(digits) * 10 ** ten;
  const [mantissa = "", exponent = "0"] = digits.toLowerCase().split("e");
  return Number(`${mantissa}e${Number(exponent) + ten}`);
}

/** `mV`, `/ms`, `1/ms`, `nS/cm^2`, `pA*sqrt(ms)`, `ms^(-1/2)`, `%`, `1`; null for what is no unit. */
function measureOf(text: string): Measure | null {
  if (text === "degC") return { ten: 0, six: 0, exponents: symbolMeasure("K")?.exponents ?? [], zero: "273.15" };
  const factors = text === "1" ? "" : text.replace(/^1(?=\/)/u, "");
  let ten = 0,
    six = 0,
    at = 0;
  const exponents = [0, 0, 0, 0, 0, 0, 0];
  const factor = /([*/]?)(?:sqrt\(([^()]+)\)|([\p{L}\p{M}%]+))(?:\^(?:(-?\d+(?:\.\d+)?)|\((-?\d+)(?:\/(\d+))?\)))?/uy;
  while (at < factors.length) {
    factor.lastIndex = at;
    const found = factor.exec(factors);
    if (found === null || (at === 0 && found[1] === "*") || (at > 0 && found[1] === "")) return null;
    const [whole, operator, rooted, symbol = "", plain, over, under] = found;
    const inner = rooted === undefined ? symbolMeasure(symbol) : measureOf(rooted);
    if (inner === null || inner.zero !== null) return null;
    const raised = plain !== undefined ? Number(plain) : over !== undefined ? Number(over) / Number(under ?? 1) : 1;
    const power = raised * (operator === "/" ? -1 : 1) * (rooted === undefined ? 1 : 0.5);
    ten += inner.ten * power;
    six += inner.six * power;
    inner.exponents.forEach((e, k) => (exponents[k] = (exponents[k] ?? 0) + e * power));
    at += whole.length;
  }
  return { ten: Math.abs(ten - Math.round(ten)) < 1e-9 ? Math.round(ten) : ten, six, exponents, zero: null };
}

/** Canonical units as powers of ten of the SI: µm, 1e-12 kg, ms, pA, K, amol, cd. */
const CANONICAL_DECADES = [-6, -12, -3, -12, 0, -18, 0];
const UNITS: Readonly<Record<string, readonly [ten: number, exponents: readonly number[], six?: number]>> = {
  V: [0, [2, 1, -3, -1]],
  A: [0, [0, 0, 0, 1]],
  S: [0, [-2, -1, 3, 2]],
  F: [0, [-2, -1, 4, 2]],
  Ω: [0, [2, 1, -3, -2]],
  "\u2126": [0, [2, 1, -3, -2]],
  ohm: [0, [2, 1, -3, -2]],
  Ohm: [0, [2, 1, -3, -2]],
  s: [0, [0, 0, 1]],
  Hz: [0, [0, 0, -1]],
  Bq: [0, [0, 0, -1]],
  C: [0, [0, 0, 1, 1]],
  m: [0, [1]],
  g: [-3, [0, 1]],
  K: [0, [0, 0, 0, 0, 1]],
  mol: [0, [0, 0, 0, 0, 0, 1]],
  M: [3, [-3, 0, 0, 0, 0, 1]],
  L: [-3, [3]],
  l: [-3, [3]],
  cd: [0, [0, 0, 0, 0, 0, 0, 1]],
  lm: [0, [0, 0, 0, 0, 0, 0, 1]],
  lx: [0, [-2, 0, 0, 0, 0, 0, 1]],
  N: [0, [1, 1, -2]],
  Pa: [0, [-1, 1, -2]],
  J: [0, [2, 1, -2]],
  W: [0, [2, 1, -3]],
  Wb: [0, [2, 1, -2, -1]],
  T: [0, [0, 1, -2, -1]],
  H: [0, [2, 1, -2, -2]],
  Gy: [0, [2, 0, -2]],
  Sv: [0, [2, 0, -2]],
  kat: [0, [0, 0, -1, 0, 0, 1]],
  rad: [0, []],
  sr: [0, []],
};
const WHOLE_UNITS: typeof UNITS = { min: [1, [0, 0, 1], 1], h: [2, [0, 0, 1], 2], "%": [-2, []] };
const DECADES: Readonly<Record<string, number>> = {
  m: -3,
  u: -6,
  n: -9,
  p: -12,
  k: 3,
  M: 6,
  G: 9,
  f: -15,
  a: -18,
  c: -2,
  d: -1,
  "\u00B5": -6,
  "\u03BC": -6,
  da: 1,
  h: 2,
  T: 12,
  P: 15,
  E: 18,
  Z: 21,
  Y: 24,
  R: 27,
  Q: 30,
  z: -21,
  y: -24,
  r: -27,
  q: -30,
};

function symbolMeasure(symbol: string): Measure | null {
  const own = (table: typeof UNITS, name: string) => (Object.hasOwn(table, name) ? table[name] : undefined);
  // A whole symbol wins over a prefix and a unit: Pa is no peta-ampere, min no milli-inch.
  const whole = own(UNITS, symbol) ?? own(WHOLE_UNITS, symbol);
  if (whole !== undefined) return inCanonical(whole, 0);
  for (const length of [1, 2]) {
    const decade = Object.hasOwn(DECADES, symbol.slice(0, length)) ? DECADES[symbol.slice(0, length)] : undefined;
    const unit = own(UNITS, symbol.slice(length));
    if (decade !== undefined && unit !== undefined) return inCanonical(unit, decade);
  }
  return null;
}

function inCanonical(
  [ten, exponents, six = 0]: readonly [ten: number, exponents: readonly number[], six?: number],
  decade: number,
): Measure {
  return {
    ten: exponents.reduce((sum, e, k) => sum - e * (CANONICAL_DECADES[k] ?? 0), ten + decade),
    six,
    exponents,
    zero: null,
  };
}
