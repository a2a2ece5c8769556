// Dimensions form a group with roots, exactly: no sequence of operations leaves a residue.
import fc from "fast-check";
import { expect, test } from "vitest";
import * as Q from "../../src/quantities/dimension.ts";

const exponent = fc
  .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .map(([n, d]) => Q.rational(n, d));
const anyDimension = fc.array(exponent, { minLength: 7, maxLength: 7 }).map((e) => Q.dimension(e));

test("rationals are in lowest terms with a positive denominator", () => {
  expect(Q.rational(6, -4)).toEqual({ numerator: -3, denominator: 2 });
  expect(Object.is(Q.rational(0, -5).numerator, 0)).toBe(true);
  expect(Q.rational(0, 7)).toEqual({ numerator: 0, denominator: 1 });
  expect(Q.rational(5)).toEqual({ numerator: 5, denominator: 1 });
  expect(() => Q.rational(1, 0)).toThrow();
  expect(() => Q.rational(0.5)).toThrow();
});

test("a decimal literal is the fraction it was meant as, or none", () => {
  expect(Q.rationalFromNumber(0.5)).toEqual(Q.rational(1, 2));
  expect(Q.rationalFromNumber(-1.5)).toEqual(Q.rational(-3, 2));
  expect(Q.rationalFromNumber(0.1)).toEqual(Q.rational(1, 10));
  expect(Q.rationalFromNumber(1 / 3)).toEqual(Q.rational(1, 3));
  expect(Q.rationalFromNumber(0.333)).toEqual(Q.rational(333, 1000));
  expect(Q.rationalFromNumber(0)).toEqual(Q.rational(0));
  expect(Q.rationalFromNumber(4)).toEqual(Q.rational(4));
  for (const none of [Math.PI, 0.1 + 0.2, 0.0001, NaN, Infinity, 1e300, 1e-300])
    expect(Q.rationalFromNumber(none), String(none)).toBeNull();
});

test("the group laws hold exactly", () => {
  fc.assert(
    fc.property(anyDimension, anyDimension, exponent, (a, b, e) => {
      expect(Q.multiply(a, b)).toEqual(Q.multiply(b, a));
      expect(Q.divide(Q.multiply(a, b), b)).toEqual(a);
      expect(Q.power(Q.multiply(a, b), e)).toEqual(Q.multiply(Q.power(a, e), Q.power(b, e)));
      if (e.numerator !== 0) expect(Q.power(Q.power(a, e), Q.rational(e.denominator, e.numerator))).toEqual(a);
      expect(Q.isDimensionless(Q.divide(a, a))).toBe(true);
    }),
  );
});

test("keys are equal if and only if the dimensions are", () => {
  fc.assert(
    fc.property(
      anyDimension,
      anyDimension,
      (a, b) => Q.equal(a, b) === (JSON.stringify(a.exponents) === JSON.stringify(b.exponents)),
    ),
  );
  expect(Q.VOLTAGE.key).toBe("L2 M1 T-3 I-1");
  expect(Q.NOISE.key).toBe("T-1/2");
  expect(Q.DIMENSIONLESS.key).toBe("1");
});

test("the named dimensions hang together as physics does", () => {
  expect(Q.multiply(Q.RESISTANCE, Q.CONDUCTANCE)).toEqual(Q.DIMENSIONLESS);
  expect(Q.multiply(Q.RESISTANCE, Q.CAPACITANCE)).toEqual(Q.TIME);
  expect(Q.multiply(Q.CAPACITANCE, Q.VOLTAGE)).toEqual(Q.CHARGE);
  expect(Q.multiply(Q.NOISE, Q.NOISE)).toEqual(Q.FREQUENCY);
  expect(Q.divide(Q.CHARGE, Q.TIME)).toEqual(Q.CURRENT);
});

test("absurd exponents are coarsened, never thrown at", () => {
  let d = Q.VOLTAGE;
  for (let i = 0; i < 40; i++) d = Q.power(d, Q.rational(1, 997));
  for (let i = 0; i < 40; i++) d = Q.multiply(d, Q.power(Q.TIME, Q.rational(i + 1, 991 - i)));
  let e = Q.VOLTAGE;
  for (let i = 0; i < 40; i++) e = Q.power(e, Q.rational(997));
  for (const { numerator, denominator } of [...d.exponents, ...e.exponents]) {
    expect(Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator) && denominator > 0).toBe(true);
  }
});

test("rationals whose plain products are not exact are computed in whole numbers of any length", () => {
  const big = 2 ** 40;
  expect(Q.addRationals(Q.rational(1, big + 1), Q.rational(1, big + 1))).toEqual(Q.rational(2, big + 1));
  expect(Q.addRationals(Q.rational(big, 3), Q.rational(-big, 3))).toEqual(Q.rational(0));
  expect(Q.multiplyRationals(Q.rational(big, 3 ** 20), Q.rational(3 ** 20, big))).toEqual(Q.rational(1));
  expect(Q.multiplyRationals(Q.rational(-big, 7), Q.rational(7, 2 ** 20))).toEqual(Q.rational(-(2 ** 20)));
  expect(Q.addRationals(Q.rational(3 ** 30, 2 ** 30), Q.rational(1, 2 ** 30))).toEqual(
    Q.rational((3 ** 30 + 1) / 2, 2 ** 29),
  );
  // Beyond 2^53 both are halved until they fit; what is larger than any is the largest.
  expect(Q.multiplyRationals(Q.rational(2 ** 52), Q.rational(-4))).toEqual({
    numerator: -Number.MAX_SAFE_INTEGER,
    denominator: 1,
  });
  expect(Q.multiplyRationals(Q.rational(2 ** 52), Q.rational(4))).toEqual({
    numerator: Number.MAX_SAFE_INTEGER,
    denominator: 1,
  });
  const small = Q.multiplyRationals(Q.rational(1, 3 ** 20), Q.rational(1, 3 ** 20));
  expect(small.numerator).toBe(0);
});

test("what is no rational is a fault of ours", () => {
  expect(() => Q.rational(1, 0)).toThrow("no rational: 1/0");
  expect(() => Q.rational(0.5)).toThrow("no rational: 0.5/1");
  expect(() => Q.rational(1, 2 ** 53)).toThrow("no rational: 1/9007199254740992");
  expect(Q.rational(-6, -4)).toEqual({ numerator: 3, denominator: 2 });
  expect(Object.is(Q.rational(-0).numerator, 0)).toBe(true);
  expect([NaN, Infinity, -Infinity].map(Q.rationalFromNumber)).toEqual([null, null, null]);
});
