// How deep mechanisms may be in one another: names grow with the depth, so that beyond a limit they are not written out, and the work is that of the text.
import { expect, test } from "vitest";
import { growthOf } from "../work.ts";
import { analyzeText } from "./program.ts";

const deep = (n: number, more = ""): string =>
  `mechanism M0 { state m = 1; m' = -m/(5 ms) }\n${Array.from({ length: n }, (_, k) => `mechanism M${k + 1} { use M${k} }\n`).join("")}${more}`;
const told = (text: string): string[] =>
  analyzeText(text).diagnostics.map(
    (d) => `${d.code} ${d.primary.span.source.text.slice(d.primary.span.start, d.primary.span.end)}`,
  );

test("mechanisms 200 deep in one another are checked, deeper ones told where they first are", () => {
  expect(told(deep(200))).toEqual([]);
  expect(told(deep(203))).toEqual(["model/too-deep M200"]);
});

test("the depth counts what parents use, of several ways the deepest, and each too deep use once", () => {
  expect(told(deep(200, "mechanism Child extends M200 {}\n"))).toEqual([]);
  expect(told(deep(200, "mechanism Child extends M200 {}\nmechanism Outer { use M0; use Child }\n"))).toEqual([
    "model/too-deep Child",
  ]);
  expect(told(deep(200, "mechanism A { use M200 }\nmechanism B { use M200 }\nmechanism C { use A; use B }\n"))).toEqual(
    ["model/too-deep M200", "model/too-deep M200"],
  );
});

test("what is too deep is no more work than its text", () => {
  expect(growthOf((n) => void analyzeText(deep(n)), 400)).toBeLessThan(1.2);
}, 120_000);
