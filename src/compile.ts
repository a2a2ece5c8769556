// The whole pipeline on one screen: text -> AST -> resolved -> checked -> plan -> code -> text.
import { nearNames } from "./base/nearNames.ts";
import { sourceText, span, type SourceText } from "./base/source.ts";
import { hasErrors, type Diagnostic } from "./diagnostics/diagnostic.ts";
import { fitting } from "./diagnostics/fitting.ts";
import { whichModel } from "./diagnostics/run.ts";
import { tellingOnce } from "./diagnostics/once.ts";
import { parseModelFile } from "./1-parse/parse.ts";
import type { SourceHost } from "./2-resolve/load.ts";
import type { CheckedComparison, CheckedExperiment, CheckedProgram } from "./3-check/checked.ts";
import { loneExperiment, planSimulation, tellsAlone } from "./4-plan/planSimulation.ts";
import type { SimulationPlan } from "./4-plan/plan.ts";
import { analyze, overridesFrom, type Analysis } from "./analyze.ts";
import { buildTypeScript } from "./5-emit/build.ts";
import type { CodeModule } from "./5-emit/code.ts";
import { emitModule, RUNTIME } from "./5-emit/emitModule.ts";
import { printJavaScript } from "./5-emit/printJavaScript.ts";
import { inlineRuntime } from "./5-emit/standalone.ts";
import { verifyTypeScript } from "./5-emit/verify.ts";

