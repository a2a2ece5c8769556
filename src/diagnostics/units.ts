// Units and dimensions: what cannot be added, assigned or put into an exponent, said in the field's words and with the way out where one is in scope.
import { looksNormal } from "../base/confusable.ts";
import type { Span } from "../base/source.ts";
import { defineDiagnostic } from "./diagnostic.ts";
import type { Fix, Label } from "./diagnostic.ts";
import { didYouMean } from "./names.ts";

/** What people call a dimension, in the unit in which they see it. */
export interface Words {
  /** "current"; "quantity" where the field has no word. */
  readonly kind: string;
  /** "current (pA)" */
  readonly short: string;
  /** "a current (pA)" */
  readonly phrase: string;
}

/** An expression, or what a place wants. */
export interface Side extends Words {
  readonly span: Span;
}

/** A factor in scope that turns one dimension into another: help as data. */
export interface WayOut {
  /** The parameter whose unit is doubted. */
  readonly of?: string;
  /** It may be one of several that are needed. */
  readonly isPart?: boolean;
  readonly help: string;
  readonly fix: Fix | null;
}

/** Where a quantity got the dimension that surprises. */
export interface Declared extends Side {
  readonly name: string;
}

export type Together = "add" | "subtract" | "compare" | `the ${string}`;

export const mismatchedTerms = defineDiagnostic<{
  /** What is done with them, or what they are: "the branches of an `if`". */
  readonly together: Together;
  readonly left: Side;
  readonly right: Side;
  readonly declared: readonly Declared[];
  readonly waysOut: readonly WayOut[];
}>(
  "units/mismatched-terms",
  "error",
  "Only quantities of one kind can be added, subtracted or compared: voltages with voltages, currents with currents. What to do depends on what was meant: often a conductance, resistance, capacitance or time constant is missing, " +
    "or a number lacks its unit. A bare `0` fits everywhere.",
  ({ together, left, right, declared, waysOut }) => ({
    message: termsSentence(together, left, right),
    label: right.short,
    secondary: [{ span: left.span, text: left.short }, ...declaredLabels(declared)],
    help: waysOut.map((w) => w.help),
    fixes: fixesOf(waysOut),
  }),
);

export const mismatchedSides = defineDiagnostic<{
  readonly name: string;
  readonly left: Side;
  readonly right: Side;
  readonly declared: readonly Declared[];
  readonly waysOut: readonly WayOut[];
}>(
  "units/mismatched-sides",
  "error",
  "`x' = …` says how fast x changes: its right side is x per time. For a voltage that is mV/ms, which a current divided by a capacitance is, or a voltage divided by a time constant.",
  ({ name, left, right, declared, waysOut }) => ({
    message: `\`${name}'\` is ${left.phrase}, the right side is ${right.phrase}`,
    label: right.short,
    secondary: [{ span: left.span, text: left.short }, ...declaredLabels(declared)],
    help: waysOut.map((w) => w.help),
    fixes: fixesOf(waysOut),
  }),
);

export const wrongDimension = defineDiagnostic<{
  /** What is given: "the value of `E_L`", "the second argument of `normal`", "the duration". */
  readonly what: string;
  readonly expected: Words;
  /** What could stand there; null where nothing is known that keeps what is written. */
  readonly example: string | null;
  readonly actual: Side;
  /** Where the expectation comes from. */
  readonly because: Label | null;
  readonly declared: readonly Declared[];
  readonly waysOut: readonly WayOut[];
}>(
  "units/wrong-dimension",
  "error",
  "The place decides the kind of quantity: a parameter keeps the dimension of its declaration, an assignment that of its state, an argument that of the function. " +
    "Units of one dimension convert by themselves (`0.01 s` is `10 ms`); different dimensions never do, and a bare number has none.",
  ({ what, expected, example, actual, because, declared, waysOut }) => ({
    message: `${what} must be ${expected.phrase}, this is ${actual.phrase}`,
    label: actual.short,
    secondary: [...(because === null ? [] : [because]), ...declaredLabels(declared)],
    help:
      waysOut.length > 0 ? waysOut.map((w) => w.help) : example === null ? [] : [`write for example \`${example}\``],
    fixes: fixesOf(waysOut),
  }),
);

/** What turns round: its argument lacks a frequency. */
export const PERIODIC: ReadonlySet<string> = new Set(["sin", "cos", "tan"]);

