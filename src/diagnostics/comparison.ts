// Comparisons: what is compared under which experiment, by which measures, with what, and over which values.
import { MEASURE_SAYS } from "./habits.ts";
import type { Span } from "../base/source.ts";
import { defineDiagnostic } from "./diagnostic.ts";
import { didYouMean } from "./names.ts";

export const nothingCompared = defineDiagnostic<{
  readonly what: "comparison" | "fit";
  readonly name: string;
  readonly experiments: readonly string[];
  /** Behind what it compares; null where that is not said either. */
  readonly at: Span | null;
}>(
  "comparison/no-experiment",
  "error",
  "A comparison or a fit says under which experiments its models are run: `under CurrentStep, Noisy`. The experiment gives the stimulus, the duration and the step; each model takes the place of the experiment's own.",
  ({ what, name, experiments, at }) => ({
    message: `${what} \`${name}\` names no experiment`,
    help: [
      experiments.length > 0
        ? `write \`under ${experiments.slice(0, 3).join(", ")}\``
        : "declare an experiment, and write `under` and its name",
    ],
    fixes:
      experiments.length === 0 || at === null
        ? []
        : [
            {
              title: `insert \`under ${experiments[0] ?? ""}\``,
              edits: [{ span: at, newText: `; under ${experiments[0] ?? ""}` }],
              confidence: "likely",
            },
          ],
  }),
);

export const variantFitsNone = defineDiagnostic<{
  readonly model: string;
  readonly kind: "neuron" | "network";
  readonly under: readonly { readonly name: string; readonly at: Span }[];
}>(
  "comparison/variant-without-experiment",
  "error",
  "Under an experiment of a neuron, neurons are compared; under one of a network, networks.",
  ({ model, kind, under }) => ({
    message: `\`${model}\` is a ${kind}; ${under.length === 1 ? `\`${under[0]?.name ?? ""}\` is an experiment` : "all experiments named here are experiments"} of a ${kind === "neuron" ? "network" : "neuron"}`,
    secondary: under.map(({ at }) => ({ span: at, text: "" })),
    help: [`name an experiment of a ${kind} after \`under\``],
  }),
);

export const experimentFitsNone = defineDiagnostic<{ readonly name: string; readonly kind: "neuron" | "network" }>(
  "comparison/experiment-without-variant",
  "error",
  "Under an experiment of a neuron, neurons are compared; under one of a network, networks.",
  ({ name, kind }) => ({
    message: `\`${name}\` is an experiment of a ${kind}, and none of the models is one`,
    help: [`name a ${kind} after \`models\`, or leave this experiment out`],
  }),
);

export const misfit = defineDiagnostic<{
  readonly model: string;
  readonly under: string;
  readonly problems: readonly { readonly message: string; readonly at: Span }[];
}>(
  "comparison/misfit",
  "error",
  "Each model of a comparison takes the place of the experiment's own. What the experiment sets and computes must make sense for it, too: the same names with the same dimensions, a value for every parameter.",
  ({ model, under, problems }) => ({
    message: `\`${model}\` does not fit \`${under}\`: ${problems[0]?.message ?? ""}`,
    secondary: problems
      .slice(0, MOST_PLACES)
      .map(({ at, message }, k) => ({ span: at, text: k === 0 ? "here" : message })),
  }),
);

export const misfitWarning = defineDiagnostic<{
  readonly model: string;
  readonly under: string;
  readonly problems: readonly { readonly message: string; readonly at: Span }[];
}>(
  "comparison/misfit-warning",
  "warning",
  "Each model of a comparison takes the place of the experiment's own. Something that is in order for the experiment's own model is worth a look with this one.",
  ({ model, under, problems }) => ({
    message: `\`${model}\` under \`${under}\`: ${problems[0]?.message ?? ""}`,
    secondary: problems
      .slice(0, MOST_PLACES)
      .map(({ at, message }, k) => ({ span: at, text: k === 0 ? "here" : message })),
  }),
);

