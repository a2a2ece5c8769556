// Networks: synapses and what stands at their ends, connections with their names and rules, sources of spikes, files of pairs.
import type { Span } from "../base/source.ts";
import { RULES, ruleUsage, type RuleName } from "../runtime/rules.ts";
import { defineDiagnostic } from "./diagnostic.ts";
import type { Fix } from "./diagnostic.ts";
import { didYouMean } from "./names.ts";

export const secondArrival = defineDiagnostic<{ readonly end: "pre" | "post"; readonly first: Span }>(
  "network/two-arrivals",
  "error",
  "A synapse has one `on pre` and one `on post`: all that a spike does takes effect together and reads the values before it, in whatever order it is written. A synapse that `extends` another replaces its blocks.",
  ({ end, first }) => ({
    message: `a synapse has one \`on ${end}\``,
    label: "this is the second",
    secondary: [{ span: first, text: "the first" }],
    help: ["write the assignments of both into one block"],
  }),
);

export const ambiguousEnd = defineDiagnostic<{
  readonly name: string;
  /** "synapse `Exp`", "the settings of `exc`" */ readonly where: string;
  readonly at?: Span;
}>(
  "network/which-end",
  "error",
  "A synapse stands between two neurons. What is theirs is written `pre.V` for the neuron that sends the spikes and `post.V` for the one that receives them; a name without either is the synapse's own.",
  ({ name, where, at }) => ({
    message: `\`${name}\` in ${where} is ambiguous: write \`pre.${name}\` or \`post.${name}\``,
    notes: [`\`${name}\` is a quantity of the neurons that are connected, not of the synapse`],
    // What a synapse acts on is mostly the neuron behind it.
    fixes:
      at === undefined
        ? []
        : ["post", "pre"].map((end) => ({
            title: `write \`${end}.${name}\``,
            edits: [{ span: { ...at, end: at.start }, newText: `${end}.` }],
            confidence: "likely" as const,
          })),
  }),
);

export const endOutside = defineDiagnostic<{ readonly written: string; readonly where: string }>(
  "network/no-ends",
  "error",
  "`pre.` and `post.` are the neurons at the two ends of a connection. They exist in synapses, in the settings of a `connect` and in its rule.",
  ({ written, where }) => ({
    message: `\`${written}\` is a quantity at the end of a connection; there is none in ${where}`,
    help: [`write \`${written.replace(/^(pre|post)\./, "")}\` for the neuron's own`],
  }),
);

export const missingAtEnd = defineDiagnostic<{
  readonly name: string;
  /** The neuron, or the source, at that end. */
  readonly neuron: string;
  readonly isSource: boolean;
  /** The synapse itself has one of that name. */
  readonly isOwn: boolean;
  readonly near: readonly string[];
  /** Where the name stands, without its `pre.`; null where it is not one piece. */
  readonly at: Span | null;
  /** The neuron's one input, where something is contributed. */
  readonly input?: { readonly name: string; readonly unit: string } | null;
  /** `pre.i` where it is not declared: the neuron's number, as rules and settings of connections call it. */
  readonly number?: { readonly name: string; readonly at: Span } | undefined;
}>(
  "network/missing-at-end",
  "error",
  "A synapse reads and changes the neurons at its ends by the names that they declare. It is checked against each pair of neurons that a `connect` puts it between: what one of them lacks, it cannot do there.",
  ({ name, neuron, isSource, isOwn, near, at, input = null, number }) => ({
    message: isSource
      ? `\`${neuron}\` is a source of spikes: it has no \`${name}\``
      : `neuron \`${neuron}\` has no \`${name}\``,
    help:
      number !== undefined
        ? ["the numbers of the two neurons are `i`, before the connection, and `j`, behind it"]
        : isOwn
          ? [`\`${name}\` is the synapse's own: write \`${name}\``]
          : near.length > 0
            ? didYouMean(near)
            : isSource
              ? []
              : input !== null
                ? [`\`${neuron}\` has the input \`${input.name}\` (${input.unit}): write \`post.${input.name}\``]
                : [`declare \`${name}\` in \`${neuron}\`, or connect it by another synapse`],
    fixes:
      number !== undefined
        ? [
            {
              title: `write \`${number.name}\``,
              edits: [{ span: number.at, newText: number.name }],
              confidence: "likely",
            },
          ]
        : at === null
          ? []
          : renameAt(at, near.length > 0 || input === null ? near : [input.name]),
  }),
);