/** What compiling has come to: the plan, null where there is any error, and all that is to be told. */
export interface Compilation {
  readonly plan: SimulationPlan | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Rooms 1 to 3. `settings` are texts such as `GLIF.b_s = 0.2 /ms`: they take effect last, in the experiment named (null: in every one).
 * @throws TypeError for a text that is no `sourceText(path, text)`
 */
export function check(
  main: SourceText,
  host: SourceHost,
  experiment: string | null = null,
  settings: readonly string[] = [],
): Analysis {
  if (typeof (main as SourceText | null | undefined)?.text !== "string")
    throw new TypeError(
      `what is compiled is a \`sourceText(path, text)\`, not ${typeof main === "string" ? "a text by itself" : typeof main}`,
    );
  const { overrides, diagnostics } = overridesFrom(experiment, { settings });
  if (hasErrors(diagnostics)) return { program: null, diagnostics, files: [] };
  return analyze(main, host, parseModelFile, overrides);
}

/**
 * Rooms 1 to 4: the plan of an experiment (or lone neuron) of a file. `name` null: the only experiment, else the only neuron; where that leaves it open, or there is
 * none of the name, a diagnostic says what there is. `settings` as in `check`: parameters, initial values, inputs and delays, `["E.V = -60 mV", "exc.delay = 2 ms"]`.
 */
export function compile(
  main: SourceText,
  host: SourceHost,
  name: string | null = null,
  settings: readonly string[] = [],
): Compilation {
  const analysis = check(main, host, name, settings);
  if (analysis.program === null) return { plan: null, diagnostics: analysis.diagnostics };
  const { plan, diagnostics } = planOf(analysis.program, name);
  if (settings.length > 0 && plan !== null && isAlone(analysis.program, plan.name))
    return {
      plan: null,
      diagnostics: [...analysis.diagnostics, whichModel(span(main, 0, 0), { problem: setInVainAlone(plan.name) })],
    };
  return { plan, diagnostics: [...analysis.diagnostics, ...diagnostics] };
}

export interface Targets {
  readonly experiments: readonly string[];
  readonly neurons: readonly string[];
  readonly comparisons: readonly string[];
  readonly fits: readonly string[];
}

/** Names that `planOf` and `compile` take: those of the main file, in reading order. */
export function targetsOf(program: CheckedProgram): Targets {
  return indexOf(program).targets;
}

/** The experiment of that name, or the one that stands for a lone neuron; null where there is none, or where no name is given and there are several. */
export function targetOf(program: CheckedProgram, name: string | null): CheckedExperiment | null {
  const {
    targets: { experiments, neurons },
    byName,
  } = indexOf(program);
  const wanted =
    name ??
    (experiments.length === 1
      ? experiments[0]
      : experiments.length === 0 && neurons.length === 1
        ? neurons[0]
        : undefined);
  return wanted === undefined ? null : (byName.get(wanted)?.() ?? null);
}

interface Index {
  readonly targets: Targets;
  readonly byName: ReadonlyMap<string, () => CheckedExperiment>;
}

const indices = new WeakMap<CheckedProgram, Index>();

/** Made once: each of thousands of models is asked for by its name. */
function indexOf(program: CheckedProgram): Index {
  const known = indices.get(program);
  if (known !== undefined) return known;
  const own = new Set(program.own);
  // An imported file may have another of the same name: the own one comes first.
  const named = (all: readonly { readonly name: string }[]): readonly string[] => [
    ...new Set(all.map((d) => d.name).filter((n) => own.has(n))),
  ];
  const byName = new Map<string, () => CheckedExperiment>();
  for (const e of program.experiments) if (!byName.has(e.name)) byName.set(e.name, () => e);
  for (const n of program.neurons) if (!byName.has(n.name)) byName.set(n.name, () => loneExperiment(n));
  const made = {
    targets: {
      comparisons: named(program.comparisons),
      fits: named(program.fits.map((f) => f.comparison)),
      experiments: named(program.experiments),
      neurons: named(program.neurons),
    },
    byName,
  };
  indices.set(program, made);
  return made;
}

/** Room 4 for the experiment or neuron of that name; null where there is one. */
export function planOf(program: CheckedProgram, name: string | null): Compilation {
  const target = targetOf(program, name);
  if (target !== null) return planSimulation(target);
  const { experiments, neurons } = targetsOf(program);
  const file =
    [
      ...program.experiments,
      ...program.neurons,
      ...program.networks,
      ...program.synapses,
      ...comparisonsIn(program),
    ].find((d) => program.own.includes(d.name))?.origin.source ?? sourceText("the file", "");
  const there = name === null && experiments.length > 0 ? experiments : [...experiments, ...neurons];
  const chosen = chooseName(name, there, "experiment or neuron", file.path, otherKinds(program));
  return { plan: null, diagnostics: "problem" in chosen ? [whichModel(span(file, 0, 0), chosen)] : [] };
}

/** What planning the experiments and neurons of the file has to tell: of thousands of neurons, those of which there is nothing to tell are not planned. */
export function toldInPlanning(program: CheckedProgram): readonly Diagnostic[] {
  const { experiments, neurons } = targetsOf(program);
  const told = new Set(program.neurons.filter(tellsAlone).map((n) => n.name));
  return [...experiments, ...neurons.filter((n) => told.has(n))].flatMap((name) => planOf(program, name).diagnostics);
}

/** Whether the name is that of a neuron by itself: settings are those of experiments, and would change nothing of it. */
export function isAlone(program: CheckedProgram, name: string): boolean {
  return !program.experiments.some((e) => e.name === name);
}

export function setInVainAlone(neuron: string): string {
  return `settings are those of an experiment, and ${neuron} is a neuron by itself: change it in its file, or write an experiment of it`;
}

/** Names that stand for something which cannot be compiled, with what it is. */
export function otherKinds({
  networks,
  synapses,
  mechanisms,
  comparisons,
  fits,
}: CheckedProgram): ReadonlyMap<string, string> {
  const named = (all: readonly { readonly name: string }[], kind: string): [string, string][] =>
    all.map((d) => [d.name, kind]);
  return new Map([
    ...named(comparisons, "comparison"),
    ...named(
      fits.map((f) => f.comparison),
      "fit",
    ),
    ...mechanisms.map((m): [string, string] => [m, "mechanism"]),
    ...named(synapses, "synapse"),
    ...named(networks, "network"),
  ]);
}

/** What was asked for among what there is, or the one there is; else a sentence that says what to write. */
export function chooseName(
  asked: string | null,
  there: readonly string[],
  what: string,
  file: string,
  others: ReadonlyMap<string, string> = new Map(),
): { readonly name: string } | { readonly problem: string } {
  if (asked !== null) {
    if (there.includes(asked)) return { name: asked };
    const near = nearNames(asked, there);
    const suggestion =
      near.length > 0
        ? `did you mean ${near.join(" or ")}?`
        : there.length > 0
          ? `${isOrAre(there)}`
          : "there are none";
    const kind = others.get(asked);
    return {
      problem:
        kind === undefined
          ? `${file} has no ${what} ${asked}; ${suggestion}`
          : `${asked} is a ${kind}: name ${/^[aeiou]/.test(what) ? "an" : "a"} ${what}; ${there.length > 0 ? `${isOrAre(there)}` : "there are none"}`,
    };
  }
  const [only] = there;
  if (only !== undefined && there.length === 1) return { name: only };
  return {
    problem:
      there.length === 0 ? `${file} has no ${what}` : `${file} has several; name the one you mean: ${there.join(", ")}`,
  };
}

function isOrAre(names: readonly string[]): string {
  return `there ${names.length === 1 ? "is" : "are"} ${names.join(", ")}`;
}

/** Fits are comparisons with a recording. */
function comparisonsIn({ comparisons, fits }: CheckedProgram): readonly CheckedComparison[] {
  return [...comparisons, ...fits.map((f) => f.comparison)];
}

/** What planning the cases of the file's comparisons and fits finds beyond `told`, which is what it found in the experiments by themselves: each once, at the variant. */
export function planCases(program: CheckedProgram, told: readonly Diagnostic[]): readonly Diagnostic[] {
  const collector = tellingOnce();
  for (const d of told) collector.say(d);
  const fits = fitting(collector);
  for (const { name, variants, cases } of comparisonsIn(program)) {
    if (!program.own.includes(name)) continue;
    for (const { variant, experiment } of cases) {
      const chosen = variants[variant];
      const say = fits.sayOf(
        { model: chosen?.label ?? "", under: experiment.name, at: chosen?.origin ?? experiment.origin },
        null,
      );
      for (const d of planSimulation(experiment).diagnostics) say(d);
    }
  }
  fits.tell();
  return collector.all().filter((d) => !told.includes(d));
}

/** The module as JavaScript, an ES module that imports `glif/runtime`: what runs. It exports `create`. */
export function javascriptOf(plan: SimulationPlan): string {
  return printJavaScript(emitModule(plan));
}

/** The module as TypeScript: what is read. Checked against the tree it was printed from; not yet formatted. */
export function typescriptOf(ts: typeof import("typescript"), plan: SimulationPlan): string {
  const module: CodeModule = emitModule(plan);
  const text = buildTypeScript(ts, module);
  verifyTypeScript(ts, module, text);
  return text;
}

/** The module with the parts of the runtime that it uses written into it: no import is left. */
export function standaloneOf(
  ts: typeof import("typescript"),
  plan: SimulationPlan,
  runtimeFiles: readonly { readonly path: string; readonly text: string }[],
): string {
  return inlineRuntime(
    ts,
    typescriptOf(ts, plan),
    runtimeFiles.map((f) => ({ ...f })),
    RUNTIME,
  );
}
