// White noise enters linearly, and where a state multiplies it the model says in which sense. Through lets and inputs, too.
import { assertNever } from "../../base/invariant.ts";
import { append } from "../../base/lists.ts";
import { textOf } from "../../base/source.ts";
import type { Span } from "../../base/source.ts";
import { cycle } from "../../diagnostics/names.ts";
import { interpretationNeeded, misplacedNoise, notLinear } from "../../diagnostics/noise.ts";
import type { CheckedExperiment, CheckedExpr, CheckedNeuron, CheckedQuantity } from "../checked.ts";
import type { Say } from "../context.ts";
import { inOrder } from "../order.ts";
import { fold, visit } from "../walk.ts";
import type { ModelRule } from "./rule.ts";

/** States that occur in an expression: those of its parts, which are listed only where they are told. */
type Occurring = string | readonly Occurring[];

/** What is known of an expression in which noise may occur. */
interface Noisy {
  /** Where the noise stands; null where there is none. */
  readonly noise: Span | null;
  readonly states: Occurring | null;
  /** Where a state multiplies noise. */
  readonly multiplied: { readonly at: Span; readonly states: Occurring; readonly noise: Span } | null;
  readonly broken: { readonly at: Span; readonly where: string; readonly noise: Span } | null;
}

type Finding = {
  readonly kind: "multiplied" | "broken";
  readonly at: Span;
  readonly noise: Span;
  readonly states: readonly string[];
  readonly where: string;
};

const QUIET: Noisy = { noise: null, states: null, multiplied: null, broken: null };

export const noiseIsLinear: ModelRule = ({ neuron, resolved }, say) => {
  for (const f of findings(neuron, new Map(), say, true)) {
    // A parent that was not found may say how it is meant.
    if (f.kind === "multiplied" && resolved.damaged) continue;
    const inside = f.noise.source === f.at.source && f.noise.start >= f.at.start && f.noise.end <= f.at.end;
    const other = inside ? null : f.noise;
    if (f.kind === "broken")
      say(notLinear(f.at, { where: f.where, through: other === null ? null : { name: textOf(other), at: other } }));
    else say(interpretationNeeded(f.at, { states: f.states, model: neuron.name, noise: other }));
  }
};

/** Noise that an experiment gives to an input goes wherever the input goes. */
export function noiseOfSettings(experiment: CheckedExperiment, say: Say): void {
  for (const { neuron, settings } of experiment.populations) {
    const given = new Map<string, Span>();
    for (const { target, value } of settings) {
      if (value.kind !== "expression") continue;
      const own = classify(value.expression, NOTHING_KNOWN);
      if (own.broken !== null) say(notLinear(own.broken.at, { where: own.broken.where, through: null }));
      else if (own.noise !== null) given.set(target.quantity.name, own.noise);
    }
    if (given.size === 0) continue;
    const here = new Set([...given.values()]);
    for (const f of findings(neuron, given, () => undefined)) {
      if (!here.has(f.noise)) continue;
      if (f.kind === "broken")
        say({
          ...notLinear(f.noise, { where: f.where, through: null }),
          secondary: [{ span: f.at, text: "the input is read here" }],
        });
      else
        say({
          ...interpretationNeeded(f.noise, { states: f.states, model: neuron.name, noise: null }),
          secondary: [{ span: f.at, text: "multiplied here" }],
        });
    }
  }
}

