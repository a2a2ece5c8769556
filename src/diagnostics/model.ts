// What a model consists of: equations, spikes, resets, refractory periods, and what may stand in each.
import type { Span } from "../base/source.ts";
import { defineDiagnostic } from "./diagnostic.ts";
import type { Label, TextEdit, Wording } from "./diagnostic.ts";

export const onlyOne = defineDiagnostic<{ readonly what: string; readonly first: Span }>(
  "model/only-one",
  "error",
  "A model has one `spike`, one `reset`, one `refractory` and one `interpret`; a model that `extends` it may replace them. Several conditions make one with `or`; other events are `on CONDITION { … }`.",
  ({ what, first }) => ({
    message: `a model has one ${what}`,
    label: "this is the second",
    secondary: [{ span: first, text: "the first" }],
  }),
);

export const modelTooLarge = defineDiagnostic<{ readonly what: string; readonly most: number }>(
  "model/too-large",
  "error",
  "Functions are written out where they are called, and mechanisms where they are used. Where these contain each other, the model grows by powers; this is the limit.",
  ({ what, most }) => ({
    message: `${what}, written out, has more than ${most} parts`,
    help: ["give parts of it a name with `let`: a `let` is computed once"],
  }),
);

export const modelTooDeep = defineDiagnostic<{ readonly name: string; readonly most: number }>(
  "model/too-deep",
  "error",
  "A name of a mechanism inside a mechanism bears the names of both, `dendrite.channel.m`. How deep they may be in one another is limited, so that every later step can follow these names.",
  ({ name, most }) => ({
    message: `mechanisms are in one another deeper than ${most}: \`${name}\` is that deep itself`,
    help: ["let the neuron use them side by side, or let mechanisms extend one another: `extends` adds no name"],
  }),
);

export const foreignEquation = defineDiagnostic<{
  readonly name: string;
  readonly owner: string;
  readonly kind: "neuron" | "mechanism" | "synapse";
}>(
  "model/foreign-equation",
  "error",
  "Each part has the equations of its own states. A mechanism acts on the neuron by contributing to its inputs with `+=`; a neuron changes a mechanism by using another one that `extends` it. A synapse contributes to the inputs of the neurons at its ends.",
  ({ name, owner, kind }) => ({
    message: `\`${name}\` is no state of \`${owner}\`, so its equation cannot stand there`,
    help: [
      {
        mechanism: "contribute to an input of the neuron instead: `I_e += …`",
        synapse: "contribute to an input of the neuron instead: `post.I_e += …`",
        neuron: "write a mechanism that `extends` the other, with this equation, and use that",
      }[kind],
    ],
  }),
);

/** The neuron at the end of a connection whose quantity it is, and whether the mistake stands in a synapse. */
interface Owner {
  readonly neuron: string | null;
  readonly inSynapse: boolean;
}

export const notAState = defineDiagnostic<
  {
    readonly name: string;
    readonly role: string;
    readonly act: "equation" | "assignment" | "hold";
    readonly declared: Span;
    /** A state that is assigned from, where it was meant to be assigned to: `E_L <- V`. */
    readonly turned: { readonly state: string; readonly at: Span } | null;
  } & Owner
