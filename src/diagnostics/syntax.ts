// What can be wrong with the form of a model file, before anything is understood of its meaning.
import type { Span } from "../base/source.ts";
import { span } from "../base/source.ts";
import type { DiagnosticKind, Fix, TextEdit } from "./diagnostic.ts";
import { defineDiagnostic } from "./diagnostic.ts";
import { unitWithCode } from "./units.ts";

type NoFacts = Readonly<Record<string, never>>;

/* ---- characters ---- */

export const unknownCharacter = defineDiagnostic<{ readonly character: string; readonly at: Span }>(
  "syntax/unknown-character",
  "error",
  "Outside of comments and texts in quotes, a model file holds names (letters and digits of any script, `_`), numbers and the signs of the language. Other characters usually come from a word processor or a PDF: retype them. A power is written `V^2`, not with a raised digit.",
  ({ character, at }) => {
    const power = SUPERSCRIPTS.indexOf(character);
    const what = characterName(character);
    if (power >= 0 && at.end - at.start === 1)
      return { message: `a power is written with \`^\`, not with ${what}`, fixes: [replacing(at, `^${power}`)] };
    return {
      message: `${what} means nothing here`,
      help: character.startsWith("@")
        ? ["options of a run are statements of an experiment: `duration 50 ms`, `step 0.1 ms`, `method rk4`"]
        : [],
    };
  },
);

export const directionMark = defineDiagnostic<{ readonly character: string }>(
  "syntax/direction-mark",
  "warning",
  "Characters that turn the direction of writing are invisible and let a text look other than it is read. They stand in a comment or in quotes here, where they change nothing for glif, but what people see.",
  ({ character }) => ({
    message: `an invisible character that turns the direction of writing (${printable(character)})`,
  }),
);

export const mixedScripts = defineDiagnostic<{
  readonly name: string;
  readonly letters: readonly string[];
  readonly other: string | null;
}>(
  "syntax/mixed-scripts",
  "warning",
  "Letters of different scripts look the same (Latin and Cyrillic a): a name with both, or two names that differ in nothing else, will be mistaken. Greek letters beside Latin ones (`τ_m`, `ΔT`) are fine.",
  ({ name, letters, other }) => ({
    message:
      other === null
        ? `\`${name}\` mixes letters that look alike: ${letters.map((l) => `\`${l}\` is ${printableCode(l)}`).join(", ")}`
        : `\`${name}\` looks like \`${other}\` and is another name: ${letters.join(", ")}`,
  }),
);

export const lookAlike = defineDiagnostic<{
  readonly written: string;
  readonly plain: string;
  readonly what: string;
  readonly at: Span;
}>(
  "syntax/look-alike",
  "error",
  "Word processors and papers set operators with characters that look like those of a keyboard but are others. A model file has the plain ones only: `-`, `*`, `/` and `'`, so that two files which look the same are the same.",
  ({ written, plain, what, at }) => ({
    message: `${what} is written \`${plain}\`, not \`${written}\``,
    fixes: [replacing(at, plain)],
  }),
);

export const unterminatedString = defineDiagnostic<NoFacts>(
  "syntax/unterminated-string",
  "error",
  'A text in quotes ends on the line on which it begins. Put the closing `"` there; inside the text, a quote is written `\\"`.',
  () => ({ message: 'unterminated string: the closing `"` is missing on this line' }),
);

export const unterminatedComment = defineDiagnostic<NoFacts>(
  "syntax/unterminated-comment",
  "error",
  "A comment that begins with `/*` reaches to the next `*/`, over any number of lines, and does not nest. A comment that begins with `//` ends with its line.",
  () => ({ message: "unterminated comment: no `*/` follows this `/*`" }),
);

export const unknownEscape = defineDiagnostic<{ readonly escape: string }>(
  "syntax/unknown-escape",
  "error",
  'Inside quotes a backslash begins one of `\\n`, `\\t`, `\\"` and `\\\\`. A backslash itself is written twice; in the paths of files use `/`.',
  ({ escape }) => ({
    message: `\`${printable(escape)}\` has no meaning in a text`,
    help: ["write a backslash as `\\\\`"],
  }),
);

