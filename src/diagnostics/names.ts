// Names: what is declared twice, nowhere, in a circle, or under a name that is taken.
import { textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { defineDiagnostic } from "./diagnostic.ts";
import type { Fix } from "./diagnostic.ts";
import { SHIPPED } from "./shipped.ts";

export const unknownName = defineDiagnostic<{
  readonly name: string;
  readonly near: readonly string[];
  /** Where it was looked for: "neuron `LIF`", "experiment `Step`". */
  readonly where: string;
  /** It is a unit's symbol: perhaps a product with a unit was meant. */
  readonly isUnit: boolean;
  /** The unit that was meant where the name stands directly behind a number's: `uF/cm^2`, and what of it stands for the name. */
  readonly unit: { readonly whole: string; readonly end: string } | null;
  /** What has this name, where something does: "a function", "a neuron". */
  readonly otherKind: string | null;
  readonly at: Span;
  /** A word of another tool: what to write, and what to read instead where one name does it. */
  readonly elsewhere: { readonly say: string; readonly instead: string } | null;
  /** Where it looks like a name that there is: the letters that differ. */
  readonly letters: string | null;
  /** It is given a value in a reset or an event, or has an equation. */
  readonly isAssigned?: boolean;
}>(
  "names/unknown",
  "error",
  "A name in an expression stands for a parameter, constant, input, state, let or index of the model, for a constant of the file, or for a built-in such as `t`. " +
    "This one is none of them. Each misspelt name is reported where it first occurs.",
  ({ name, near, where, isUnit, unit, otherKind, at, elsewhere, letters, isAssigned = false }) => ({
    message:
      otherKind === null ? `unknown name \`${name}\` in ${where}` : `\`${name}\` is ${otherKind}, not a quantity`,
    notes: letters === null ? [] : [letters],
    help:
      elsewhere !== null
        ? [elsewhere.say]
        : name === "N" && where.startsWith("the settings")
          ? [
              "the number of neurons has no name in settings: write the number that stands in `population`, as in `i/100`",
            ]
          : [
              ...(isUnit && unit === null
                ? [`a unit stands directly after a number, without \`*\`: \`10 ${name}\``]
                : []),
              ...(unit === null || otherKind !== null || !isMeant(unit.end, near)
                ? []
                : [`for the unit, write \`${unit.whole}\``]),
              ...(otherKind === null ? didYouMean(near) : []),
              ...(otherKind === null &&
              !isUnit &&
              unit === null &&
              near.length === 0 &&
              /^(neuron|mechanism|synapse) /.test(where)
                ? [
                    isAssigned
                      ? `declare it, as \`state ${name} = …\``
                      : /^I(?:_|$)/u.test(name)
                        ? `declare it: what comes from outside is \`input ${name}\``
                        : `declare it, as \`param ${name} = …\` or \`let ${name} = …\``,
                  ]
                : []),
              ...(otherKind === "a function" ? [`call it: \`${name}(…)\``] : []),
            ],
    fixes:
      elsewhere !== null
        ? renameFixes(at, elsewhere.instead === "" ? [] : [elsewhere.instead])
        : isUnit || otherKind !== null
          ? []
          : renameFixes(at, unit !== null && isMeant(unit.end, near) ? [unit.end] : near),
  }),
);

export const unknownFunction = defineDiagnostic<{
  readonly name: string;
  readonly near: readonly string[];
  readonly isQuantity: boolean;
  /** It is called with the time, as a quantity of the past: `V(t - 5 ms)`. */
  readonly isLate: boolean;
  readonly at: Span;
  /** A function of another tool: what to write. */
  readonly elsewhere: string | null;
  readonly fix: Fix | null;
}>(
  "names/unknown-function",
  "error",
  "Functions are the elementary ones (`exp`, `log`, `sqrt`, `abs`, `min`, `max`, `clamp`, `step`, `exprel` and so on), `sum`, and those declared with `function` in the model or in the file. " +
    "Nothing else can be called.",
  ({ name, near, isQuantity, isLate, at, elsewhere, fix }) => ({
    message: isQuantity ? `\`${name}\` is a quantity, not a function` : `unknown function \`${name}\``,
    help: isLate
      ? [
          `a neuron's states have a past, \`x(t - T)\`, in its equations, contributions, lets, conditions, resets and events; what comes late from another neuron comes by the \`delay\` of a connection`,
        ]
      : isQuantity
        ? [`for a product write \`${name}*(…)\``]
        : elsewhere !== null
          ? [elsewhere]
          : near.length > 0
            ? didYouMean(near)
            : [`declare it, as \`function ${name}(x) = …\``],
    fixes: fix !== null ? [fix] : isQuantity || elsewhere !== null ? [] : renameFixes(at, near),
  }),
);

const importOf = (name: string): string => `import ${name} from "${SHIPPED.get(name) ?? ""}"`;

export const unknownModel = defineDiagnostic<{
  readonly name: string;
  /** "a neuron", "a mechanism", "a neuron or network". */
  readonly wanted: string;
  readonly near: readonly string[];
  /** What the name is where it is something else, and where. */
  readonly found: { readonly kind: string; readonly at: Span } | null;
  readonly at: Span;
  /** `extends Synapse`, where the name is that of all models of its kind; with the space before it. */
  readonly extended?: Span | null;
}>(
  "names/unknown-model",
  "error",
  '`extends`, `use`, `population`, `connect … by` and `experiment … of` name a model of this file or an imported one. Models of other files are brought in with `import NAME from "file.glif"`. ' +
    "A neuron extends a neuron, a mechanism a mechanism, a synapse a synapse, a network a network; `use` takes a mechanism, `population` a neuron, `connect … by` a synapse.",
  ({ name, wanted, near, found, at, extended = null }) => ({
    message:
      found === null
        ? `there is no ${wanted.replace(/^an? /, "")} \`${name}\``
        : `\`${name}\` is ${found.kind}; ${wanted} is needed here`,
    secondary: found === null ? [] : [{ span: found.at, text: "declared here" }],
    help:
      found !== null
        ? found.kind === "a neuron" && wanted === "a mechanism"
          ? [`what a neuron is made from stands behind \`extends\`: \`neuron A extends ${name} { … }\``]
          : []
        : near.length === 0 && wanted === "an experiment"
          ? []
          : SHIPPED.has(name)
            ? [`it comes with glif: \`${importOf(name)}\``]
            : near.length > 0
              ? didYouMean(near)
              : extended !== null
                ? ["a model needs no base: leave `extends` out"]
                : [`if it stands in another file: \`import ${name} from "file.glif"\``],
    fixes:
      found !== null
        ? []
        : SHIPPED.has(name)
          ? [
              {
                title: `import \`${name}\``,
                edits: [{ span: { ...at, start: 0, end: 0 }, newText: `${importOf(name)}\n` }],
                confidence: "likely",
              },
            ]
          : near.length === 0 && extended !== null
            ? [{ title: "leave `extends` out", edits: [{ span: extended, newText: "" }], confidence: "likely" }]
            : renameFixes(at, near),
  }),
);

export const duplicateName = defineDiagnostic<{
  readonly name: string;
  readonly what: string;
  readonly first: Span;
  readonly place: string;
}>(
  "names/duplicate",
  "error",
  "Two declarations of one scope have the same name, so that it could mean either. Within one model, parameters, inputs, states, lets, indices, functions, noises and used mechanisms share their names; " +
    "within one file, models, experiments, functions, constants and imported names do. To replace a parent's declaration, write it in a model that `extends` the parent.",
  ({ name, what, first, place }) => ({
    message: `${what} \`${name}\` is declared twice in ${place}`,
    label: "declared again here",
    secondary: [{ span: first, text: "first declared here" }],
    help: what === "connection" ? [`give one of them another name: \`as ${name}_2\``] : [],
  }),
);

export const builtinName = defineDiagnostic<{ readonly name: string; readonly meaning: string }>(
  "names/built-in",
  "error",
  "`t`, `dt`, `ξ` (`xi`), `π` (`pi`), `sum` and the elementary functions mean the same in every model and cannot be declared anew.",
  ({ name, meaning }) => ({
    message: `\`${name}\` is built in: it is ${meaning}`,
    help: [
      name === "delay"
        ? "it is set where populations are connected: `connect E -> I by SYNAPSE { delay = 1 ms } all`"
        : `choose another name, such as \`${name}_1\``,
    ],
  }),
);

export const localHides = defineDiagnostic<{ readonly name: string; readonly place: string }>(
  "names/local-hides",
  "error",
  "A `let` in the braces of an event names a value of that event alone. If the model has something of that name, each later mention could mean either.",
  ({ name, place }) => ({
    message: `\`${name}\` has a meaning outside of ${place} already`,
    help: ["choose another name; to give a state a value, write `<-`, and `~` to draw it"],
  }),
);

export const hiddenName = defineDiagnostic<{
  readonly name: string;
  /** "the argument `τ` of `f`", "state `F` of neuron `A`" */
  readonly by: string;
  /** "the parameter", "the file's constant" */
  readonly hidden: string;
  readonly at: Span;
  readonly argument: boolean;
}>(
  "names/hidden",
  "warning",
  "A name is looked up from the inside outwards: the arguments of a function first, then what its model declares, then the constants of the file. One in front of another makes the other unreachable by that name, which is seldom meant. An argument may bear the name of a state, as in `α(V)`.",
  ({ name, by, hidden, at, argument }) => ({
    message: `${by} hides ${hidden} of that name`,
    label: argument ? `inside the function \`${name}\` means this` : `here \`${name}\` means this`,
    secondary: [{ span: at, text: `${hidden}, which it hides` }],
    help: ["give one of them another name"],
  }),
);

export const wordOrName = defineDiagnostic<{
  readonly name: string;
  readonly kind: string;
  /** "`hold all` holds every state" */ readonly meaning: string;
  readonly at: Span;
}>(
  "names/word-or-name",
  "error",
  "`all` after `hold` and `spikes` after `record` are words of the language: all states, and the spikes. Where a state, or anything that could be recorded, is called so as well, the text could mean either.",
  ({ name, kind, meaning, at }) => ({
    message: `${meaning}, and there is a ${kind} \`${name}\``,
    secondary: [{ span: at, text: `the ${kind}` }],
    help: [`give the ${kind} another name, such as \`${name}_1\``],
  }),
);

export const cycle = defineDiagnostic<{
  readonly names: readonly string[];
  readonly what: string;
  readonly others: readonly { readonly name: string; readonly at: Span }[];
}>(
  "names/cycle",
  "error",
  "The value of a quantity is computed from the values of others. Where these lead back to it there is nothing to begin with; the same holds for functions that call themselves and mechanisms that use themselves. " +
    "A quantity that feeds back on itself in time is a `state` with an equation.",
  ({ names, what, others }) => ({
    message:
      names.length === 1
        ? `${what} \`${names[0] ?? ""}\` is defined by itself`
        : `cycle ${[...names, names[0] ?? ""].join(" → ")}`,
    secondary: others.map((o) => ({ span: o.at, text: `\`${o.name}\` is part of the cycle` })),
  }),
);

export const inheritanceCycle = defineDiagnostic<{
  readonly names: readonly string[];
  readonly others: readonly Span[];
}>(
  "names/inheritance-cycle",
  "error",
  "A model cannot descend from itself, directly or through other models.",
  ({ names, others }) => ({
    message:
      names.length === 1
        ? `\`${names[0] ?? ""}\` extends itself`
        : `\`extends\` goes round: ${[...names, names[0] ?? ""].join(" → ")}`,
    secondary: others.map((span) => ({ span, text: "and here" })),
  }),
);

export const importCycle = defineDiagnostic<{ readonly paths: readonly string[] }>(
  "names/import-cycle",
  "error",
  "Files import each other in a circle, so that none of them can be read first. What both need belongs into a third file.",
  ({ paths }) => ({
    message:
      paths.length === 1
        ? `${paths[0] ?? ""} imports itself`
        : `imports go round: ${[...paths, paths[0] ?? ""].join(" → ")}`,
    help: ["move what both need into a file that both import"],
  }),
);

export const importFailed = defineDiagnostic<{ readonly written: string; readonly problem: string }>(
  "names/import-failed",
  "error",
  'An imported file is named relative to the file that imports it and lies in the project; models that ship with glif are at `"glif/…"`.',
  ({ written, problem }) => ({ message: `cannot import "${written}": ${problem}` }),
);

export const unknownImport = defineDiagnostic<{
  readonly name: string;
  readonly path: string;
  /** The file that `path` itself imports it from. */ readonly through: string | null;
  readonly near: readonly string[];
  readonly at: Span;
}>(
  "names/unknown-import",
  "error",
  "`import` brings in models, functions and constants that the other file declares itself; what that file imports in turn is imported from where it is declared.",
  ({ name, path, through, near, at }) => ({
    message: `${path} declares no \`${name}\``,
    help: through === null ? didYouMean(near) : [`it imports \`${name}\` from ${through}: import it from there, too`],
    fixes: through === null ? renameFixes(at, near) : [],
  }),
);

export const changedRole = defineDiagnostic<{
  readonly name: string;
  readonly model: string;
  readonly before: string;
  readonly now: string;
  readonly first: Span;
}>(
  "names/changed-role",
  "error",
  "A declaration in a model that `extends` another replaces the parent's of the same name. It stays what it was, a parameter, state, input, let or constant with the same indices, because the parent's equations rely on that.",
  ({ name, model, before, now, first }) => ({
    message: `\`${name}\` is ${before} in \`${model}\` and cannot become ${now}`,
    secondary: [{ span: first, text: `${before} here` }],
    help: [`keep it ${before}, or choose another name`],
  }),
);

export const missingInHost = defineDiagnostic<{
  readonly name: string;
  readonly mechanism: string;
  readonly host: string;
  readonly inside: Span;
  readonly near: readonly string[];
  /** A unit that would be meant if the name were none: with the number's, and alone. */
  readonly unit: { readonly whole: string; readonly end: string } | null;
}>(
  "names/missing-in-host",
  "error",
  "A name in a mechanism that is not its own is a name of the neuron that uses it: `V`, an input, a parameter. This neuron has none of that name.",
  ({ name, mechanism, host, inside, near, unit }) => {
    const meant = unit !== null && isMeant(unit.end, near) ? unit : null;
    return {
      message: `mechanism \`${mechanism}\` needs \`${name}\`, which \`${host}\` does not have`,
      secondary: [{ span: inside, text: "needed here" }],
      help:
        meant === null
          ? [...didYouMean(near), `declare \`${name}\` in \`${host}\``]
          : [`for the unit, write \`${meant.whole}\``],
      fixes: renameFixes(inside, meant === null ? near : [meant.end]),
    };
  },
);

/** What an experiment says with words, and the command line with options, not with settings. */
const CLOCK: ReadonlySet<string> = new Set(["duration", "step", "seed"]);

/** What an experiment says and no setting does. */
const IN_FILE: ReadonlySet<string> = new Set(["method", "record"]);

/** The way out for a word of an experiment that is asked for on the command line. */
export function inFile(word: string, value: string): string {
  return `that is no quantity but a word of the experiment: write \`${word} ${value === "" ? "…" : value}\` in its braces, in the file`;
}

export const unknownSetting = defineDiagnostic<{
  readonly written: string;
  readonly near: readonly string[];
  readonly where: string;
  readonly at: Span;
  /** The word of the language that was meant, and the `=` that is too much. */
  readonly word?: {
    readonly word: string;
    readonly say: string;
    readonly equals: Span | null;
    readonly value: Span;
  } | null;
}>(
  "names/unknown-setting",
  "error",
  "A setting gives a value to a parameter or a weight, an initial value to a state or a stimulus to an input. Its name is that of a quantity of the model, after the population's or the connection's name and a dot where there are several; " +
    "on the command line it may also begin with the name of a model, a network or an experiment.",
  ({ written, near, where, at, word = null }) => {
    const isCommandLine = at.source.path === "--set";
    const own = written.slice(written.lastIndexOf(".") + 1);
    const isOption = CLOCK.has(own) && isCommandLine;
    const help = isOption
      ? [`the ${own} of a run is an option of its own: \`--${own}\``]
      : isCommandLine && IN_FILE.has(own)
        ? [inFile(own, word === null ? "" : textOf(word.value))]
        : word === null
          ? didYouMean(near)
          : [word.say];
    const fixes: Fix[] =
      word === null
        ? renameFixes(at, near)
        : isOption || word.equals === null || word.word === ""
          ? []
          : [
              {
                title: `write \`${word.word}\``,
                edits: [{ span: { ...at, end: word.value.start }, newText: `${word.word} ` }],
                confidence: "likely",
              },
            ];
    return { message: `${where} has no \`${written}\` to set`, help, fixes };
  },
);

export const ambiguousName = defineDiagnostic<{ readonly written: string; readonly candidates: readonly string[] }>(
  "names/ambiguous",
  "error",
  "The name could be meant in several populations, or in a population and in the network. Nothing is guessed: write which.",
  ({ written, candidates }) => ({
    message: `\`${written}\` could be ${candidates.map((c) => `\`${c}\``).join(" or ")}`,
    help: [`write ${candidates.map((c) => `\`${c}\``).join(" or ")}`],
  }),
);

export function didYouMean(near: readonly string[]): string[] {
  return near.length === 0 ? [] : [`did you mean ${near.map((n) => `\`${n}\``).join(" or ")}?`];
}

function renameFixes(at: Span, near: readonly string[]): Fix[] {
  return near.slice(0, 1).map((name) => ({
    title: `replace by \`${name}\``,
    edits: [{ span: at, newText: name }],
    confidence: "likely" as const,
  }));
}

/** A unit rather than a misspelt variable: surely where it is a power, `cm2`, else where no variable is near. */
function isMeant(unit: string, near: readonly string[]): boolean {
  return near.length === 0 || unit.includes("^");
}
