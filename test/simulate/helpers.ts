// Experiments from source text to a simulation, without a disk.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { rmSync } from "node:fs";
import { sourceText } from "../../src/base/source.ts";
import { compile } from "../../src/compile.ts";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";
import { renderDiagnostics } from "../../src/render/terminal.ts";
import type { Simulation } from "../../src/runtime/simulation.ts";
import { instantiate } from "../../src/simulate/load.ts";
import type { CsvTable } from "../../src/simulate/spikesCsv.ts";
import { tracesFiles } from "../../src/simulate/tracesCsv.ts";

/** The only experiment of the text. */
export function planOfText(text: string): SimulationPlan {
  const host = { read: () => ({ problem: "no files" }), resolve: () => ({ problem: "no files" }) };
  const { plan, diagnostics } = compile(sourceText("test.glif", text), host);
  if (plan === null) throw new Error(renderDiagnostics(diagnostics, { color: false }));
  return plan;
}

export function simulationOf(
  text: string,
  seed = 1,
): { readonly plan: SimulationPlan; readonly simulation: Simulation } {
  const plan = planOfText(text);
  return { plan, simulation: instantiate(plan, { seed }) };
}

/** The file that a table becomes, of what has been recorded so far. */
export function fileOf(table: CsvTable): string {
  return table.header + [...table.lines()].join("");
}

/** A folder of its own for a test, gone afterwards. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "glif-test-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** V rises by 1 mV/ms from 0 and spikes at every 5 mV: at 5.1, 10.2, … with a step of 0.1 ms and `>`; with 0.5 ms at 5.5, 11, … */
export const RAMP = `neuron Ramp {
  input drive : mV/ms = 1 mV/ms
  state V = 0 mV
  V' = drive
  spike when V > 5 mV
  reset { V <- 0 mV }
}
`;

/** What is recorded, interval by interval. */
export function tracesOf(simulation: Simulation): string {
  return tracesFiles(simulation)
    .map(({ csv }) => fileOf(csv(simulation)))
    .join("");
}
