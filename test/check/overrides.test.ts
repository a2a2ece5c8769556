// Settings of the command line: checked like source text, taking effect last.
import { expect, test } from "vitest";
import { GLIF } from "./glif.ts";
import { analyzeText, programOf, setting, show } from "./program.ts";
import type { CheckedProgram } from "../../src/3-check/checked.ts";

function values(program: CheckedProgram, experiment: string): string[] {
  const found = program.experiments.find((e) => e.name === experiment);
  return (found?.populations ?? []).flatMap((p) =>
    p.settings.map(
      (s) =>
        `${p.name}.${s.target.quantity.name} ${s.value.kind === "expression" ? show(s.value.expression) : s.value.kind}`,
    ),
  );
}

const codesOf = (text: string, experiment: string | null = null): string[] =>
  analyzeText(GLIF, {}, [setting(text, experiment)]).diagnostics.map((d) => `${d.code} ${d.primary.span.source.path}`);

test("a model's name reaches every population of that model", () => {
  expect(
    values(programOf(GLIF, {}, [setting("GLIF.b_s = 0.5 /ms", "Noisy")]), "Noisy").filter((v) => v.includes("b_s")),
  ).toEqual(["E.b_s 0.5", "I.b_s 0.5"]);
});

test("the last setting counts", () => {
  expect(
    values(programOf(GLIF, {}, [setting("b_s = 0.7 /ms", "Step")]), "Step").filter((v) => v.includes("b_s")),
  ).toEqual(["GLIF.b_s 0.7"]);
});

test("a population's, a network's and an experiment's name", () => {
  expect(values(programOf(GLIF, {}, [setting("E.C = 0.06 nF", "Noisy")]), "Noisy")).toContain("E.C 60");
  const scaled = programOf(GLIF, {}, [setting("Coupled.scale = 0.1", "Noisy")]).experiments[0]?.setup[0]?.value;
  expect(scaled?.kind === "expression" ? show(scaled.expression) : null).toBe("0.1");
  const stronger = programOf(GLIF, {}, [setting("Step.I_0 = 0.4 nA", "Step")]).experiments[1]?.setup[0]?.value;
  expect(stronger?.kind === "expression" ? show(stronger.expression) : null).toBe("400");
});

test("mistakes are those of source text, at the setting (U12)", () => {
  expect(codesOf("C = 100", "Step")).toEqual(["units/wrong-dimension --set"]);
  expect(codesOf("GLIF.C = 100", "Step")).toEqual(["units/wrong-dimension --set"]);
  expect(codesOf("GLIF.C = 100 mV", "Noisy")).toEqual(["units/wrong-dimension --set"]);
  expect(codesOf("GLIF.C = 100")).toEqual(["units/wrong-dimension --set"]);
  expect(codesOf("GLIF.C = 0.1 nF")).toEqual([]);
  expect(codesOf("b_z = 0.2 /ms", "Step")).toEqual(["names/unknown-setting --set"]);
  expect(codesOf("V = 3 mV", "Noisy")).toEqual(["names/ambiguous --set"]);
  expect(codesOf("scale = 3 mV", "Noisy")).toEqual(["units/wrong-dimension --set"]);
  expect(codesOf("C = 3 pF", "Nosy")).toEqual(["names/unknown-model --set"]);
});

test("for all experiments: wherever it names something", () => {
  expect(codesOf("Coupled.scale = 0.5")).toEqual([]);
  expect(codesOf("Coupled.scael = 0.5").every((c) => c === "names/unknown-setting --set")).toBe(true);
  expect(codesOf("Coupled.scael = 0.5").length).toBeGreaterThan(0);
});