export const numberOverflow = defineDiagnostic<{ readonly digits: string }>(
  "syntax/number-overflow",
  "error",
  "Numbers are kept with 53 binary digits and reach up to about 1.8e308. What is larger would be infinite.",
  ({ digits }) => ({ message: `the number ${shortened(digits)} overflows: the largest is about 1.8e308` }),
);

export const numberUnderflow = defineDiagnostic<{ readonly digits: string }>(
  "syntax/number-underflow",
  "warning",
  "Numbers are kept with 53 binary digits and reach down to about 5e-324. What is smaller becomes zero.",
  ({ digits }) => ({ message: `the number ${shortened(digits)} underflows: it is taken as 0` }),
);

/** `at` spans the arrow and the sign. */
export const gluedMinus = defineDiagnostic<NoFacts>(
  "syntax/glued-minus",
  "warning",
  "`V <-- E_L` assigns `-E_L`: the arrow is `<-`, and the `-` behind it is a sign. A space between them, `V <- -E_L`, says that it is meant.",
  () => ({
    message: "`<--` is read as the arrow `<-` and a minus sign",
    help: ["write `<- -` if the minus is meant, and `<-` if it is not"],
  }),
);

export const unknownUnit = defineDiagnostic<{
  readonly text: string;
  readonly suggestions: readonly string[];
  readonly at: Span;
  /** The number before it, where the word is declared as a quantity: a product was meant. */
  readonly times: { readonly number: string; readonly between: Span } | null;
  /** Where it goes on like a number that other languages have, `1_000`, `0x10`, `1e`: as it stands, and what is written for it. */
  readonly number?: { readonly whole: Span; readonly written: string; readonly meant: string | null } | null;
}>(
  "syntax/unknown-unit",
  "error",
  "A word that follows a number on its line is a unit: `10 mV`, `0.1 /ms`, `5 nS/cm^2`. Units have names of their own, and case matters: `mS` is a millisiemens, `ms` a millisecond. A number is multiplied by a variable with `*`: `2*x`.",
  ({ text, suggestions, at, times, number = null }) =>
    number !== null
      ? {
          message: `\`${number.written}\` is no number here`,
          help: [
            number.meant === null
              ? "a number is written `1000`, `0.5` or `1e3`, with digits behind the `e`"
              : `write \`${number.meant}\``,
          ],
          fixes:
            number.meant === null
              ? []
              : [
                  {
                    title: `write \`${number.meant}\``,
                    edits: [{ span: number.whole, newText: number.meant }],
                    confidence: "likely" as const,
                  },
                ],
        }
      : {
          message: `unknown unit ${unitWithCode(text, suggestions)}`,
          help: [
            ...(times === null ? [] : [`to multiply by \`${text}\`, write \`${times.number}*${text}\``]),
            ...suggestions.map((unit) => `did you mean \`${unit}\`?`),
            ...(suggestions.length === 0 && times === null ? [`to multiply by a variable, write \`* ${text}\``] : []),
          ],
          fixes:
            times === null
              ? suggestions.slice(0, 1).map((unit) => ({
                  title: `write \`${unit}\``,
                  edits: [{ span: at, newText: unit }],
                  confidence: "likely" as const,
                }))
              : [
                  {
                    title: `multiply by \`${text}\``,
                    edits: [{ span: times.between, newText: "*" }],
                    confidence: "likely" as const,
                  },
                ],
        },
);

/* ---- the file ---- */

export const noModels = defineDiagnostic<NoFacts>(
  "syntax/no-models",
  "warning",
  "A model file declares at least one `neuron`, `mechanism`, `synapse`, `network` or `experiment`, or functions and constants for others to import. This one holds nothing but comments and blank space, if that.",
  () => ({ message: "no models: this file declares nothing", help: ["begin one with `neuron LIF { … }`"] }),
);

export const fileTooLarge = defineDiagnostic<{ readonly size: number; readonly limit: number }>(
  "syntax/file-too-large",
  "error",
  'A model written by people has some kilobytes. Tables of numbers belong in a file of their own, read with `file("stimulus.csv")`.',
  ({ size, limit }) => ({ message: `the file is too large: ${size} characters, and glif reads up to ${limit}` }),
);

export const tooDeep = defineDiagnostic<{ readonly limit: number }>(
  "syntax/too-deep",
  "error",
  "Brackets, signs, powers and `if`s inside one another are limited, so that every later step can follow them. An expression of this depth can be written with names for its parts: `let part = …`.",
  ({ limit }) => ({
    message: `nested deeper than ${limit}`,
    help: ["give inner parts names of their own: `let part = …`"],
  }),
);

