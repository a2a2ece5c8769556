// Experiments and networks: durations and steps, what can be set, drawn and recorded.
import type { Span } from "../base/source.ts";
import { defineDiagnostic } from "./diagnostic.ts";
import type { Fix } from "./diagnostic.ts";
import { isAdaptiveName, methodNames, type MethodName } from "../methods/methods.ts";
import { didYouMean } from "./names.ts";

export const noDuration = defineDiagnostic<{ readonly name: string; readonly at: Span }>(
  "experiment/no-duration",
  "error",
  "An experiment says how long it lasts: `duration 1 s`. The step is 0.1 ms unless said otherwise.",
  ({ name }) => ({ message: `experiment \`${name}\` has no duration`, help: ["write for example `duration 1 s`"] }),
);

export const saidTwice = defineDiagnostic<{ readonly what: string; readonly first: Span }>(
  "experiment/said-twice",
  "error",
  "A block says each thing once. (What an experiment sets takes the place of what its network sets; that is no contradiction.)",
  ({ what, first }) => ({
    message: `${what} is said twice`,
    label: "again here",
    secondary: [{ span: first, text: "first here" }],
  }),
);

export const badTime = defineDiagnostic<{
  readonly what: string;
  readonly value: string;
  readonly needed: "positive" | "not-negative" | "finite" | "a step" | "itself";
}>(
  "experiment/bad-time",
  "error",
  "The step and the interval of a recording are longer than 0, what repeats itself does so after a step or later; the duration is 0 or longer. `dt` is the step, so that the step is not made of it.",
  ({ what, value, needed }) =>
    needed === "itself"
      ? {
          message: `${what} is ${value}, which is the step: nothing says how long it is`,
          help: ["write a time: `step 0.1 ms`"],
        }
      : {
          message: `${what} must be ${{ positive: "longer than 0", "not-negative": "0 or longer", finite: "a finite time", "a step": "as long as a step, or longer" }[needed]}, not ${value}`,
        },
);

export const notAMultiple = defineDiagnostic<{
  readonly what: string;
  readonly value: string;
  readonly step: string;
  readonly nearest: string;
  readonly because: Span | null;
}>(
  "experiment/not-a-multiple",
  "error",
  "Time advances in whole steps. The duration and the intervals of recordings must be whole numbers of them, since rounding them would change what was asked for.",
  ({ what, value, step, nearest, because }) => ({
    message: `${what}, ${value}, is not a multiple of the step, ${step}`,
    secondary: because === null ? [] : [{ span: because, text: "the step" }],
    help: [`the nearest multiple is ${nearest}`],
  }),
);

export const roundedTime = defineDiagnostic<{
  readonly what: string;
  /** Null where it is drawn. */
  readonly value: string | null;
  readonly step: string;
  readonly rounded: string;
  /** How many more there are of the kind. */
  readonly more?: number;
  readonly because: Span | null;
}>(
  "experiment/rounded-time",
  "warning",
  "Refractory periods, delays and the times of a stimulus are rounded to whole steps; with `spikes precise` the times of a stimulus alone. Here that changes the value: with a finer step, or a value that is a multiple of the step, what is written is what happens.",
  ({ what, value, step, rounded, more = 0, because }) => ({
    message:
      value === null
        ? `${what} is drawn, and rounded to a multiple of the step, ${step}`
        : `${what}, ${value}, is not a multiple of the step, ${step}: it is rounded to ${rounded}${more > 0 ? `, and so ${more === 1 ? "is 1" : `are ${more}`} more` : ""}`,
    secondary: because === null ? [] : [{ span: because, text: "the step" }],
    help:
      value !== null && /^0(?: |$)/u.test(rounded) ? ["the step is longer than that: a shorter `step` is needed"] : [],
  }),
);

export const stepsNotAscending = defineDiagnostic<{
  readonly time: string;
  readonly before: string;
  readonly at: Span;
}>(
  "experiment/steps-not-ascending",
  "error",
  "`steps(0 ms: 0 pA, 100 ms: 300 pA)` holds each value from its time up to the next, so that times ascend.",
  ({ time, before, at }) => ({
    message: `the times of \`steps\` must ascend: ${time} comes after ${before}`,
    secondary: [{ span: at, text: "the time before" }],
    help: ["put them into the order of time, each once"],
  }),
);

export const startsAfterEnd = defineDiagnostic<{
  readonly what: string;
  readonly time: string;
  readonly duration: string;
  readonly at: Span;
}>(
  "experiment/starts-after-end",
  "warning",
  "An experiment ends with its duration. A stimulus that begins then or later is never seen: the run is one without it.",
  ({ what, time, duration, at }) => ({
    message: `${what} begins at ${time}, and the experiment ends at ${duration}`,
    secondary: [{ span: at, text: "the duration" }],
    help: ["let it begin earlier, or the experiment last longer"],
  }),
);

