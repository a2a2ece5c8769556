// A model file as the commands see it: opened, with the settings of the command line, and analysed.
import { sourceText, span, type Span } from "../base/source.ts";
import { analyze, overridesFrom, type GivenTexts } from "../analyze.ts";
import { hasErrors, inReadingOrder, type Diagnostic, type Label } from "../diagnostics/diagnostic.ts";
import { unreadable } from "../diagnostics/run.ts";
import { parseModelFile } from "../1-parse/parse.ts";
import type { CheckedProgram } from "../3-check/checked.ts";
import { openProject, type FileProject } from "../simulate/fileHost.ts";
import { modelsFolder } from "./package.ts";
import type { Terminal } from "./terminal.ts";

export interface OpenedModel {
  /** Null where the main file cannot be read, which the diagnostics say. */
  readonly project: FileProject | null;
  /** Null where there is any error. */
  readonly program: CheckedProgram | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Where each experiment stands. */
  readonly experiments: readonly { readonly name: string; readonly span: Span }[];
}

/** `given` is meant for one experiment or for all (null); `named` are further files of the command line. */
export async function openModel(
  file: string,
  terminal: Terminal,
  experiment: string | null = null,
  given: GivenTexts = {},
  named: readonly string[] = [],
): Promise<OpenedModel> {
  const places = {
    cwd: terminal.cwd,
    models: modelsFolder(),
    named,
    ...(file === "-" ? { input: await terminal.readInput() } : {}),
  };
  const project = openProject(file, places);
  // `lif.glf`, `lif.gli`
  const misspelt = file.replace(/\.[a-z]*$/iu, ".glif");
  if ("problem" in project)
    return {
      project: null,
      program: null,
      diagnostics: [
        unreadable(span(sourceText(file, ""), 0, 0), {
          path: file === "-" ? "standard input" : file,
          problem: project.problem,
          help:
            experiment?.endsWith(".glif") === true
              ? [`the file comes first: \`${experiment} ${file}\``]
              : !file.endsWith(".glif") && !("problem" in openProject(`${file}.glif`, places))
                ? [`did you mean \`${file}.glif\`?`]
                : misspelt !== file && !("problem" in openProject(misspelt, places))
                  ? [`did you mean \`${misspelt}\`?`]
                  : [],
        }),
      ],
      experiments: [],
    };
  const { overrides, diagnostics } = overridesFrom(experiment, given);
  const analysis = analyze(project.main, project.host, parseModelFile, overrides);
  const all = inReadingOrder([...diagnostics, ...analysis.diagnostics]);
  const experiments = analysis.files
    .flatMap((f) => f.declarations)
    .flatMap((d) => (d.kind === "experiment" ? [{ name: d.name.name, span: d.span }] : []));
  return { project, program: hasErrors(all) ? null : analysis.program, diagnostics: all, experiments };
}

/** Without the warnings that are about other experiments of the file than the one that is run. */
export function concerning(experiment: string, { diagnostics, experiments }: OpenedModel): readonly Diagnostic[] {
  const others = experiments.filter((e) => e.name !== experiment).map((e) => e.span);
  const isElsewhere = ({ span: at }: Label): boolean =>
    others.some((o) => o.source === at.source && o.start <= at.start && at.end <= o.end);
  return diagnostics.filter((d) => d.severity === "error" || ![d.primary, ...d.secondary].some(isElsewhere));
}

/** Each once, also where several files import the one it is in. */
export function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter((d) => {
    const { source, start, end } = d.primary.span;
    const key = JSON.stringify([
      d.code,
      source.path,
      source.path.startsWith("--") ? source.text : "",
      start,
      end,
      d.message,
    ]);
    return seen.has(key) ? false : seen.add(key);
  });
}
