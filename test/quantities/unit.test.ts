// Units against a table worked out by hand, and the law that a prefix only moves the decimal point.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  canonicalUnit,
  canonicalValue,
  inUnit,
  isUnitSymbol,
  parseUnit,
  unitSymbols,
} from "../../src/quantities/unit.ts";
import type { Unit, UnitProblem } from "../../src/quantities/unit.ts";
import { decimal, nearestDouble } from "../../src/runtime/decimal.ts";
import { CONDUCTANCE, dimension, equal, multiply, power, rational, VOLTAGE } from "../../src/quantities/dimension.ts";

function unit(text: string): Unit {
  const result = parseUnit(text);
  if ("problem" in result) throw new Error(`${text}: ${JSON.stringify(result.problem)}`);
  return result.unit;
}

function problem(text: string): UnitProblem {
  const result = parseUnit(text);
  if ("unit" in result) throw new Error(`${text} is a unit`);
  return result.problem;
}

const inMs = (literal: string): number => {
  const [digits = "", symbol = ""] = literal.split(" ");
  return canonicalValue(digits, unit(symbol)).value;
};

test.each([
  // [literal, canonical value, canonical unit]
  ["1 mV", 1, "mV"],
  ["1 V", 1000, "mV"],
  ["1 pA", 1, "pA"],
  ["1 nS", 1, "nS"],
  ["1 pF", 1, "pF"],
  ["1 GΩ", 1, "GΩ"],
  ["1 MΩ", 1e-3, "GΩ"],
  ["1 Mohm", 1e-3, "GΩ"],
  ["1 M\u2126", 1e-3, "GΩ"],
  ["1 GOhm", 1, "GΩ"],
  ["1 fC", 1, "fC"],
  ["1 1/s", 1e-3, "/ms"],
  ["1 /s", 1e-3, "/ms"],
  ["1 s^-1", 1e-3, "/ms"],
  ["1 s^(-1)", 1e-3, "/ms"],
  ["1 Hz", 1e-3, "/ms"],
  ["1 kHz", 1, "/ms"],
  ["1 nS*mV", 1, "pA"],
  ["1 mV/GΩ", 1, "pA"],
  ["1 mV*nS/pF", 1, "mV/ms"],
  ["1 mV/ms/nS", 1, "mV/pF"],
  ["1 C/s/V/S", 1, "1"],
  ["1 µA/cm^2", 0.01, "pA/µm^2"],
  ["1 μA/cm^2", 0.01, "pA/µm^2"],
  ["1 uA/cm^2", 0.01, "pA/µm^2"],
  ["1 uF/cm^2", 0.01, "pF/µm^2"],
  ["0.3 mS/cm^2", 0.003, "nS/µm^2"],
  ["96485.33212 C/mol", 96.48533212, "fC/amol"],
  ["8.314462618 J/mol/K", 8.314462618, "Pa/K/mM"],
  ["2 mV/sqrt(ms)", 2, "mV/sqrt(ms)"],
  ["2 mV*ms^-0.5", 2, "mV/sqrt(ms)"],
  ["2 mV*ms^(-1/2)", 2, "mV/sqrt(ms)"],
  ["20 pA*sqrt(ms)", 20, "pA*sqrt(ms)"],
  ["9 /sqrt(ms)", 9, "/sqrt(ms)"],
  ["1 mV/sqrt(s)", 0.03162277660168379, "mV/sqrt(ms)"],
  ["1 sqrt(s)*sqrt(s)", 1000, "ms"],
  ["1 sqrt(mV*V)", 31.622776601683793, "mV"],
  ["1 sqrt(V)^2", 1000, "mV"],
  ["1 /sqrt(V/mV)", 0.03162277660168379, "1"],
  ["2 min", 120000, "ms"],
  ["1 h", 3600000, "ms"],
  ["5 /min", 1 / 12000, "/ms"],
  ["1 /h", 1 / 3600000, "/ms"],
  ["1 m/h", 1 / 3.6, "µm/ms"],
  ["37 degC", 310.15, "K"],
  ["-10 degC", 263.15, "K"],
  ["6.3 degC", 279.45, "K"],
  ["-273.15 degC", 0, "K"],
  ["1e-400 degC", 273.15, "K"],
  ["300 K", 300, "K"],
  ["5 %", 0.05, "1"],
  ["1 mM", 1, "mM"],
  ["1 M", 1000, "mM"],
  ["100 nM", 1e-4, "mM"],
  ["1 mol/L", 1000, "mM"],
  ["1 mmol/l", 1, "mM"],
  ["1 um", 1, "µm"],
  ["1 dam", 1e7, "µm"],
  ["1 hL", 1e17, "µm^3"],
  ["1 cm^2", 1e8, "µm^2"],
  ["1 kg", 1e12, "ng"],
  ["1 Pa", 1, "Pa"],
  ["1 N/m^2", 1, "Pa"],
  ["1 PA", 1e27, "pA"],
  ["1 cd", 1, "cd"],
  ["1 Gy", 1e6, "µm^2/ms^2"],
  ["1 T*m^2/s", 1000, "mV"],
  ["1 H*A/s", 1000, "mV"],
  ["1 W/A", 1000, "mV"],
  ["1 kat", 1e15, "amol/ms"],
  ["1 rad", 1, "1"],
  ["1 sr", 1, "1"],
  ["1 Wb/s", 1000, "mV"],
  ["1 J/C", 1000, "mV"],
  ["1 F*V/s", 1e12, "pA"],
  ["1 Bq", 1e-3, "/ms"],
  ["1 lm", 1, "cd"],
  ["1 lx*m^2", 1, "cd"],
  ["1 Sv", 1e6, "µm^2/ms^2"],
  ["1 qV", 1e-27, "mV"],
  ["1 QV", 1e33, "mV"],
  ["0.1 /ms/mV", 0.1, "/ms/mV"],
  ["1 1", 1, "1"],
])("%s is %d %s", (literal, value, canonical) => {
  const [digits = "", text = ""] = literal.split(" ");
  const written = unit(text);
  expect(canonicalUnit(written.dimension).text).toBe(canonical);
  expect(canonicalValue(digits, written)).toEqual({ value, problem: null });
});