export const endsBeforeStart = defineDiagnostic<{
  readonly from: string;
  readonly to: string;
  readonly together: boolean;
  readonly at: Span;
}>(
  "experiment/ends-before-start",
  "warning",
  "A stimulus lasts from `from` up to `to`. One that ends before or when it begins is never there (a ramp jumps).",
  ({ from, to, together, at }) => ({
    message: together
      ? `this stimulus ends when it begins, at ${to}`
      : `this stimulus ends at ${to}, before it begins at ${from}`,
    secondary: [{ span: at, text: "its start" }],
  }),
);

export const badSeed = defineDiagnostic<{ readonly value: string }>(
  "experiment/bad-seed",
  "error",
  "A seed is a whole number from 0 to 9007199254740991 (2^53 - 1).",
  ({ value }) => ({
    message: `the seed must be a whole number from 0 to 9007199254740991, not ${value}`,
    help: ["write for example `seed 42`"],
  }),
);

export const unknownMethod = defineDiagnostic<{
  readonly name: string;
  readonly near: readonly string[];
  readonly all: readonly string[];
  readonly at: Span;
}>(
  "experiment/unknown-method",
  "error",
  `Methods are ${methodNames()
    .map((m) => `\`${m}\``)
    .join(", ")}; \`auto\`, the default, is the most exact method that each group of equations admits.`,
  ({ name, near, all, at }) => ({
    message: `unknown method \`${name}\``,
    help: near.length > 0 ? didYouMean(near) : [`the methods are ${all.map((m) => `\`${m}\``).join(", ")}`],
    fixes: near
      .slice(0, 1)
      .map((n) => ({ title: `replace by \`${n}\``, edits: [{ span: at, newText: n }], confidence: "likely" as const })),
  }),
);

export const badMethodOption = defineDiagnostic<{ readonly method: MethodName; readonly problem: string }>(
  "experiment/bad-method-option",
  "error",
  "An adaptive method takes a relative tolerance, a number above 0 and below 1: `method rk45(tolerance: 1e-9)`. The other methods take nothing.",
  ({ method, problem }) => ({
    message: `method \`${method}\` ${problem}`,
    help: [`write \`method ${method}${isAdaptiveName(method) ? "(tolerance: 1e-9)" : ""}\``],
  }),
);

export const notSettable = defineDiagnostic<{
  readonly name: string;
  readonly role: string;
  readonly declared: Span;
  readonly where: "use" | "settings";
}>(
  "experiment/not-settable",
  "error",
  "Settings give values to parameters and weights, initial values to states and stimuli to inputs; `use` gives values to a mechanism's parameters. A `let` follows from other quantities and a `const` is part of the model.",
  ({ name, role, declared, where }) => ({
    message: `\`${name}\` is a ${role} and cannot be set`.replace("a input", "an input"),
    secondary: [{ span: declared, text: `a ${role}`.replace("a input", "an input") }],
    help: [
      role === "let"
        ? "set the parameters that it is computed from"
        : role === "constant"
          ? `make it a parameter: \`param ${name}\``
          : where === "use"
            ? "only a mechanism's parameters are set by `use`"
            : "write it into the model",
    ],
  }),
);

export const drawOperator = defineDiagnostic<{
  readonly problem: "draw-after-equals" | "value-after-tilde" | "draw-for-input";
  readonly name: string;
  readonly at: Span | null;
  /** The distribution that stands in the value, and how the whole is written as one. */ readonly inside?:
    { readonly name: string; readonly fix: Fix | null } | undefined;
  /** In the braces of an event a value is given by `<-`, and by `=` to a `let`. */
  readonly inEvent?: boolean;
}>(
  "experiment/draw-operator",
  "error",
  "`~` draws a value at random: in settings for each neuron once, `V ~ uniform(-70 mV, -50 mV)`, in the braces of an event anew each time. `=` gives a value or an expression, `<-` does in an event. An input is a function of the time; noise in it is `ξ`.",
  ({ problem, name, at, inside, inEvent }) => ({
    message: {
      "draw-after-equals": `\`${name}\` draws random values: write \`~\` instead of \`=\``,
      "value-after-tilde":
        inside === undefined
          ? "`~` needs a distribution, such as `normal(mean, sd)`"
          : `\`${inside.name}\` stands alone after \`~\``,
      "draw-for-input": `\`${name}\` is an input: it cannot be drawn`,
    }[problem],
    help:
      inside !== undefined
        ? [
            inEvent === true
              ? `draw it by itself, \`let u ~ ${inside.name}(…)\`, and reckon with \`u\``
              : "put what is added or multiplied into its arguments",
          ]
        : problem === "value-after-tilde"
          ? [inEvent === true ? "to give a value, write `<-`, and `=` behind a `let`" : "to give a value, write `=`"]
          : problem === "draw-for-input"
            ? ["for noise: `ξ`; for values that differ between neurons: a parameter in the model"]
            : [],
    fixes:
      inside?.fix != null
        ? [inside.fix]
        : at === null
          ? []
          : [
              {
                title: `write \`${problem === "draw-after-equals" ? "~" : "="}\``,
                edits: [{ span: at, newText: problem === "draw-after-equals" ? "~" : "=" }],
                confidence: "certain",
              },
            ],
  }),
);