/** A synapse reads values of an instant, and white noise has none: it must not come in by an input of the neurons. */
export function noNoiseAtEnds(experiment: CheckedExperiment, say: Say): void {
  const noisy = new Map(
    experiment.populations.map(({ name, neuron, settings }) => {
      const given = new Map(
        settings.flatMap(({ target, value }) => {
          const noise = value.kind === "expression" ? classify(value.expression, NOTHING_KNOWN).noise : null;
          return noise === null ? [] : [[target.quantity.name, noise] as const];
        }),
      );
      return [name, classifyQuantities(neuron, given, () => undefined)] as const;
    }),
  );
  for (const { synapse, source, target } of experiment.projections) {
    const at = { pre: source.population, post: target.population };
    const values = synapse.quantities.flatMap((q) =>
      q.value === null ? [] : q.value.kind === "expression" ? [q.value.expression] : q.value.elements,
    );
    for (const value of [
      ...values,
      ...[...synapse.equations, ...synapse.contributions, ...synapse.onPre, ...synapse.onPost].map((s) => s.value),
    ]) {
      visit(value, (e) => {
        const noise = e.kind === "end" ? (noisy.get(at[e.end])?.get(e.quantity.name)?.noise ?? null) : null;
        if (noise !== null && e.kind === "end")
          say({
            ...misplacedNoise(e.origin, { where: "in a synapse", within: "synapse" }),
            secondary: [{ span: noise, text: `\`${e.end}.${e.quantity.name}\` carries this noise` }],
            help: [],
          });
      });
    }
  }
}

/** Of lets and inputs as models have them, without what experiments give: a child may have those of its parent. */
const OF_MODELS = new WeakMap<CheckedQuantity, Noisy>();

function findings(neuron: CheckedNeuron, given: ReadonlyMap<string, Span>, say: Say, isModel = false): Finding[] {
  const known = classifyQuantities(neuron, given, say);
  if (isModel) for (const q of neuron.quantities) OF_MODELS.set(q, known.get(q.name) ?? QUIET);
  const found: Finding[] = [];
  const add = (noisy: Noisy): void => {
    const { broken, multiplied } = noisy;
    // Several equations may read one let.
    if (found.some((f) => f.at === (broken ?? multiplied)?.at)) return;
    if (broken !== null) found.push({ kind: "broken", ...broken, states: [] });
    else if (multiplied !== null && neuron.calculus === null)
      found.push({ kind: "multiplied", ...multiplied, states: listed(multiplied.states), where: "" });
  };
  const knownOf = amongst(known);
  for (const c of [...neuron.contributions, ...neuron.equations]) add(classify(c.value, knownOf));
  const never = (value: CheckedExpr, where: string): void => {
    const { noise } = classify(value, knownOf);
    if (noise !== null) found.push({ kind: "broken", at: value.origin, where, noise, states: [] });
  };
  if (neuron.spike !== null)
    never(neuron.spike.value, neuron.spike.mode === "when" ? "in a spike condition" : "in a spike rate");
  for (const e of neuron.events) never(e.condition, "in a condition");
  for (const a of [...(neuron.reset ?? []), ...neuron.events.flatMap((e) => e.assignments)])
    never(a.value, "in a reset or an event");
  return found;
}

/** Lets and inputs, each after those it is made of. An input that contributes to itself is no sum. */
function classifyQuantities(
  neuron: CheckedNeuron,
  given: ReadonlyMap<string, Span>,
  say: Say,
): ReadonlyMap<string, Noisy> {
  const parts = new Map<string, { readonly quantity: CheckedQuantity; readonly values: CheckedExpr[] }>();
  for (const quantity of neuron.quantities) {
    if (quantity.role !== "let" && quantity.role !== "input") continue;
    const values =
      quantity.value === null
        ? []
        : quantity.value.kind === "expression"
          ? [quantity.value.expression]
          : [...quantity.value.elements];
    parts.set(quantity.name, { quantity, values });
  }
  for (const c of neuron.contributions) parts.get(c.target.quantity.name)?.values.push(c.value);
  const order = inOrder(parts.keys(), (name) => (parts.get(name)?.values ?? []).flatMap(namesIn));
  for (const names of order.cycles) {
    const members = names.flatMap((n) => parts.get(n)?.quantity ?? []);
    const [first] = members;
    if (first !== undefined)
      say(
        cycle(first.origin, {
          names: [...names],
          what: first.role,
          others: members.slice(1).map((m) => ({ name: m.name, at: m.origin })),
        }),
      );
  }
  const known = new Map<string, Noisy>();
  const knownOf = amongst(known);
  for (const name of order.sequence) {
    const setting = given.get(name);
    const all = (parts.get(name)?.values ?? []).map((v) => classify(v, knownOf));
    known.set(name, union(setting === undefined ? all : [{ ...QUIET, noise: setting }, ...all]));
  }
  return known;
}