test("a conductance times a voltage is exactly a current", () => {
  expect(equal(unit("nS*mV").dimension, unit("pA").dimension)).toBe(true);
  expect(equal(multiply(CONDUCTANCE, VOLTAGE), unit("A").dimension)).toBe(true);
  expect(unit("nS*mV").scale).toEqual(unit("pA").scale);
});

test("the same time written in many ways is one double", () => {
  for (const literal of [
    "10 ms",
    "0.01 s",
    "1e-2 s",
    "10000 us",
    "10000 µs",
    "1E7 ns",
    "00010.000 ms",
    "0.00001 ks",
    ".01 s",
  ]) {
    expect(Object.is(inMs(literal), 10), literal).toBe(true);
  }
  expect(inMs("0.3 ms")).toBe(0.3);
  expect(inMs("0.0003 s")).toBe(0.3); // 0.0003 * 1000 is 0.3 only by luck; 0.0007*1000 is 0.7000000000000001
  expect(inMs("0.0007 s")).toBe(0.7);
});

const digitString = fc.stringMatching(/^[0-9]{1,25}$/);
const prefixes = [
  ["", 0],
  ["m", 3],
  ["u", 6],
  ["µ", 6],
  ["n", 9],
  ["p", 12],
  ["f", 15],
  ["a", 18],
  ["k", -3],
  ["M", -6],
  ["G", -9],
  ["T", -12],
  ["c", 2],
  ["d", 1],
  ["da", -1],
  ["h", -2],
] as const;

test("moving the decimal point with the prefix never changes the double", () => {
  fc.assert(
    fc.property(
      digitString,
      fc.integer({ min: -30, max: 30 }),
      fc.constantFrom(...prefixes),
      fc.constantFrom("V", "A", "S", "F", "s", "Ω", "mol", "V/sqrt(s)", "A/cm^2", "V/min"),
      (digits, exponent, [prefix, moved], symbol) => {
        const plain = canonicalValue(`${digits}e${exponent}`, unit(symbol)).value;
        expect(Object.is(canonicalValue(`${digits}e${exponent + moved}`, unit(prefix + symbol)).value, plain)).toBe(
          true,
        );
        expect(Object.is(canonicalValue(`-${digits}e${exponent + moved}`, unit(prefix + symbol)).value, -plain)).toBe(
          true,
        );
      },
    ),
    { numRuns: 1000 },
  );
});

