// Whatever the text: a diagnosis, in time, and never an exception (S13, R05).
import fc from "fast-check";
import { expect, test } from "vitest";
import { COMPARED, COMPARISONS } from "./comparison.ts";
import { GLIF } from "./glif.ts";
import { NETWORK } from "./network.ts";
import { analyzeText, programOf } from "./program.ts";

const tokensOf = (text: string): readonly string[] =>
  text.match(/[\p{L}_][\p{L}\p{N}_]*|\d+(\.\d+)?|\/\/.*|\s+|<-|->|\+=|\.\.|./gu) ?? [];
const TEXTS = [
  { name: "neurons", tokens: tokensOf(GLIF) },
  { name: "networks", tokens: tokensOf(NETWORK) },
  { name: "comparisons", tokens: tokensOf(COMPARED + COMPARISONS) },
];

test("the texts that are spoilt here are right", () => {
  for (const text of [GLIF, NETWORK]) expect(analyzeText(text).diagnostics).toEqual([]);
  expect(analyzeText(COMPARED + COMPARISONS).program).not.toBeNull();
});

test("a chain of definitions is as long as its text, in whichever order it is written", () => {
  const chain = (word: string): string =>
    Array.from({ length: 5000 }, (_, k) => `  ${word} y${5000 - k} = y${4999 - k} + 1`).join("\n");
  for (const word of ["let", "param"]) {
    const text = `neuron P {\n  state x = y5000\n${chain(word)}\n  param y0 = 1\n  x' = -x/(10 ms)\n}\n`;
    expect(analyzeText(text).diagnostics, word).toEqual([]);
  }
});

test.each(TEXTS)("deleting or doubling a token of $name: an error or a program, never an exception", ({ tokens }) => {
  const solid = tokens.flatMap((t, i) => (/^\s|^\/\//.test(t) ? [] : [i]));
  fc.assert(
    fc.property(fc.constantFrom(...solid), fc.boolean(), (at, double) => {
      const text = tokens.flatMap((t, i) => (i !== at ? [t] : double ? [t, " ", t] : [])).join("");
      const { program, diagnostics } = analyzeText(text);
      expect(program === null).toBe(diagnostics.some((d) => d.severity === "error"));
      for (const d of diagnostics)
        for (const { span } of [d.primary, ...d.secondary])
          expect(span.start <= span.end && span.end <= span.source.text.length).toBe(true);
    }),
    { numRuns: 150, seed: 7 },
  );
});

test.each(TEXTS)("names of $name in other places: an error or a program, never an exception", ({ tokens }) => {
  const names = tokens.flatMap((t, i) => (/^[\p{L}_]/u.test(t) ? [i] : []));
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.constantFrom(...names), (a, b) => {
      const text = tokens.map((t, i) => (i === a ? (tokens[b] ?? "") : t)).join("");
      expect(() => analyzeText(text)).not.toThrow();
    }),
    { numRuns: 150, seed: 11 },
  );
});

test("a sum of ten thousand terms", () => {
  const sum = Array.from({ length: 10_000 }, (_, k) => `a*${k + 1}`).join(" + ");
  expect(programOf(`neuron N { param a = 1 mV\n state V = 0 mV\n V' = (${sum} - V)/(1 ms) }`).neurons).toHaveLength(1);
});

test("two thousand states, and lets that are declared last to first", () => {
  const states = Array.from(
    { length: 2000 },
    (_, k) => `state x${k} = 0\nx${k}' = -x${k}/(1 ms) + y${k}/(1 ms)\nlet y${k} = ${k < 1999 ? `y${k + 1} + 1` : "1"}`,
  ).join("\n");
  expect(programOf(`neuron N {\n${states}\n}`).neurons[0]?.equations).toHaveLength(2000);
});

test("constants and functions that lean on each other, thousands deep", () => {
  const constants = Array.from({ length: 3000 }, (_, k) => `const c${k} = ${k < 2999 ? `c${k + 1} + 1` : "1"}`).join(
    "\n",
  );
  const functions = Array.from(
    { length: 3000 },
    (_, k) => `function f${k}(x) = ${k < 2999 ? `f${k + 1}(x)` : "x"}`,
  ).join("\n");
  const codes = analyzeText(
    `${constants}\n${functions}\nneuron N { state V = c0\n V' = f0(-V)/(1 ms) }`,
  ).diagnostics.map((d) => d.code);
  expect(codes).toEqual(["model/too-large"]);
});

test("mechanisms that double at every level", () => {
  const text = Array.from(
    { length: 40 },
    (_, k) =>
      `mechanism M${k} { param p = 1 nS\n I_e += p*V\n ${k < 39 ? `use M${k + 1} as a\n use M${k + 1} as b` : ""} }`,
  ).join("\n");
  const { diagnostics } = analyzeText(
    `${text}\nneuron N { input I_e : pA\n state V = 0 mV\n V' = I_e/(1 pF)\n use M0 }`,
  );
  expect(new Set(diagnostics.filter((d) => d.severity === "error").map((d) => d.code))).toEqual(
    new Set(["model/too-large"]),
  );
});