export const tooManyMistakes = defineDiagnostic<{ readonly limit: number }>(
  "syntax/too-many-mistakes",
  "error",
  "After many mistakes in the form of a file the rest of it is not read: it is probably not a model file.",
  ({ limit }) => ({ message: `more than ${limit} mistakes: the rest of the file is not read` }),
);

/* ---- structure ---- */

export const expected = defineDiagnostic<{
  readonly expected: string;
  readonly found: string;
  readonly help?: readonly string[];
  readonly fixes?: readonly Fix[];
}>(
  "syntax/expected",
  "error",
  "Something else has to stand at this place. The message says what fits; often a sign or a word is missing just before.",
  ({ expected: wanted, found, help, fixes }) => ({
    message: `expected ${wanted}`,
    label: found,
    ...(help ? { help } : {}),
    ...(fixes ? { fixes } : {}),
  }),
);

export const unclosed = defineDiagnostic<{
  readonly close: string;
  readonly what: string;
  readonly opened: Span;
  readonly line: number;
  readonly column: number;
  /** Where it may belong. */
  readonly fixes?: readonly Fix[];
}>(
  "syntax/unclosed",
  "error",
  "Every `{`, `(` and `[` has its partner. Where one is missing the message points at the place where it was missed, and shows where the bracket was opened; it usually belongs somewhere between the two.",
  ({ close, what, opened, line, column, fixes = [] }) => ({
    message: `expected \`${close}\`: ${what} opened at ${line}:${column} is not closed`,
    secondary: [{ span: opened, text: "opened here" }],
    fixes,
  }),
);

export const unopened = defineDiagnostic<{
  readonly bracket: string;
  readonly closedBefore: Span | null;
  readonly fixes?: readonly Fix[];
}>(
  "syntax/unopened",
  "error",
  "A closing bracket stands where none is open: it is one too many, or its partner is missing before it, or an earlier one closed the block too soon.",
  ({ bracket, closedBefore, fixes = [] }) => ({
    message: `this \`${bracket}\` closes nothing`,
    secondary: closedBefore === null ? [] : [{ span: closedBefore, text: "the block ended here already" }],
    fixes,
  }),
);

export const unexpected = defineDiagnostic<{
  readonly found: string;
  readonly place: string;
  readonly help?: readonly string[];
}>(
  "syntax/unexpected",
  "error",
  "The text up to here is complete, and what follows fits neither its continuation nor the beginning of a statement.",
  ({ found, place, help }) => ({ message: `${found} cannot stand ${place}`, ...(help ? { help } : {}) }),
);

export const runOn = defineDiagnostic<{
  readonly found: string;
  readonly at: Span;
  /** An operator and a name that stand right before, and may be meant as a function. */
  readonly called: { readonly operator: string; readonly name: string } | null;
  readonly beginsStatement: boolean;
}>(
  "syntax/run-on",
  "error",
  "A statement ends with its line, at `;`, or at the `}` of its block. Two on one line are separated by `;`. Where one expression was meant, an operator is missing: a product is written `G*V`.",
  ({ found, at, called, beginsStatement }) => ({
    message: `expected an operator, \`;\` or a new line before ${found}`,
    help:
      called === null
        ? []
        : [
            `joined to a unit, \`${called.name}\` is a unit too: to call the function, write \` ${called.operator} ${called.name}(\``,
          ],
    fixes: !beginsStatement
      ? []
      : [
          {
            title: "separate the statements by `;`",
            edits: [{ span: span(at.source, at.start, at.start), newText: "; " }],
            confidence: "likely",
          },
        ],
  }),
);

export const outsideBlock = defineDiagnostic<{
  readonly what: string;
  readonly home: string;
  readonly closed: Span | null;
}>(
  "syntax/outside-block",
  "error",
  "At the top of a file stand `import`, `neuron`, `mechanism`, `synapse`, `network`, `experiment`, `function` and `const`. Everything else belongs between the braces of one of these.",
  ({ what, home, closed }) => ({
    message: `${what} stands outside of ${home}`,
    secondary: closed === null ? [] : [{ span: closed, text: "this `}` has closed the block; is it one too many?" }],
  }),
);