const ALL_RULES = (Object.keys(RULES) as RuleName[]).map((name) => `\`${ruleUsage(name)}\``).join(", ");

export const unknownRule = defineDiagnostic<{
  readonly name: string;
  readonly near: readonly string[];
  readonly at: Span;
}>(
  "network/unknown-rule",
  "error",
  `A rule says which neurons are connected: ${ALL_RULES}. A \`where CONDITION\` after it, or alone, leaves out the pairs that do not meet it.`,
  ({ name, near, at }) => ({
    message: `unknown rule \`${name}\``,
    help: near.length > 0 ? didYouMean(near) : [`the rules are ${ALL_RULES}`],
    fixes: renameAt(at, near),
  }),
);

/** What other tools call the probability of a connection. */
export const CHANCE = /^(p|prob|probability|p_conn)$/;

export const noRule = defineDiagnostic<{
  readonly at: Span;
  /** A probability that stands among the settings: as it is written, and the setting with the comma that it brings. */ readonly chance: {
    readonly p: string;
    readonly setting: Span;
  } | null;
}>(
  "network/no-rule",
  "error",
  "Nothing is assumed about which neurons a `connect` connects: it ends with a rule, or with `where CONDITION`.",
  ({ at, chance }) => ({
    message: "this connection has no rule: which neurons does it connect?",
    help:
      chance === null
        ? [`the rules are ${ALL_RULES}`]
        : [`the probability stands in a rule behind the braces: \`random(p: ${chance.p})\``],
    fixes: [
      chance === null
        ? { title: "connect all", edits: [{ span: { ...at, start: at.end }, newText: " all" }], confidence: "likely" }
        : {
            title: `connect by \`random(p: ${chance.p})\``,
            edits: [
              { span: chance.setting, newText: "" },
              { span: { ...at, start: at.end }, newText: ` random(p: ${chance.p})` },
            ],
            confidence: "likely",
          },
    ],
  }),
);

export const ruleArguments = defineDiagnostic<{
  readonly name: string;
  readonly problem: string;
  readonly usage: string;
}>(
  "network/rule-arguments",
  "error",
  "`random` takes the probability p of each pair; `indegree`, `outdegree` and `total` take a number n of connections for each target, for each source, or in all; `file` takes the path of a file; `all` and `one_to_one` take nothing.",
  ({ name, problem, usage }) => ({ message: `rule \`${name}\` ${problem}`, help: [`write \`${usage}\``] }),
);

export const sourceReceives = defineDiagnostic<{ readonly name: string }>(
  "network/source-receives",
  "error",
  "Sources, `poisson(…)` and `spikes(…)`, send spikes without being neurons: nothing connects to them, and nothing that arrived could change what they send. A synapse sets states and inputs of neurons behind the arrow.",
  ({ name }) => ({
    message: `\`${name}\` is a source of spikes: nothing connects to it`,
    help: ["connect to a population of neurons; sources stand before the arrow"],
  }),
);

export const unknownPopulation = defineDiagnostic<{
  readonly name: string;
  readonly network: string;
  readonly near: readonly string[];
  /** What there is, where there are few. */
  readonly populations: readonly string[];
  readonly otherKind: string | null;
  readonly at: Span;
}>(
  "network/unknown-population",
  "error",
  "`connect` names populations of the network, its parents' included: those that send before the arrow, those that receive behind it.",
  ({ name, network, near, populations, otherKind, at }) => ({
    message:
      otherKind === null
        ? `network \`${network}\` has no population \`${name}\``
        : `\`${name}\` is ${otherKind}, not a population`,
    help:
      near.length > 0 || populations.length === 0
        ? didYouMean(near)
        : [`it has ${populations.map((p) => `\`${p}\``).join(", ")}`],
    fixes: renameAt(at, near),
  }),
);

export const unknownAllowance = defineDiagnostic<{
  readonly name: string;
  readonly near: readonly string[];
  readonly at: Span;
}>(
  "network/unknown-allowance",
  "error",
  "`allow self` lets a neuron connect to itself, `allow multiple` lets a pair of neurons have several connections. Both are off unless allowed.",
  ({ name, near, at }) => ({
    message: `there is no \`allow ${name}\``,
    help: near.length > 0 ? didYouMean(near) : ["write `allow self`, `allow multiple` or `allow self, multiple`"],
    fixes: renameAt(at, near),
  }),
);