export const pureNumberNeeded = defineDiagnostic<{
  readonly name: string;
  readonly actual: Side;
  readonly declared: readonly Declared[];
  readonly waysOut: readonly WayOut[];
}>(
  "units/pure-number-needed",
  "error",
  "`exp`, `log`, `sin` and their like take pure numbers: the exponential of a voltage has no meaning until it is said per which voltage. Divide by a scale, such as the slope factor of an exponential neuron.",
  ({ name, actual, declared, waysOut }) => ({
    message: `\`${name}\` takes a pure number, this is ${actual.phrase}`,
    label: actual.short,
    secondary: declaredLabels(declared),
    help:
      waysOut.length > 0
        ? waysOut.map((w) => w.help)
        : [
            PERIODIC.has(name) && actual.kind === "time"
              ? "multiply by the frequency in hertz: `sin(2*π*8 Hz*t)`"
              : `divide by ${actual.phrase}, the scale on which it changes`,
          ],
    fixes: fixesOf(waysOut),
  }),
);

export const badExponent = defineDiagnostic<{
  readonly problem: "has-dimension" | "not-constant" | "not-rational";
  readonly base: Side;
  readonly exponent: Side;
  readonly waysOut: readonly WayOut[];
}>(
  "units/exponent",
  "error",
  "An exponent is a pure number. Where the base has a dimension, the exponent is also a constant and a simple fraction, because the result's dimension depends on it: `V^2`, `V^0.5`; `V^n` with a parameter n has no dimension. " +
    "Divide the base by a scale first: `(V/V_0)^n`.",
  ({ problem, base, exponent, waysOut }) => ({
    message:
      problem === "has-dimension"
        ? `an exponent must be a pure number, this is ${exponent.phrase}`
        : problem === "not-constant"
          ? `${base.phrase} can only be raised to a constant power`
          : `${base.phrase} can only be raised to a simple fraction, such as 2 or 0.5`,
    secondary: problem === "has-dimension" ? [] : [{ span: base.span, text: base.short }],
    help:
      problem === "not-constant"
        ? [`divide the base by ${base.phrase} first: \`(…/scale)^…\``]
        : waysOut.map((w) => w.help),
    fixes: fixesOf(waysOut),
  }),
);

export const undeterminedUnit = defineDiagnostic<{
  readonly name: string;
  readonly role: string;
  readonly indices: string;
  readonly value: string | null;
  readonly at: Span;
}>(
  "units/undetermined",
  "error",
  "`0` fits every dimension, so a state that starts at 0 and an input without a value get theirs from an equation, a contribution or an assignment. Nothing says it here.",
  ({ name, role, indices, value, at }) => {
    const example = `${name}${indices} : ${role === "input" ? "pA" : "nS"}`;
    return {
      message: `nothing says which unit \`${name}\` has`,
      help: [`say \`${role} ${example}${value === null ? "" : ` = ${value}`}\`, or whatever unit it has`],
      fixes: [
        {
          title: "add a unit",
          edits: [{ span: { ...at, start: at.end }, newText: ` : ${role === "input" ? "pA" : "nS"}` }],
          confidence: "likely",
        },
      ],
    };
  },
);

export const forgottenUnit = defineDiagnostic<{
  readonly name: string;
  readonly role: string;
  readonly words: Words;
  /** The parameter that the state begins at; null where the number is its own. */
  readonly from: string | null;
  /** The number with its unit, where that is too much. */
  readonly has: string | null;
  /** The number; null for a weight without one. */
  readonly text: string | null;
  /** Empty for a pure number. */
  readonly unit: string;
  readonly at: Span;
}>(
  "units/forgotten",
  "error",
  "A number without a unit is a pure number. The equations and conditions that read this state or weight all want another kind of quantity: its unit was forgotten. Or they are written in pure numbers, and the unit is too much.",
  ({ name, role, words, from, has, text, unit, at }) => {
    const begins = `\`${name}\` begins at ${from === null ? (has === null ? "a pure number" : `\`${has}\``) : `\`${from}\`, a pure number`}`;
    const written = text === null ? `${role} ${name} : ${unit}` : unit === "" ? text : `${text} ${unit}`;
    return {
      message: `${role === "weight" ? `\`${name}\` is a pure number` : begins}, and everything that reads ${role === "weight" || from === null ? "it" : `\`${name}\``} wants ${words.phrase}`,
      help: [
        text === null
          ? `declare it with its unit: \`${written}\``
          : unit === ""
            ? `write the number without a unit: \`${written}\``
            : `give the number a unit: \`${written}\``,
      ],
      fixes: [
        {
          title: `write \`${written}\``,
          edits: [{ span: at, newText: text === null ? ` : ${unit}` : unit === "" ? "" : ` ${unit}` }],
          confidence: "likely",
        },
      ],
    };
  },
);

