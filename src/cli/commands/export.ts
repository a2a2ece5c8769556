// glif export: an experiment, a network or a neuron becomes a model of another simulator, to standard output or into a folder.
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import {
  chooseName,
  isAlone,
  otherKinds,
  planOf,
  setInVainAlone,
  targetOf as targetOfProgram,
  targetsOf,
} from "../../compile.ts";
import { nearNames } from "../../base/nearNames.ts";
import { hasErrors, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { CheckedExperiment, CheckedProgram } from "../../3-check/checked.ts";
import { planSimulation } from "../../4-plan/planSimulation.ts";
import type { SimulationPlan } from "../../4-plan/plan.ts";
import { exportTo } from "../../exchange/export.ts";
import type { Made } from "../../exchange/exported.ts";
import type { ExportFile } from "../../exchange/target.ts";
import { isTarget, TARGETS, targetOf } from "../../exchange/targets.ts";
import { diagnosticsToJson } from "../../render/json.ts";
import { creationProblem } from "../../simulate/connectionsMade.ts";
import { madeOf, MOST_SOURCE_SPIKES } from "../../simulate/made.ts";
import { distinct, openModel } from "../model.ts";
import { packageVersion } from "../package.ts";
import { isStandardOutput, mayReplace } from "../places.ts";
import { complain, say, showDiagnostics } from "../talk.ts";
import type { Terminal } from "../terminal.ts";
import { whyNotWritten } from "../wrote.ts";

/** As the command line gives them. */
export interface ExportOptions {
  readonly out?: string;
  readonly exact: boolean;
  readonly seed?: number;
  readonly set: readonly string[];
  readonly json: boolean;
}

/** What a file says that it was exported from, by whichever version. */
const EXPORTED_FROM = /(?<=^Exported by glif \S+ )from .*$/m;

/** Writes nothing where the target cannot take all of the model. */
export async function exportModelTo(
  target: string,
  file: string,
  name: string | null,
  options: ExportOptions,
  terminal: Terminal,
): Promise<number> {
  if (!isTarget(target)) {
    const known = Object.keys(TARGETS);
    const near = nearNames(target, known);
    complain(terminal, `glif does not export to ${target}`, [
      near.length > 0 ? `did you mean ${near.join(" or ")}?` : `what models are exported to: ${known.join(", ")}`,
    ]);
    return 2;
  }
  const { program, diagnostics } = await openModel(file, terminal, null, { settings: options.set });
  if (program === null) return finish({ target, name, folder: null, files: null, diagnostics }, options, terminal);
  const chosen = chooseTarget(program, name, file);
  if ("problem" in chosen) {
    showDiagnostics(terminal, diagnostics);
    complain(terminal, chosen.problem);
    return 2;
  }
  if (options.set.length > 0 && isAlone(program, chosen.name) && !isNetwork(program, chosen.name)) {
    complain(terminal, setInVainAlone(chosen.name));
    return 2;
  }
  const { plan, experiment, planned } = chosen;
  const told = distinct([...diagnostics, ...planned]);
  const ended = (files: readonly ExportFile[] | null, folder: string | null, more: readonly Diagnostic[]): number =>
    finish({ target, name: chosen.name, folder, files, diagnostics: distinct([...told, ...more]) }, options, terminal);
  if (plan === null || hasErrors(told)) return ended(null, null, []);

  const seed = options.seed ?? experiment.seed ?? 1;
  const making = options.exact ? whatARunBeginsWith(plan, seed) : { made: null };
  if ("problem" in making) {
    showDiagnostics(terminal, told);
    if (typeof making.problem !== "string") return ended(null, null, [making.problem]);
    complain(terminal, making.problem, ["leave out `--exact`, or take a smaller network or a shorter experiment"]);
    return 1;
  }
  const about = {
    file: file === "-" ? "standard input" : basename(file),
    settings: options.set,
    seed,
    version: packageVersion(),
  };
  const exported = exportTo(target, experiment, plan, making.made, about);
  if (exported.files === null) return ended(null, null, exported.diagnostics);
  if (isStandardOutput(options.out)) {
    const [script, ...others] = exported.files;
    if (!options.json && others.some((f) => typeof f.content !== "string")) {
      complain(terminal, "the script reads arrays from a file beside it", ["name a folder for both: `-o FOLDER`"]);
      return 2;
    }
    if (!options.json && script !== undefined) {
      showDiagnostics(terminal, distinct([...told, ...exported.diagnostics]));
      terminal.out(String(script.content));
      return 0;
    }
    return ended(exported.files, null, exported.diagnostics);
  }
  const problem = written(exported.files, options.out, file, terminal);
  return problem === null ? ended(exported.files, options.out, exported.diagnostics) : problem;
}

interface Chosen {
  readonly name: string;
  readonly experiment: CheckedExperiment;
  readonly plan: SimulationPlan | null;
  readonly planned: readonly Diagnostic[];
}

function isNetwork(program: CheckedProgram, name: string): boolean {
  return program.networks.some((n) => n.name === name);
}

/** The one experiment, else the one network, else the one neuron; or whichever is named. */
function chooseTarget(
  program: CheckedProgram,
  name: string | null,
  file: string,
): Chosen | { readonly problem: string } {
  const { experiments, neurons } = targetsOf(program);
  const networks = program.networks.map((n) => n.name).filter((n) => program.own.includes(n));
  const preferred = [experiments, networks, neurons].find((names) => names.length > 0) ?? [];
  const others = new Map([...otherKinds(program)].filter(([other]) => !networks.includes(other)));
  const chosen = chooseName(
    name,
    name === null ? preferred : [...experiments, ...networks, ...neurons],
    "experiment, network or neuron",
    file,
    others,
  );
  if ("problem" in chosen) return chosen;
  const network = program.networks.find((n) => n.name === chosen.name);
  const experiment = network ?? targetOfProgram(program, chosen.name);
  const { plan, diagnostics } = network === undefined ? planOf(program, chosen.name) : planSimulation(network);
  return experiment === null
    ? { problem: `${file} has no ${chosen.name}` }
    : { name: chosen.name, experiment, plan, planned: diagnostics };
}

/** What a run begins with, or why it cannot begin. */
function whatARunBeginsWith(
  plan: SimulationPlan,
  seed: number,
): { readonly made: Made } | { readonly problem: Diagnostic | string } {
  try {
    const made = madeOf(plan, seed);
    return made === null
      ? { problem: `the sources of ${plan.name} send more than ${MOST_SOURCE_SPIKES} spikes, which no list holds` }
      : { made };
  } catch (error) {
    const problem = creationProblem(plan, error);
    if (problem === null) throw error;
    return { problem };
  }
}

/** Null where all was written, else the exit code. */
function written(files: readonly ExportFile[], out: string, file: string, terminal: Terminal): number | null {
  const taken = files.find((f) => !isOurs(f, files, resolve(terminal.cwd, out)));
  if (taken !== undefined) {
    complain(
      terminal,
      `${join(out, taken.name)} is there already, and is not exported from ${file}; it was not overwritten`,
      ["name another folder with -o"],
    );
    return 2;
  }
  for (const f of files) {
    const problem = whyNotWritten(terminal, join(out, f.name), [f.content], out);
    if (problem === null) continue;
    complain(terminal, problem);
    return 1;
  }
  return null;
}

/** Whether a file may take the place of what is there. Arrays do not say where they are from: those are ours that stand beside a script that is. */
function isOurs({ name, content }: ExportFile, files: readonly ExportFile[], folder: string): boolean {
  const path = join(folder, name);
  if (typeof content === "string") return mayReplace(path, content, EXPORTED_FROM);
  const [script] = files;
  return (
    !existsSync(path) ||
    (script !== undefined && existsSync(join(folder, script.name)) && isOurs(script, files, folder))
  );
}

interface Outcome {
  readonly target: string;
  readonly name: string | null;
  readonly folder: string | null;
  readonly files: readonly ExportFile[] | null;
  readonly diagnostics: readonly Diagnostic[];
}

function finish(
  { target, name, folder, files, diagnostics }: Outcome,
  { json }: ExportOptions,
  terminal: Terminal,
): number {
  const failed = files === null || hasErrors(diagnostics);
  if (json) {
    const told = (files ?? []).map((f) => ({
      name: f.name,
      bytes: typeof f.content === "string" ? Buffer.byteLength(f.content) : f.content.length,
      ...(folder === null && typeof f.content === "string" ? { text: f.content } : {}),
    }));
    terminal.out(
      `${JSON.stringify({ ok: !failed, target, name, folder, files: told, diagnostics: diagnosticsToJson(diagnostics) }, null, 2)}\n`,
    );
    return failed ? 1 : 0;
  }
  showDiagnostics(terminal, diagnostics);
  if (failed) return 1;
  for (const f of files) say(terminal, `wrote ${join(folder ?? "", f.name)}`);
  const { title } = targetOf(target as keyof typeof TARGETS);
  say(terminal, `${name ?? ""} for ${title}: ${join(folder ?? "", "README.md")} says how it is run`);
  return 0;
}