export const connectionNeedsName = defineDiagnostic<{
  readonly name: string;
  readonly what: string;
  readonly first: Span;
  readonly example: string;
}>(
  "network/connection-needs-name",
  "error",
  "A connection is called by its `as`, else by its synapse, with the names of its sources where several would bear that. Populations, parameters and connections of a network need different names, since settings and recordings address them.",
  ({ name, what, first, example }) => ({
    message: `this connection would be called \`${name}\`, like ${what}`,
    secondary: [{ span: first, text: what.startsWith("another") ? "the other connection" : what }],
    help: [`give it a name: \`as ${example}\``],
  }),
);

export const connectedTwice = defineDiagnostic<{
  readonly synapse: string;
  /** What this one is called; null where it stands in one `connect` with the first. */ readonly name: string | null;
  readonly first: Span;
  readonly isNamed: boolean;
}>(
  "network/connected-twice",
  "warning",
  "The same populations are connected by the same synapse again: the neurons get the connections of both. Where that is meant, `as` gives each a name of its own, and they differ in something that is set or in their rules.",
  ({ synapse, name, first, isNamed }) => ({
    message: `the same ${name === null ? "neurons" : "populations"} are connected by \`${synapse}\` again`,
    secondary: [{ span: first, text: "first here" }],
    notes: [`both are delivered${name === null ? "" : `; this one is called \`${name}\``}`],
    help: [
      name === null
        ? "if both are meant, say so with two `connect`, each with a name"
        : isNamed
          ? "leave one of them out, or let them differ in more than their names"
          : "if both are meant, give this one a name with `as`",
    ],
  }),
);

export const sourceArguments = defineDiagnostic<{
  readonly name: string;
  readonly problem: string;
  readonly usage: string;
  readonly several: boolean;
}>(
  "network/source-arguments",
  "error",
  '`poisson` takes a rate, which may change in time: `poisson(8 Hz)`, `poisson(steps(0 ms: 5 Hz, 500 ms: 20 Hz))`. `spikes` takes a list of times, `spikes([10 ms, 20 ms])`, or a file, `spikes(file("spikes.csv"))`.',
  ({ name, problem, usage, several }) => ({
    message: `\`${name}\` ${problem}`,
    help: [`write \`${usage}\``, ...(several ? [`how many there are stands before it: \`20 ${usage}\``] : [])],
  }),
);

export const notASource = defineDiagnostic<{
  readonly name: string;
  readonly isNeuron: boolean;
  readonly near: readonly string[];
  readonly at: Span;
}>(
  "network/not-a-source",
  "error",
  "Sources take what they send in parentheses: `100 poisson(8 Hz)`, `spikes([10 ms, 20 ms])`. The settings of a population of neurons stand in braces: `100 LIF { E_L = -65 mV }`.",
  ({ name, isNeuron, near, at }) => ({
    message: isNeuron
      ? `\`${name}\` is a neuron, not a source of spikes: its settings stand in braces`
      : `unknown source \`${name}\``,
    help: isNeuron
      ? [`write \`${name} { … }\``]
      : near.length > 0
        ? didYouMean(near)
        : ['the sources are `poisson(8 Hz)`, `spikes([10 ms, 20 ms])` and `spikes(file("spikes.csv"))`'],
    fixes: isNeuron ? [] : renameAt(at, near),
  }),
);

export const notRecorded = defineDiagnostic<{
  readonly connection: string;
  readonly written: string;
  /** "weight"; null where the synapse has nothing of that name. */ readonly role: string | null;
  readonly example: string | null;
}>(
  "network/not-recorded",
  "error",
  "What single connections have, such as weights, is not recorded: there are too many of them. A synapse's state that can be kept at the neurons, summed over the connections that reach each of them, is recorded there: `record E.exc.g`.",
  ({ connection, written, role, example }) => ({
    message:
      role === null
        ? `\`${connection}\` is a connection: only states that live at its neurons are recorded`
        : `\`${written}\` of \`${connection}\` is ${role === "state" ? "a state of its connections" : `a ${role} of the synapse`}: it is not recorded`,
    help: [
      ...(role === "weight"
        ? [
            `what arrives by it can be recorded: let the synapse give it to an input of the neuron, \`on pre { s <- s + ${written.split(".").at(-1) ?? ""} }\` with \`post.x += s\``,
          ]
        : []),
      ...(example === null || role === "weight"
        ? []
        : [`what lives at the neurons is recorded there: \`record ${example}\``]),
    ],
  }),
);

