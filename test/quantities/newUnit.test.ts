// A unit that somebody adds is one row of the table: this one, a Harvard bridge's, is parsed, checked, written back, suggested, and read by emitted programs.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test, vi } from "vitest";
import { sourceText } from "../../src/base/source.ts";
import { check, standaloneOf } from "../../src/compile.ts";
import { canonicalValue, inUnit, parseUnit } from "../../src/quantities/unit.ts";
import type { Simulation } from "../../src/runtime/index.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { host, planSource } from "../conformance/harness.ts";

const ROW = `{ names: "smoot", si: "1.7018", of: [1], words: "smoots", usual: "smoot ksmoot" },`;

vi.mock("../../src/runtime/unitTable.ts", async (original) => {
  const table = await original<typeof import("../../src/runtime/unitTable.ts")>();
  const row = { names: "smoot", si: "1.7018", of: [1], words: "smoots", usual: "smoot ksmoot" };
  return { ...table, UNITS: [...table.UNITS, row] };
});

const MODEL = `
neuron N {
  param width = 3 smoot, c : V/smoot = 1 mV/smoot
  state V : mV = 0
  V' = (c*width - V)/(1 ms)
}
experiment E of N { duration 1 ms; record V }`;

function codes(text: string): readonly string[] {
  return check(sourceText("bridge.glif", text), host).diagnostics.map(({ code, message, fixes }) =>
    [code, message, ...(fixes ?? []).map((fix) => fix.title)].join(": "),
  );
}

test("it is parsed and checked, with prefixes, exponents and roots", () => {
  expect(codes(MODEL)).toEqual([]);
  expect(codes(MODEL.replace("3 smoot,", "3 smoot^2,"))[0]).toContain("units/");
  expect(codes(MODEL.replace("3 smoot,", "3 sqrt(ksmoot)*sqrt(msmoot),"))).toEqual([]);
});

test("it is exact, and a number comes back as it was written", () => {
  const read = parseUnit("smoot");
  if ("problem" in read) throw new Error("no unit");
  expect(canonicalValue("3", read.unit).value).toBe(5_105_400); // µm
  expect(inUnit(5_105_400, read.unit)).toBe(3);
});

test("what is misspelt is led to it", () => {
  for (const wrong of ["smoots", "Smoot", "smott"])
    expect(codes(MODEL.replace("3 smoot", `3 ${wrong}`))[0], wrong).toMatch(/unknown-unit.*`smoot`/);
  expect(codes(MODEL.replace("3 smoot", "3 kilosmoots"))[0]).toMatch(/unknown-unit.*`ksmoot`/);
});

test("a program reads it, also one that was emitted as a file that needs nothing", async () => {
  const plan = planSource("bridge.glif", MODEL, "E");
  const folder = join(import.meta.dirname, "..", "..", "src", "runtime");
  const runtime = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      return {
        path: `runtime/${name.replaceAll("\\", "/")}`,
        text: name === "unitTable.ts" ? text.replace("UNITS: readonly UnitRow[] = [", `$&\n  ${ROW}`) : text,
      };
    });
  const alone = ts.transpileModule(standaloneOf(ts, plan, runtime), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  }).outputText;
  const { create } = (await import(`data:text/javascript;base64,${Buffer.from(alone).toString("base64")}`)) as {
    create: (options?: object) => Simulation;
  };
  const width = (simulation: Simulation): unknown => simulation.population("N").parameters["width"];
  for (const make of [create, (options?: object) => instantiate(plan, options)]) {
    expect(width(make())).toBe(5_105_400);
    expect(width(make({ parameters: { N: { width: "0.25 ksmoot" } } }))).toBe(425_450_000);
    expect(() => make({ parameters: { N: { width: "1 smoots" } } })).toThrow("`smoots` is no unit");
  }
});