export const misplaced = defineDiagnostic<{ readonly what: string; readonly place: string; readonly help: string }>(
  "syntax/misplaced",
  "error",
  "Each kind of block has its own statements: equations, spikes and resets belong to a `neuron` (a `mechanism` has no spikes), weights and what arriving spikes do to a `synapse`, populations and connections to a `network`, durations, methods and recordings to an `experiment`, models, measures and sweeps to a `comparison`.",
  ({ what, place, help }) => ({ message: `${what} has no place in ${place}`, help: [help] }),
);

/* ---- words ---- */

export const misspeltKeyword = defineDiagnostic<{ readonly word: string; readonly keyword: string; readonly at: Span }>(
  "syntax/misspelt-keyword",
  "error",
  "A statement begins with a word of the language (`param`, `state`, `reset`, …) or with the name of what it sets (`V' = …`). This one begins with a word that is neither but resembles a word of the language. Case matters.",
  ({ word, keyword, at }) => ({
    message: `\`${word}\` begins no statement; did you mean \`${keyword}\`?`,
    fixes: [{ ...replacing(at, keyword), confidence: "likely" }],
  }),
);

export const foreignWord = defineDiagnostic<{
  readonly word: string;
  readonly help: string;
  readonly fixes?: readonly Fix[];
}>(
  "syntax/foreign-word",
  "error",
  "This word comes from another simulator. glif has no sections: every parameter, state and equation is a statement of its own, in any order, and the help says how this one is written.",
  ({ word, help, fixes = [] }) => ({ message: `\`${word}\` is no word of glif`, help: [help], fixes }),
);

export const keywordAsName = defineDiagnostic<{ readonly word: string; readonly what: string }>(
  "syntax/keyword-as-name",
  "error",
  "A few words are kept for the language and cannot be names: neuron, mechanism, network, experiment, import, extends, param, const, input, state, let, index, function, noise, use, spike, on, reset, refractory, population, if, then, else, and, or, not.",
  ({ word, what }) => ({
    message: `\`${word}\` is a word of the language and cannot be ${what}`,
    help: [`choose another name, such as \`${word}_\``],
  }),
);

/* ---- statements ---- */

export const plainAssignment = defineDiagnostic<{ readonly target: string; readonly fixes: readonly Fix[] }>(
  "syntax/plain-assignment",
  "error",
  "Inside a neuron an `=` alone does not say what is meant. `V' = …` is a differential equation, `let V = …` names an expression, `param V = …` is a parameter, and inside a `reset` the arrow assigns: `V <- …`.",
  ({ target, fixes }) => ({
    message: /^(pre|post)\./u.test(target)
      ? `what a synapse gives to a neuron is written \`${target} += …\``
      : `an equation is written \`${target}' = …\`, a named expression \`let ${target} = …\``,
    fixes,
  }),
);

export const wrongOperator = defineDiagnostic<{
  readonly written: string;
  readonly wanted: string;
  readonly place: string;
  readonly at: Span;
  readonly help?: string;
  /** Where the sign alone is not what is wrong. */
  readonly fixes?: readonly Fix[];
}>(
  "syntax/wrong-operator",
  "error",
  "Four signs give a value, each in its place: `=` in declarations, equations and settings; `+=` adds to an input; `<-` assigns in a reset or an event; `~` draws a value in a setting.",
  ({ written, wanted, place, at, help, fixes }) => ({
    message: `${place} is written with \`${wanted}\`, not with \`${written}\``,
    fixes: fixes ?? [replacing(at, wanted)],
    ...(help === undefined ? {} : { help: [help] }),
  }),
);

export const derivativeNotation = defineDiagnostic<{
  readonly written: string;
  readonly variable: string;
  readonly edits: readonly TextEdit[];
}>(
  "syntax/derivative-notation",
  "error",
  "A differential equation is written with a prime: `V' = …`, the derivative with respect to time. The unit of a state stands where it is declared, `state V : mV = …`, or follows from its initial value.",
  ({ written, variable, edits }) => ({
    message: `a derivative is written \`${variable}'\`, not \`${written}\``,
    fixes: [{ title: `write \`${variable}'\``, edits, confidence: "certain" }],
  }),
);

