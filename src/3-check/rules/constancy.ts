// What is constant is made of what is constant: constants of constants, defaults of parameters, refractory periods, initial values of nothing that has no value yet.
import { notConstant } from "../../diagnostics/model.ts";
import type { Span } from "../../base/source.ts";
import type { CheckedExperiment, CheckedExpr, CheckedNeuron, CheckedQuantity } from "../checked.ts";
import type { Say } from "../context.ts";
import { shortName } from "../measureReference.ts";
import { inOrder } from "../order.ts";
import { visit } from "../walk.ts";
import type { ModelRule } from "./all.ts";

/** On what a value depends in the end, each with a name to tell it by. */
interface Roots {
  readonly param: string | null;
  readonly state: string | null;
  readonly input: string | null;
  readonly time: string | null;
}

type RootKind = keyof Roots;

const NONE: Roots = { param: null, state: null, input: null, time: null };

const ALLOWED: Readonly<Record<"const" | "param" | "state" | "input", { readonly kinds: readonly RootKind[]; readonly words: string; readonly what: string }>> = {
  const: { kinds: [], words: "numbers and constants", what: "constant" },
  param: { kinds: ["param"], words: "parameters and constants", what: "the default of parameter" },
  state: { kinds: ["param", "state"], words: "parameters, constants and the initial values of states", what: "the initial value of state" },
  input: { kinds: ["param", "time"], words: "parameters, constants and the time", what: "the default of input" },
};

export const constantsAreConstant: ModelRule = ({ neuron }, say) => {
  const roots = rootsOf(neuron);
  for (const q of neuron.quantities) {
    if (q.role === "let") continue;
    const { kinds, words, what } = ALLOWED[q.role];
    for (const value of valuesOf(q)) report(value, kinds, words, `${what} \`${shortName(q.name)}\``, roots, say);
  }
  if (neuron.refractory !== null) report(neuron.refractory.duration, ALLOWED.param.kinds, ALLOWED.param.words, "the refractory period", roots, say);
};

/** The same for what an experiment sets. */
export function settingsAreConstant(experiment: CheckedExperiment, say: Say): void {
  const tables = new Map<CheckedNeuron, ReadonlyMap<CheckedQuantity, Roots>>();
  for (const { neuron, settings } of experiment.populations) {
    const roots = tables.get(neuron) ?? rootsOf(neuron);
    tables.set(neuron, roots);
    for (const { target, value } of settings) {
      const { role, name } = target.quantity;
      if (role !== "param" && role !== "state" && role !== "input") continue;
      const { kinds, words } = ALLOWED[role];
      const given = value.kind === "draw" ? [...value.arguments, value.min, value.max].filter((e) => e !== null) : value.kind === "expression" ? [value.expression] : value.elements;
      for (const e of given) report(e, kinds, words, `the value of \`${name}\``, roots, say);
    }
  }
}

function report(value: CheckedExpr, allowed: readonly RootKind[], words: string, what: string, roots: ReadonlyMap<CheckedQuantity, Roots>, say: Say): void {
  visit(value, (e) => {
    if (e.kind !== "quantity") return;
    const own = ownRoots(e.quantity, roots);
    for (const kind of ["input", "state", "time", "param"] as const) {
      const name = own[kind];
      if (name === null || allowed.includes(kind)) continue;
      const root = kind === "time" ? "the time" : `the ${kind === "param" ? "parameter" : kind} \`${shortName(name)}\``;
      const culprit = e.quantity.role === "let" ? `\`${shortName(e.quantity.name)}\`, which depends on ${root}` : root;
      const declared: Span = e.quantity.origin;
      say(notConstant(e.origin, { what, allowed: words, culprit, because: { span: declared, text: "declared here" } }));
      return;
    }
  });
}

function ownRoots(q: CheckedQuantity, roots: ReadonlyMap<CheckedQuantity, Roots>): Roots {
  switch (q.role) {
    case "const":
      return NONE;
    case "let":
      return roots.get(q) ?? NONE;
    default:
      return { ...NONE, [q.role]: q.name };
  }
}

/** Of the lets; each after those it is made of. */
function rootsOf(neuron: CheckedNeuron): ReadonlyMap<CheckedQuantity, Roots> {
  const lets = new Map(neuron.quantities.filter((q) => q.role === "let").map((q) => [q.name, q]));
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
      });
    }
    roots.set(q, own);
  }
  return roots;
}

function merge(a: Roots, b: Roots): Roots {
  return { param: a.param ?? b.param, state: a.state ?? b.state, input: a.input ?? b.input, time: a.time ?? b.time };
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
