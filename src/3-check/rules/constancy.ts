// What is constant is made of what is constant: constants of constants, defaults of parameters, refractory periods, initial values of nothing that has no value yet.
import { notConstant } from "../../diagnostics/model.ts";
import type { Span } from "../../base/source.ts";
import type {
  CheckedExperiment,
  CheckedExpr,
  CheckedNeuron,
  CheckedQuantity,
  CheckedSetting,
  CheckedSynapse,
  End,
} from "../checked.ts";
import type { Say } from "../context.ts";
import { shortName } from "../measureReference.ts";
import { inOrder } from "../order.ts";
import { nameOfPast, pastsIn } from "../pasts.ts";
import { drawParts, visit } from "../walk.ts";
import type { ModelRule, SynapseRule } from "./rule.ts";

/** On what a value depends in the end, each with a name to tell it by. */
interface Roots {
  readonly param: string | null;
  readonly weight: string | null;
  readonly state: string | null;
  readonly input: string | null;
  readonly time: string | null;
}

type RootKind = keyof Roots;

const NONE: Roots = { param: null, weight: null, state: null, input: null, time: null };

type Settled = Exclude<CheckedQuantity["role"], "let">;
type Allowed = Readonly<
  Record<Settled, { readonly kinds: readonly RootKind[]; readonly words: string; readonly what: string }>
>;

const ALLOWED: Allowed = {
  const: { kinds: [], words: "numbers and constants", what: "constant" },
  param: { kinds: ["param"], words: "parameters and constants", what: "the default of parameter" },
  weight: { kinds: ["param", "weight"], words: "parameters, weights and constants", what: "the default of weight" },
  state: {
    kinds: ["param", "weight", "state"],
    words: "parameters, constants and the initial values of states",
    what: "the initial value of state",
  },
  input: { kinds: ["param", "time"], words: "parameters, constants and the time", what: "the default of input" },
};

/** What depends on what: the quantities of a model, and in a synapse those at its ends. */
interface Dependences {
  readonly own: ReadonlyMap<CheckedQuantity, Roots>;
  readonly ends: Readonly<Record<End, ReadonlyMap<CheckedQuantity, Roots>>> | null;
}

export const constantsAreConstant: ModelRule = ({ neuron }, say) => {
  const roots: Dependences = { own: rootsOf(neuron.quantities, null), ends: null };
  defaultsAreConstant(neuron.quantities, roots, say);
  for (const past of pastsIn(neuron)) {
    const what = `how long ago \`${shortName(nameOfPast(past))}\` is read`;
    report(past.delay, ["param"], "parameters and constants", what, roots, say);
  }
  // Read once, at the spike: what its reset has made of the states is a number by then.
  if (neuron.refractory !== null)
    report(
      neuron.refractory.duration,
      ["param", "state"],
      "parameters, constants and states",
      "the refractory period",
      roots,
      say,
    );
  for (const { every } of neuron.events)
    for (const time of every === null ? [] : [every.period, every.from, every.to])
      if (time !== null) report(time, ["param"], "parameters and constants", "the time of an event", roots, say);
};

export const constantsOfSynapses: SynapseRule = ({ synapse, ends }, say) => {
  const [pre, post] = [ends.pre, ends.post].map((end) =>
    [...(end?.table.quantities.values() ?? [])].map((k) => k.quantity),
  );
  defaultsAreConstant(synapse.quantities, dependencesOf(synapse, pre, post), say);
};

function defaultsAreConstant(quantities: readonly CheckedQuantity[], roots: Dependences, say: Say): void {
  for (const q of quantities) {
    if (q.role === "let") continue;
    const { kinds, words, what } = ALLOWED[q.role];
    for (const value of valuesOf(q))
      report(value, kinds, words, `${what} \`${shortName(q.name)}\``, roots, say, q.role === "const");
  }
}

/** The same for what an experiment sets. */
export function settingsAreConstant(experiment: CheckedExperiment, say: Say): void {
  const tables = new Map<CheckedNeuron, ReadonlyMap<CheckedQuantity, Roots>>();
  for (const { neuron, settings } of experiment.populations) {
    const roots = tables.get(neuron) ?? rootsOf(neuron.quantities, null);
    tables.set(neuron, roots);
    constantSettings(settings, { own: roots, ends: null }, say);
  }
  for (const projection of experiment.projections) {
    const [pre, post] = [projection.source, projection.target].map(
      (e) => experiment.populations.find((p) => p.name === e.population)?.neuron.quantities,
    );
    const roots = dependencesOf(projection.synapse, pre, post);
    constantSettings(projection.settings, roots, say);
    const { kinds } = ALLOWED.weight;
    const words = "parameters, constants and initial states";
    if (projection.delay !== null)
      for (const e of givenIn(projection.delay.value))
        report(e, kinds, words, `the delay of \`${projection.connection}\``, roots, say);
    const { rule } = projection;
    const chances = rule.kind === "file" ? [] : rule.arguments.filter((a) => a.is === "probability");
    for (const e of [rule.where, ...chances.map((a) => a.value)])
      if (e !== null) report(e, kinds, words, `the rule of \`${projection.connection}\``, roots, say);
  }
}