>(
  "model/not-a-state",
  "error",
  "Only states change by themselves: they have equations, are assigned by resets and events, and can be held. (The weights of a synapse can be assigned, too.) Parameters are constant during a run, lets are computed from other quantities, inputs come from outside.",
  ({ name, role, act, declared, turned, neuron, inSynapse }) => ({
    message: {
      equation: `\`${name}\` is a ${role}: only a state has an equation`,
      assignment: `\`${name}\` is a ${role}: only a state${inSynapse && neuron === null ? " or a weight" : ""} can be assigned`,
      hold: `\`${name}\` is a ${role}: only a state can be held`,
    }[act].replace("a input", "an input"),
    secondary: [{ span: declared, text: `a ${role}`.replace("a input", "an input") }],
    help: [
      turned !== null
        ? `what is given a value stands on the left: \`${turned.state} <- ${name}\``
        : role === "input" && act === "assignment" && !inSynapse
          ? `an input has no value that a spike could change: declare \`state ${name}_1\` with its equation, give it to the input by \`${name} += ${name}_1\`, and change that state here`
          : role === "input" && act !== "hold"
            ? `contribute to it with \`${name} += …\``
            : role === "input"
              ? `to ignore it during the refractory period: \`drop ${name}\``
              : act === "hold"
                ? role === "let"
                  ? "hold the states that it is computed from"
                  : "it never changes: leave it out"
                : role === "let" && act === "assignment"
                  ? "assign the states that it is computed from"
                  : declareAs("state", name, neuron),
    ],
    fixes:
      turned === null
        ? []
        : [
            {
              title: `write \`${turned.state} <- ${name}\``,
              edits: [{ span: turned.at, newText: `${turned.state} <- ${name}` }],
              confidence: "likely",
            },
          ],
  }),
);

export const notAnInput = defineDiagnostic<
  {
    readonly name: string;
    readonly role: string;
    readonly act: "contribution" | "drop";
    readonly declared: Span;
  } & Owner
>(
  "model/not-an-input",
  "error",
  "Inputs are what contributions add up in (`I_e += …`) and what a refractory period can drop.",
  ({ name, role, act, declared, neuron, inSynapse }) => ({
    message: `\`${name}\` is a ${role}: ${act === "drop" ? "only an input can be dropped" : "contributions go to inputs"}`,
    secondary: [{ span: declared, text: `a ${role}` }],
    help:
      act === "drop"
        ? [
            role === "state"
              ? `to keep its value during the refractory period: \`hold ${name}\``
              : role === "let"
                ? "drop the inputs that it is computed from"
                : "it never changes: leave it out",
          ]
        : [contributionHelp(name, role, neuron, inSynapse)],
  }),
);

function contributionHelp(name: string, role: string, neuron: string | null, inSynapse: boolean): string {
  if (neuron !== null)
    return role === "state"
      ? `contribute to an input that its equation reads; a jump at each spike is \`on pre { ${name} <- ${name} + … }\``
      : declareAs("input", name, neuron);
  if (role === "state") return `add it to the right side of its equation, \`${name}' = …\``;
  return inSynapse ? "contribute to an input of the neuron: `post.I_e += …`" : declareAs("input", name, null);
}

function declareAs(role: string, name: string, neuron: string | null): string {
  return neuron === null
    ? `declare it as \`${role} ${name}\``
    : `declare it as \`${role} ${name.replace(/^(pre|post)\./, "")}\` in \`${neuron}\``;
}

export const twoEquations = defineDiagnostic<{ readonly name: string; readonly first: Span }>(
  "model/two-equations",
  "error",
  "A state has one equation. Several causes add up in it, or contribute to an input with `+=`.",
  ({ name, first }) => ({
    message: `\`${name}\` has two equations`,
    label: "the second",
    secondary: [{ span: first, text: "the first" }],
    help: ["add the two right sides, or contribute to an input with `+=`"],
  }),
);

export const assignedTwice = defineDiagnostic<{ readonly name: string; readonly first: Span }>(
  "model/assigned-twice",
  "error",
  "All assignments of one reset read the values before the event and take effect together, so that two to one state contradict each other.",
  ({ name, first }) => ({
    message: `\`${name}\` is assigned twice in one event`,
    label: "again here",
    secondary: [{ span: first, text: "first here" }],
    help: ["write one assignment"],
  }),
);