export const setInVain = defineDiagnostic<{
  readonly by: "braces" | "sweep" | "stimulus";
  readonly written: readonly string[];
  readonly variants: readonly string[];
  readonly at: readonly Span[];
}>(
  "comparison/set-in-vain",
  "warning",
  "In a comparison settings take effect in this order, the last one counts: the experiment's, `--set`, those in a variant's braces, the sweep. What a variant says of itself tells it from the others, so that `--set` does not change it; what is swept has at each point the value of the sweep, an input too: it is constant then, without the pulse or the noise that the experiment gives it.",
  ({ written, by, variants, at }) => ({
    message:
      by === "braces"
        ? `\`${written[0] ?? ""}\` has no effect on ${listed(variants)}, which says it anew`
        : by === "sweep"
          ? `${listed(written)} ${written.length === 1 ? "counts" : "count"} outside the sweep alone`
          : `at each point a constant takes the place of ${listed(written)}`,
    help:
      by === "stimulus"
        ? [
            "to keep what changes in time, give the experiment a parameter, `param I_0 = 300 pA`, use it in the stimulus, and sweep `I_0`",
          ]
        : [],
    secondary: at
      .slice(0, MOST_PLACES)
      .map((span, k) => ({ span, text: k > 0 ? "" : by === "braces" ? "this comes later" : "set here" })),
  }),
);

function listed(names: readonly string[]): string {
  return (
    names
      .slice(0, MOST_PLACES)
      .map((n) => `\`${n}\``)
      .join(", ") + (names.length > MOST_PLACES ? `, and ${names.length - MOST_PLACES} more` : "")
  );
}

const MOST_PLACES = 5;

export const lacksInput = defineDiagnostic<{
  readonly model: string;
  readonly names: readonly string[];
  readonly under: readonly string[];
  readonly at: readonly Span[];
  readonly inputs: readonly string[];
}>(
  "comparison/lacks-input",
  "error",
  "What an experiment puts in must reach every model that is compared under it. An input is declared in the model: `input I_e : pA`.",
  ({ model, names, under, at, inputs }) => ({
    message: `\`${model}\` has no input ${names.map((n) => `\`${n}\``).join(", ")}, which ${under.map((u) => `\`${u}\``).join(", ")} ${under.length === 1 ? "drives" : "drive"}`,
    secondary: at.slice(0, MOST_PLACES).map((span) => ({ span, text: "set here" })),
    help: [
      inputs.length > 0
        ? `it has ${inputs.map((n) => `\`${n}\``).join(", ")}: give both models the same name for it`
        : `declare it in \`${model}\``,
    ],
  }),
);

export const lacksParameter = defineDiagnostic<{
  readonly model: string;
  readonly names: readonly string[];
  readonly under: readonly string[];
  readonly at: readonly Span[];
}>(
  "comparison/lacks-parameter",
  "warning",
  "An experiment sets something that one of the compared models does not have. For that model the setting is left out.",
  ({ model, names, under, at }) => ({
    message: `\`${model}\` has no ${names.map((n) => `\`${n}\``).join(", ")}, set by ${under.map((u) => `\`${u}\``).join(", ")}: left out for it`,
    secondary: at.slice(0, MOST_PLACES).map((span) => ({ span, text: "set here" })),
  }),
);

export const labelTwice = defineDiagnostic<{ readonly label: string; readonly first: Span; readonly named: boolean }>(
  "comparison/label-twice",
  "error",
  "Tables and figures tell the compared models apart by their labels: the name of the model with what is changed of it, or the text after `as`.",
  ({ label, first, named }) => ({
    message: isShown(label) ? `two models of this comparison are called \`${label}\`` : "a label is one line of text",
    secondary: isShown(label) ? [{ span: first, text: "the first of them" }] : [],
    help: [named ? "give it another label" : 'give one of them a label: `as "…"`, or leave it out'],
  }),
);

/** Whether a label can stand in a table. */
export function isShown(label: string): boolean {
  return label.trim() !== "" && !/\p{Cc}|[\u2028\u2029]/u.test(label);
}

