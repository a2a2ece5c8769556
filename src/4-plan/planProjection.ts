// The plan of one projection: what spikes do on their way through its connections, and how the connections' own states move.
import { evaluate } from "../algebra/evaluate.ts";
import type { Expr } from "../algebra/expression.ts";
import { number, symbol } from "../algebra/expression.ts";
import { fold } from "../algebra/simplify.ts";
import { substitute, symbolsOf } from "../algebra/traverse.ts";
import { present } from "../base/invariant.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { badDelay, delayedInput, negativeDelay } from "../diagnostics/network.ts";
import { sliceOutside } from "../diagnostics/experiment.ts";
import { methodNotAdmitted } from "../diagnostics/plan.ts";
import {
  STEP,
  TIME,
  agoAt,
  agoSymbol,
  atEnd,
  endSymbol,
  isSetup,
  isShown,
  setupSymbol,
  writtenSymbol,
} from "./symbols.ts";
import { canonicalUnit } from "../quantities/unit.ts";
import type { CheckedEndpoint, CheckedExperiment, CheckedExpr, End } from "../3-check/checked.ts";
import { couplingsOf, livesAt, type PlacedSynapse } from "./attach.ts";
import { elementary } from "./elementary.ts";
import { UNBOUND, type Lowering } from "./lower.ts";
import type { Equation } from "./equations.ts";
import { isAdaptiveName } from "../methods/methods.ts";
import { chooseMethods } from "./chooseMethods.ts";
import {
  type AssignmentPlan,
  type ConnectionValuePlan,
  type EndPlan,
  type ParameterPlan,
  type PopulationPlan,
  type ProjectionPlan,
  type RulePlan,
  type ValuePlan,
  withParts,
} from "./plan.ts";
import type { Setup } from "./setup.ts";
import { aheadOf, motionOf, reached } from "./motion.ts";
import type { LostArrivals } from "./lostArrivals.ts";
import { isEnd, nameOf, sharedName, type Line, type SynapseStudy } from "./synapse.ts";
import { oneLine, shownUnit } from "./units.ts";
import { drawsOf, inOrder, saidOf } from "./values.ts";

/** A population as its connections see it. */
export interface Face {
  readonly plan: PopulationPlan;
  readonly lower: Lowering;
}

/** Parameters that all connections of a `connect` share, as parameters of the set-up. */
export function sharedParameters(studies: readonly SynapseStudy[]): readonly ParameterPlan[] {
  const result = new Map<string, ParameterPlan>();
  for (const study of studies) {
    for (const { name, quantity, positions } of study.constants) {
      const shared = sharedName(study.projection.connection, name);
      if (study.varying.has(name) || result.has(shared)) continue;
      result.set(shared, {
        name: shared,
        unit: canonicalUnit(quantity.dimension).text,
        shown: { unit: quantity.unit.text, value: saidOf(quantity, positions, study.projection.settings) },
        doc: quantity.doc,
        value: present(study.values.get(name), name),
        perNeuron: false,
      });
    }
  }
  return inSetupOrder([...result.values()]);
}

function inSetupOrder(parameters: readonly ParameterPlan[]): readonly ParameterPlan[] {
  return inOrder(parameters.map((p) => ({ ...p, name: setupSymbol(p.name) }))).map((p) => ({
    ...p,
    name: writtenSymbol(p.name),
  }));
}