export const badDraw = defineDiagnostic<{ readonly problem: string; readonly help?: string }>(
  "experiment/bad-draw",
  "error",
  "The parameters of a distribution must describe one: a standard deviation of 0 or more, a lower bound below the upper one, a probability between 0 and 1, a positive mean where values are positive. Bounds, `min:` and `max:`, must leave it room: what falls outside is drawn again, and after 100,000 draws in vain nothing is made. Both are looked at with the defaults, and again when values are drawn.",
  ({ problem, help }) => ({ message: problem, help: help === undefined ? [] : [help] }),
);

export const valueMissing = defineDiagnostic<{
  readonly role: "parameter" | "weight";
  readonly name: string;
  /** A population, a connection or a network. */ readonly of: string;
  readonly declared: Span;
  readonly helps: readonly string[];
}>(
  "experiment/value-missing",
  "error",
  "A parameter without a default is to be set by whoever uses the model, and a weight by whoever connects neurons with the synapse.",
  ({ role, name, of, declared, helps }) => ({
    message: `${role} \`${name}\` of \`${of}\` has no value`,
    secondary: [{ span: declared, text: "declared here without a default" }],
    help: helps,
  }),
);

export const badSize = defineDiagnostic<{
  readonly name: string;
  readonly value: string;
  readonly isFraction: boolean;
}>(
  "experiment/bad-size",
  "error",
  "The size of a population is a whole number, 0 or more. It may be computed from the parameters of the network; `round(…)` makes it whole.",
  ({ name, value, isFraction }) => ({
    message: `the size of \`${name}\` must be a whole number, 0 or more, not ${value}`,
    help: isFraction ? [`make it whole: \`round(${value.split(" = ")[0] ?? "…"})\``] : [],
  }),
);

export const unknownRecord = defineDiagnostic<{
  readonly written: string;
  readonly near: readonly string[];
  readonly where: string;
  readonly at: Span;
  /** What there is. */ readonly all?: readonly string[];
  /** Where it is a word of another tool: what to write. */ readonly elsewhere?: string | null;
}>(
  "experiment/unknown-record",
  "error",
  "What can be recorded are `spikes` and the model's states, lets, inputs and parameters, and at the neurons that a connection reaches the states of its synapse: `E.exc.g`.",
  ({ written, near, where, at, all = [], elsewhere = null }) => ({
    message: `${where} has no \`${written}\` to record`,
    help:
      elsewhere !== null
        ? [elsewhere]
        : near.length > 0
          ? didYouMean(near)
          : all.length > 0 && all.length <= 20
            ? [`it has \`spikes\`, ${all.map((n) => `\`${n}\``).join(", ")}`]
            : [],
    fixes: (elsewhere === null ? near : [])
      .slice(0, 1)
      .map((n) => ({ title: `replace by \`${n}\``, edits: [{ span: at, newText: n }], confidence: "likely" as const })),
  }),
);

export const populationNeeded = defineDiagnostic<{ readonly written: string; readonly candidates: readonly string[] }>(
  "experiment/population-needed",
  "error",
  "In a network of several populations a recording says of which: `record E.V`, `record E[0..9].V`.",
  ({ written, candidates }) => ({
    message: `\`${written}\` of which population?`,
    help: [`write ${candidates.map((c) => `\`${c}\``).join(" or ")}`],
  }),
);

export const badRecord = defineDiagnostic<{ readonly problem: string; readonly help: string }>(
  "experiment/bad-record",
  "error",
  "A recording names a quantity of a population, of all its neurons or of a slice of them: `record E[0..9].V every 0.5 ms`. Spikes are kept for whole populations, at the times at which they occur.",
  ({ problem, help }) => ({ message: problem, help: [help] }),
);

export const recordedTwice = defineDiagnostic<{
  readonly population: string;
  readonly intervals: readonly [number, number];
  readonly first: Span;
}>(
  "experiment/recorded-twice",
  "error",
  "What is recorded of a neuron has one column in `traces.csv`, and a column one interval: what two recordings share would stand there twice. At one interval, what two recordings share is kept once.",
  ({ population, intervals: [one, other], first }) => ({
    message: `the same of \`${population}\` is recorded every ${one} ms and every ${other} ms: a column has one interval`,
    secondary: [{ span: first, text: `every ${one} ms` }],
    help: [`record it once, every ${Math.min(one, other)} ms, or other neurons here`],
  }),
);