function constantSettings(settings: readonly CheckedSetting[], roots: Dependences, say: Say): void {
  for (const { target, value } of settings) {
    const { role, name } = target.quantity;
    if (role === "let" || role === "const") continue;
    const { kinds, words } = ALLOWED[role];
    for (const e of givenIn(value)) report(e, kinds, words, `the value of \`${name}\``, roots, say);
  }
}

function givenIn(value: CheckedSetting["value"]): readonly CheckedExpr[] {
  if (value.kind === "draw") return drawParts(value);
  return value.kind === "expression" ? [value.expression] : value.elements;
}

/** With the quantities of the neurons at its ends. */
function dependencesOf(
  synapse: CheckedSynapse,
  pre: readonly CheckedQuantity[] = [],
  post: readonly CheckedQuantity[] = [],
): Dependences {
  const known = { pre: rootsOf(pre, null), post: rootsOf(post, null) };
  return { own: rootsOf(synapse.quantities, known), ends: known };
}

/** Parameters and initial states of the neurons are there before anything is connected; a constant depends on nothing that differs. */
function report(
  value: CheckedExpr,
  allowed: readonly RootKind[],
  words: string,
  what: string,
  roots: Dependences,
  say: Say,
  isConst = false,
): void {
  visit(value, (e) => {
    if (e.kind !== "quantity" && e.kind !== "end") return;
    const own = rootsIn(e, roots);
    const name = e.kind === "end" ? `${e.end}.${e.quantity.name}` : shortName(e.quantity.name);
    if (e.kind === "end" && isConst) {
      say(
        notConstant(e.origin, {
          what,
          allowed: words,
          culprit: `\`${name}\` of the neuron`,
          because: { span: e.quantity.origin, text: "declared here" },
        }),
      );
      return;
    }
    for (const kind of ["input", "state", "time", "weight", "param"] as const) {
      const root = own[kind];
      if (root === null || allowed.includes(kind)) continue;
      const rootWords =
        kind === "time"
          ? "the time"
          : `the ${kind === "param" ? "parameter" : kind} \`${e.kind === "end" && e.quantity.role !== "let" ? name : shortName(root)}\``;
      const culprit = e.quantity.role === "let" ? `\`${name}\`, which depends on ${rootWords}` : rootWords;
      const declared: Span = e.quantity.origin;
      say(notConstant(e.origin, { what, allowed: words, culprit, because: { span: declared, text: "declared here" } }));
      return;
    }
  });
}

/** Of a neuron at an end, what is no value at the beginning: inputs and the time. */
function rootsIn(e: Extract<CheckedExpr, { kind: "quantity" | "end" }>, { own, ends }: Dependences): Roots {
  if (e.kind === "quantity") return ownRoots(e.quantity, own);
  const { input, time } = ends === null ? NONE : ownRoots(e.quantity, ends[e.end]);
  return { ...NONE, input, time };
}

function ownRoots(q: CheckedQuantity, roots: ReadonlyMap<CheckedQuantity, Roots>): Roots {
  switch (q.role) {
    case "const":
      return NONE;
    case "let":
      return roots.get(q) ?? ROOTS.get(q) ?? NONE;
    default:
      return { ...NONE, [q.role]: q.name };
  }
}

/** Of all lets of neurons that were asked about: a child may have those of its parent. */
const ROOTS = new WeakMap<CheckedQuantity, Roots>();

/** Of the lets; each after those it is made of. */
function rootsOf(
  quantities: readonly CheckedQuantity[],
  ends: Dependences["ends"],
): ReadonlyMap<CheckedQuantity, Roots> {
  const lets = new Map(quantities.filter((q) => q.role === "let").map((q) => [q.name, q]));
  const order = inOrder(lets.keys(), (name) => valuesOf(lets.get(name)).flatMap((v) => letsIn(v)));
  const roots = new Map<CheckedQuantity, Roots>();
  for (const name of order.sequence) {
    const q = lets.get(name);
    if (q === undefined) continue;
    let own = NONE;
    for (const value of valuesOf(q)) {
      visit(value, (e) => {
        if (e.kind === "time") own = { ...own, time: "t" };
        // The objects inside an expression are those of an earlier pass where a declaration is circular: names decide.
        if (e.kind === "quantity") own = merge(own, ownRoots(lets.get(e.quantity.name) ?? e.quantity, roots));
        if (e.kind === "end") own = merge(own, rootsIn(e, { own: roots, ends }));
      });
    }
    roots.set(q, own);
    if (ends === null) ROOTS.set(q, own);
  }
  return roots;
}

function merge(a: Roots, b: Roots): Roots {
  return {
    param: a.param ?? b.param,
    weight: a.weight ?? b.weight,
    state: a.state ?? b.state,
    input: a.input ?? b.input,
    time: a.time ?? b.time,
  };
}

function letsIn(expr: CheckedExpr): string[] {
  const names: string[] = [];
  visit(expr, (e) => {
    if (e.kind === "quantity" && e.quantity.role === "let") names.push(e.quantity.name);
  });
  return names;
}

function valuesOf(q: CheckedQuantity | undefined): readonly CheckedExpr[] {
  if (q?.value == null) return [];
  return q.value.kind === "expression" ? [q.value.expression] : q.value.elements;
}