test("a number without a unit is the double JavaScript reads", () => {
  const anyText = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.tuple(digitString, digitString, fc.integer({ min: -340, max: 320 })).map(([a, b, e]) => `${a}.${b}e${e}`),
    // Halfway between two doubles, and next to it.
    fc
      .tuple(fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }), fc.integer({ min: -1, max: 1 }))
      .map(([n, d]) => String(((n >> 27n) << 28n) + (1n << 27n) + BigInt(d))),
    // Among the subnormal numbers, where the last place is fixed.
    fc.bigInt({ min: 1n, max: 2n ** 60n }).map((n) => `${n}e-340`),
  );
  fc.assert(
    fc.property(anyText, (text) => Object.is(canonicalValue(text, null).value, Number(text))),
    { numRuns: 1000 },
  );
  // The division by which minutes and hours are scaled rounds as the reading of a text does.
  const divided = (text: string): number => {
    const { negative, digits, exponent } = decimal(text);
    if (digits === 0n) return Number(text);
    return (
      (negative ? -1 : 1) *
      (exponent < 0
        ? nearestDouble(digits, 10n ** BigInt(-exponent))
        : nearestDouble(digits * 10n ** BigInt(exponent), 1n))
    );
  };
  fc.assert(
    fc.property(anyText, (text) => Object.is(divided(text), Number(text))),
    { numRuns: 3000 },
  );
  for (const text of [
    "5e-324",
    "2.4703282292062327e-324",
    "2.4703282292062328e-324",
    "2.2250738585072011e-308",
    "1.7976931348623158e308",
    "1.7976931348623159e308",
    "1e-330",
    "9007199254740993",
  ]) {
    expect(divided(text), text).toBe(Number(text));
  }
  expect(canonicalValue("4.9406564584124654e-324", null).value).toBe(5e-324);
  expect(canonicalValue("2.4703282292062327e-324", null).value).toBe(0);
  expect(canonicalValue("2.4703282292062328e-324", null).value).toBe(5e-324);
  expect(canonicalValue("1.7976931348623158e308", null).value).toBe(Number.MAX_VALUE);
  expect(canonicalValue("9007199254740993", null).value).toBe(9007199254740992);
  expect(canonicalValue(`9007199254740993.${"0".repeat(2000)}1`, null).value).toBe(9007199254740994);
});

test("what no double holds is told (S09)", () => {
  expect(canonicalValue("1e999", unit("mV"))).toEqual({ value: Infinity, problem: "overflow" });
  expect(canonicalValue("1e307", unit("V"))).toEqual({ value: Infinity, problem: "overflow" });
  expect(canonicalValue("1e-400", unit("mV"))).toEqual({ value: 0, problem: "underflow" });
  expect(canonicalValue("1e-310", null)).toEqual({ value: 1e-310, problem: "underflow" });
  expect(canonicalValue("1e-310", unit("V"))).toEqual({ value: 1e-307, problem: null });
  expect(canonicalValue("0e-999999999999999999999", unit("mV"))).toEqual({ value: 0, problem: null });
  expect(canonicalValue("1e999999999999999999999", unit("mV")).problem).toBe("overflow");
  expect(canonicalValue("1e-999999999999999999999", unit("min")).problem).toBe("underflow");
  expect(canonicalValue("1".repeat(400), null).problem).toBe("overflow");
  expect(canonicalValue(`${"1".repeat(400)}e-399`, null)).toEqual({ value: 1.1111111111111112, problem: null });
  expect(canonicalValue("1e-1700", unit("min^999/s^999"))).toEqual({
    value: Number(60n ** 999n / 10n ** 1700n),
    problem: null,
  });
  expect(canonicalValue("1", unit("min^999/s^999")).problem).toBe("overflow");
});

test("inUnit gives back what was written", () => {
  expect(inUnit(0.1, unit("V"))).toBe(1e-4);
  expect(inUnit(310.15, unit("degC"))).toBe(37);
  expect(inUnit(263.15, unit("degC"))).toBe(-10);
  expect(inUnit(90000, unit("min"))).toBe(1.5);
  expect(inUnit(-0, unit("V"))).toBe(-0);
  expect(inUnit(NaN, unit("V"))).toBeNaN();
  expect(inUnit(-Infinity, unit("V"))).toBe(-Infinity);
  fc.assert(
    fc.property(
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.integer({ min: -12, max: 5 }),
      fc.constantFrom("V", "s", "MΩ", "µA/cm^2", "nM", "Hz", "min", "degC", "%"),
      (n, e, text) => {
        const written = `${n}e${e}`;
        const back = inUnit(canonicalValue(written, unit(text)).value, unit(text));
        // A minute and the offset of degC cost digits on the way; prefixes cost none.
        if (text === "min" || text === "degC")
          expect(Math.abs(back - Number(written))).toBeLessThanOrEqual(1e-13 + Math.abs(Number(written)) * 3e-16);
        else expect(back).toBe(Number(written) + 0);
      },
    ),
    { numRuns: 1000 },
  );
});