export const changedDimension = defineDiagnostic<{
  readonly name: string;
  readonly owner: string;
  readonly before: Side;
  readonly now: Side;
  readonly waysOut: readonly WayOut[];
}>(
  "units/changed-dimension",
  "error",
  "A declaration that replaces a parent's, or a mechanism's parameter that `use` sets, keeps its dimension: the equations that came with it rely on it.",
  ({ name, owner, before, now, waysOut }) => ({
    message: `\`${name}\` is ${before.phrase} in \`${owner}\` and cannot become ${now.phrase}`,
    label: now.short,
    secondary: [{ span: before.span, text: before.short }],
    help: waysOut.map((w) => w.help),
    fixes: fixesOf(waysOut),
  }),
);

export const unknownUnit = defineDiagnostic<{
  readonly symbol: string;
  readonly suggestions: readonly string[];
  readonly at: Span;
}>(
  "units/unknown",
  "error",
  "Units are the SI base and derived units with all SI prefixes (`mV`, `pA`, `nS`, `µF`), `M` for mol/L, `%`, some others in use (`min`, `h`, `day`, `eV`, `cal`, `mmHg`, `atm`, `Å`, `Da`), and `degC` for an absolute temperature. Case matters: `mS` is a conductance, `ms` a time.",
  ({ symbol, suggestions, at }) => ({
    message: `unknown unit ${unitWithCode(symbol, suggestions)}`,
    help: didYouMean(suggestions),
    fixes: suggestions
      .slice(0, 1)
      .map((s) => ({ title: `replace by \`${s}\``, edits: [{ span: at, newText: s }], confidence: "likely" as const })),
  }),
);

/** With its code point where it looks like what is meant. */
export function unitWithCode(symbol: string, suggestions: readonly string[]): string {
  const code = suggestions.map((s) => looksNormal(symbol, s)).find((c) => c !== null);
  return `\`${symbol}\`${code == null ? "" : ` with the character ${code}, which only looks like it`}`;
}

export const malformedUnit = defineDiagnostic<{
  readonly text: string;
  readonly reason: string;
  readonly meant?: { readonly text: string; readonly at: Span } | null;
}>(
  "units/malformed",
  "error",
  "A unit is a product and quotient of symbols with whole or fractional exponents: `nS/cm^2`, `mV/sqrt(ms)`, `/ms`, `ms^(-1/2)`. `degC` stands alone, since its zero is not zero.",
  ({ text, reason, meant = null }) => ({
    message: `\`${text}\` is no unit: ${reason}`,
    ...(meant === null
      ? {}
      : {
          help: [`write \`${meant.text}\``],
          fixes: [
            {
              title: `write \`${meant.text}\``,
              edits: [{ span: meant.at, newText: meant.text }],
              confidence: "likely" as const,
            },
          ],
        }),
  }),
);

export const unitOrVariable = defineDiagnostic<{
  readonly literal: string;
  readonly name: string;
  readonly spaced: string;
  readonly at: Span;
}>(
  "units/unit-or-variable",
  "warning",
  "What follows a number without a space belongs to its unit: `5 nS/g` is nanosiemens per gram. Here the symbol is also a variable of the model. With spaces around it, `/` divides by the variable.",
  ({ literal, name, spaced, at }) => ({
    message: `\`${name}\` in \`${literal}\` is the unit, not the variable \`${name}\``,
    help: [`to divide by the variable, write \`${spaced}\``],
    fixes: [
      { title: `divide by the variable \`${name}\``, edits: [{ span: at, newText: spaced }], confidence: "likely" },
    ],
  }),
);

