// The table of units against the SI and against published conversions: what was once a unit keeps its meaning, and what emitted programs read has the compiler's bits.
import fc from "fast-check";
import { expect, test } from "vitest";
import { dimension } from "../../src/quantities/dimension.ts";
import { canonicalUnit, canonicalValue, inUnit, parseUnit, unitSymbols } from "../../src/quantities/unit.ts";
import type { Unit } from "../../src/quantities/unit.ts";
import { readQuantity } from "../../src/runtime/quantityText.ts";
import { unitSymbol } from "../../src/runtime/unitSymbol.ts";
import { UNITS } from "../../src/runtime/unitTable.ts";

function unit(text: string): Unit {
  const result = parseUnit(text);
  if ("problem" in result) throw new Error(`${text}: ${JSON.stringify(result.problem)}`);
  return result.unit;
}

/** Of glif 0.1, by dimension; kg for g. */
const FIRST: readonly (readonly [names: string, decade: number, of: readonly number[]])[] = [
  ["V", 0, [2, 1, -3, -1]],
  ["A", 0, [0, 0, 0, 1]],
  ["S", 0, [-2, -1, 3, 2]],
  ["F", 0, [-2, -1, 4, 2]],
  ["Ω \u2126 ohm Ohm", 0, [2, 1, -3, -2]],
  ["s", 0, [0, 0, 1]],
  ["Hz Bq", 0, [0, 0, -1]],
  ["C", 0, [0, 0, 1, 1]],
  ["m", 0, [1]],
  ["g", -3, [0, 1]],
  ["K", 0, [0, 0, 0, 0, 1]],
  ["mol", 0, [0, 0, 0, 0, 0, 1]],
  ["M", 3, [-3, 0, 0, 0, 0, 1]],
  ["L l", -3, [3]],
  ["cd lm", 0, [0, 0, 0, 0, 0, 0, 1]],
  ["lx", 0, [-2, 0, 0, 0, 0, 0, 1]],
  ["N", 0, [1, 1, -2]],
  ["Pa", 0, [-1, 1, -2]],
  ["J", 0, [2, 1, -2]],
  ["W", 0, [2, 1, -3]],
  ["Wb", 0, [2, 1, -2, -1]],
  ["T", 0, [0, 1, -2, -1]],
  ["H", 0, [2, 1, -2, -2]],
  ["Gy Sv", 0, [2, 0, -2]],
  ["kat", 0, [0, 0, -1, 0, 0, 1]],
  ["rad sr", 0, []],
];
const DECADES: Readonly<Record<string, number>> = Object.fromEntries(
  "q-30 r-27 y-24 z-21 a-18 f-15 p-12 n-9 u-6 \u00B5-6 \u03BC-6 m-3 c-2 d-1 da1 h2 k3 M6 G9 T12 P15 E18 Z21 Y24 R27 Q30"
    .split(" ")
    .map((text) => /^(\D+?)(-?\d+)$/u.exec(text)?.slice(1, 3) ?? [])
    .map(([prefix = "", decade]) => [prefix, Number(decade)]),
);
/** Pressure in canonical units is 1e-12 kg/(µm·ms²) = 1 Pa, and so on. */
const CANONICAL = [-6, -12, -3, -12, 0, -18, 0];

test("whatever was a unit with any prefix keeps its dimension and its scale", () => {
  const rest = new Map([
    ["min", [[6, 1], [10, 4]]],
    ["h", [[10, 5], [36, 1]]],
    ["%", [[10, -2]]],
    ["degC", []],
  ]); // prettier-ignore
  const scale = (symbol: string): readonly (readonly [number, number])[] | undefined =>
    unitSymbol(symbol)?.scale.map(([base, { numerator, denominator }]) => [base, numerator / denominator]);
  for (const [symbol, expected] of rest) expect(scale(symbol), symbol).toEqual(expected);
  const whole = new Set(FIRST.flatMap(([names]) => names.split(" ")).concat(...rest.keys()));
  let [count, first] = [rest.size, 0];
  for (const [names, decade, of] of FIRST)
    for (const name of names.split(" "))
      for (const [prefix, shift] of [["", 0] as const, ...Object.entries(DECADES)]) {
        // `Pa`, `cd`, `min`: whole symbols win.
        if (prefix !== "" && whole.has(prefix + name)) continue;
        const ten = of.reduce((sum, e, k) => sum - e * (CANONICAL[k] ?? 0), decade + shift);
        expect(scale(prefix + name), prefix + name).toEqual(ten === 0 ? [] : [[10, ten]]);
        expect(dimension(unitSymbol(prefix + name)?.exponents ?? [9]), prefix + name).toEqual(dimension(of));
        [count, first] = [count + 1, first + (prefix === "" ? 1 : 0)];
      }
  expect([count, first]).toEqual([922, 34]);
});

test("every spelling in the table is its own: none is another's, or a prefix and another", () => {
  const names = UNITS.flatMap((row) => row.names.split(" ").map((name) => ({ name, row })));
  expect(new Set(names.map(({ name }) => name)).size).toBe(names.length);
  const taking = new Set(names.flatMap(({ name, row }) => (row.alone === true ? [] : [name])));
  const both = names.filter(({ name }) =>
    Object.keys(DECADES).some((p) => name.startsWith(p) && taking.has(name.slice(p.length))),
  );
  expect(both.map(({ name }) => name)).toEqual([]);
  for (const { usual = "", names: own } of UNITS)
    for (const symbol of usual.split(" ").filter((s) => s !== ""))
      expect(own.split(" ").some((name) => symbol.endsWith(name)) && unitSymbols().includes(symbol), symbol).toBe(true);
});