export const badProbability = defineDiagnostic<{ readonly value: string }>(
  "network/bad-probability",
  "error",
  "The probability of a connection lies between 0, no connections, and 1, all of them.",
  ({ value }) => ({
    message: `a probability lies between 0 and 1, not at ${value}`,
    help: [
      `${/^[1-9]\d?$/u.test(value) && value !== "1" ? `${value} % are \`${String(Number(value) / 100)}\`; ` : ""}for a number of connections: \`indegree(n: …)\`, \`outdegree(n: …)\` or \`total(n: …)\``,
    ],
  }),
);

export const badCount = defineDiagnostic<{ readonly value: string; readonly isFraction: boolean }>(
  "network/bad-count",
  "error",
  "The number of connections is a whole number, 0 or more. It may be computed from the parameters of the network; `round(…)` makes it whole.",
  ({ value, isFraction }) => ({
    message: `the number of connections must be a whole number, 0 or more, not ${value}`,
    help: isFraction ? ["write `round(…)` where it is computed"] : [],
  }),
);

export const dependsOnNeurons = defineDiagnostic<{
  readonly written: string;
  readonly argument: string;
  readonly rule: string;
}>(
  "network/one-number",
  "error",
  "The number n of `indegree`, `outdegree` and `total` is one for all neurons: it is made of numbers and of parameters of the network. The probability of `random` and a `where` may differ from pair to pair.",
  ({ written, argument, rule }) => ({
    message: `the number \`${argument}\` of \`${rule}\` is the same for all neurons: it cannot depend on \`${written}\``,
    help: ["where it is to differ between neurons: `random(p: …)`"],
  }),
);

export const sizesDiffer = defineDiagnostic<{
  readonly source: string;
  readonly from: number;
  readonly target: string;
  readonly to: number;
}>(
  "network/sizes-differ",
  "error",
  "`one_to_one` connects the first neuron to the first, the second to the second, and so on: there must be as many on either side. A slice takes some of a population: `E[0..9]`.",
  ({ source, from, target, to }) => {
    const [larger, most] = from > to ? [source, to] : [target, from];
    const slice = /\[/.test(larger) || most === 0 ? [] : [`connect some of them: \`${larger}[0..${most - 1}]\``];
    return {
      message: `\`one_to_one\` needs as many sources as targets: \`${source}\` has ${neurons(from)}, \`${target}\` has ${neurons(to)}`,
      help: slice,
    };
  },
);

export const onlyWithItself = defineDiagnostic<{ readonly source: string }>(
  "network/only-with-itself",
  "error",
  "`one_to_one` of a population, or a slice of it, with itself connects each neuron with itself and nobody else. No neuron is connected with itself unless `allow self` is said: nothing would be left.",
  ({ source }) => ({
    message: `\`one_to_one\` of \`${source}\` with itself connects each neuron with itself alone`,
    help: ["if that is meant, write `allow self` after the rule"],
  }),
);

export const tooFewPartners = defineDiagnostic<{
  readonly of: "sources" | "targets" | "pairs";
  readonly value: number;
  readonly most: number;
  readonly source: string;
  readonly target: string;
  /** A neuron that is not connected to itself has one partner less. */
  readonly withoutSelf: boolean;
}>(
  "network/too-few-partners",
  "error",
  "Unless `allow multiple` is said, no pair of neurons is connected twice: there must be enough neurons to choose from. `indegree` chooses sources for each target, `outdegree` targets for each source, `total` pairs.",
  ({ of, value, most, source, target, withoutSelf }) => ({
    message: {
      sources: `each neuron of \`${target}\` cannot have ${value} different sources: there ${areThere(most)} in \`${source}\``,
      targets: `each neuron of \`${source}\` cannot have ${value} different targets: there ${areThere(most)} in \`${target}\``,
      pairs: `there cannot be ${value} different connections from \`${source}\` to \`${target}\`: there ${areThere(most)}`,
    }[of],
    notes: withoutSelf ? ["a neuron is not connected to itself unless `allow self` is said"] : [],
    help: [
      most === 0
        ? `choose none${withoutSelf ? `, or say \`allow ${value > 1 ? "self, multiple" : "self"}\` where a neuron may be its own partner` : ""}`
        : "choose fewer, or write `allow multiple` after the rule",
    ],
  }),
);

export const negativeConductance = defineDiagnostic<{
  readonly text: string;
  readonly name: string;
  readonly meant: string;
  /** The synapse's reversal potential. */
  readonly reversal: string;
  /** It is below rest. */
  readonly inhibits: boolean;
  readonly at: Span;
}>(
  "network/negative-conductance",
  "warning",
  "A conductance is 0 or more: with a negative one the current flows the wrong way, away from the reversal potential, and an inhibitory synapse excites. What makes a synapse inhibitory is its reversal potential; a weight that is a current or a voltage may be negative.",
  ({ text, name, meant, reversal, inhibits, at }) => ({
    message: `the conductance \`${name}\` is below 0, ${text}`,
    help: [
      inhibits
        ? `write \`${meant}\`: what inhibits is the reversal potential \`${reversal}\``
        : `what inhibits is the reversal potential: \`${name} = ${meant}, ${reversal} = -80 mV\``,
    ],
    fixes: inhibits
      ? [{ title: `write \`${meant}\``, edits: [{ span: at, newText: meant }], confidence: "likely" }]
      : [],
  }),
);

export const drawnBelowZero = defineDiagnostic<{
  readonly name: string;
  readonly drawn: string;
  readonly percent: string;
  readonly at: Span;
}>(
  "network/drawn-below-zero",
  "warning",
  "A conductance is 0 or more. A normal distribution has no end: where its mean is less than some three standard deviations, a part of the connections is drawn below 0, and their currents flow away from the reversal potential. With `min: 0 nS` what lies below is drawn again.",
  ({ name, drawn, percent, at }) => ({
    message: `\`${drawn}\` draws ${percent} % of the conductances \`${name}\` below 0`,
    help: ["give the least: `min: 0 nS`"],
    fixes: [{ title: "insert `min: 0 nS`", edits: [{ span: at, newText: ", min: 0 nS" }], confidence: "likely" }],
  }),
);

export const startsOutside = defineDiagnostic<{
  readonly name: string;
  readonly value: string;
  readonly clamp: string;
  readonly bound: string;
  readonly worth: string;
  readonly isUpper: boolean;
}>(
  "network/starts-outside",
  "warning",
  "An event keeps this value within bounds, and it begins outside of them: the first event moves it to the bound at once, whatever else it does.",
  ({ name, value, clamp, bound, worth, isUpper }) => {
    const isName = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(bound);
    return {
      message: `\`${name}\` begins at ${value}, ${isUpper ? "above" : "below"} ${isName ? `\`${bound}\` = ` : ""}${worth}: the first \`${name} <- ${clamp}\` cuts it`,
      help: [isName ? `begin within the bounds, or set \`${bound}\` as well` : "begin within the bounds"],
    };
  },
);