export const readsBefore = defineDiagnostic<{
  readonly name: string;
  readonly written: Span;
  /** What is assigned to it; null where it is drawn. */
  readonly value: string | null;
}>(
  "model/reads-before-event",
  "warning",
  "All assignments of one reset read the values before the event (t⁻) and take effect together (t⁺): their order does not matter. Whoever expects them one after the other would get another value here. " +
    "With the reading assignment first, both ways of reading agree.",
  ({ name, written, value }) => ({
    message: `this reads \`${name}\` before the event (t⁻), although an assignment to it stands above`,
    secondary: [{ span: written, text: `takes effect together with it` }],
    help: [
      `if the value before is meant, put the assignment to \`${name}\` last: it means the same and cannot be misread`,
      value === null
        ? `if what is drawn is meant, draw it first, \`let u ~ …\`, and write \`u\` here and \`${name} <- u\``
        : `if the value after it is meant, as where statements follow one another, write \`${value}\` here`,
    ],
  }),
);

export const noReset = defineDiagnostic<{ readonly name: string; readonly value: string; readonly at: Span }>(
  "model/no-reset",
  "warning",
  "A spike condition without a `reset` is a crossing: it spikes when it becomes true, and again only after it was false in between. A leaky membrane that nothing else brings back stays above its threshold: one spike. Models that make their own action potential need no reset; those with a leak alone do.",
  ({ name, value, at }) => ({
    message: `nothing brings \`${name}\` back below the threshold: it spikes once`,
    help: [`write \`reset { ${name} <- ${value} }\``],
    fixes:
      value === "…"
        ? []
        : [
            {
              title: "add a reset",
              edits: [{ span: { ...at, start: at.end }, newText: `; reset { ${name} <- ${value} }` }],
              confidence: "likely",
            },
          ],
  }),
);

export const lostReset = defineDiagnostic<{
  readonly name: string;
  readonly parent: string;
  /** As the parent writes it. */
  readonly assignment: string;
  readonly at: Span;
  /** What stands last in the braces. */
  readonly behind: Span | null;
}>(
  "model/lost-reset",
  "warning",
  "A child's `reset` takes the place of its parent's, all of it: what the parent set there and the child does not stays as it is when the neuron spikes. Where that is meant, say so: `V <- V`.",
  ({ name, parent, assignment, at, behind }) => ({
    message: `this reset takes the place of that of \`${parent}\`, and leaves \`${name}\` where it is`,
    secondary: [{ span: at, text: `what \`${parent}\` does` }],
    help: [`write that, too: \`${assignment}\`; or \`${name} <- ${name}\` if it is meant to stay`],
    fixes:
      behind === null
        ? []
        : [
            {
              title: `add \`${assignment}\``,
              edits: [{ span: { ...behind, start: behind.end }, newText: `; ${assignment}` }],
              confidence: "likely",
            },
          ],
  }),
);

export const boundsExchanged = defineDiagnostic<{
  readonly written: string;
  readonly meant: string;
  readonly edits: readonly TextEdit[];
}>(
  "model/bounds-exchanged",
  "warning",
  "`clamp(x, low, high)` keeps x between its bounds, the lower one first. With the bounds exchanged it is one of them, whatever x is.",
  ({ written, meant, edits }) => ({
    message: `the bounds of \`${written}\` are exchanged: the lower one stands first`,
    help: [`write \`${meant}\``],
    fixes: [{ title: `write \`${meant}\``, edits, confidence: "likely" }],
  }),
);

export const neverSpikes = defineDiagnostic<{ readonly state: string }>(
  "model/never-spikes",
  "warning",
  "The condition of a spike becomes true where something changes that it reads. A state that only the reset of that spike assigns stays as it is until there is one: if the condition is false at the beginning, it remains so.",
  ({ state }) => ({
    message: `this condition never becomes true: only the reset behind it changes \`${state}\``,
    help: [`give \`${state}\` an equation, or let the condition read what changes, such as \`V > Θ\``],
  }),
);