export const unknownReference = defineDiagnostic<{
  readonly written: string;
  readonly near: readonly string[];
  readonly problem: "unknown" | "ambiguous" | "form";
}>(
  "comparison/reference",
  "error",
  'The reference is one of the compared models, by name or by label, `reference LIF`, `reference "fast threshold"`, or a recording, `reference recording("cell.csv")`: a file of traces, one of spikes, or both, `recording("traces.csv", "spikes.csv")`; spikes in a trace of voltage are where it rises through 0 mV, or `level: -20 mV`. Without one, models are compared with the first of them.',
  ({ written, near, problem }) => ({
    message: {
      unknown: `none of the compared models is called \`${written}\``,
      ambiguous: `several of the compared models are called \`${written}\``,
      form: "this is neither a compared model nor a recording",
    }[problem],
    help:
      problem === "unknown"
        ? near.length > 0
          ? didYouMean(near)
          : ["compare it, too: name it after `models`"]
        : problem === "ambiguous"
          ? [`write one of ${near.map((n) => `"${n}"`).join(", ")}`]
          : [
              'write a name, a label in quotes, `recording("cell.csv")`, `recording("traces.csv", "spikes.csv")` or `recording("cell.csv", level: -20 mV)`',
            ],
  }),
);

export const badRecordingFile = defineDiagnostic<{ readonly path: string; readonly problem: string }>(
  "comparison/recording",
  "error",
  "A recording is a CSV file beside the model, with the names and units of its columns in the first line.",
  ({ path, problem }) => ({ message: `cannot read the recording "${path}": ${problem}` }),
);

export const badLevel = defineDiagnostic<{ readonly value: string }>(
  "comparison/bad-level",
  "error",
  '`recording("cell.csv", level: -20 mV)`: spikes in a recorded voltage are where it rises through this level, one number for the whole recording; 0 mV unless given.',
  ({ value }) => ({
    message: `the level must be a number that is known before anything runs, not ${value}`,
    help: ["write for example `level: -20 mV`"],
  }),
);

export const unknownMeasure = defineDiagnostic<{
  readonly name: string;
  readonly near: readonly string[];
  readonly all: readonly string[];
  readonly at: Span;
}>(
  "comparison/unknown-measure",
  "error",
  "Measures are named after `measure`; the reference of the language lists them with their definitions.",
  ({ name, near, all, at }) => ({
    message: `unknown measure \`${name}\``,
    help:
      near.length > 0
        ? didYouMean(near)
        : [MEASURE_SAYS.get(name.toLowerCase()) ?? `the measures are ${all.map((m) => `\`${m}\``).join(", ")}`],
    fixes: near
      .slice(0, 1)
      .map((n) => ({ title: `replace by \`${n}\``, edits: [{ span: at, newText: n }], confidence: "likely" as const })),
  }),
);

export const measureArguments = defineDiagnostic<{
  readonly name: string;
  readonly problem: string;
  readonly usage: string;
}>(
  "comparison/measure-arguments",
  "error",
  "Arguments of a measure are named, `van_rossum(tau: 10 ms)`; a measure of traces takes the variable it is about, `trace_mean(V)`; one of spikes takes in a network the population, `synchrony(of: E)`.",
  ({ name, problem, usage }) => ({ message: `\`${name}\` ${problem}`, help: [`write \`${usage}\``] }),
);

export const measureOfNothing = defineDiagnostic<{
  readonly what: "variable" | "population";
  readonly written: string;
  readonly near: readonly string[];
}>(
  "comparison/measure-of-nothing",
  "error",
  "A measure is about something that at least one of the compared models has. (For a model that does not have it, the measure has no value.)",
  ({ what, written, near }) => ({
    message: `none of the compared models has ${what === "population" ? "a population" : "a variable"} \`${written}\``,
    help: didYouMean(near),
  }),
);

