// Decimal arithmetic against the engine's own reading of decimal text, and by numbers worked out by hand.
import fc from "fast-check";
import { expect, test } from "vitest";
import { addDecimals, decimal, nearestDouble, scaledToDouble } from "../../src/runtime/decimal.ts";
import { rational } from "../../src/quantities/dimension.ts";

const value = (text: string): number => scaledToDouble(decimal(text), []);

test("a decimal is its digits and where their point is", () => {
  expect(decimal("-0012.340e-2")).toEqual({ negative: true, digits: 12340n, exponent: -5 });
  expect(decimal("+.5")).toEqual({ negative: false, digits: 5n, exponent: -1 });
  expect(decimal("000")).toEqual({ negative: false, digits: 0n, exponent: 0 });
  expect(decimal("7.")).toEqual({ negative: false, digits: 7n, exponent: 0 });
});

test("what is no decimal number is a fault of ours, told with its beginning", () => {
  for (const text of ["", ".", "e5", "x1", "1x", "1e", "--1", "1 2"])
    expect(() => decimal(text), text).toThrow(`no decimal number: ${text}`);
  expect(() => decimal("z".repeat(100))).toThrow(new RegExp(`no decimal number: z{40}$`));
});

test("of very many digits the rest only breaks ties", () => {
  const exact = "9".repeat(1000),
    longer = "9".repeat(1001);
  expect(decimal(exact)).toEqual({ negative: false, digits: BigInt(exact), exponent: 0 });
  expect(decimal(longer)).toEqual({ negative: false, digits: BigInt(`${exact}1`), exponent: 0 });
  expect(decimal(`${longer}5`)).toEqual({ negative: false, digits: BigInt(`${exact}1`), exponent: 1 });
  // 2^53 + 1 lies between two doubles: a digit far behind it decides.
  expect(value(`9007199254740993.${"0".repeat(1200)}`)).toBe(9007199254740992);
  expect(value(`9007199254740993.${"0".repeat(1200)}1`)).toBe(9007199254740994);
});

test("sums are exact, and what no double shows is left out", () => {
  const sum = (a: string, b: string): string => {
    const { negative, digits, exponent } = addDecimals(decimal(a), decimal(b));
    return `${negative ? "-" : ""}${digits}e${exponent}`;
  };
  expect(sum("273.15", "-36.6")).toBe("23655e-2");
  expect(sum("-1", "0.25")).toBe("-75e-2");
  expect(sum("0", "-0.5")).toBe("-5e-1");
  expect(sum("-0.5", "0e7")).toBe("-5e-1");
  expect(sum("2", "-2")).toBe("0e0");
  // Ten powers apart the sum has all digits of both, in either order; 2000 are the most.
  for (const [a, b] of [
    ["1e1999", "3"],
    ["3", "1e1999"],
    ["1e2000", "3"],
    ["3", "1e2000"],
  ] as const)
    expect(sum(a, b)).toBe(`1${"0".repeat(a.length > 2 ? Number(a.slice(2)) - 1 : Number(b.slice(2)) - 1)}3e0`);
  expect(sum("1e2001", "3")).toBe("1e2001");
  expect(sum("3", "1e2001")).toBe("1e2001");
  expect(sum("1e-2000", "3e-4500")).toBe("1e-2000");
});

test("the nearest double of a fraction of whole numbers is that of their quotient", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 53 }), fc.integer({ min: 1, max: 2 ** 53 }), (a, b) => {
      expect(nearestDouble(BigInt(a), BigInt(b))).toBe(a / b); // both are exact, so that the engine rounds once
    }),
  );
});

test("the long way through fractions agrees with the engine's reading of decimal text, to the smallest and largest doubles", () => {
  const long = (digits: bigint, exponent: number): number =>
    exponent >= 0
      ? nearestDouble(digits * 10n ** BigInt(exponent), 1n)
      : nearestDouble(digits, 10n ** BigInt(-exponent));
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 25n }), fc.integer({ min: -350, max: 310 }), (digits, exponent) => {
      expect(long(digits, exponent)).toBe(Number(`${digits}e${exponent}`));
    }),
    { numRuns: 500 },
  );
  expect(long(1n, -400)).toBe(0);
  expect(long(5n, -324)).toBe(5e-324);
  expect(long(24n, -325)).toBe(0); // less than half of the smallest
  expect(long(25n, -325)).toBe(5e-324);
  expect(long(22250738585072014n, -324)).toBe(2.2250738585072014e-308);
  expect(long(17976931348623157n, 292)).toBe(Number.MAX_VALUE);
  expect(long(2n, 308)).toBe(Infinity);
});

test("scales of whole numbers and of roots round once", () => {
  const scaled = (text: string, ten: readonly [number, number], six: readonly [number, number]): number =>
    scaledToDouble(decimal(text), [
      [6, rational(...six)],
      [10, rational(...ten)],
    ]);
  expect(scaled("2", [4, 1], [1, 1])).toBe(120_000); // 2 min in ms
  expect(scaled("1", [-3, 2], [0, 1])).toBe(Number("0.031622776601683793319988935444")); // 10^-1.5
  expect(scaled("1", [1, 2], [1, 2])).toBe(Number("7.745966692414833770358530799564")); // sqrt(60)
  expect(scaled("-7", [0, 1], [-1, 1])).toBe(-7 / 6);
  expect(scaled("1", [0, 1], [-1, 2])).toBe(Number("0.40824829046386301636621401245"));
  expect(scaled("0", [5, 1], [1, 1])).toBe(0);
  expect(Object.is(scaled("-0", [5, 2], [1, 1]), -0)).toBe(true);
  expect(scaled("1e306", [0, 1], [2, 1])).toBe(3.6e307);
  expect(scaled("1e308", [0, 1], [1, 1])).toBe(Infinity);
  expect(scaled("-1e500", [0, 1], [1, 1])).toBe(-Infinity);
  expect(scaled("1e-308", [0, 1], [-1, 1])).toBe(1e-308 / 6);
  expect(scaled("1e-500", [0, 1], [1, 1])).toBe(0);
  expect(scaled("1e3000", [0, 1], [1, 1])).toBe(Infinity);
  expect(scaled("1e-3000", [0, 1], [1, 1])).toBe(0);
  expect(scaled("1e1000000000000", [-999, 1], [2, 1])).toBe(Infinity);
  // Roots that make a whole number between them make it exactly, so that a tie is one: 2^53 + 1 lies between two doubles.
  const roots = (text: string): number =>
    scaledToDouble(decimal(text), [
      [2, rational(1, 2)],
      [18, rational(1, 2)],
    ]);
  expect(roots("1501199875790165.5")).toBe(9007199254740992);
  expect(roots("1501199875790165.500000000000000000000000000000000000001")).toBe(9007199254740994);
});