export function planProjection(
  synapse: PlacedSynapse,
  faces: ReadonlyMap<string, Face>,
  experiment: CheckedExperiment,
  setup: Setup,
  step: number,
  diagnostics: Diagnostic[],
): Omit<ProjectionPlan, keyof LostArrivals> {
  const { study, placement } = synapse;
  const { projection } = study;
  const source = present(faces.get(projection.source.population), projection.source.population);
  const target = present(faces.get(projection.target.population), projection.target.population);
  const atEnds = endsOf(synapse, source, target);

  const moved = new Set(
    study.equations.filter((l) => placement.place.get(l.element) === "connection").map((l) => l.element),
  );
  const assigned = new Set([...study.onPre, ...study.onPost].filter((l) => l.end === null).map((l) => l.element));
  const columns = projection.rule.kind === "file" ? projection.rule.columns : new Map<string, readonly number[]>();
  const values = [
    ...study.constants.filter((c) => study.varying.has(c.name)),
    ...study.states.filter((s) => placement.place.get(s.name) === "connection"),
  ].map(({ name, quantity }): ConnectionValuePlan => {
    const column = columns.get(name);
    return {
      name,
      role: quantity.role === "state" ? "state" : quantity.role === "weight" ? "weight" : "param",
      unit: canonicalUnit(quantity.dimension).text,
      shown: shownUnit(quantity.unit),
      doc: quantity.doc,
      value:
        column === undefined
          ? valueAtEnds(present(study.values.get(name), name), atEnds)
          : { kind: "column", values: column },
      single: quantity.single,
      changes: moved.has(name) || assigned.has(name),
    };
  });

  refuseDelayedInputs(study, atEnds, diagnostics);
  const onPre = arrivals(synapse, "pre", atEnds);
  const onPost = arrivals(synapse, "post", atEnds);
  const delay = planDelay(study, setup, step, diagnostics);
  const couplings = couplingsOf(synapse).map((c) => ({ ...c, plan: { ...c.plan, value: atEnds(c.plan.value) } }));
  const moving = couplings.filter((c) => c.moves).map((c) => c.plan);
  const { groups, ahead } = connectionGroups(
    synapse,
    moved,
    new Set(moving.flatMap((c) => [...symbolsOf(c.value)])),
    values,
    atEnds,
    { pre: source.plan, post: target.plan },
    experiment,
    diagnostics,
  );
  const sourceEnd = endPlan(projection.source, source.plan, setup, diagnostics);
  const targetEnd = endPlan(projection.target, target.plan, setup, diagnostics);
  return {
    name: `${projection.drawnAs} ${endName(sourceEnd)}->${endName(targetEnd)}`,
    connection: projection.connection,
    synapse: projection.synapse.name,
    doc: projection.doc,
    text: oneLine(projection.origin.source.text.slice(projection.origin.start, projection.origin.end)),
    origin: projection.origin,
    delayOrigin: projection.delay?.origin ?? projection.origin,
    source: sourceEnd,
    target: targetEnd,
    rule: planRule(study, atEnds, setup),
    delay:
      columns.has("delay") && !study.oneDelay
        ? { kind: "column", values: present(columns.get("delay"), "delay") }
        : valueAtEnds(delay, atEnds),
    oneDelay: study.oneDelay,
    values: inValueOrder(values),
    groups,
    onPre,
    onPost,
    couplings: couplings.map((c) => c.plan),
    motions: moving.flatMap((c) => motionOf(c, groups)),
    ahead,
    places: placement.explained,
  };
}

/** Names of draws are those of one projection each: neurons that one `connect` names twice are connected by other draws. */
export function drawnApart(projections: readonly ProjectionPlan[]): readonly ProjectionPlan[] {
  const used = new Set<string>();
  return projections.map((p) => {
    let name = p.name;
    for (let n = 2; used.has(name); n++) name = `${p.name} (${n})`;
    used.add(name);
    return name === p.name ? p : { ...p, name };
  });
}

/**
 * The projections of one `connect` share what lives at a neuron: a spike changes it once, in the last projection that has the neuron at that end, when the
 * connections of all of them have read it. At targets that is the last of the population: what is not in its slice moves with it, and nobody else moves it.
 */
export function onceAtNeurons(projections: readonly ProjectionPlan[]): readonly ProjectionPlan[] {
  return projections.map((p, k): ProjectionPlan => {
    const later = projections.slice(k + 1).filter((q) => q.connection === p.connection);
    return {
      ...p,
      onPre: later.some((q) => overlap(q.source, p.source)) ? { ...p.onPre, atNeuron: [] } : p.onPre,
      onPost: later.some((q) => q.target.population === p.target.population) ? { ...p.onPost, atNeuron: [] } : p.onPost,
    };
  });
}

