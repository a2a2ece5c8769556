// Indices: `index j = 1..2`, `I[j]`, `sum(I)`, and lists of values.
import { listed } from "../base/lists.ts";
import type { Span } from "../base/source.ts";
import { defineDiagnostic } from "./diagnostic.ts";
import { didYouMean } from "./names.ts";

export const unknownIndex = defineDiagnostic<{ readonly name: string; readonly near: readonly string[] }>(
  "indices/unknown",
  "error",
  "The brackets of a declaration name indices that `index` declares: `index j = 1..2`, then `state I[j] = 0 pA`.",
  ({ name, near }) => ({
    message: `there is no index \`${name}\``,
    help: near.length > 0 ? didYouMean(near) : [`declare it: \`index ${name} = 1..2\``],
  }),
);

export const indexNeeded = defineDiagnostic<{
  readonly name: string;
  readonly indices: readonly string[];
  readonly first: number;
  readonly reading: boolean;
  /** It is a neuron's, seen from a synapse, which has indices of its own. */
  readonly foreign: boolean;
}>(
  "indices/needed",
  "error",
  "A name with an index stands for several values. Say which: `I[j]` in an equation of index j, `I[1]` for one of them, `sum(I)` for their sum. A synapse has indices of its own, whatever those of its neurons are called.",
  ({ name, indices, first, reading, foreign }) => {
    const all = `\`${name}[${indices.join(", ")}]\``;
    const one = `\`${name}[${indices.map(() => first).join(", ")}]\``;
    const forms = [...(foreign ? [] : [all]), one, ...(reading ? [`\`sum(${name})\``] : [])];
    const written = `write ${listed(forms, "or")}`;
    return {
      message: `\`${name}\` has ${indices.length === 1 ? `an index ${indices[0] ?? ""}` : `the indices ${indices.join(", ")}`}`,
      help: [
        foreign
          ? `${written}; ${all} where the synapse declares ${indices.length === 1 ? "such an index" : "such indices"}, too`
          : written,
      ],
    };
  },
);

export const unboundIndex = defineDiagnostic<{ readonly name: string }>(
  "indices/unbound",
  "error",
  "An index has a value where something bears it: in `I[j]' = …`, in `param x[j] = …`, in `I[j] <- …`, and inside `sum(…)`. Elsewhere it could be any.",
  ({ name }) => ({
    message: `index \`${name}\` has no value here`,
    help: [`write \`sum(…)\` around it to add up over \`${name}\`, or a number in its place`],
  }),
);

export const wrongIndexCount = defineDiagnostic<{
  readonly name: string;
  readonly wanted: readonly string[];
  readonly given: number;
  readonly declared: Span | null;
  /** How it is written where the number was that of a neuron. */ readonly instead?:
    { readonly text: string; readonly at: Span } | undefined;
}>(
  "indices/wrong-count",
  "error",
  "A name takes as many indices as its declaration gives it.",
  ({ name, wanted, given, declared, instead }) => ({
    message:
      wanted.length === 0
        ? `\`${name}\` has no index`
        : `\`${name}\` has ${wanted.length === 1 ? "one index" : `${wanted.length} indices`}, not ${given}`,
    secondary: declared === null ? [] : [{ span: declared, text: "declared here" }],
    help: [
      instead === undefined
        ? `write \`${name}${wanted.length === 0 ? "" : `[${wanted.join(", ")}]`}\``
        : `a neuron's number stands behind its population: \`${instead.text}\``,
    ],
    fixes:
      instead === undefined
        ? []
        : [
            {
              title: `write \`${instead.text}\``,
              edits: [{ span: instead.at, newText: instead.text }],
              confidence: "likely",
            },
          ],
  }),
);

export const outOfRange = defineDiagnostic<{
  readonly name: string;
  readonly value: string;
  readonly from: number;
  readonly to: number;
  readonly declared: Span | null;
}>(
  "indices/out-of-range",
  "error",
  "An index runs from its first to its last value, both included; there is nothing beyond.",
  ({ name, value, from, to, declared }) => ({
    message: `\`${name}\` runs from ${from} to ${to}: there is no ${value}`,
    secondary: declared === null ? [] : [{ span: declared, text: `${from}..${to}` }],
  }),
);

