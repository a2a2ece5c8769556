// Whatever the text: no exception, spans inside the file and inside one another, places of messages too.
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { reservedWords } from "../../grammar/tokens.ts";
import { parseComparisonMember, parseSetting } from "../../src/1-parse/parse.ts";
import { sourceText } from "../../src/base/source.ts";
import { badSpans, read } from "./reading.ts";

const WORDS = [
  ...reservedWords,
  ..."from of as when with rate hold drop all interpret duration step seed method spikes precise record every synapse comparison connect weight single by where allow pre post to using self multiple poisson random models networks under measure reference seeds sweep over in logarithmic steps draws".split(" "),
  ..."V E_L Θ_inf x₁ dV dt sqrt equations neurn sate mV pF /ms 1 0.5 1..2 1e-3 1e999".split(" "),
  ..."{ } ( ) [ ] ; , . .. : = == := += <- -> → ~ ' + - * / ^ ** < > <= >= != ! && || % − · ← ² @ \\ \"".split(" "),
  '"text"', "/*", "*/", "// c\n", "/// d\n", "\n", "\n", "\r\n", "\0", "\uFEFF", "\u2028", "neuron N {\n", "reset {", "param C = 1 pF\n", "V' = -V/τ\n", "}\n",
  "synapse S {\n", "synapse S extends T { ", "on pre { g <- g + w }\n", "weight w : nS\n", "connect E -> I by S ", "connect E, I[0..9] -> E by S as s { w = 1 nS } ", "random(p: 0.1)", "where i < j",
  "comparison L {\n", "models A, B { x = 1 } as \"b\"\n", "sweep x over 1 .. 2 in 3 steps\n", "measure m(V, n: 1)", "allow self, multiple", "population P = 10 poisson(8 Hz)\n",
]; // prettier-ignore

const soup = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(" ", " ", "", "\n")), { maxLength: 80 })
  .map((parts) => parts.flat().join(""));
const anything = fc.string({ unit: "binary", maxLength: 200 });

vi.setConfig({ testTimeout: 60_000 });

function holdsTogether(text: string): void {
  const { file, diagnostics } = read(text);
  expect(badSpans(file)).toEqual([]);
  for (const { primary, secondary, fixes } of diagnostics) {
    for (const span of [
      primary.span,
      ...secondary.map((label) => label.span),
      ...fixes.flatMap((fix) => fix.edits.map((edit) => edit.span)),
    ]) {
      expect(
        Number.isInteger(span.start) &&
          Number.isInteger(span.end) &&
          0 <= span.start &&
          span.start <= span.end &&
          span.end <= file.source.text.length,
      ).toBe(true);
    }
  }
  parseSetting(sourceText("--set", text));
  parseComparisonMember(sourceText("--over", `sweep ${text}`));
}

test("words in any order", () => {
  fc.assert(fc.property(soup, holdsTogether), { numRuns: 300 });
});

test("any characters", () => {
  fc.assert(fc.property(anything, holdsTogether), { numRuns: 300 });
});

test("words in any order inside a neuron, a network, an experiment and a comparison", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(
        "neuron N {",
        "network N {",
        "experiment X of N {",
        "neuron N { reset {",
        "synapse S {",
        "synapse S { on pre {",
        "network N { connect E -> I by S",
        "network N { connect",
        "network N { connect E -> I by S { w = 1,",
        "network N { population P = 10 M {",
        "comparison L {",
        "comparison L { models A {",
        "comparison L { sweep",
        "comparison L { measure m(",
      ),
      soup,
      (head, text) => holdsTogether(`${head} ${text}`),
    ),
    { numRuns: 300 },
  );
});

test("what was read before does not matter", () => {
  fc.assert(
    fc.property(soup, soup, (one, other) => {
      const alone = JSON.stringify(read(one), leaveOutSource);
      read(other);
      expect(JSON.stringify(read(one), leaveOutSource)).toBe(alone);
    }),
    { numRuns: 100 },
  );
});

function leaveOutSource(key: string, value: unknown): unknown {
  return key === "source" ? undefined : value;
}