export const equationInReset = defineDiagnostic<{
  readonly target: string;
  readonly place: string;
  readonly edits: readonly TextEdit[];
}>(
  "syntax/equation-in-reset",
  "error",
  "A reset or an event sets values at one moment, with an arrow: `V <- E_L`. An equation holds all the time and stands directly in the neuron.",
  ({ target, place, edits }) => ({
    message: `${place} assigns with \`<-\`; the equation \`${target}' = …\` stands outside of it`,
    fixes: [{ title: `write \`${target} <- …\``, edits, confidence: "likely" }],
  }),
);

export const missingBraces = defineDiagnostic<{ readonly place: string; readonly edits: readonly TextEdit[] }>(
  "syntax/missing-braces",
  "error",
  "What a reset or an event assigns stands in braces, also where it is one thing only: `reset { V <- E_L }`, `on pre { g <- g + w }`.",
  ({ place, edits }) => ({
    message: `what ${place} assigns stands in braces`,
    fixes: [{ title: "put it in braces", edits, confidence: "certain" }],
  }),
);

export const spikeCondition = defineDiagnostic<{ readonly at: Span; readonly written: "if" | "" }>(
  "syntax/spike-condition",
  "error",
  "A neuron spikes deterministically, `spike when V > Θ`, or with a probability per time, `spike with rate ρ`.",
  ({ at, written }) => ({
    message: "expected `when` or `with rate` after `spike`",
    fixes: [
      {
        title: "write `spike when`",
        edits: [{ span: at, newText: written === "if" ? "when" : "when " }],
        confidence: "likely",
      },
    ],
  }),
);

export const unknownCalculus = defineDiagnostic<{
  readonly word: string;
  readonly at: Span;
  readonly near: string | null;
}>(
  "syntax/unknown-calculus",
  "error",
  "Noise that is multiplied by a state has two readings with different means: `interpret Itô` (ASCII `Ito`) evaluates the factor before the step, `interpret Stratonovich` in the middle of it.",
  ({ word, at, near }) => ({
    message: `\`${word}\` is no reading of noise: expected \`Itô\` or \`Stratonovich\``,
    fixes: near === null ? [] : [replacing(at, near)],
  }),
);

/* ---- synapses and connections ---- */

export const arrivalEnd = defineDiagnostic<{ readonly meant: "pre" | "post" | null; readonly at: Span }>(
  "syntax/arrival-end",
  "error",
  "In a synapse things happen when spikes arrive: `on pre { … }` for those of the source, after the delay, and `on post { … }` for those of the target. Events with a condition belong to neurons.",
  ({ meant, at }) => ({
    message: "`on` in a synapse is followed by `pre` or `post`",
    help: [
      "`on pre { … }` takes the arrival of a presynaptic spike, `on post { … }` a spike of the postsynaptic neuron",
    ],
    fixes: meant === null ? [] : [replacing(at, meant)],
  }),
);

export const connectionOrder = defineDiagnostic<{ readonly what: string; readonly before: string }>(
  "syntax/connection-order",
  "error",
  "The parts of a connection stand in one order: `connect E -> I by SYNAPSE as NAME { settings } random(p: 0.1) where i < j allow self`. What is not needed is left out.",
  ({ what, before }) => ({
    message: `in a connection ${what} comes before ${before}`,
    help: ["the order is `connect E -> I by SYNAPSE as NAME { w = 1 nS } RULE where CONDITION allow self`"],
  }),
);

export const connectionPartTwice = defineDiagnostic<{ readonly what: string; readonly first: Span }>(
  "syntax/connection-part-twice",
  "error",
  "A connection has one name, one list of settings, one rule, one condition and one list of what it allows. Two conditions are joined by `and`; two rules are two connections.",
  ({ what, first }) => ({
    message: `a connection has only one ${what}`,
    secondary: [{ span: first, text: "the first one" }],
  }),
);

/* ---- expressions ---- */

export const equalsInExpression = defineDiagnostic<{ readonly at: Span }>(
  "syntax/equals-in-expression",
  "error",
  "Inside an expression two values are compared with `==`; a single `=` gives a value to what stands at the beginning of a statement.",
  ({ at }) => ({ message: "inside an expression `=` is written `==`", fixes: [replacing(at, "==")] }),
);