test.each([
  // [literal, in units of the SI or of the table, rounded once]
  ["1 eV", "J", 1.602176634e-19],
  ["1 keV", "fJ", 0.1602176634],
  ["2 cal", "J", 8.368],
  ["1 kcal", "kJ", 4.184],
  ["1 mmHg", "Pa", 133.322387415],
  ["100 mmHg", "kPa", 13.3322387415],
  ["760 Torr", "atm", 1],
  ["1 atm", "Pa", 101325],
  ["1 Torr", "Pa", 101325 / 760],
  ["3 Torr", "Pa", Number("399.9671052631578947368421")],
  ["1 Å", "nm", 0.1],
  ["1 \u212B", "Å", 1],
  ["1 Da", "kg", 1.66053906892e-27], // CODATA, 2022
  ["150 kDa", "ag", 150 * 1.66053906892e-3],
  ["1 day", "h", 24],
  ["7 day", "min", 10080],
  ["1 Torr/mmHg", "1", Number("0.99999985750912")],
  ["1 sqrt(Torr)*sqrt(Torr)", "atm", Number("0.00131578947368421052631578947")],
  ["1 sqrt(eV)", "sqrt(J)", Number("4.0027199e-10")],
] as const)("%s is, in %s, %d", (literal, other, value) => {
  const [digits = "", symbol = ""] = literal.split(" ");
  const canonical = canonicalValue(digits, unit(symbol)).value;
  expect(unit(symbol).dimension).toEqual(unit(other).dimension);
  const relative = inUnit(canonical, unit(other)) / value - 1;
  expect(Math.abs(relative)).toBeLessThan(literal.includes("/") || literal.includes("sqrt(eV") ? 1e-8 : 3e-16);
});

test("the temperature of a membrane in electronvolts: 25.85 mV at 300 K (kT/e, NIST: 0.025851999 eV)", () => {
  expect(inUnit(canonicalValue("1.380649e-23", unit("J/K")).value * 300, unit("eV"))).toBeCloseTo(0.025851999, 8);
});

/** top/bottom of an exact scale without roots. */
function fraction(u: Unit): readonly [bigint, bigint] {
  let [top, bottom] = [1n, 1n];
  for (const [base, { numerator, denominator }] of u.scale) {
    expect(denominator).toBe(1);
    if (numerator >= 0) top *= BigInt(base) ** BigInt(numerator);
    else bottom *= BigInt(base) ** BigInt(-numerator);
  }
  return [top, bottom];
}

/** A double as a fraction. */
function exactly(x: number): readonly [bigint, bigint] {
  let bottom = 1n;
  while (!Number.isInteger(x)) [x, bottom] = [x * 2, bottom * 2n];
  return [BigInt(x), bottom];
}

test("a number in any unit is the double nearest to it: neither neighbour is nearer", () => {
  const buffer = new DataView(new ArrayBuffer(8));
  const neighbour = (x: number, by: bigint): number => {
    buffer.setFloat64(0, x);
    buffer.setBigInt64(0, buffer.getBigInt64(0) + by);
    return buffer.getFloat64(0);
  };
  const size = (n: bigint): bigint => (n < 0n ? -n : n);
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10n ** 20n }),
      fc.constantFrom("eV", "kcal", "mmHg", "Torr", "atm", "Da", "day", "Torr/mmHg", "mmHg*mL/min", "eV^2/cal", "/day"),
      (digits, text) => {
        const u = unit(text);
        const [top, bottom] = fraction(u);
        const value = canonicalValue(String(digits), u).value;
        const distance = (x: number): readonly [bigint, bigint] => {
          const [n, d] = exactly(x);
          return [size(digits * top * d - n * bottom), d];
        };
        const [own, ownBelow] = distance(value);
        for (const by of [-1n, 1n]) {
          const [other, below] = distance(neighbour(value, by));
          expect(own * below <= other * ownBelow, `${digits} ${text}`).toBe(true);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("a program reads every text into the bits that the compiler makes of it", () => {
  const exponent = fc.constantFrom("", "^2", "^-1", "^(1/2)", "^(-2/3)", "^0.5");
  const symbol = fc.constantFrom(...unitSymbols().filter((s) => s !== "degC"));
  const plain = fc
    .array(fc.tuple(fc.constantFrom("*", "/"), symbol, exponent), { minLength: 1, maxLength: 3 })
    .map((factors) => factors.map(([sign, s, e], k) => `${k === 0 && sign === "*" ? "" : sign}${s}${e}`).join(""));
  const written = fc.oneof(
    symbol,
    plain,
    symbol.map((s) => `sqrt(${s})/ms`),
    fc.constant("degC"),
  );
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), written, (x, text) => {
      const [digits, u] = [String(x), unit(text)];
      const { value } = canonicalValue(digits, u);
      const read = readQuantity(`${digits} ${text}`, canonicalUnit(u.dimension).text);
      if (Number.isFinite(value)) expect(Object.is(read, value), `${digits} ${text}: ${read} ${value}`).toBe(true);
      else expect(read).toBe("it is too large a number");
    }),
    { numRuns: 2000 },
  );
  for (const refused of [
    "degC/ms",
    "mV/(ms*nS)",
    "m V",
    "deg",
    "u",
    "sqrt(mV",
    Array.from({ length: 33 }, () => "mV").join("*"),
  ])
    expect(readQuantity(`1 ${refused}`, "mV"), refused).toBe(`\`${refused}\` is no unit`);
});
