// White noise: where it may stand, and how it is meant where a state multiplies it.
import type { Span } from "../base/source.ts";
import { defineDiagnostic } from "./diagnostic.ts";

export const misplacedNoise = defineDiagnostic<{
  readonly where: string;
  readonly within: "neuron" | "synapse" | "source";
}>(
  "noise/misplaced",
  "error",
  "White noise has no value at an instant, only an integral over a step. It stands in the right side of equations, in contributions to inputs, and in what an experiment gives to inputs; " +
    "never in conditions, resets, lets, parameters or functions, nor in synapses.",
  ({ where, within }) => ({
    message: `white noise cannot stand ${where}`,
    help: [
      {
        neuron: "put it into an equation or a contribution: `I_e += σ*ξ`",
        synapse: "put it into the neuron, `I_e += σ*ξ`, or give it to an input in the experiment: `E.I_e = σ*ξ`",
        source: "the spikes of a source are random as they are; its rate may change with the time",
      }[within],
    ],
  }),
);

export const notLinear = defineDiagnostic<{
  readonly where: string;
  readonly through: { readonly name: string; readonly at: Span } | null;
}>(
  "noise/not-linear",
  "error",
  "White noise enters an equation linearly: a sum of terms, each with at most one ξ as a factor. Its square, its exponential, a quotient by it, or a condition on it have no meaning in continuous time.",
  ({ where, through }) => ({
    message: `white noise must enter linearly, not ${where}`,
    secondary: through === null ? [] : [{ span: through.at, text: `\`${through.name}\` carries white noise` }],
    help: ["for noise of a given strength: `… + σ*ξ`"],
  }),
);

export const interpretationNeeded = defineDiagnostic<{
  readonly states: readonly string[];
  readonly model: string;
  readonly noise: Span | null;
}>(
  "noise/interpretation-needed",
  "error",
  "Where a state multiplies white noise, the equation means two different processes in the sense of Itô and of Stratonovich, with different means. Nothing is chosen silently: " +
    "`interpret Itô` takes the state before each step, `interpret Stratonovich` is the limit of noise with a short memory.",
  ({ states, model, noise }) => ({
    message: `white noise is multiplied by the state${states.length === 1 ? "" : "s"} ${states.map((s) => `\`${s}\``).join(", ")}: say how that is meant`,
    secondary: noise === null ? [] : [{ span: noise, text: "the noise" }],
    help: [`write \`interpret Itô\` or \`interpret Stratonovich\` in \`${model}\``],
  }),
);

export const rootOfStep = defineDiagnostic<{ readonly written: string; readonly at: Span }>(
  "noise/root-of-step",
  "warning",
  "White noise `ξ` is per square root of time, and what integrates it takes care of the step: with `sqrt(dt)` beside it the noise gets weaker with every smaller step. Formulas for programs have it, `σ*sqrt(dt)*randn()`; an equation has not. Where noise is meant that is constant within a step, its strength has a name: `σ*sqrt(dt)*ξ`.",
  ({ written }) => ({
    message: `the noise in \`${written}\` gets weaker with every smaller step: glif takes care of √dt itself`,
    help: ["leave `sqrt(dt)` out and give the strength its unit, such as `20 pA*sqrt(ms)*ξ`"],
  }),
);
