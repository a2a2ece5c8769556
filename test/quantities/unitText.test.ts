// Where a unit ends in a model's text, and what the reader costs when the text is hostile.
import { expect, test } from "vitest";
import { growthOf } from "../work.ts";
import { canonicalValue, parseUnit, scanUnit, unitFactors } from "../../src/quantities/unit.ts";

test.each([
  // [text, offset, what is read as the unit]
  ["10 mV", 3, "mV"],
  ["20 pA*sqrt(ms)*ξ", 3, "pA*sqrt(ms)"],
  ["20 pA*sqrt(ms)*xi", 3, "pA*sqrt(ms)"],
  ["5 nS/g", 2, "nS/g"],
  ["5 nS / g", 2, "nS"],
  ["5 nS/g_L", 2, "nS"],
  ["5 nS/cm^2)", 2, "nS/cm^2"],
  ["0.1 /ms/mV * (V + 40 mV)", 4, "/ms/mV"],
  ["5 mV/τ", 2, "mV"],
  ["5 mV*V_T", 2, "mV"],
  ["5 mV/2", 2, "mV"],
  ["5 mV^n", 2, "mV"],
  ["5 mV^2", 2, "mV^2"],
  ["5 mV^-1*x", 2, "mV^-1"],
  ["5 ms^(1/2)", 2, "ms^(1/2)"],
  ["5 ms^(-1/2))", 2, "ms^(-1/2)"],
  ["5 ms^(n)", 2, "ms"],
  ["5 ms^2x", 2, "ms"],
  ["5 ms^0.5..7", 2, "ms^0.5"],
  ["[0 ms..3 ms]", 3, "ms"],
  ["5 mV/sqrt(x)", 2, "mV"],
  ["5 mV/sqrt(ms", 2, "mV"],
  ["5 mV/sqrt(ms)", 2, "mV/sqrt(ms)"],
  ["5 sqrt(ms)", 2, "sqrt(ms)"],
  ["5 mV// a comment", 2, "mV"],
  ["5 mV/* a comment */", 2, "mV"],
  ["5 mV,", 2, "mV"],
  ["5 mV'", 2, "mV"],
  ["5 %", 2, "%"],
  ["5 %/ms", 2, "%/ms"],
  ["37 degC", 3, "degC"],
  ["5 M\u2126", 2, "M\u2126"],
  ["mVx", 0, null],
  ["ms_1", 0, null],
  ["ms1", 0, null],
  ["mVé", 0, null],
  ["m\u0301", 0, null],
  ["%x", 0, null],
  ["ξ", 0, null],
  ["// ms", 0, null],
  ["/ ms", 0, null],
  ["*ms", 0, null],
  ["sqrt", 0, null],
  ["sqrt(V_T)", 0, null],
  ["", 0, null],
  ["mV", 2, null],
  ["mV", 99, null],
  ["V and s", 0, "V"],
] as const)("%s", (text, offset, unit) => {
  const end = scanUnit(text, offset);
  expect(end === null ? null : text.slice(offset, end)).toBe(unit);
});

test("what the lexer takes as a unit is one", () => {
  for (const text of ["pA*sqrt(ms)", "/ms/mV", "nS/cm^2", "ms^0.5", "sqrt(mV*V)/ms", "%/ms"]) {
    expect(scanUnit(text, 0)).toBe(text.length);
    expect("unit" in parseUnit(text)).toBe(true);
  }
});

test("factors carry their places, so that a name in scope can be pointed at", () => {
  const places = (text: string): unknown =>
    unitFactors(text).map((f) => [
      f.operator + f.symbol,
      f.start,
      f.end,
      f.exponent.numerator / f.exponent.denominator,
    ]);
  expect(places("nS/g")).toEqual([
    ["nS", 0, 2, 1],
    ["/g", 3, 4, -1],
  ]);
  expect(places("1/ms")).toEqual([["/ms", 2, 4, -1]]);
  expect(places("/ms^2")).toEqual([["/ms", 1, 3, -2]]);
  expect(places("pA/sqrt(ms*s^3)^2")).toEqual([
    ["pA", 0, 2, 1],
    ["/ms", 8, 10, -1],
    ["*s", 11, 12, -3],
  ]);
  expect(places("1")).toEqual([]);
  expect(places("nS/x")).toEqual([]);
});

const HOSTILE: readonly ((n: number) => string)[] = [
  (n) => "m".repeat(n),
  (n) => "mV*".repeat(n),
  (n) => "/ms".repeat(n),
  (n) => "sqrt(".repeat(n),
  (n) => "sqrt(mV/".repeat(n),
  (n) => `ms^${"1".repeat(n)}`,
  (n) => `ms^(${"1".repeat(n)}`,
  (n) => `ms${" ".repeat(n)}x`,
  (n) => "^(".repeat(n),
  (n) => "µ".repeat(n),
  (n) => "\u0301".repeat(n),
  (n) => "%".repeat(n),
];

test.each(HOSTILE.map((text) => [text(3), text] as const))("a text such as %s is read with linear work", (_, text) => {
  const growth = growthOf((n) => {
    scanUnit(text(n), 0);
    parseUnit(text(n));
    unitFactors(text(n));
  }, 1000);
  // Where no size adds anything there is no exponent.
  expect(Number.isFinite(growth) ? growth : 0).toBeLessThan(1.1);
});

test("long numbers are read with linear work, and a long chain of units from each of its places", () => {
  const unit = parseUnit("/min");
  if (!("unit" in unit)) throw new Error("/min is a unit");
  const digits = (n: number): readonly string[] => [
    "1".repeat(n),
    `0.${"0".repeat(n)}1`,
    `${"9".repeat(n)}e-${n}`,
    `1e${"9".repeat(n)}`,
    "0".repeat(n),
  ];
  for (const k of digits(1).keys()) {
    const growth = growthOf((n) => void canonicalValue(digits(n)[k] ?? "", unit.unit), 1000);
    expect(Number.isFinite(growth) ? growth : 0).toBeLessThan(1.1);
  }
  // As a lexer may ask after each number.
  const growth = growthOf((n) => {
    const broken = "sqrt(ms^2/".repeat(n);
    for (let i = 0; i < broken.length; i++) scanUnit(broken, i);
  }, 100);
  expect(growth).toBeLessThan(1.1);
});