test("a unit is no tolerance: what is unknown stays unknown, with what may have been meant", () => {
  const suggested = (text: string): readonly string[] => {
    const p = problem(text);
    return p.kind === "unknown" ? p.suggestions : [p.kind];
  };
  expect(suggested("mv")[0]).toBe("mV");
  expect(suggested("Mv")).toContain("mV");
  expect(suggested("msec")).toEqual(["ms"]);
  expect(suggested("sec")).toEqual(["s"]);
  expect(suggested("milliseconds")).toEqual(["ms"]);
  expect(suggested("volt")).toEqual(["V"]);
  expect(suggested("mVolt")).toEqual(["mV"]);
  expect(suggested("ohms")).toEqual(["ohm"]);
  expect(suggested("Mohms")).toEqual(["Mohm"]);
  expect(suggested("KHz")).toContain("kHz");
  expect(suggested("umho")).toEqual(["uS"]);
  expect(suggested("cm2")).toEqual(["cm^2"]);
  expect(suggested("cm²")).toEqual(["cm^2"]);
  expect(suggested("ms⁻¹")).toEqual(["ms^-1"]);
  expect(suggested("°C")).toEqual(["degC"]);
  expect(suggested("hours")).toEqual(["h"]);
  expect(suggested("micron")).toEqual(["um"]);
  expect(suggested("mmhg")).toEqual(["mmHg"]);
  expect(suggested("ev")).toEqual(["eV"]);
  expect(suggested("kilocalories")).toEqual(["kcal"]);
  expect(suggested("days")).toEqual(["day"]);
  expect(suggested("ångström")).toEqual(["Å"]);
  expect(suggested("kilodaltons")).toEqual(["kDa"]);
  expect(suggested("banana")).toEqual([]);
  expect(suggested("ξ")).toEqual([]);
  expect(problem("nS/cmm^2")).toMatchObject({ kind: "unknown", symbol: "cmm", start: 3, end: 6 });
  for (const absent of [
    "d",
    "deg",
    "mday",
    "katm",
    "mmmHg",
    "mÅ",
    "amu",
    "mmin",
    "kh",
    "m%",
    "mdegC",
    "G",
    "u",
    "in",
    "toString",
    "__proto__",
    "constructor",
  ])
    expect(isUnitSymbol(absent), absent).toBe(false);
});

test("malformed units say where", () => {
  expect(problem("")).toMatchObject({ kind: "malformed", at: 0 });
  expect(problem("m s")).toMatchObject({ kind: "malformed", at: 1 });
  expect(problem(" ms")).toMatchObject({ kind: "malformed", at: 0 });
  expect(problem("mV/")).toMatchObject({ kind: "malformed", at: 2 });
  expect(problem("mV//ms")).toMatchObject({ kind: "malformed", at: 2 });
  expect(problem("*mV")).toMatchObject({ kind: "malformed", at: 0 });
  expect(problem("1*mV")).toMatchObject({ kind: "malformed" });
  expect(problem("mV/(ms*nS)")).toMatchObject({
    kind: "malformed",
    at: 2,
    message: expect.stringContaining("mV/ms/nS") as string,
  });
  expect(problem("sqrt(ms")).toMatchObject({ kind: "malformed" });
  for (const exponent of ["^", "^n2", "^1/2)", "^(1/0)", "^(1/13)", "^0.333", "^1000", "^(2", "^--1", "^2.5.1"])
    expect(problem(`ms${exponent}`).kind, exponent).not.toBe("offset");
  expect(problem("sqrt(sqrt(sqrt(ms)))")).toMatchObject({ kind: "malformed" });
  expect(problem(Array.from({ length: 33 }, () => "mV").join("*"))).toMatchObject({ kind: "malformed" });
  expect(problem("s^(1/7)*s^(1/11)")).toMatchObject({
    kind: "malformed",
    message: expect.stringContaining("too fine") as string,
  });
});