export const wrongSign = defineDiagnostic<{
  readonly name: string;
  readonly value: string;
  readonly kind: string;
  readonly state: string;
  readonly meant: string | null;
  readonly at: Span;
}>(
  "model/wrong-sign",
  "warning",
  "Capacitances, time constants and conductances are above 0. With one below 0, what would relax grows: the state runs away from where it would come to rest, the faster the further it is.",
  ({ name, value, kind, state, meant, at }) => {
    const word = kind === "time" ? "time constant" : kind;
    return {
      message: `the ${word} \`${name}\` is below 0, ${value}: \`${state}\` runs away instead of coming to rest`,
      help: [meant === null ? `a ${word} is above 0` : `a ${word} is above 0: \`${meant}\``],
      fixes:
        meant === null
          ? []
          : [{ title: `write \`${meant}\``, edits: [{ span: at, newText: meant }], confidence: "likely" }],
    };
  },
);

export const runsAway = defineDiagnostic<{
  readonly name: string;
  /** Its right side. */
  readonly text: string;
  /** Where it is one term, so that a minus before it turns it round. */
  readonly at: Span | null;
}>(
  "model/runs-away",
  "warning",
  "`x' = x/τ` grows exponentially, the faster the larger it is, and nothing else in its equation holds it. What fades away does so with a minus: `x' = -x/τ`.",
  ({ name, text, at }) => ({
    message: `\`${name}\` grows without bound: nothing in its equation holds it`,
    help: [at === null ? `a decay has a minus: \`${name}' = -${name}/τ\`` : `a decay is \`-${text}\``],
    fixes:
      at === null
        ? []
        : [
            {
              title: `write \`-${text}\``,
              edits: [{ span: { ...at, end: at.start }, newText: "-" }],
              confidence: "likely",
            },
          ],
  }),
);

export const drivesAway = defineDiagnostic<{
  readonly text: string;
  readonly name: string;
  readonly from: string;
  readonly turned: string;
  /** The difference. */
  readonly at: Span;
}>(
  "model/drives-away",
  "warning",
  "A conductance brings the membrane towards its reversal potential: `g*(E - V)` is added, or `g*(V - E)` subtracted. With the other sign V leaves E, the faster the further it is: a runaway, and an inhibition that excites. In other tools a current counts as positive that leaves the cell, `i = g*(v - e)`, and is subtracted from the others.",
  ({ text, name, from, turned, at }) => ({
    message: `\`${text}\` drives \`${name}\` away from \`${from}\`, the faster the further it is`,
    help: [`towards \`${from}\` it is \`${turned}\``],
    fixes: [{ title: `write \`${turned}\``, edits: [{ span: at, newText: turned }], confidence: "likely" }],
  }),
);

export const noInitialValue = defineDiagnostic<{
  readonly name: string;
  readonly example: string;
  /** Null where nothing says which unit it has: that comes first. */ readonly at: Span | null;
}>(
  "model/no-initial-value",
  "error",
  "A state needs a value at t = 0. It may be given in terms of parameters, `state V = E_L`, and set anew in experiments; 0 is not assumed.",
  ({ name, example, at }) => ({
    message: `state \`${name}\` has no initial value`,
    help: [`write for example \`state ${name} = ${example}\``],
    fixes:
      at === null
        ? []
        : [
            {
              title: "add an initial value",
              edits: [{ span: { ...at, start: at.end }, newText: ` = ${example}` }],
              confidence: "likely",
            },
          ],
  }),
);

export const notConstant = defineDiagnostic<{
  readonly what: string;
  readonly allowed: string;
  readonly culprit: string;
  readonly because: Label | null;
}>(
  "model/not-constant",
  "error",
  "A constant is made of numbers and constants; a parameter's default and a refractory period of parameters, too; none of them changes during a run. What a connection is set to is there before the run, as are the neurons' parameters and initial states. An initial value may also read other states. What changes in time is a `let` or a `state`.",
  ({ what, allowed, culprit, because }) => ({
    message: `${what} can depend on ${allowed} only, not on ${culprit}`,
    secondary: because === null ? [] : [because],
  }),
);

