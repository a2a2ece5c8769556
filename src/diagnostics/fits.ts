// Fits: what is free within which bounds, which recording it is to explain, by which measures and in which part of it.
import type { Span } from "../base/source.ts";
import { defineDiagnostic } from "./diagnostic.ts";
import { didYouMean } from "./names.ts";

export const fitOfNetwork = defineDiagnostic(
  "fit/network",
  "error",
  "A fit is of neurons: their candidates are run together, each as it would run alone. What a network does is held against a recording in a comparison with a sweep.",
  () => ({
    message: "a network cannot be fitted",
    help: ['fit its neurons, or write a comparison with a sweep and `reference recording("cell.csv")`'],
  }),
);

export const noRecording = defineDiagnostic<{ readonly name: string }>(
  "fit/no-recording",
  "error",
  'A fit explains what was recorded: `reference recording("cell.csv")` names the file, or a file of traces and one of spikes, `recording("traces.csv", "spikes.csv")`.',
  ({ name }) => ({
    message: `fit \`${name}\` has no recording to explain`,
    help: ['write `reference recording("cell.csv")`'],
  }),
);

export const nothingFree = defineDiagnostic<{ readonly name: string }>(
  "fit/nothing-free",
  "error",
  "A fit says which numbers it may change, each between two bounds: `free C in 20 pF .. 400 pF`. All others stay as the model and the experiment have them.",
  ({ name }) => ({ message: `nothing is free in fit \`${name}\``, help: ["write `free C in 20 pF .. 400 pF`"] }),
);

export const freeOfNothing = defineDiagnostic<{
  readonly written: string;
  readonly near: readonly string[];
  readonly there: readonly string[];
  readonly at: Span;
}>(
  "fit/free-of-nothing",
  "error",
  "What is free can be set in at least one of the fitted models: a parameter, an element of one, an initial value, a parameter of the experiment. In a model that does not have it, or that sets it in its braces, it is not free.",
  ({ written, near, there, at }) => ({
    message: there.includes(written)
      ? `whichever of the fitted models has \`${written}\` sets it in its braces`
      : `none of the fitted models has \`${written}\` to set`,
    help: there.includes(written)
      ? ["leave it out here, or fit a model without the braces as well"]
      : near.length > 0
        ? didYouMean(near)
        : there.length > 0
          ? [`there are ${there.map((n) => `\`${n}\``).join(", ")}`]
          : [],
    fixes: (there.includes(written) ? [] : near)
      .slice(0, 1)
      .map((n) => ({ title: `replace by \`${n}\``, edits: [{ span: at, newText: n }], confidence: "likely" as const })),
  }),
);

export const freeInput = defineDiagnostic<{ readonly name: string }>(
  "fit/free-input",
  "error",
  "An input is what the experiment puts in over time. A number in its stimulus can be free where it is a parameter of the experiment.",
  ({ name }) => ({
    message: `\`${name}\` is an input, not a number`,
    help: ["give the experiment a parameter, `param I_0 = 0 pA`, use it in the stimulus, and write `free I_0 in …`"],
  }),
);

export const freeDecides = defineDiagnostic<{ readonly name: string }>(
  "fit/free-decides",
  "error",
  "The duration, the step and what is recorded are the same for all candidates of a fit, since all are run together.",
  ({ name }) => ({
    message: `\`${name}\` decides the duration, the step or what is recorded, and cannot be free`,
    help: ["leave it out, and say in the experiment what it is"],
  }),
);

export const freeReadByNothing = defineDiagnostic<{ readonly name: string; readonly model: string }>(
  "fit/free-in-vain",
  "error",
  "A free number changes what the model does: its equations, its spikes, its resets or its initial values read it, by themselves or through what is set from it.",
  ({ name, model }) => ({
    message: `nothing in \`${model}\` reads \`${name}\`: no recording could tell what it is`,
    help: ["leave it out, or use it in an equation"],
  }),
);

export const freeAndSet = defineDiagnostic<{ readonly name: string; readonly free: Span }>(
  "fit/free-and-set",
  "error",
  "What a fit sets follows from other numbers, `τ_m = C/G`; what is free is sought by itself.",
  ({ name, free }) => ({
    message: `\`${name}\` is free, and set as well`,
    secondary: [{ span: free, text: "free here" }],
    help: ["leave one of the two out"],
  }),
);

