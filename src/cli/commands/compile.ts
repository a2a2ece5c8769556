// glif compile: the module that an experiment or a neuron becomes, to standard output or into files.
import { append } from "../../base/lists.ts";
import { join, resolve } from "node:path";
import { chooseName, isAlone, otherKinds, planOf, setInVainAlone, targetsOf } from "../../compile.ts";
import { hasErrors, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { SimulationPlan } from "../../4-plan/plan.ts";
import { distinctFileNames } from "../../simulate/fileNames.ts";
import { compiledText } from "../compiledText.ts";
import { distinct, openModel } from "../model.ts";
import { isFolder, isStandardOutput, mayReplace, realPathOf, WRITTEN_FROM } from "../places.ts";
import { complain, say, showDiagnostics } from "../talk.ts";
import type { Terminal } from "../terminal.ts";
import { whyNotWritten } from "../wrote.ts";

/** As the command line gives them. */
export interface CompileOptions {
  readonly set: readonly string[];
  readonly out?: string;
  readonly standalone: boolean;
  readonly js: boolean;
}

export async function compile(
  file: string,
  name: string | null,
  options: CompileOptions,
  terminal: Terminal,
): Promise<number> {
  const { project, program, diagnostics } = await openModel(file, terminal, null, { settings: options.set });
  if (project === null || program === null) {
    showDiagnostics(terminal, diagnostics);
    return 1;
  }
  const out = isStandardOutput(options.out) ? null : options.out;
  const toFolder = out !== null && isFolder(out, terminal.cwd);
  const targets = targetsOf(program);
  const { experiments, neurons } = targets;
  const preferred = experiments.length > 0 ? experiments : neurons;
  let names: readonly string[] = preferred;
  if (name !== null || !toFolder || preferred.length === 0) {
    const chosen = chooseName(
      name,
      name === null ? preferred : [...experiments, ...neurons],
      "experiment or neuron",
      file,
      otherKinds(program),
    );
    if ("problem" in chosen) {
      showDiagnostics(terminal, diagnostics);
      complain(
        terminal,
        chosen.problem,
        preferred.length > 1 && name === null ? [`all of them: \`glif compile ${file} -o FOLDER/\``] : [],
      );
      return 2;
    }
    names = [chosen.name];
  }
  const alone = names.find((n) => isAlone(program, n));
  if (options.set.length > 0 && alone !== undefined) {
    complain(terminal, setInVainAlone(alone));
    return 2;
  }

  const all: Diagnostic[] = [...diagnostics];
  const plans = names.flatMap((n): SimulationPlan[] => {
    const planned = planOf(program, n);
    append(all, planned.diagnostics);
    return planned.plan === null ? [] : [planned.plan];
  });
  showDiagnostics(terminal, distinct(all));
  if (hasErrors(all) || plans.length < names.length) return 1;

  const extension = options.js ? "js" : "ts";
  const files = distinctFileNames(names).map((n) => `${n}.${extension}`);
  const sources = project.filesRead().flatMap((read) => (read.realPath === null ? [] : [read.realPath]));
  for (const [k, plan] of plans.entries()) {
    const text = await compiledText(withSettings(plan, options.set), options);
    if (out === null) {
      terminal.out(text);
      continue;
    }
    const path = toFolder ? join(out, files[k] ?? "") : out;
    const target = resolve(terminal.cwd, path);
    if (sources.includes(realPathOf(target))) {
      complain(terminal, `${path} is a source of the model; it was not overwritten`);
      return 2;
    }
    if (toFolder && !mayReplace(target, text, WRITTEN_FROM)) {
      complain(terminal, `${path} is there already, and is not written from ${file}; it was not overwritten`, [
        "name another folder, or the file with -o",
      ]);
      return 2;
    }
    const problem = whyNotWritten(terminal, path, [text], toFolder ? out : null);
    if (problem !== null) {
      complain(terminal, problem);
      return 1;
    }
    say(terminal, `wrote ${path}`);
  }
  return 0;
}

/** The header says what was set. */
function withSettings(plan: SimulationPlan, settings: readonly string[]): SimulationPlan {
  return settings.length === 0
    ? plan
    : {
        ...plan,
        doc: [
          ...(plan.doc === "" ? [] : [plan.doc]),
          `Compiled with ${settings.map((text) => `--set "${text}"`).join(" ")}.`,
        ].join("\n"),
      };
}
