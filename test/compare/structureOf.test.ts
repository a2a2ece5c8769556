// What each variant is told against: the baseline, or the relative of which it is the smaller change.
import { expect, test } from "vitest";
import { structureOf } from "../../src/compare/structureOf.ts";
import { prepare } from "../../src/compare/prepare.ts";
import { check } from "../../src/compile.ts";
import { sourceText } from "../../src/base/source.ts";

const MODELS = `
neuron A { param τ = 10 ms, b = 1 mV; input I : mV/ms; state V = 0 mV; V' = -V/τ + I; spike when V > 15 mV; reset { V <- 0 mV } }
neuron B extends A { param k = 0.1 /ms; state Θ = 0 mV; Θ' = -k*Θ; spike when V > 15 mV + Θ; reset { V <- 0 mV; Θ <- Θ + b } }
neuron Other { param τ = 10 ms; input I : mV/ms; state V = 0 mV; V' = -V/τ + I; spike when V > 14 mV; reset { V <- 0 mV } }
experiment Step of A { duration 10 ms; I = 2 mV/ms }
`;

function told(models: string): readonly string[] {
  const host = { read: () => ({ problem: "none" }), resolve: () => ({ problem: "none" }) };
  const { program, diagnostics } = check(
    sourceText("models.glif", `${MODELS}\ncomparison C { models ${models}; under Step; measure rate }`),
    host,
  );
  const comparison = program?.comparisons[0];
  if (comparison === undefined) throw new Error(diagnostics.map((d) => d.message).join("\n"));
  const { prepared } = prepare(comparison);
  return structureOf(prepared).map(
    ({ variant, against, items }) =>
      `${comparison.variants[variant]?.label} against ${comparison.variants[against]?.label}: ${items.map((i) => i.name).join(" ")}`,
  );
}

test("a variant of a model that stands before it is told against that model", () => {
  expect(told('A, B, B { k = 0.2 /ms } as "fast"')).toEqual([
    expect.stringMatching(/^B against A: /),
    "fast against B: k",
  ]);
});

test("a change of the baseline is told against the baseline, however many others are near", () => {
  expect(told('A, A { τ = 11 ms } as "slow", A { τ = 12 ms } as "slower"')).toEqual([
    "slow against A: τ",
    "slower against A: τ",
  ]);
});

test("models that have nothing to do with each other are told against the baseline alone", () => {
  expect(told("B, A, Other")).toEqual([
    expect.stringMatching(/^A against B/),
    expect.stringMatching(/^Other against B/),
  ]);
});

test("of what a sweep sets the sign is known from all its values", () => {
  const equal = (values: string): readonly (boolean | null)[] => {
    const [plain, size] = ["g", "abs(g)"].map(
      (drive, k) =>
        `neuron ${k === 0 ? "P" : "Q"} { param τ = 10 ms, g = 1 mV; input I : mV/ms; state V = 0 mV; V' = (${drive} - V)/τ + I; spike when V > 15 mV; reset { V <- 0 mV } }`,
    );
    const text = `${plain}\n${size}\nexperiment Step of P { duration 10 ms; I = 2 mV/ms }\ncomparison C { models P, Q; under Step; measure rate; sweep g over ${values} }`;
    const host = { read: () => ({ problem: "none" }), resolve: () => ({ problem: "none" }) };
    const { program, diagnostics } = check(sourceText("models.glif", text), host);
    const comparison = program?.comparisons[0];
    if (comparison === undefined) throw new Error(diagnostics.map((d) => d.message).join("\n"));
    return structureOf(prepare(comparison).prepared).map((s) => s.equal);
  };
  expect(equal("[1, 2, 3] mV")).toEqual([true]);
  expect(equal("[1, 2, -3] mV")).not.toEqual([true]);
  expect(equal("0.5 mV .. 2 mV in 3 steps")).toEqual([true]);
  // More than a call takes arguments.
  expect(equal("0.5 mV .. 2 mV in 200000 steps")).toEqual([true]);
});