export const conditionNeeded = defineDiagnostic<{ readonly where: string; readonly actual: string }>(
  "model/condition-needed",
  "error",
  "After `spike when`, `on`, `if` and `where` stands a condition: a comparison such as `V > Θ`, or several joined by `and`, `or`, `not`. Numbers are not conditions.",
  ({ where, actual }) => ({
    message: `${where} needs a condition, this is ${actual}`,
    help: [`write a comparison, such as \`${where === "`where`" ? "i < j" : "V > Θ"}\``],
  }),
);

export const numberNeeded = defineDiagnostic<{
  readonly where: string;
  /** The condition and its text, where it can be made a number. */ readonly condition?: {
    readonly at: Span;
    readonly text: string;
  } | null;
}>(
  "model/number-needed",
  "error",
  "Conditions are not numbers: they neither add nor multiply. To switch a term on and off, write `if CONDITION then 1 else 0`, or `step(x)`.",
  ({ where, condition = null }) => {
    const written = condition === null ? "if … then 1 else 0" : `(if ${condition.text} then 1 else 0)`;
    return {
      message: `a condition is not a number and cannot stand ${where}`,
      help: [`write \`${written}\``],
      fixes:
        condition === null
          ? []
          : [
              {
                title: `write \`${written}\``,
                edits: [{ span: condition.at, newText: written }],
                confidence: "likely",
                trial: { help: null },
              },
            ],
    };
  },
);

export interface ResetFacts {
  readonly condition: string;
  /** "`V` is -49 mV after it" */
  readonly values: readonly string[];
  readonly spike: Span;
  /** Where the parameters have the values of an experiment or a network. */
  readonly population: string | null;
  /** The reset, where the message stands at a setting instead. */
  readonly reset: Span | null;
  /** The potential that, with a minus, would make it right. */
  readonly unsigned: { readonly name: string; readonly at: Span; readonly text: string } | null;
  /** The condition turned round, where it is false after the reset: `V > V_th` for `V < V_th`. */
  readonly turned: string | null;
}

export const resetAbove = defineDiagnostic<ResetFacts>(
  "model/reset-above-threshold",
  "error",
  "After this reset the spike condition is still true, as numbers and constants of the model prove, or the parameters as an experiment sets them: the neuron would spike in every step. " +
    "A neuron must be reset to below its threshold.",
  (facts) => ({
    message: `\`${facts.condition}\` is still true after the reset${inPopulation(facts)}`,
    ...resetPlaces(facts),
  }),
);

export const resetAboveByDefault = defineDiagnostic<ResetFacts>(
  "model/reset-above-default",
  "warning",
  "With the parameters as declared the spike condition is still true after this reset, so that the neuron would spike in every step. Whoever uses the model may set them otherwise; " +
    "no experiment here does. Where one uses the model with such values, that is an error.",
  (facts) => ({
    message: `\`${facts.condition}\` is still true after the reset${inPopulation(facts)}, with the parameters as declared`,
    ...resetPlaces(facts),
  }),
);

export const resetOnto = defineDiagnostic<ResetFacts>(
  "model/reset-onto-threshold",
  "warning",
  "This reset leaves the neuron exactly at its threshold: whatever drives it upwards makes it spike once more at once, in the next step on the grid. A neuron is reset to below its threshold.",
  (facts) => ({
    message: `the reset${inPopulation(facts)} ends exactly at the threshold of \`${facts.condition}\`: it spikes again at once where it is driven`,
    ...resetPlaces(facts),
  }),
);

function inPopulation({ population }: ResetFacts): string {
  return population === null ? "" : ` of \`${population}\``;
}

function resetPlaces({
  spike,
  reset,
  values,
  unsigned,
  turned,
}: ResetFacts): Pick<Wording, "secondary" | "notes" | "help" | "fixes"> {
  return {
    secondary: [
      { span: spike, text: "the condition" },
      ...(reset === null ? [] : [{ span: reset, text: "the reset" }]),
    ],
    notes: values,
    help: [
      turned !== null
        ? `a spike is an upward crossing: \`spike when ${turned}\``
        : unsigned === null
          ? "reset to a value below the threshold"
          : `did you mean \`${unsigned.name} = -${unsigned.text}\`?`,
    ],
    fixes:
      turned !== null
        ? [{ title: `write \`${turned}\``, edits: [{ span: spike, newText: turned }], confidence: "likely" }]
        : unsigned === null
          ? []
          : [
              {
                title: `write \`-${unsigned.text}\``,
                edits: [{ span: { ...unsigned.at, end: unsigned.at.start }, newText: "-" }],
                confidence: "likely",
              },
            ],
  };
}