export const setNowhere = defineDiagnostic<{ readonly name: string; readonly fit: string }>(
  "fit/set-nowhere",
  "error",
  "What a fit sets, `τ_m = C/G`, can be set in at least one of its models. For a model that does not have it, it is left out.",
  ({ name, fit }) => ({ message: `none of the models of \`${fit}\` has \`${name}\` to set` }),
);

export const badBounds = defineDiagnostic<{ readonly problem: string; readonly help: string | null }>(
  "fit/bad-bounds",
  "error",
  "The bounds of a free number are two numbers that are known beforehand, the lower one first: `free C in 20 pF .. 400 pF`. With `logarithmic` equal ratios count alike, and both are above 0.",
  ({ problem, help }) => ({ message: problem, help: help === null ? [] : [help] }),
);

export const startsOutside = defineDiagnostic<{
  readonly name: string;
  readonly own: string;
  readonly bounds: string;
}>(
  "fit/starts-outside",
  "warning",
  "A search begins at the model's own value where that lies between the bounds, else in their middle.",
  ({ name, own, bounds }) => ({
    message: `the model has \`${name}\` at ${own}, outside ${bounds}: the search begins in the middle of the bounds`,
    help: ["widen the bounds, or leave it so"],
  }),
);

export const noAim = defineDiagnostic<{ readonly name: string; readonly gives: string }>(
  "fit/no-aim",
  "error",
  "The objective of a fit is made of numbers that one run has: similarities to the recording, which are to be large, distances from it, which are to be small, and features such as a rate, which are to be near the recording's own.",
  ({ name, gives }) => ({
    message: `\`${name}\` ${gives}, and no number that a fit could bring near that of the recording`,
    help: ["fit by `explained_variance`, `coincidence`, `subthreshold_rmse(V)`, `rate`, `latency`"],
  }),
);

export const badWeight = defineDiagnostic<{ readonly value: string }>(
  "fit/bad-weight",
  "error",
  "A measure of a fit counts as often as its weight says: `measure explained_variance, 0.2*subthreshold_rmse(V)`.",
  ({ value }) => ({ message: `a weight must be a number above 0, not ${value}` }),
);

export const untrained = defineDiagnostic<{ readonly name: string }>(
  "fit/no-training",
  "error",
  "Where a fit keeps a part back, `test 12 s .. 20 s`, it says by which part it finds its numbers. Without either, all of the recording is for training.",
  ({ name }) => ({
    message: `fit \`${name}\` says what it is tested on, and not by what it is trained`,
    help: ["write `train 0 s .. 12 s`"],
  }),
);

export const badEvaluations = defineDiagnostic<{ readonly value: string }>(
  "fit/bad-evaluations",
  "error",
  "`evaluations 5000` is how many runs of candidates may be taken, by all searches together.",
  ({ value }) => ({
    message: `the number of evaluations must be a whole number from 1 to 1000000000, not ${value}`,
    help: ["write for example `evaluations 5000`"],
  }),
);

export const fitSpikesUnknown = defineDiagnostic<{ readonly measure: string; readonly why: string }>(
  "fit/spikes-unknown",
  "error",
  "A measure of spikes needs those of the recording: a list of times, or a trace of voltage in which they are seen.",
  ({ measure, why }) => ({
    message: `\`${measure}\` compares spikes, and ${why}`,
    help: [
      'fit the trace, `measure subthreshold_rmse(V)`, name a file of spikes as well, `recording("traces.csv", "spikes.csv")`, or say where its voltage spikes, `level: -20 mV`',
    ],
  }),
);

export const fitUndefined = defineDiagnostic<{
  readonly measure: string;
  readonly model: string;
  readonly why: string;
}>(
  "fit/undefined",
  "error",
  "A measure of the objective has a value for the model and the recording: one that is over what repeats have in common needs several repeats of the recording.",
  ({ measure, model, why }) => ({
    message: `\`${measure}\` has no value for ${model} and this recording: ${why}`,
    help: ["`explained_variance` is defined of any two spike trains"],
  }),
);