export const unitHidesVariable = defineDiagnostic<{
  readonly literal: string;
  readonly name: string;
  readonly spaced: string;
  readonly at: Span;
}>(
  "units/unit-hides-variable",
  "error",
  "What follows a number without a space belongs to its unit: `5 nS*V` is a number of nanosiemens times volts. Where the symbol is also a variable of the model, a product with the variable was surely meant; it is written with spaces.",
  ({ literal, name, spaced, at }) => ({
    message: `\`${name}\` in \`${literal}\` is read as a unit, but \`${name}\` is also a variable here`,
    help: [`to multiply by the variable, write \`${spaced}\``],
    fixes: [
      { title: `multiply by the variable \`${name}\``, edits: [{ span: at, newText: spaced }], confidence: "likely" },
    ],
  }),
);

export const unitApart = defineDiagnostic<{ readonly written: string; readonly meant: string; readonly at: Span }>(
  "units/apart",
  "error",
  "A unit stands directly behind its number, `10 ms`, with no spaces inside it, `0.5 mV/ms`. Units are no variables: there is nothing to multiply by. Elsewhere, in Brian2 for instance, `ms` is a variable of Python.",
  ({ written, meant, at }) => ({
    message: `\`${written}\`: a unit stands directly behind its number, \`${meant}\``,
    fixes: [{ title: `write \`${meant}\``, edits: [{ span: at, newText: meant }], confidence: "certain" }],
  }),
);

export const implausible = defineDiagnostic<{
  readonly written: string;
  readonly kind: string;
  readonly limit: string;
  readonly meant: string | null;
  readonly at: Span;
}>(
  "units/implausible",
  "warning",
  "Cells work with millivolts, picoamperes to microamperes, nanosiemens and picofarads. This value lies outside of that by orders of magnitude: prefixes differ by their case alone (`mV` and `MV`), and a factor of a thousand is easily lost.",
  ({ written, kind, limit, meant, at }) => ({
    message: `a ${kind} of ${written} is far beyond those of cells, which are below ${limit}`,
    help: meant === null ? [] : [`did you mean \`${meant}\`?`],
    fixes:
      meant === null
        ? []
        : [{ title: `write \`${meant}\``, edits: [{ span: at, newText: meant }], confidence: "likely" }],
  }),
);

export const glued = defineDiagnostic<{
  readonly literal: string;
  readonly number: string;
  readonly name: string;
  readonly at: Span;
}>(
  "units/glued",
  "error",
  "A number and a symbol without a space between them, and the symbol is a unit and a name of the model as well: `0.2V` could be a fifth of a volt or a fifth of V. Nothing is guessed: with a space it is the unit, with `*` the product.",
  ({ literal, number, name, at }) => ({
    message: `\`${literal}\` could be ${number} of the unit \`${name}\` or ${number} times \`${name}\``,
    help: [`for the product write \`${number}*${name}\`, for the unit \`${number} ${name}\``],
    fixes: [
      {
        title: `multiply by \`${name}\``,
        edits: [{ span: at, newText: "*" }],
        confidence: "likely",
        trial: { help: null },
      },
      {
        title: `write the unit behind a space`,
        edits: [{ span: at, newText: " " }],
        confidence: "likely",
        trial: { help: null },
      },
    ],
  }),
);

export const rateOrTime = defineDiagnostic<{
  /** All of it, what stands above the line and behind it, the sign `/` included, and the number and the unit below it: `1/15 /ms`, `1/`, `15`, `ms`. */
  readonly written: string;
  readonly above: string;
  readonly number: string;
  readonly unit: string;
  readonly at: Span;
}>(
  "units/rate-or-time",
  "error",
  "`1/15 /ms` is one divided by fifteen per millisecond: a time of a fifteenth of a millisecond. Who writes it, or `-x/15 /ms`, mostly means one in fifteen milliseconds. Nothing is guessed.",
  ({ written, above, number, unit, at }) => ({
    message: `\`${written}\` divides by \`${number} /${unit}\`, as if it were \`${above}(${number} /${unit})\``,
    help: [
      `to divide by ${number} ${unit} write \`${above}(${number} ${unit})\`, to divide by ${number} /${unit} \`${above}(${number} /${unit})\``,
    ],
    fixes: [
      {
        title: `write \`${above}(${number} ${unit})\``,
        edits: [{ span: at, newText: `${above}(${number} ${unit})` }],
        confidence: "likely",
      },
    ],
  }),
);