/** How messages call `t`. */
export const THE_TIME = "the time";

export const exactEquality = defineDiagnostic<{
  readonly condition: string;
  readonly what: string;
  readonly operator: "==" | "!=";
  readonly instead: string;
  readonly at: Span;
}>(
  "model/exact-equality",
  "warning",
  "What changes continuously passes a value between two steps and is hardly ever equal to it, up to the last of its 53 binary digits, at the end of one. A crossing is found with `>=` or `<=`; an `on` event happens once, when its condition becomes true. " +
    "The time is equal to a value only where a step ends exactly then, which another step length undoes. Counters, which only resets and events change, may be compared with `==`.",
  ({ condition, what, operator, instead, at }) => ({
    message:
      what === THE_TIME && operator === "=="
        ? `\`${condition}\` may never be true: no step needs to end exactly then`
        : `\`${condition}\` is ${operator === "==" ? "hardly ever" : "nearly always"} true: ${what} changes continuously`,
    help: operator === "==" ? [] : [`say which side is meant, such as \`${instead}\``],
    fixes:
      operator === "=="
        ? [{ title: `write \`${instead}\``, edits: [{ span: at, newText: ">=" }], confidence: "likely" }]
        : [],
  }),
);

export const wholePartOfTime = defineDiagnostic<{ readonly written: string; readonly name: string }>(
  "model/whole-part-of-time",
  "warning",
  "Times and periods are binary numbers, and so is their quotient: 0.6 ms/(0.2 ms) is 2.9999999999999996. A whole part that should change at that time then changes one step later, at some multiples and not at others. " +
    "Half a step added to the time (for `ceil`, taken from it) keeps every time of the grid away from them; what is left over in a period is then compared with half a step less.",
  ({ written, name }) => ({
    message: `\`${written}\` may change at the wrong step: a quotient of times is not exact`,
    help: [
      written.startsWith("mod(")
        ? "add half a step to the time: `mod(t + dt/2, 10 ms) < 2 ms` holds for 2 ms in every 10 ms"
        : `${name === "ceil" ? "take half a step from" : "add half a step to"} the time, \`${name}((t ${name === "ceil" ? "-" : "+"} dt/2)/T)\`; 2 ms in every 10 ms are \`if t - (10 ms)*floor((t + dt/2)/(10 ms)) < 2 ms - dt/2 then … else …\``,
    ],
  }),
);

export const withoutSpike = defineDiagnostic<{
  readonly what: string;
  /** The condition that the model's own names make, and the place before what is told of. */
  readonly meant: { readonly condition: string; readonly at: Span } | null;
}>(
  "model/without-spike",
  "error",
  "`reset` and `refractory` say what follows a spike. This model never spikes: it has no `spike when` or `spike with rate`.",
  ({ what, meant }) => ({
    message: `${what} without a \`spike\` in this model`,
    help: [`say when it spikes: \`spike when ${meant?.condition ?? "V > V_th"}\``],
    fixes:
      meant === null
        ? []
        : [
            {
              title: `insert \`spike when ${meant.condition}\``,
              edits: [{ span: meant.at, newText: `spike when ${meant.condition}; ` }],
              confidence: "likely",
            },
          ],
  }),
);

export const negativeRefractory = defineDiagnostic<{ readonly value: string }>(
  "model/negative-refractory",
  "error",
  "A refractory period lasts 0 or longer.",
  ({ value }) => ({ message: `the refractory period is negative: ${value}` }),
);