export const multipleWithoutMeaning = defineDiagnostic<object>(
  "network/multiple-without-meaning",
  "warning",
  "`random` decides once for each pair whether it is connected: no pair can get two connections.",
  () => ({
    message: "`allow multiple` changes nothing here: `random` asks each pair once",
    help: ["leave it out, or choose with `indegree`, `outdegree` or `total`"],
  }),
);

export const negativeDelay = defineDiagnostic<{ readonly value: string }>(
  "network/negative-delay",
  "error",
  "A spike cannot arrive before it is sent: a delay is 0 or longer. With 0, the default, it acts in the very next step.",
  ({ value }) => ({ message: `a delay must be 0 or longer, not ${value}` }),
);

export const badDelay = defineDiagnostic<{ readonly value: string; readonly most: string | null }>(
  "network/bad-delay",
  "error",
  "A delay is a time. A quotient with 0 below makes it infinite, or no number at all; a delay of more than 2147483647 steps is more than can be counted.",
  ({ value, most }) =>
    most === null
      ? {
          message: `a delay must be a finite time, not ${value}`,
          help: ["look for a division by 0 where it is computed"],
        }
      : {
          message: `a delay is at most 2147483647 steps, here ${most}, not ${value}`,
          help: [
            "write a shorter delay or a longer step; a spike that arrives after the end of the run changes nothing",
          ],
        },
);

export const delayInVain = defineDiagnostic<{
  readonly connection: string;
  readonly synapse: string;
  readonly declared: Span;
}>(
  "network/delay-in-vain",
  "error",
  "A delay is the time from one end of a connection to the other: of a spike until `on pre` happens, and of what contributions and equations read of the neuron at the other end. A synapse without `on pre` that reads nothing there that changes has nothing that could arrive late.",
  ({ connection, synapse, declared }) => ({
    message: `\`${connection}\` has no use for a delay: nothing travels through \`${synapse}\``,
    secondary: [{ span: declared, text: "no `on pre`, and nothing of the other neuron that changes is read" }],
    help: ["leave `delay` out; what is to arrive late is read of the source, `pre.x`, or stands in `on pre { … }`"],
  }),
);

