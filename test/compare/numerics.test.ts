// Method and step as all that differs, also where a variant is told against another that is not the baseline.
import { expect, test } from "vitest";
import { isSameModel, numericsOf } from "../../src/compare/numerics.ts";
import type { StructuralItem, StructuralSummary } from "../../src/compare/comparison.ts";

const summary = (variant: number, against: number, ...parts: StructuralItem["part"][]): StructuralSummary => ({
  variant,
  against,
  measuredAlike: true,
  equal: parts.length === 0,
  sentence: "",
  items: parts.map((part) => ({ part, change: "changed", name: "x", before: "1", after: "2", note: "" })),
});

test("through all variants in between", () => {
  const structure = [
    summary(1, 0, "method"),
    summary(2, 1, "step"),
    summary(3, 0, "parameter"),
    summary(4, 3, "method"),
    summary(5, 0, "step", "step"),
    summary(6, 0),
    summary(7, 6, "method"),
  ];
  expect([1, 2, 3, 4, 5, 6, 7, 8].map((v) => numericsOf(structure, v, 0))).toEqual([
    "the method",
    "method and step",
    null,
    null,
    "the step",
    null,
    "the method",
    null,
  ]);
});

test("the same model: proven to be, and integrated alike, through all variants in between", () => {
  const unproven: StructuralSummary = { ...summary(5, 0), equal: null };
  const structure = [
    summary(1, 0),
    summary(2, 1),
    summary(3, 2, "method"),
    summary(4, 0, "step"),
    unproven,
    summary(6, 5),
    summary(7, 0, "parameter"),
  ];
  expect([1, 2, 3, 4, 5, 6, 7, 8].map((v) => isSameModel(structure, v, 0))).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
});