export const divisionByZero = defineDiagnostic<{ readonly name: string; readonly value: string; readonly at: Span }>(
  "model/division-by-zero",
  "error",
  "A quantity that the model divides by is 0, by default or by a setting: the model cannot be computed. A time constant or capacitance is positive.",
  ({ name, value, at }) => ({
    message: `\`${name}\` is ${value}, and the model divides by it`,
    secondary: [{ span: at, text: "divided here" }],
    help: [`give \`${name}\` a value other than 0`],
  }),
);

/** What is no finite number, and why. */
interface NotFiniteFacts {
  readonly text: string;
  readonly value: number;
  readonly because: string;
}

const isNoNumber = ({ text, value }: NotFiniteFacts): string =>
  `\`${text}\` is ${Number.isNaN(value) ? "no number" : value > 0 ? "infinite" : "minus infinity"}`;

export const notFiniteByConstants = defineDiagnostic<NotFiniteFacts>(
  "model/not-finite",
  "error",
  "What is written here has no finite value whatever a run does: a quotient by 0, a logarithm of 0, a root or logarithm of a negative number, an `asin` or `acos` of more than 1, a power beyond all numbers. Inside an `if` nothing is said: that may be what it guards against.",
  (f) => ({ message: isNoNumber(f), label: f.because, help: ["write an expression that has a finite value"] }),
);

export const notFiniteByDefault = defineDiagnostic<NotFiniteFacts>(
  "model/not-finite-by-default",
  "warning",
  "With the defaults of its parameters what is written here has no finite value, so that the model runs only where an experiment sets them otherwise.",
  (f) => ({
    message: `${isNoNumber(f)} unless parameters are set`,
    label: f.because,
    help: ["give the parameters defaults with which it has a finite value"],
  }),
);

export const unusedParameter = defineDiagnostic<{
  readonly name: string;
  readonly role: string;
  /** The neuron whose input of the same name a mechanism's own hides. */
  readonly host: string | null;
}>(
  "model/unused",
  "warning",
  "Nothing in the model reads this: its value changes nothing. Perhaps an equation lacks a term. In a synapse it reaches no neuron, neither by a contribution nor by an assignment.",
  ({ name, role, host }) => ({
    message: `${role} \`${name}\` is never used`,
    help:
      host === null
        ? []
        : [
            `\`${host}\` has an input \`${name}\` too, which this one hides: leave the declaration out, and what is given to \`${name}\` reaches it`,
          ],
  }),
);

export const constantState = defineDiagnostic<{ readonly name: string }>(
  "model/constant-state",
  "warning",
  "A state without an equation that no reset, event or arriving spike assigns keeps its initial value for ever. Perhaps its equation is missing, or it is meant as a `param`.",
  ({ name }) => ({
    message: `state \`${name}\` never changes`,
    help: [`give it an equation, \`${name}' = …\`, or make it a \`param\``],
  }),
);

export const wrongArguments = defineDiagnostic<{
  readonly name: string;
  readonly problem: string;
  readonly usage: string;
  /** In the place of the usage, where that is not what is to be said. */
  readonly say?: string | undefined;
  /** The call, where the usage takes its place. */ readonly whole?: Span | undefined;
}>(
  "model/wrong-arguments",
  "error",
  "A function takes the arguments of its declaration, by position or by name.",
  ({ name, problem, usage, say, whole }) => ({
    message: `\`${name}\` ${problem}`,
    help: [say ?? `write \`${usage}\``],
    fixes:
      whole === undefined
        ? []
        : [{ title: `write \`${usage}\``, edits: [{ span: whole, newText: usage }], confidence: "likely" }],
  }),
);