test("malformed units say what is wrong", () => {
  const said = (text: string): string => {
    const p = problem(text);
    return p.kind === "malformed" ? p.message : p.kind;
  };
  const missing = "a unit is missing",
    spaces = "a unit has no spaces inside it",
    nothing = "this is no unit";
  const exponent = "an exponent is a whole number or a fraction in parentheses, such as ^2, ^-1 or ^(1/2)";
  const parentheses = "parentheses stand only after sqrt and around an exponent; `mV/(ms*nS)` is written `mV/ms/nS`";
  expect(["", "  ", "\t"].map(said)).toEqual([missing, missing, missing]);
  expect(["m s", "mV /ms", " mV"].map(said)).toEqual([spaces, spaces, spaces]);
  expect(["ms^", "ms^n2", "ms^0.333", "ms^(1/0)", "ms^(2"].map(said)).toEqual(
    Array.from({ length: 5 }, () => exponent),
  );
  expect(["(mV)", "mV)", "mV/(ms*nS)", "mV*(ms)"].map(said)).toEqual(Array.from({ length: 4 }, () => parentheses));
  expect(["mV/", "mV*"].map(said)).toEqual([
    "a unit symbol is missing after `/`",
    "a unit symbol is missing after `*`",
  ]);
  expect(["mV//ms", "mV*/ms", "*mV"].map(said)).toEqual([
    "what follows `/` is no unit",
    "what follows `*` is no unit",
    "what follows `*` is no unit",
  ]);
  expect(["12", "3*mV"].map(said)).toEqual([nothing, nothing]);
  expect(said(Array.from({ length: 33 }, () => "mV").join("*"))).toBe("a unit of more than 32 factors");
  expect("unit" in parseUnit(Array.from({ length: 32 }, () => "mV").join("*"))).toBe(true);
  expect("unit" in parseUnit("mV^(1/12)*ms^(1/5)")).toBe(true); // a sixtieth root of a prefix is the finest
  expect(problem("sqrt(mq)")).toMatchObject({ kind: "unknown", symbol: "mq", start: 5, end: 7 });
  expect(problem("sqrt*mV")).toMatchObject({ kind: "unknown", symbol: "sqrt", start: 0, end: 4 });
});

test("what may have been meant is found by its letters in another case, as a word, or near", () => {
  const suggested = (text: string): readonly string[] => {
    const p = problem(text);
    return p.kind === "unknown" ? p.suggestions : [p.kind];
  };
  expect(suggested("MOL")).toEqual(["mol"]);
  expect(suggested("MHZ")).toEqual(["mHz", "MHz"]);
  expect(suggested("microS")).toEqual(["uS"]);
  expect(suggested("MegaOhms")).toEqual(["Mohm"]);
  expect(suggested("current")).toEqual(["pA"]);
  expect(suggested("Conductance")).toEqual(["nS"]);
  expect(suggested("x")).toEqual([]);
  expect(suggested("a".repeat(21))).toEqual([]);
  expect(suggested("m⁻²")).toEqual(["m^-2"]);
  expect(suggested("mS0")).toEqual(["mS^0"]);
});

test("degC stands alone", () => {
  for (const text of ["degC/ms", "/degC", "mV/degC", "degC^2", "sqrt(degC)", "degC^1"])
    expect(problem(text), text).toMatchObject({ kind: "offset", symbol: "degC" });
  expect(problem("mV/degC")).toMatchObject({ start: 3, end: 7 });
});

test("no two prefixed units are spelled alike by accident, and each converts into itself", () => {
  expect(new Set(unitSymbols()).size).toBe(unitSymbols().length);
  for (const symbol of unitSymbols()) {
    expect(Math.max(...symbol.split("").map((c) => c.length)) <= 1 && symbol.length <= 8, symbol).toBe(true);
    expect(canonicalValue("0", unit(symbol)).problem).toBeNull();
  }
});

test("every dimension's canonical unit is read back as that dimension with factor 1", () => {
  const exponent = fc
    .tuple(fc.integer({ min: -6, max: 6 }), fc.constantFrom(1, 1, 1, 2, 3))
    .map(([n, d]) => rational(n, d));
  fc.assert(
    fc.property(fc.array(exponent, { minLength: 7, maxLength: 7 }), (exponents) => {
      const wanted = dimension(exponents);
      const canonical = canonicalUnit(wanted);
      const read = unit(canonical.text);
      expect(read.dimension).toEqual(wanted);
      expect(read.scale).toEqual([]);
    }),
    { numRuns: 300 },
  );
  expect(canonicalUnit(power(VOLTAGE, rational(3, 2))).text).toBe("mV^(3/2)");
});
