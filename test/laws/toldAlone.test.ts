// Law: of a neuron by itself planning tells what `toldInPlanning` says, though hardly one is planned for it.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sourceText } from "../../src/base/source.ts";
import { loneExperiment, planSimulation, tellsAlone } from "../../src/4-plan/planSimulation.ts";
import { check, planOf, toldInPlanning } from "../../src/compile.ts";
import type { CheckedProgram } from "../../src/3-check/checked.ts";
import { hasErrors } from "../../src/diagnostics/diagnostic.ts";
import { openProject } from "../../src/simulate/fileHost.ts";
import { present } from "../../src/base/invariant.ts";
import { CASES } from "./models.ts";
import { MODELS, randomModel } from "./differenceModels.ts";

const ROOT = join(import.meta.dirname, "../..");
const NO_FILES = {
  read: () => ({ problem: "there is no such file" }),
  resolve: (_: string, path: string) => ({ path }),
};
const programOf = (text: string): CheckedProgram | null => check(sourceText("law.glif", text), NO_FILES).program;

function programIn(path: string): CheckedProgram | null {
  const project = openProject(path, { cwd: ROOT, models: join(ROOT, "models") });
  if ("problem" in project) return null;
  const { program, diagnostics } = check(project.main, project.host);
  return hasErrors(diagnostics) ? null : program;
}

test("of the models that are shipped, of those of the laws and of random ones", () => {
  const shipped = ["models", "test/golden/model"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".glif"))
      .map((path) => programIn(join(folder, path))),
  );
  const written = [
    ...Object.values(CASES),
    ...Object.values(MODELS),
    ...Array.from({ length: 10 }, (_, seed) => randomModel(seed)),
  ].map(programOf);
  const silent = [...shipped, ...written].flatMap((p) => p?.neurons ?? []).filter((n) => !tellsAlone(n));
  for (const neuron of silent) {
    const told = planSimulation(loneExperiment(neuron)).diagnostics.map((d) => d.code);
    expect(
      told.filter((code) => code !== "experiment/value-missing"),
      neuron.name,
    ).toEqual([]);
  }
  expect(silent.length).toBeGreaterThan(100);
});

const itô = (rate: string): string => `neuron N { state x = 1; x' = -x*${rate} + x*sqrt(1/(1 s))*ξ; interpret Ito }`;

test("a neuron whose step is too long for Euler's method is told of", () => {
  const told = (rate: string): readonly string[] =>
    toldInPlanning(present(programOf(itô(rate)), "program")).map((d) => d.code);
  expect(told("(30 /ms)")).toEqual(["plan/unstable-step"]);
  expect(told("(10 /ms)")).toEqual([]);
});

test("what a neuron leaves open is asked for where it is planned by itself, not where it is checked", () => {
  const program = present(programOf("neuron N { param τ : ms; state x = 1; x' = -x/τ }"), "program");
  expect(toldInPlanning(program)).toEqual([]);
  expect(planOf(program, "N")).toMatchObject({
    plan: null,
    diagnostics: [
      {
        code: "experiment/value-missing",
        message: "parameter `τ` of `N` has no value",
        help: ["an experiment can say it: `experiment First of N { τ = 10 ms }`"],
      },
    ],
  });
});

test("a neuron of which there is nothing to tell is not planned for it", () => {
  const program = present(programOf("neuron N { state x = 1; x' = -x/(10 ms) }"), "program");
  const untouched = program.neurons.map((n) => ({
    ...n,
    get equations(): never {
      throw new Error("it is planned");
    },
  }));
  expect(toldInPlanning({ ...program, neurons: untouched })).toEqual([]);
  expect(() => planOf({ ...program, neurons: untouched }, "N")).toThrow("it is planned");
});
