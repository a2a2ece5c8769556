// glif fit: the numbers with which models explain a recording, as a file declares it or as the command line says.
import { dirname, relative, resolve, sep } from "node:path";
import { stringLiteral } from "../../1-parse/lexical.ts";
import { checkFit } from "../../compare/implicit.ts";
import { chooseName, targetsOf } from "../../compile.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { failing, repeated } from "../comparing.ts";
import { runFit, type FittingOptions } from "../fitting.ts";
import { distinct, openModel } from "../model.ts";
import { fileWord } from "../places.ts";
import type { Terminal } from "../terminal.ts";

export interface FitOptions extends FittingOptions {
  /** The files of a recording, as paths from the working folder. */
  readonly to: readonly string[];
  readonly free: readonly string[];
  readonly measure: readonly string[];
  readonly train: readonly string[];
  readonly test: readonly string[];
  readonly under: readonly string[];
}

/** `name`: a fit that the file declares, or with `--to` the models. */
export async function fit(file: string, name: string | null, options: FitOptions, terminal: Terminal): Promise<number> {
  const fail = failing(terminal, options.json);
  const model = await openModel(file, terminal, null, { settings: options.set }, options.to);
  if (model.project === null || model.program === null) return fail(model.diagnostics);
  const { project, program } = model;
  const isDeclared = options.to.length === 0;
  if (isDeclared) {
    const { fits } = targetsOf(program);
    const chosen = chooseName(name, fits, "fit", file);
    if ("problem" in chosen)
      return fail([], 2, chosen.problem, fits.length === 0 ? [example(targetsOf(program), file)] : []);
    const given = (["free", "measure", "train", "test", "under"] as const).find((o) => options[o].length > 0);
    if (given !== undefined)
      return fail([], 2, `a fit that is declared says this itself; --${given} is for one with --to`);
    const declared = program.fits.find((f) => f.comparison.name === chosen.name);
    if (declared === undefined) return fail([], 2, `${file} has no fit ${chosen.name}`);
    return runFit(
      {
        fit: declared,
        program,
        project,
        diagnostics: model.diagnostics,
        command: ["fit", fileWord(file), chosen.name],
      },
      options,
      terminal,
    );
  }
  const { neurons, experiments } = targetsOf(program);
  const models = name ?? (neurons.length === 1 ? (neurons[0] ?? "") : "");
  if (models === "")
    return fail([], 2, `${file} has several neurons; name those that are fitted: ${neurons.join(", ")}`);
  const under = options.under.length > 0 ? options.under : experiments.length === 1 ? experiments : [];
  if (under.length === 0)
    return fail(
      [],
      2,
      experiments.length === 0
        ? `${file} has no experiment, which says what was put in: \`experiment Recorded of ${models} { duration 20 s; I_e = file("current.csv") }\``
        : `${file} has several experiments; name that of the recording with --under: ${experiments.join(", ")}`,
    );
  if (options.free.length === 0)
    return fail([], 2, "nothing is free", [
      'say what may change, and within which bounds: --free "C in 20 pF .. 400 pF"',
    ]);
  const analysis = checkFit(project.main, project.host, {
    models,
    under,
    free: options.free,
    measures: options.measure,
    train: options.train,
    test: options.test,
    settings: options.set,
    reference: `recording(${options.to.map((path) => stringLiteral(pathFrom(project.main.path, path, terminal.cwd))).join(", ")})`,
  });
  const all = distinct(analysis.diagnostics);
  if (analysis.fit === null || analysis.program === null || hasErrors(all)) return fail(all);
  return runFit(
    {
      fit: analysis.fit,
      program: analysis.program,
      project,
      diagnostics: all,
      command: [
        "fit",
        fileWord(file),
        models,
        ...repeated("--to", options.to),
        ...repeated("--under", options.under),
        ...repeated("--free", options.free),
        ...repeated("--measure", options.measure),
        ...repeated("--train", options.train),
        ...repeated("--test", options.test),
      ],
    },
    options,
    terminal,
  );
}

/** As the model's file would name it. */
function pathFrom(main: string, path: string, cwd: string): string {
  return relative(dirname(resolve(cwd, main)), resolve(cwd, path))
    .split(sep)
    .join("/");
}

function example({ experiments, neurons }: ReturnType<typeof targetsOf>, file: string): string {
  const model = neurons[0] ?? "Model";
  return `a fit says what may change to explain which recording:\n\nfit Cell of ${model} {\n  under ${experiments[0] ?? "AnExperiment"}\n  reference recording("cell.csv")\n  free C in 20 pF .. 400 pF\n}\n\nor, without a declaration, \`glif fit ${file} ${model} --to cell.csv --free "C in 20 pF .. 400 pF"\``;
}