/** What a let or an input stands for. */
type KnownOf = (quantity: CheckedQuantity) => Noisy;

const NOTHING_KNOWN: KnownOf = () => QUIET;

function amongst(known: ReadonlyMap<string, Noisy>): KnownOf {
  return (quantity) => known.get(quantity.name) ?? OF_MODELS.get(quantity) ?? QUIET;
}

function classify(expr: CheckedExpr, known: KnownOf): Noisy {
  return fold<Noisy>(expr, (e, parts) => {
    const both = union(parts);
    const noise = both.noise;
    const broken = (where: string): Noisy =>
      noise === null ? both : { ...both, broken: both.broken ?? { at: e.origin, where, noise } };
    switch (e.kind) {
      case "noise":
        return { ...QUIET, noise: e.origin };
      case "quantity": {
        const { role, name } = e.quantity;
        if (role === "state") return { ...QUIET, states: name };
        const through = role === "let" || role === "input" ? known(e.quantity) : QUIET;
        // What is wrong inside a contribution has been told there; a let matters where it is read.
        return role === "let" ? through : { ...through, multiplied: null, broken: null };
      }
      case "arithmetic":
        if (e.operator === "+" || e.operator === "-") return both;
        if (e.operator === "^") return broken("raised to a power");
        if (e.operator === "/" && parts[1]?.noise != null) return broken("in a denominator");
        return product(e, parts, both, broken);
      case "conditional": {
        if (parts[0]?.noise != null) return broken("in a condition");
        const states = parts[0]?.states ?? null;
        return noise !== null && states !== null
          ? { ...both, multiplied: both.multiplied ?? { at: e.origin, states, noise } }
          : both;
      }
      case "call":
        return broken(`inside \`${e.function}\``);
      case "comparison":
      case "logical":
      case "not":
        return broken("in a condition");
      case "stimulus":
        return broken("inside a stimulus");
      case "drawn":
        return broken("inside a draw");
      case "negate":
      case "sum":
        return both;
      // What it was depends on no noise of now.
      case "past":
      case "number":
      case "setup":
      case "index":
      case "time":
      case "step":
      case "neuron":
      case "listed":
      case "target":
      case "end":
        return QUIET;
      default:
        return assertNever(e);
    }
  });
}

function product(e: CheckedExpr, parts: readonly Noisy[], both: Noisy, broken: (where: string) => Noisy): Noisy {
  const [left = QUIET, right = QUIET] = parts;
  if (left.noise !== null && right.noise !== null) return broken("multiplied by other noise");
  const [noisy, factor] = left.noise !== null ? [left, right] : [right, left];
  if (noisy.noise === null || factor.states === null) return both;
  return { ...both, multiplied: both.multiplied ?? { at: e.origin, states: factor.states, noise: noisy.noise } };
}

function union(parts: readonly Noisy[]): Noisy {
  const [only] = parts;
  if (only === undefined) return QUIET;
  if (parts.length === 1) return only;
  const [states = null, ...more] = new Set(parts.map((p) => p.states).filter((s) => s !== null));
  return {
    noise: parts.find((p) => p.noise !== null)?.noise ?? null,
    states: states === null || more.length === 0 ? states : [states, ...more],
    multiplied: parts.find((p) => p.multiplied !== null)?.multiplied ?? null,
    broken: parts.find((p) => p.broken !== null)?.broken ?? null,
  };
}

/** Each once, in the order in which they occur. */
function listed(states: Occurring): readonly string[] {
  const seen = new Set<Occurring>();
  const stack = [states];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (typeof next !== "string") append(stack, next.toReversed());
  }
  return [...seen].filter((s) => typeof s === "string");
}

function namesIn(expr: CheckedExpr): string[] {
  const names: string[] = [];
  visit(expr, (e) => {
    if (e.kind === "quantity" && (e.quantity.role === "let" || e.quantity.role === "input"))
      names.push(e.quantity.name);
  });
  return names;
}