export const badPosition = defineDiagnostic<{ readonly name: string }>(
  "indices/bad-position",
  "error",
  "What stands in brackets is the name of an index or a whole number: `I[j]`, `I[1]`.",
  ({ name }) => ({ message: `an index of \`${name}\` must be the name of an index or a whole number` }),
);

export const badRange = defineDiagnostic<{
  readonly name: string;
  readonly problem: "not-constant" | "not-whole" | "empty" | "too-large";
  readonly most: number;
}>(
  "indices/bad-range",
  "error",
  "An index runs over whole numbers that are known when the model is compiled: `index j = 1..2`, or up to a `const`. Its size decides how many equations there are, so that a parameter cannot change it.",
  ({ name, problem, most }) => ({
    message: {
      "not-constant": `the range of index \`${name}\` must be made of numbers and constants`,
      "not-whole": `the range of index \`${name}\` must be made of whole numbers`,
      empty: `the range of index \`${name}\` is empty`,
      "too-large": `the range of index \`${name}\` has more than ${most} values`,
    }[problem],
    help: problem === "empty" ? ["write the smaller number first: `1..2`"] : [],
  }),
);

export const tooManyElements = defineDiagnostic<{
  /** The quantity; null for a sum. */
  readonly name: string | null;
  readonly count: number;
  readonly most: number;
}>(
  "indices/too-many",
  "error",
  "Each element of a quantity and each term of a sum is an expression of its own, written out when the model is compiled. Neurons are not told apart by indices: a population has as many as it needs.",
  ({ name, count, most }) => ({
    message:
      name === null
        ? `this sum, with each element that it stands in, has ${count} terms, more than ${most}`
        : `\`${name}\` has ${count} elements, more than ${most}`,
    help: ["many cells of a kind are a `population`, and what acts between them is a `connect`"],
  }),
);

export const wrongLength = defineDiagnostic<{
  readonly name: string;
  readonly wanted: number;
  readonly given: number;
  readonly index: string;
  readonly declared: Span;
}>(
  "indices/wrong-length",
  "error",
  "A list gives one value for each value of the index, in order. One value without brackets holds for all.",
  ({ name, wanted, given, index, declared }) => ({
    message: `\`${name}\` needs ${wanted} values, this list has ${given}`,
    secondary: [{ span: declared, text: `\`${index}\` has ${wanted} values` }],
  }),
);

export const oneEach = defineDiagnostic<{
  readonly name: string;
  readonly population: string;
  readonly wanted: number;
  readonly given: number;
}>(
  "indices/one-each",
  "error",
  "In the settings of a population a list gives one value for each of its neurons, in order, and so do the rows of a file. One value without brackets holds for all.",
  ({ name, population, wanted, given }) => ({
    message: `\`${name}\` needs ${wanted} value${wanted === 1 ? "" : "s"}, one for each neuron of \`${population}\`; this list has ${given}`,
  }),
);

export const misplacedList = defineDiagnostic<{
  readonly name: string | null;
  /** With which it may be declared; null where it is set. */
  readonly index: string | null;
}>(
  "indices/misplaced-list",
  "error",
  "A list of values is what an indexed parameter, constant, state or input starts with, or is set to: `param k[j] = [0.003, 0.1] /ms`. In expressions, values are taken by index.",
  ({ name, index }) => ({
    message:
      name === null
        ? "a list of values cannot stand in an expression"
        : `\`${name}\` has no index and takes one value, not a list`,
    help:
      name === null
        ? ["declare it as an indexed parameter and write `name[j]`"]
        : index !== null
          ? [`give it an index: \`${name}[${index}]\``]
          : [
              "neurons of a population are told apart by their number `i`, as in `if i == 0 then … else …`; values in time are `steps(0 ms: …, 10 ms: …)`",
            ],
  }),
);