function overlap(a: EndPlan, b: EndPlan): boolean {
  return a.population === b.population && a.first <= (b.last ?? Infinity) && b.first <= (a.last ?? Infinity);
}

/** An expression of a population as one of its connections reads it: white noise has no value. */
function seenFrom(end: End, e: Expr, plan: PopulationPlan, symbolAt: typeof endSymbol): Expr {
  const noises = new Set(plan.noises.map((n) => n.symbol));
  const fixed = new Set(plan.parameters.map((p) => p.name));
  const renamed = new Map<string, Expr>(
    [...symbolsOf(e)]
      .filter((s) => !isSetup(s) && s !== STEP && s !== TIME)
      .map((s) => [s, noises.has(s) ? number(0) : symbol((fixed.has(s) ? endSymbol : symbolAt)(end, s))]),
  );
  return fold(substitute(e, renamed));
}

/** Turns expressions of the plain view into those of connections: states that live at neurons are found there, lets and inputs of the neurons written out. */
type AtEnds = (e: Expr) => Expr;

function endsOf({ study, placement }: PlacedSynapse, source: Face, target: Face): AtEnds {
  const { connection } = study.projection;
  const meaningOf = (s: string): Expr | null => {
    const place = placement.place.get(s);
    if (place !== undefined && place !== "connection")
      return symbol(endSymbol(livesAt("pre", place) ? "pre" : "post", sharedName(connection, s)));
    const ago = agoAt(s);
    const far = ago ?? atEnd(s);
    if (far === null) return null;
    const { plan } = far.end === "pre" ? source : target;
    if (plan.parameters.some((p) => p.name === far.of)) return null;
    const written = plan.observables.find((o) => o.name === far.of);
    return written === undefined ? null : seenFrom(far.end, written.value, plan, ago === null ? endSymbol : agoSymbol);
  };
  return (e) => {
    const meaning = new Map<string, Expr>();
    for (const s of symbolsOf(e)) {
      const known = meaningOf(s);
      if (known !== null) meaning.set(s, known);
    }
    return meaning.size === 0 ? e : fold(substitute(e, meaning));
  };
}

function valueAtEnds(value: ValuePlan, go: AtEnds): ValuePlan {
  return value.kind === "expression" ? { kind: "expression", expression: go(value.expression) } : withParts(value, go);
}

function arrivals(synapse: PlacedSynapse, end: End, atEnds: AtEnds): ProjectionPlan["onPre"] {
  const { study, placement } = synapse;
  const { connection } = study.projection;
  const lines = end === "pre" ? study.onPre : study.onPost;
  const alone = (l: Line): boolean =>
    l.end === null && livesAt(end, placement.place.get(l.element)) && placement.place.get(l.element) !== "summed";
  const assignment = (l: Line, state: string): AssignmentPlan => {
    const value = l.lower(study.plain);
    return {
      state,
      draws: drawsOf(value, study.plain).map(({ name, value: draw }) => ({ name, value: withParts(draw, atEnds) })),
      value: atEnds(value),
      text: l.text,
      origin: l.origin,
    };
  };
  const written = (l: Line): string => {
    if (l.end !== null) return endSymbol(l.end, l.element);
    const place = placement.place.get(l.element);
    return livesAt("post", place)
      ? endSymbol("post", sharedName(connection, l.element))
      : livesAt("pre", place)
        ? endSymbol("pre", sharedName(connection, l.element))
        : l.element;
  };
  return {
    perConnection: lines.filter((l) => !alone(l)).map((l) => assignment(l, written(l))),
    atNeuron: lines.filter(alone).map((l) => assignment(l, written(l))),
  };
}

