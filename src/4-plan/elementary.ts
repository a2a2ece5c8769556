// The runtime's own mathematics for numbers that are known while planning, so that they carry the same bits as in a kernel.
import type { Elementary } from "../algebra/evaluate.ts";
import * as math from "../runtime/math.ts";

export const elementary: Elementary = {
  exp: one(math.exp),
  expm1: one(math.expm1),
  log: one(math.log),
  log1p: one(math.log1p),
  log10: one(math.log10),
  sqrt: one(math.sqrt),
  abs: one(math.abs),
  sign: one(math.sign),
  floor: one(math.floor),
  ceil: one(math.ceil),
  round: one(math.round),
  step: one(math.step),
  exprel: one(math.exprel),
  sin: one(math.sin),
  cos: one(math.cos),
  tan: one(math.tan),
  asin: one(math.asin),
  acos: one(math.acos),
  atan: one(math.atan),
  sinh: one(math.sinh),
  cosh: one(math.cosh),
  tanh: one(math.tanh),
  min: two(math.min),
  max: two(math.max),
  pow: two(math.pow),
  clamp: (x = NaN, low = NaN, high = NaN) => math.clamp(x, low, high),
};

function one(f: (x: number) => number): (...x: number[]) => number {
  return (x = NaN) => f(x);
}

function two(f: (x: number, y: number) => number): (...x: number[]) => number {
  return (x = NaN, y = NaN) => f(x, y);
}