export const measureNeedsReference = defineDiagnostic<{ readonly name: string }>(
  "comparison/measure-needs-reference",
  "error",
  "Distances and similarities need something to be measured from: the first of the compared models, unless `reference` names another or a recording.",
  ({ name }) => ({
    message: `\`${name}\` compares, and there is one model only`,
    help: [
      'name another model, or a recording: `reference recording("cell.csv")`; of a sweep on the command line, `--reference cell.csv`',
    ],
  }),
);

export const measureNeedsSweep = defineDiagnostic<{ readonly name: string; readonly sweeps: number }>(
  "comparison/measure-needs-sweep",
  "error",
  "An f-I curve and a rheobase are read off a sweep of one thing: `sweep I_e over 0 pA .. 500 pA in 51 steps`.",
  ({ name, sweeps }) => ({
    message: `\`${name}\` needs ${sweeps === 0 ? "a sweep" : `one sweep, not ${sweeps}`}`,
    help: ["write for example `sweep I_e over 0 pA .. 500 pA in 51 steps`"],
  }),
);

export const badSeeds = defineDiagnostic<{ readonly value: string }>(
  "comparison/bad-seeds",
  "error",
  "`seeds 20` runs everything with 20 seeds, from the experiment's own upwards (from 1 where it has none).",
  ({ value }) => ({
    message: `the number of seeds must be a whole number from 1 to 100000, not ${value}`,
    help: ["write for example `seeds 20`"],
  }),
);

export const roundedInSweep = defineDiagnostic<{
  readonly name: string;
  readonly what: string;
  readonly others: number;
}>(
  "comparison/rounded-in-sweep",
  "warning",
  "Delays, refractory periods and the times of a stimulus are rounded to whole steps. Values of a sweep that lie between two steps give what their neighbours give.",
  ({ name, what, others }) => ({
    message: `in the sweep of \`${name}\` ${what}${others === 0 ? "" : `; so ${others === 1 ? "is one other value" : `are ${others} other values`}`}`,
    help: ["take multiples of the step, or a smaller step"],
  }),
);

export const nothingToSweep = defineDiagnostic<{
  readonly written: string;
  readonly near: readonly string[];
  readonly there: readonly string[];
  readonly at: Span;
}>(
  "comparison/nothing-to-sweep",
  "error",
  "What is swept can be set in at least one of the compared models: a parameter, an initial value, an input, a weight, a delay, a parameter of the network or the experiment.",
  ({ written, near, there, at }) => ({
    message: `none of the compared models has \`${written}\` to sweep`,
    help: /^(duration|step|seed)$/.test(written)
      ? [`give the experiment a parameter for it, \`param x = …\` and \`${written} x\`, and sweep that`]
      : near.length > 0
        ? didYouMean(near)
        : there.length > 0
          ? [`there are ${there.map((n) => `\`${n}\``).join(", ")}`]
          : [],
    fixes: near
      .slice(0, 1)
      .map((n) => ({ title: `replace by \`${n}\``, edits: [{ span: at, newText: n }], confidence: "likely" as const })),
  }),
);

export const badSweep = defineDiagnostic<{ readonly problem: string; readonly help: string | null }>(
  "comparison/bad-sweep",
  "error",
  "A sweep has 2 values or more, both ends included; with `logarithmic` both are positive. All its points, those of a grid multiplied, are 1,000,000 at most.",
  ({ problem, help }) => ({ message: problem, help: help === null ? [] : [help] }),
);

export const badWindow = defineDiagnostic<{
  readonly problem: string;
  readonly other?: Span;
  readonly help: string | null;
}>(
  "comparison/bad-window",
  "error",
  "`window 2 s .. 10 s` is the part of all runs, and of a recording, that a comparison measures; of a fit `train 0 s .. 12 s` is the part of the recording by which numbers are found, `test 12 s .. 20 s` the part on which they are scored afterwards and which the search does not see. They lie in the experiment and in the recording, and do not overlap.",
  ({ problem, other, help }) => ({
    message: problem,
    secondary: other === undefined ? [] : [{ span: other, text: "this one" }],
    help: help === null ? [] : [help],
  }),
);
