// generated/ is what the models compile to today, and is strict TypeScript that runs as it is.
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { fileOf, MODULES, textOf } from "../scripts/generate.ts";
import { planModel, run, spikeTimes } from "./conformance/harness.ts";
import type { Simulation } from "../src/runtime/index.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

for (const module of MODULES) {
  test(`${basename(fileOf(module))} is fresh (npm run generate)`, async () => {
    expect(readFileSync(fileOf(module), "utf8")).toBe(await textOf(module));
  });
}

test("nothing else lies in generated/, and every model has something there", () => {
  expect(readdirSync(join(root, "generated")).sort()).toEqual(MODULES.map((m) => basename(fileOf(m))).sort());
  const models = readdirSync(join(root, "models"))
    .filter((f) => f.endsWith(".glif"))
    .map((f) => f.replace(/\.glif$/, ""));
  expect([...new Set(MODULES.map((m) => m.model))].sort()).toEqual(models.sort());
});

test("it type-checks under strict, with types that can be erased", () => {
  const program = ts.createProgram(MODULES.map(fileOf), {
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts"],
    types: [],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: { "glif/runtime": [join(root, "src/runtime/index.ts")] },
    strict: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    isolatedDeclarations: true,
    declaration: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
  });
  const problems = ts.getPreEmitDiagnostics(program).filter((d) => d.file?.fileName.includes("/generated/"));
  expect(
    problems.map((d) => `${basename(d.file?.fileName ?? "")}: ${ts.flattenDiagnosticMessageText(d.messageText, "\n")}`),
  ).toEqual([]);
});

test("a stand-alone module imports nothing and spikes like the model", async () => {
  const path = join(root, "generated", "lif.LIF.standalone.ts");
  const text = readFileSync(path, "utf8");
  expect(text).not.toMatch(/^import /m);
  const { create } = (await import(path)) as { create: (options?: object) => Simulation };
  const alone = create({ step: 0.1 });
  const inputs = alone.population("LIF").inputs;
  inputs["I_e"]?.fill(300);
  alone.run(200);
  const here = run(planModel("lif", "LIF"), { steps: 0 });
  here.population("LIF").inputs["I_e"]?.fill(300);
  here.run(200);
  expect(spikeTimes(alone)).toEqual(spikeTimes(here));
  expect(spikeTimes(alone).length).toBeGreaterThan(5);
});

test("a stand-alone module draws the same noise", async () => {
  const { create } = (await import(join(root, "generated", "lif.Noise.standalone.ts"))) as {
    create: (options?: object) => Simulation;
  };
  const alone = create({ seed: 3 });
  alone.advance(500);
  const here = run(planModel("lif", "Noise"), { seed: 3, steps: 500 });
  expect(alone.populations.map((p) => p.states.map((s) => Array.from(s.values)))).toEqual(
    here.populations.map((p) => p.states.map((s) => Array.from(s.values))),
  );
});
