// glif compare: variants of models side by side, as a file declares it or as two files suggest.
import { checkFiles } from "../../compare/implicit.ts";
import { chooseName, targetsOf } from "../../compile.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { failing, repeated, runComparison, type ComparingOptions } from "../comparing.ts";
import { distinct, openModel } from "../model.ts";
import { fileWord } from "../places.ts";
import { openProjects } from "../projects.ts";
import { say } from "../talk.ts";
import type { Terminal } from "../terminal.ts";

export interface CompareOptions extends ComparingOptions {
  readonly measure: readonly string[];
}

/** `names`: of one file a comparison, or further files. */
export async function compare(
  file: string,
  names: readonly string[],
  options: CompareOptions,
  terminal: Terminal,
): Promise<number> {
  const [name = null, ...more] = names;
  const fail = failing(terminal, options.json);
  const own = more.length > 0 ? await namesIn(file, names, terminal) : null;
  if (own !== null) return fail([], 2, ...own);
  if (name !== null && (more.length > 0 || name.endsWith(".glif")))
    return compareFiles([file, ...names], options, terminal);
  const { project, program, diagnostics } = await openModel(file, terminal, null, { settings: options.set });
  if (project === null || program === null) return fail(diagnostics);
  const { comparisons } = targetsOf(program);
  const chosen = chooseName(name, comparisons, "comparison", file);
  if ("problem" in chosen)
    return fail([], 2, chosen.problem, comparisons.length === 0 ? [example(targetsOf(program))] : []);
  const comparison = program.comparisons.find((c) => c.name === chosen.name);
  if (comparison === undefined) return fail([], 2, `${file} has no comparison ${chosen.name}`);
  if (options.measure.length > 0)
    return fail(
      [],
      2,
      "a comparison that is declared says itself what it measures; --measure is for files without one",
    );
  return runComparison(
    {
      comparison,
      source: project.main.path,
      sources: project.filesRead(),
      diagnostics,
      notes: [],
      command: ["compare", fileWord(file), comparison.name],
    },
    options,
    terminal,
  );
}

/** `glif compare lif.glif LIF AdEx`: names of the file where further files are asked for; null where they are none. */
async function namesIn(
  file: string,
  names: readonly string[],
  terminal: Terminal,
): Promise<readonly [problem: string, help: readonly string[]] | null> {
  if (names.some((name) => /[./\\]/u.test(name))) return null;
  const { program } = await openModel(file, terminal);
  if (program === null) return null;
  const { experiments, neurons } = targetsOf(program);
  const areModels = names.every((name) => neurons.includes(name));
  if (!areModels && !names.every((name) => experiments.includes(name))) return null;
  return [
    `${names.join(" and ")} are no files`,
    [example(areModels ? { experiments, neurons: names } : { experiments: [names.join(", ")], neurons })],
  ];
}

async function compareFiles(files: readonly string[], options: CompareOptions, terminal: Terminal): Promise<number> {
  const fail = failing(terminal, options.json);
  const opened = openProjects(files, terminal);
  if ("diagnostic" in opened) return fail([opened.diagnostic]);
  const { mains, host } = opened;
  const twice = mains.find((main, k) => mains.findIndex((other) => other.path === main.path) !== k);
  if (twice !== undefined) return fail([], 2, `${twice.path} is given twice: nothing is compared with itself`);
  const { comparison, notes, diagnostics } = checkFiles(mains, host, {
    measures: options.measure,
    settings: options.set,
    seeds: options.seeds ?? null,
  });
  const all = distinct(diagnostics);
  if (hasErrors(all)) return fail(all);
  if (comparison === null)
    return fail(all, 2, notes.join("; ") || "nothing in these files can be held against each other", [
      "give the experiments that belong together the same name",
    ]);
  if (!options.quiet) for (const note of notes) say(terminal, note);
  return await runComparison(
    {
      comparison,
      source: mains.map((m) => m.path).join(" "),
      sources: opened.filesRead(),
      diagnostics: all,
      notes,
      command: ["compare", ...files.map(fileWord), ...repeated("--measure", options.measure)],
    },
    options,
    terminal,
  );
}

function example({ experiments, neurons }: Pick<ReturnType<typeof targetsOf>, "experiments" | "neurons">): string {
  const models =
    neurons.length > 1
      ? neurons.slice(0, 2).join(", ")
      : `${neurons[0] ?? "Model"}, ${neurons[0] ?? "Model"} { … } as "changed"`;
  return `a comparison says what to hold against what:\n\ncomparison First {\n  models ${models}\n  under ${experiments[0] ?? "AnExperiment"}\n  measure rate, latency, cv_isi\n}`;
}