function inValueOrder(values: readonly ConnectionValuePlan[]): readonly ConnectionValuePlan[] {
  const fixed = values.map((v) => ({
    ...v,
    value: v.value.kind === "column" ? { kind: "expression" as const, expression: number(0) } : v.value,
  }));
  const byName = new Map(values.map((v) => [v.name, v]));
  return inOrder(fixed).map((v) => present(byName.get(v.name), v.name));
}

/** The equations of what lives at connections, `moved`, and of what they and `read` read of the synapse's states that live at neurons. */
function connectionGroups(
  { study, placement }: PlacedSynapse,
  moved: ReadonlySet<string>,
  read: ReadonlySet<string>,
  values: readonly ConnectionValuePlan[],
  atEnds: AtEnds,
  neurons: Readonly<Record<End, PopulationPlan>>,
  experiment: CheckedExperiment,
  diagnostics: Diagnostic[],
): Pick<ProjectionPlan, "groups" | "ahead"> {
  const own = study.equations.filter((l) => placement.place.get(l.element) !== "summed");
  const all = own.map((l): Equation => ({
    state: moved.has(l.element) ? l.element : nameOf(atEnds(symbol(l.element))),
    value: atEnds(l.lower(study.plain)),
    text: l.text,
    origin: l.origin,
  }));
  const needed = reached(all, new Set([...moved, ...read]));
  const ahead = lookedAhead(needed, neurons);
  const equations = [...needed, ...ahead.map((a) => a.equation)];
  const moving = new Set(equations.map((e) => e.state));
  const known = new Map(own.map((l, k) => [present(all[k], l.text).state, l.element]));
  const system = {
    equations,
    rank: (state: string) => study.alike.ofSymbol(known.get(state) ?? state),
    isPotential: () => false,
    noises: new Set<string>(),
    parameters: new Set(values.filter((v) => !v.changes).map((v) => v.name)),
    still: new Set([
      ...equations.flatMap((e) =>
        [...symbolsOf(e.value)].filter((s) => (isEnd(s) || agoAt(s) !== null) && !moving.has(s)),
      ),
      ...values.filter((v) => v.changes && !moved.has(v.name)).map((v) => v.name),
    ]),
    calculus: null,
  };
  // Adaptive steps are for neurons: a connection has no step of its own to keep between events.
  const adaptive = isAdaptiveName(experiment.method.name);
  const { groups, refusal } = chooseMethods(
    system,
    adaptive ? "auto" : experiment.method.name,
    experiment.method.tolerance,
  );
  const guilty = adaptive
    ? groups.find((g) => g.method !== "exact")?.equations.find((e) => moved.has(e.state))
    : undefined;
  const refused =
    refusal ??
    (guilty === undefined
      ? null
      : {
          equation: { ...guilty, value: guilty.drift },
          why: "it is a connection's, and connections have no adaptive steps",
        });
  if (refused !== null) {
    const methodAt =
      experiment.method.origin === null ? null : { span: experiment.method.origin, text: "asked for here" };
    diagnostics.push(
      methodNotAdmitted(refused.equation.origin, {
        method: experiment.method.name,
        equation: refused.equation.text,
        why: refused.why,
        methodAt,
      }),
    );
  }
  return { groups, ahead: ahead.map(({ end, state }) => ({ end, state })) };
}

/** How the neurons' own states move that these equations read. */
function lookedAhead(
  equations: readonly Equation[],
  neurons: Readonly<Record<End, PopulationPlan>>,
): { readonly end: End; readonly state: string; readonly equation: Equation }[] {
  const known = new Set(equations.map((e) => e.state));
  return equations.flatMap((equation) =>
    [...symbolsOf(equation.value)].flatMap((s) => {
      const ago = agoAt(s);
      const far = ago ?? atEnd(s);
      if (far === null || known.has(s) || !isShown(far.of)) return [];
      const { end, of: state } = far;
      if (!neurons[end].groups.some((g) => g.states.includes(state))) return [];
      known.add(s);
      const symbolAt = (of: string): string => (ago === null ? endSymbol(end, of) : agoSymbol(end, of));
      return [{ end, state, equation: aheadOf(symbolAt, state, equation) }];
    }),
  );
}