export const delayedInput = defineDiagnostic<{
  readonly connection: string;
  readonly read: string;
  readonly by: string;
}>(
  "network/delayed-input",
  "error",
  "With a delay, a contribution or equation reads the other neuron as it was. What connections give to an input is no state: it has no value before 0 that the first of them could be computed from, and none between two steps. A state that follows it has both.",
  ({ connection, read, by }) => ({
    message: `\`${read}\` has no past that \`${connection}\` could read: connections give to an input that it is made of, \`${by}\``,
    help: ["let a state of the neuron follow it, `r' = (f(I) - r)/τ`, and read that state; or leave `delay` out"],
  }),
);

export const cannotConnect = defineDiagnostic<{ readonly problem: string; readonly help: readonly string[] }>(
  "network/cannot-connect",
  "error",
  "What a rule asks for must be possible with the neurons that there are: as many different partners as it wants, a probability from 0 to 1 and a delay of 0 or more for each pair. It is looked at with the sizes and parameters of the experiment; what is drawn, or depends on the neurons, when the connections are made.",
  ({ problem, help }) => ({ message: problem, help }),
);

export const noConnections = defineDiagnostic<{
  readonly connection: string;
  readonly source: string;
  readonly target: string;
  readonly why: string;
  readonly help: readonly string[];
}>(
  "network/no-connections",
  "warning",
  "A `connect` that makes no connection does nothing. That is said where its rule, its `where` or chance leaves no pair of neurons; a probability or a number of 0, and a population without neurons, are taken as meant.",
  ({ connection, source, target, why, help }) => ({
    message: `\`${connection}\` makes no connection from \`${source}\` to \`${target}\`: ${why}`,
    help,
  }),
);

export const delayMayBeNegative = defineDiagnostic<{ readonly distribution: string }>(
  "network/delay-may-be-negative",
  "warning",
  "Some of the delays that are drawn here will be below 0, which stops the run: a spike cannot arrive before it is sent. With `min:` they are drawn again.",
  ({ distribution }) => ({
    message: `\`${distribution}\` can draw a delay below 0`,
    help: [`bound it: \`${distribution}(…, min: 0 ms)\``],
  }),
);

export const negativeRate = defineDiagnostic<{ readonly value: string }>(
  "network/negative-rate",
  "error",
  "A source cannot send fewer than no spikes: its rate is 0 or more.",
  ({ value }) => ({ message: `a rate must be 0 or more, not ${value}` }),
);

export const badTimes = defineDiagnostic<{ readonly problem: string }>(
  "network/bad-spike-times",
  "error",
  '`spikes` takes the times of one source in brackets, 0 or later, `spikes([10 ms, 20 ms])`, or a file with those of many, `spikes(file("spikes.csv"))`.',
  ({ problem }) => ({ message: problem, help: ['write `spikes([10 ms, 20 ms])` or `spikes(file("spikes.csv"))`'] }),
);

export const oneSource = defineDiagnostic<{ readonly name: string; readonly size: string }>(
  "network/one-source",
  "error",
  'Times in brackets are those of one source. Those of several stand in a file, `spikes(file("spikes.csv"))`, or in as many populations.',
  ({ name, size }) => ({
    message: `times in brackets are those of one source: \`${name}\` cannot be ${size}`,
    help: ["leave out the number, or give the spikes of each in a file"],
  }),
);

export const badTable = defineDiagnostic<{
  readonly path: string;
  readonly problem: string;
  readonly help: string | null;
}>(
  "network/bad-file",
  "error",
  "A file of spikes has the columns `t_ms,neuron`; a file of pairs has `source,target` and, where wanted, one for each weight, parameter, initial state or delay, with its unit: `source,target,w (nS),delay (ms)`. " +
    "Neurons are numbered from 0, in their populations.",
  ({ path, problem, help }) => ({ message: `"${path}": ${problem}`, help: help === null ? [] : [help] }),
);

function neurons(n: number): string {
  return n === 1 ? "one neuron" : `${n} neurons`;
}

function areThere(n: number): string {
  return n === 0 ? "are none" : n === 1 ? "is one" : `are ${n}`;
}

function renameAt(at: Span, near: readonly string[]): Fix[] {
  return near.slice(0, 1).map((name) => ({
    title: `replace by \`${name}\``,
    edits: [{ span: at, newText: name }],
    confidence: "likely" as const,
  }));
}