export const arrowInExpression = defineDiagnostic<{ readonly at: Span }>(
  "syntax/arrow-in-expression",
  "error",
  "`<-` is one sign, the arrow that assigns. To compare with something negative put a space between: `V < -50 mV`.",
  ({ at }) => ({
    message: "`<-` assigns; a comparison with something negative is written `< -`",
    fixes: [replacing(at, "< -")],
  }),
);

export const powerOperator = defineDiagnostic<{ readonly at: Span }>(
  "syntax/power-operator",
  "error",
  "A power is written `V^2`. It binds tighter than a sign (`-V^2` is `-(V^2)`) and to the right (`a^b^c` is `a^(b^c)`).",
  ({ at }) => ({ message: "a power is written `^`, not `**`", fixes: [replacing(at, "^")] }),
);

export const chainedComparison = defineDiagnostic<{ readonly correct: string; readonly whole: Span }>(
  "syntax/chained-comparison",
  "error",
  "A comparison is true or false and cannot be compared again. A value between two others is written with `and`: `a < b and b < c`.",
  ({ correct, whole }) => ({
    message: "comparisons cannot be chained",
    help: [`write \`${correct}\``],
    fixes: [
      { title: "join the comparisons by `and`", edits: [{ span: whole, newText: correct }], confidence: "likely" },
    ],
  }),
);

export const needsParentheses = defineDiagnostic<{
  readonly what: string;
  readonly whole: Span;
  readonly after: string;
}>(
  "syntax/needs-parentheses",
  "error",
  "`if` and `not` bind more loosely than the operators of arithmetic and comparison. As a part of such an expression they stand in parentheses.",
  ({ what, whole, after }) => ({
    message: `\`${what}\` after \`${after}\` stands in parentheses`,
    fixes: [
      {
        title: "put it in parentheses",
        edits: [
          { span: span(whole.source, whole.start, whole.start), newText: "(" },
          { span: span(whole.source, whole.end, whole.end), newText: ")" },
        ],
        confidence: "certain",
      },
    ],
  }),
);

export const derivativeInExpression = defineDiagnostic<{ readonly target: string }>(
  "syntax/derivative-in-expression",
  "error",
  "The prime marks the left side of an equation only. Where the same right side is wanted twice, give it a name: `let dV = …`, `V' = dV`.",
  ({ target }) => ({
    message: `the derivative \`${target}'\` cannot be read`,
    help: ["give the right side of its equation a name with `let` and use that"],
  }),
);

export const argumentLabel = defineDiagnostic<{ readonly label: string; readonly at: Span }>(
  "syntax/argument-label",
  "error",
  "Arguments are named with a colon: `pulse(300 pA, from: 100 ms, to: 900 ms)`.",
  ({ label, at }) => ({ message: `an argument is named with a colon: \`${label}: …\``, fixes: [replacing(at, ":")] }),
);

/** The whole family, for `glif explain` and for the test that every kind occurs. */
export const syntaxDiagnostics: readonly DiagnosticKind<never>[] = [
  unknownCharacter, directionMark, mixedScripts, lookAlike, unterminatedString, unterminatedComment, unknownEscape, numberOverflow, numberUnderflow, unknownUnit,
  noModels, fileTooLarge, tooDeep, tooManyMistakes, expected, unclosed, unopened, unexpected, runOn, outsideBlock, misplaced,
  misspeltKeyword, foreignWord, keywordAsName, plainAssignment, wrongOperator, derivativeNotation, equationInReset, missingBraces, spikeCondition,
  unknownCalculus, arrivalEnd, connectionOrder, connectionPartTwice, equalsInExpression, arrowInExpression, powerOperator, chainedComparison, needsParentheses, derivativeInExpression, argumentLabel,
]; // prettier-ignore

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function replacing(at: Span, newText: string): Fix {
  return { title: `write \`${newText}\``, edits: [{ span: at, newText }], confidence: "certain" };
}

/** A character as it can be shown: by its code where it has no shape. */
function characterName(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  if (code === 0) return `a NUL character (${hex})`;
  if (/[\p{C}\p{Z}\p{DI}]/u.test(character)) return `an invisible character (${hex})`;
  return `\`${character}\``;
}

function printableCode(c: string): string {
  return `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function printable(text: string): string {
  return text.replace(
    /[\p{C}\p{Z}]/gu,
    (c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
}

function shortened(digits: string): string {
  return digits.length <= 24 ? digits : `${digits.slice(0, 8)}… (${digits.length} characters)`;
}