/** What connections give to an input has no past. */
function refuseDelayedInputs(
  { equations, contributions, plain, projection }: SynapseStudy,
  atEnds: AtEnds,
  diagnostics: Diagnostic[],
): void {
  for (const l of [...equations, ...contributions]) {
    const value = l.lower(plain);
    for (const s of symbolsOf(value)) {
      if (agoAt(s) === null) continue;
      const given = [...symbolsOf(atEnds(symbol(s)))]
        .flatMap((part) => agoAt(part)?.of ?? [])
        .find((of) => of.includes("~"));
      if (given === undefined) continue;
      diagnostics.push(
        delayedInput(l.origin, { connection: projection.connection, read: writtenSymbol(s), by: givenTo(given) }),
      );
    }
  }
}

/** The input that a sum over connections is given to: `I_e` of `#in:I_e~exc`. */
function givenTo(sum: string): string {
  return writtenSymbol(sum).split("~")[0] ?? "";
}

/** Steps are counted in 32 bits. */
const MOST = 2147483647;

/** That it is rounded the checker has told. */
function planDelay(study: SynapseStudy, setup: Setup, step: number, diagnostics: Diagnostic[]): ValuePlan {
  const { delay, projection, oneDelay } = study;
  if (delay === null) return { kind: "expression", expression: number(0) };
  if (oneDelay && delay.kind === "expression") {
    const time = evaluate(delay.expression, (s) => (s === STEP ? step : setup.value(s)), elementary);
    const origin = projection.delay?.origin ?? projection.origin;
    if (time < 0) diagnostics.push(negativeDelay(origin, { value: `${time} ms` }));
    else if (!(time <= MOST * step))
      diagnostics.push(
        badDelay(origin, {
          value: `${time} ms`,
          most: Number.isFinite(time) ? `${Number((MOST * step).toPrecision(12))} ms` : null,
        }),
      );
  }
  return delay;
}

/** With its slice: the name is what random draws are for, and those of two slices are others. */
function endName({ population, first, last }: EndPlan): string {
  return last === null ? population : `${population}[${first === last ? first : `${first}..${last}`}]`;
}

function endPlan(end: CheckedEndpoint, population: PopulationPlan, setup: Setup, diagnostics: Diagnostic[]): EndPlan {
  if (end.slice === null) return { population: population.name, first: 0, last: null, slice: null };
  const slice = { first: fold(setup.expression(end.slice.from)), last: fold(setup.expression(end.slice.to)) };
  const [first, last] = [slice.first, slice.last].map((e) => evaluate(e, setup.value, elementary)) as [number, number];
  const inside =
    Number.isInteger(first) && Number.isInteger(last) && first >= 0 && last < population.size && first <= last;
  if (!inside)
    diagnostics.push(
      sliceOutside(end.origin, {
        population: population.name,
        size: String(population.size),
        from: String(first),
        to: String(last),
      }),
    );
  return { population: population.name, first, last, slice };
}

function planRule(study: SynapseStudy, atEnds: AtEnds, setup: Setup): RulePlan {
  const { rule } = study.projection;
  const over = (e: CheckedExpr): Expr => atEnds(fold(study.plain.expression(e, UNBOUND)));
  const shared = {
    where: rule.where === null ? null : over(rule.where),
    self: rule.self,
    multiple: rule.multiple,
    origin: rule.origin,
  };
  if (rule.kind === "file")
    return { kind: "file", path: rule.path, sources: rule.sources, targets: rule.targets, ...shared };
  const taken = rule.arguments.map(({ name, is, value }) => ({
    name,
    is,
    value: is === "probability" ? over(value) : setup.expression(value),
  }));
  return { kind: rule.kind, arguments: taken, ...shared };
}