export const degreesAsFactor = defineDiagnostic<{ readonly text: string; readonly unit: Span }>(
  "units/degrees-as-factor",
  "error",
  "`10 degC` is the absolute temperature 283.15 K. Who multiplies by it or divides by it nearly always means ten degrees of difference, as in `q10^((T - 36 degC)/(10 degC))`: differences are written in K, where glif subtracts no zero. " +
    "With the gas constant or that of Boltzmann, `R*(37 degC)`, the absolute temperature is meant, and `degC` stays.",
  ({ text, unit }) => ({
    message: `\`${text} degC\` is an absolute temperature, ${kelvins(text)} K: it is no factor and no divisor`,
    help: [`for a difference of temperatures write \`${text} K\`, for the absolute temperature \`${kelvins(text)} K\``],
    fixes: [{ title: `write \`${text} K\``, edits: [{ span: unit, newText: "K" }], confidence: "likely" }],
  }),
);

export const degreesAsDifference = defineDiagnostic<{
  readonly name: string;
  readonly difference: string;
  readonly declared: Span;
  readonly unit: Span | null;
}>(
  "units/degrees-as-difference",
  "error",
  "A difference of temperatures is divided by a difference, in K. A quantity in `degC` is an absolute temperature: `10 degC` is 283.15 K.",
  ({ name, difference, declared, unit }) => ({
    message: `the difference \`${difference}\` is divided by the absolute temperature \`${name}\``,
    secondary: [{ span: declared, text: "in degC, counted from 273.15 K" }],
    help: [`declare \`${name}\` in K, as differences are`],
    fixes: unit === null ? [] : [{ title: `write K`, edits: [{ span: unit, newText: "K" }], confidence: "likely" }],
  }),
);

/** Kelvins of a decimal number of degC, exactly. */
function kelvins(text: string): string {
  return String(Number((Number(text) + 273.15).toPrecision(12)));
}

export const overflow = defineDiagnostic<{ readonly text: string }>(
  "units/overflow",
  "error",
  "Numbers are IEEE doubles: their size ends at 1.8e308, in the unit in which kernels compute.",
  ({ text }) => ({ message: `the number \`${text}\` overflows`, help: ["the largest number is about 1.8e308"] }),
);

export const underflow = defineDiagnostic<{ readonly text: string }>(
  "units/underflow",
  "warning",
  "Numbers are IEEE doubles: below 2.2e-308, in the unit in which kernels compute, they lose digits and then become 0.",
  ({ text }) => ({ message: `the number \`${text}\` underflows: it is too small to keep its digits` }),
);

function termsSentence(together: Together, left: Side, right: Side): string {
  const [a, b] = [withArticle(left), withArticle(right)];
  const [l, r] = a === b ? [left.phrase, right.phrase] : [a, b];
  switch (together) {
    case "add":
      return `cannot add ${r} to ${l}`;
    case "subtract":
      return `cannot subtract ${r} from ${l}`;
    case "compare":
      return `cannot compare ${l} with ${r}`;
    default:
      return `${together} must be of one kind, not ${l} and ${r}`;
  }
}

function withArticle({ kind, phrase }: Words): string {
  return kind === "quantity" ? phrase : /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

function declaredLabels(declared: readonly Declared[]): Label[] {
  return declared.map((d) => ({ span: d.span, text: `\`${d.name}\` is declared here, ${d.phrase}` }));
}

function fixesOf(waysOut: readonly WayOut[]): Fix[] {
  return waysOut.flatMap((w) => (w.fix === null ? [] : [w.fix]));
}

export const radians = defineDiagnostic<{
  readonly name: string;
  readonly written: string;
  readonly meant: string;
  /** The angle that lacks its 2π; null where what is written is too much. */
  readonly at: Span | null;
}>(
  "units/radians",
  "warning",
  "A frequency in hertz counts turns, `sin` takes an angle, and a turn is 2π of it: an oscillation of 10 Hz is `sin(2*π*10 Hz*t)`, or `sine(1, frequency: 10 Hz)` where it is a stimulus, which multiplies by 2π itself.",
  ({ name, written, meant, at }) => ({
    message:
      at === null
        ? `\`frequency\` counts turns, \`${written}\` an angle: it is taken for as many hertz`
        : `\`${name}\` takes an angle, \`${written}\` counts turns`,
    help: [`write \`${meant}\``],
    fixes:
      at === null
        ? []
        : [
            {
              title: `write \`${meant}\``,
              edits: [{ span: { ...at, end: at.start }, newText: "2*π*" }],
              confidence: "likely",
            },
          ],
  }),
);
