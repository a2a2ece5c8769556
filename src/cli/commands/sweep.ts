// glif sweep: measures of one experiment over a line or a grid of parameter values.
import { dirname, relative, resolve, sep } from "node:path";
import { meantSweep } from "../../1-parse/elsewhere/sweeps.ts";
import { stringLiteral } from "../../1-parse/lexical.ts";
import { checkComparison } from "../../compare/implicit.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { chooseName, otherKinds, targetsOf } from "../../compile.ts";
import { failing, repeated, runComparison, type ComparingOptions } from "../comparing.ts";
import { distinct, openModel } from "../model.ts";
import { fileWord } from "../places.ts";
import type { Terminal } from "../terminal.ts";

export interface SweepOptions extends ComparingOptions {
  readonly over: readonly string[];
  readonly measure: readonly string[];
  /** The files of a recording, as paths from the working folder. */
  readonly reference: readonly string[];
}

export async function sweep(
  file: string,
  experiment: string | null,
  options: SweepOptions,
  terminal: Terminal,
): Promise<number> {
  const fail = failing(terminal, options.json);
  if (options.over.length === 0)
    return fail([], 2, "there is nothing to sweep", [`name it: --over "b_s over 0.01 /ms .. 0.1 /ms in 20 steps"`]);
  const model = await openModel(file, terminal, null, { settings: options.set }, options.reference);
  if (model.project === null || model.program === null) return fail(model.diagnostics);
  const several = options.over.map((text) => apart(text)).find((texts) => texts.length > 1);
  if (several !== undefined)
    return fail([], 2, "each --over sweeps one quantity", [
      `write ${several.map((text) => `--over "${text}"`).join(" ")}`,
    ]);
  const unsaid = options.over.find((text) => !/\bover\b|~/.test(text));
  if (unsaid !== undefined) {
    const name = /^[^\s=:,[(]+/u.exec(unsaid.trim())?.[0] ?? "b_s";
    const meant = meantSweep(unsaid);
    return fail([], 2, `--over "${unsaid}" does not say over which values`, [
      meant === null ? `write for example ${examples(name, model.project.main.text)}` : `write --over "${meant}"`,
    ]);
  }
  const chosen = chooseName(
    experiment,
    targetsOf(model.program).experiments,
    "experiment",
    file,
    otherKinds(model.program),
  );
  if ("problem" in chosen) return fail([], 2, chosen.problem);
  const { main, host } = model.project;
  const reference =
    options.reference.length === 0
      ? null
      : `recording(${options.reference.map((path) => stringLiteral(pathFrom(main.path, path, terminal.cwd))).join(", ")})`;
  const { comparison, diagnostics } = checkComparison(main, host, chosen.name, {
    measures: options.measure,
    sweeps: options.over,
    settings: options.set,
    duration: options.duration,
    step: options.step,
    seeds: options.seeds ?? null,
    reference,
  });
  const all = distinct(diagnostics);
  if (comparison === null || hasErrors(all)) return fail(all);
  return runComparison(
    {
      comparison,
      source: main.path,
      sources: model.project.filesRead(),
      diagnostics: all,
      notes: [],
      run: ["run", fileWord(file), chosen.name],
      command: [
        "sweep",
        fileWord(file),
        chosen.name,
        ...repeated("--over", options.over),
        ...repeated("--measure", options.measure),
        ...repeated("--reference", options.reference),
      ],
    },
    options,
    terminal,
  );
}

/** `C, G over [1, 2]` and `C over [1, 2], G over [3, 4]`, one text for each of them. */
function apart(text: string): readonly string[] {
  const { names = "", rest = "" } =
    /^\s*(?<names>[\p{L}_][\p{L}\p{N}_.]*(?:\s*,\s*[\p{L}_][\p{L}\p{N}_.]*)+)(?<rest>\s+over\b.*)$/su.exec(text)
      ?.groups ?? {};
  if (names !== "") return names.split(",").map((name) => `${name.trim()} ${rest.trim()}`);
  return text.split(/\s*[,;]\s*(?=[\p{L}_][\p{L}\p{N}_.]*\s+over\b)/u);
}

/** As the model's file would name it. */
function pathFrom(main: string, path: string, cwd: string): string {
  return relative(dirname(resolve(cwd, main)), resolve(cwd, path))
    .split(sep)
    .join("/");
}

/** Values around the one that the file declares for a parameter of this name, in its unit. */
function examples(name: string, text: string): string {
  const last = name.slice(name.lastIndexOf(".") + 1);
  const [, number = "10", unit = " nS"] =
    new RegExp(
      `(?<![\\p{L}\\p{N}_.])${last.replace(/[^\p{L}\p{N}_]/gu, "\\$&")}\\s*(?::[^=,\\n]*)?=\\s*(-?[\\d.]+)( ?/?[\\p{L}µ%][\\p{L}µ\\d^/]*)?\\s*(?=[,;\\n/}]|$)`,
      "u",
    ).exec(text) ?? [];
  const value = Number(number);
  const at = (factor: number): string => String(Number((factor * (value === 0 ? 1 : value)).toPrecision(6)));
  const [least, middle, most] = [at(0.5), at(1), at(1.5)];
  return `--over "${name} over ${least}${unit} .. ${most}${unit} in 3 steps", --over "${name} over [${least}, ${middle}, ${most}]${unit}" or --over "${name} ~ normal(${middle}${unit}, ${at(0.1).replace("-", "")}${unit}) in 100 draws"`;
}
