// What stands behind a number and is no unit, and a delay that cannot be counted: each is told for what it is, with what to write.
import { expect, test } from "vitest";
import { sourceText } from "../../src/base/source.ts";
import { compile } from "../../src/compile.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { host, runSource } from "../conformance/harness.ts";

const told = (text: string): readonly Diagnostic[] =>
  compile(sourceText("a.glif", text), host, "X").diagnostics.filter((d) => d.severity === "error");
const neuron = (members: string): string =>
  `neuron N { state x : 1 = 0; x' = -x/(1 ms); ${members} } experiment X of N { duration 1 ms; record x }`;

/** Applies the first fix of every error. */
function mended(text: string): string {
  const edits = told(text)
    .flatMap((d) => d.fixes[0]?.edits ?? [])
    .sort((a, b) => b.span.start - a.span.start);
  return edits.reduce((t, { span, newText }) => t.slice(0, span.start) + newText + t.slice(span.end), text);
}

test.each([
  ["let y = 8.314 J/(mol*K)", "J/mol/K"],
  ["let y = 2 nS/(cm^2)", "nS/cm^2"],
  ["let y = 5 mV/(ms*ms)", "mV/ms/ms"],
  ["let y = 5 mV/(nS/ms)", "mV/nS*ms"],
  ["param y : nS/(cm^2) = 1 nS/cm^2", "nS/cm^2"],
])("parentheses in a unit: %s", (member, meant) => {
  const errors = told(neuron(member));
  expect(errors.map((d) => d.code)).toEqual(["units/malformed"]);
  expect(errors[0]?.help).toEqual([`write \`${meant}\``]);
  expect(told(mended(neuron(member)))).toEqual([]);
});

test("parentheses with names of the model divide by them", () => {
  expect(told(neuron("param K = 2, S = 3; let y = 5 mV/(K*S)"))).toEqual([]);
});

test.each([
  ["1_000", "1000"],
  ["1_000_000", "1000000"],
  ["0x10", "16"],
  ["0b101", "5"],
])("a number of other languages: %s", (number, meant) => {
  const [error, ...more] = told(neuron(`let y = ${number}`));
  expect([error?.message, error?.help, more]).toEqual([`\`${number}\` is no number here`, [`write \`${meant}\``], []]);
  expect(mended(neuron(`let y = ${number}`))).toBe(neuron(`let y = ${meant}`));
});

test("an exponent without digits; a number that is meant to be multiplied", () => {
  expect(told(neuron("let y = 1e"))[0]?.help).toEqual([
    "a number is written `1000`, `0.5` or `1e3`, with digits behind the `e`",
  ]);
  expect(told(neuron("param e = 2; let y = 1e"))[0]?.help).toEqual(["to multiply by `e`, write `1*e`"]);
});

test("a unit that only looks like one", () => {
  const [error] = told(neuron("let y = 300 \u212A"));
  expect(error?.message).toBe("unknown unit `\u212A` with the character U+212A, which only looks like it");
  expect(error?.help).toEqual(["did you mean `K`?"]);
});

test("a delay of more steps than can be counted names the bound", () => {
  const [error] =
    told(`neuron N { state x : 1 = 0; x' = -x/(1 ms); spike when x > 1; reset { x <- 0 } } synapse S { weight w : 1 = 1; on pre { post.x <- post.x + w } }
network W { population A = 2 N; connect A -> A by S { delay = 240 h } all } experiment X of W { duration 1 ms; record A[0].x }`);
  expect(error?.message).toBe("a delay is at most 2147483647 steps, here 214748364.7 ms, not 864000000 ms");
  expect(error?.help[0]).toMatch(/shorter delay or a longer step/);
});

test("what is recorded in its own unit is what was written", () => {
  for (const [written, value] of [
    ["1 h", 1],
    ["3 min", 3],
    ["7 s", 7],
    ["0.1 h", 0.1],
    ["250 Hz", 250],
  ] as const) {
    const simulation = runSource(
      neuron(`let y : ${written.split(" ")[1] ?? ""} = ${written}`).replace("record x", "record y"),
    );
    expect(simulation.traces[0]?.values().at(-1), written).toBe(value);
  }
});