/** `E[0..10]` of ten, counted as Python's slices are; `E[-1]`, from the end. */
function meantEnds(from: number, to: number, size: number): (readonly [number, number])[] {
  if (from === to && from < 0 && from >= -size) return [[size + from, size + from]];
  return from >= 0 && from < to && to === size ? [[from, size - 1]] : [];
}

export const sliceOutside = defineDiagnostic<{
  readonly population: string;
  readonly size: string;
  readonly from: string;
  readonly to: string;
  /** Where its ends are written, where they may be numbers. */
  readonly ends?: readonly [Span, Span];
}>(
  "experiment/slice-outside",
  "error",
  "Neurons are numbered from 0; a slice names the first and the last of them, both included.",
  ({ population, size, from, to, ends }) => ({
    message: `${size === "?" ? "" : `\`${population}\` has ${size === "0" ? "no neurons" : size === "1" ? "one neuron" : `${size} neurons`}: `}there is no \`${population}[${from === to ? from : `${from}..${to}`}]\``,
    help:
      Number(from) > Number(to)
        ? ["write the smaller number first"]
        : size === "1"
          ? ["its number is 0"]
          : Number(size) > 1
            ? [`they are numbered from 0 to ${Number(size) - 1}`]
            : ["neurons are numbered from 0"],
    fixes: (ends === undefined ? [] : meantEnds(Number(from), Number(to), Number(size))).map((meant) => ({
      title: `write \`${[...new Set(meant)].join("..")}\``,
      edits: (ends ?? []).flatMap((end, k) =>
        k > 0 && end.start === ends?.[0].start ? [] : [{ span: end, newText: String(meant[k]) }],
      ),
      confidence: "likely" as const,
    })),
  }),
);

export const slicedSetting = defineDiagnostic<{
  readonly of: string;
  /** In whose settings it stands. */
  readonly within: string | null;
}>(
  "experiment/sliced-setting",
  "error",
  "Neurons have numbers in their population, `E[0..9].I_e = 300 pA`: single ones are set in experiments. Elsewhere their number stands in an expression, `if i < 10 then 300 pA else 0 pA`.",
  ({ of, within }) => ({
    message:
      within === null
        ? `\`${of}\` is no population: only the neurons of populations have numbers`
        : `in the settings of \`${within}\` single neurons are not named`,
    help: [
      within === null
        ? "single neurons are set in experiments, by population: `E[0..9].I_e = 300 pA`"
        : "set them in an experiment: `E[0..9].I_e = 300 pA`",
    ],
  }),
);

export const badFile = defineDiagnostic<{
  readonly path: string;
  readonly problem: string;
  readonly help: string | null;
}>(
  "experiment/bad-file",
  "error",
  "A stimulus file has two columns with a header that names them and their units, `t (ms),I_e (pA)`, and ascending times. Each value holds from its time on until the next.",
  ({ path, problem, help }) => ({ message: `"${path}": ${problem}`, help: help === null ? [] : [help] }),
);

export const subjectEmpty = defineDiagnostic<{ readonly name: string }>(
  "experiment/no-population",
  "error",
  "An experiment needs something to simulate.",
  ({ name }) => ({ message: `network \`${name}\` has no population`, help: ["add one: `population E = 100 LIF`"] }),
);

export const declaresAnew = defineDiagnostic<{
  readonly name: string;
  readonly role: string;
  readonly owner: string;
  /** The word of the declaration, where it stands alone with that name. */
  readonly cut: Span | null;
}>(
  "experiment/declares-anew",
  "warning",
  "`param`, `const` and `let` in an experiment declare names of the experiment itself, for its settings to read. What belongs to the neuron is set by its name alone: `I_e = 300 pA`.",
  ({ name, role, owner, cut }) => ({
    message: `this declares ${role === "let" ? "a `let`" : `a ${role}`} \`${name}\` of the experiment, which nothing reads: \`${name}\` of \`${owner}\` stays as it is`,
    help: cut === null ? [`to set it, write \`${name} = …\` as a statement of its own`] : [],
    fixes:
      cut === null
        ? []
        : [{ title: `write \`${name} = …\``, edits: [{ span: cut, newText: "" }], confidence: "likely" }],
  }),
);