function drawnWhere(name: string, where: string): string {
  if (name === "poisson" && !where.includes("setting"))
    return "spikes at random come from a population of a network: `population X = 100 poisson(8 Hz)`, `connect X -> E by ExpCurrent { w = 10 pA } all`";
  if (where.includes("setting")) return `put what is added or multiplied into its arguments: \`V ~ ${name}(…)\``;
  if (where.includes("stimulus") || where.includes("equation") || where.includes("contribution"))
    return "for noise: `ξ`, as in `300 pA + 20 pA*sqrt(ms)*ξ`; a value for each neuron is drawn in the settings of a population: `V ~ normal(-60 mV, 5 mV)`";
  if (where.includes("event") || where.includes("`on pre`"))
    return `draw it first, \`let u ~ ${name}(…)\`, and reckon with \`u\`; a state is drawn with \`V ~ ${name}(…)\``;
  return `in the settings of a population: \`V ~ ${name}(…)\``;
}

/** Where the arguments of `pulse` and its like stand. */
export const INSIDE_STIMULUS = "inside a stimulus";

export const noPast = defineDiagnostic<{
  readonly name: string;
  readonly role: string;
  /** Null where it may stand. */
  readonly where: string | null;
}>(
  "model/no-past",
  "error",
  "`x(t - T)` is the state x as it was T ago, in the equations, contributions, lets, conditions, resets and events of a neuron. What is made of states has its past by theirs; a stimulus is given later by its own times; between neurons a connection has a `delay`.",
  ({ name, role, where }) => ({
    message:
      where === null
        ? `\`${name}\` is no state: the past of ${role === "input" ? "an" : "a"} ${role === "param" ? "parameter" : role} is not kept`
        : `the past of \`${name}\` cannot stand ${where}`,
    help: [
      where !== null
        ? "it stands in equations, contributions, lets, conditions, resets and events"
        : role === "let"
          ? "write its expression with the states as they were, `f(x(t - T))`"
          : role === "input"
            ? "a state that follows it has a past; a stimulus that comes later is given with later times"
            : `it does not change: write \`${name}\``,
    ],
  }),
);

export const badPast = defineDiagnostic<{
  readonly name: string;
  readonly value: string;
  readonly step: string | null;
}>(
  "model/bad-past",
  "error",
  "How long ago a state is read is rounded to steps, and is a step at least: what lies inside the step is not known yet. A smaller step comes nearer.",
  ({ name, value, step }) => ({
    message:
      step === null
        ? `the past of \`${name}\` lies before now: not ${value}`
        : `the past of \`${name}\` lies a step before now at least, ${step}, not ${value}`,
    help: step === null ? ["`x(t - T)` with T above 0"] : [`write \`${name}\`, which is now, or a smaller step`],
  }),
);

export const misplacedFunction = defineDiagnostic<{
  readonly name: string;
  readonly kind: "stimulus" | "draw" | "text" | "time";
  readonly where: string;
}>(
  "model/misplaced",
  "error",
  "Stimuli such as `pulse` are given to inputs, in the settings of an experiment or a population; random draws stand after `~` in settings and in events; `t` changes during a run and cannot set what is constant; " +
    '`i`, the neuron\'s number, exists in settings only. Text stands in `file("…")` alone.',
  ({ name, kind, where }) => ({
    message: {
      stimulus:
        where === INSIDE_STIMULUS
          ? `\`${name}\` stands inside of another stimulus, whose parts are constant`
          : `\`${name}\` is a stimulus: it can only be given to an input, in an experiment or a population`,
      draw: `\`${name}\` draws random values: it stands alone after \`~\``,
      text: "text cannot stand in an expression",
      time: `\`${name}\` changes during the run and cannot stand ${where}`,
    }[kind],
    help:
      kind === "stimulus" && where === INSIDE_STIMULUS
        ? [`add or multiply them: \`pulse(1, from: 10 ms)*${name}(…)\``]
        : kind === "stimulus"
          ? [
              where.includes("setting")
                ? "declare what it is given to as an input: `input I_e : pA`"
                : `in an experiment: \`I_e = ${name}(…)\``,
            ]
          : kind === "draw"
            ? [drawnWhere(name, where)]
            : kind === "text"
              ? ["write the expression itself, without quotes"]
              : [],
  }),
);
