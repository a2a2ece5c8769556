// How two experiments differ: their populations one by one, their connections, the clock and the methods.
import { append } from "../../base/lists.ts";
import { present } from "../../base/invariant.ts";
import { symbolsOf, substitute } from "../../algebra/traverse.ts";
import { symbol, type Expr } from "../../algebra/expression.ts";
import { evaluate } from "../../algebra/evaluate.ts";
import { equivalent } from "../../algebra/normalForm.ts";
import { TIME } from "../../quantities/dimension.ts";
import { canonicalUnit } from "../../quantities/unit.ts";
import type {
  CheckedExperiment,
  CheckedExpr,
  CheckedPopulation,
  CheckedProjection,
  CheckedQuantity,
  End,
} from "../../3-check/checked.ts";
import { elementary } from "../../4-plan/elementary.ts";
import { isAdaptive, shownGroups, type UpdateGroup } from "../../4-plan/plan.ts";
import { methodOf } from "../../methods/methods.ts";
import { atEnd, endSymbol, setupSymbol, symbolOf } from "../../4-plan/symbols.ts";
import { planSimulation } from "../../4-plan/planSimulation.ts";
import { orderedBy } from "../../4-plan/synapse.ts";
import { lowerSetup } from "../../4-plan/setup.ts";
import type { StructuralItem } from "../comparison.ts";
import { ANYWHERE, judge, type Verdict } from "./agree.ts";
import { changesBetween, UNDECIDED } from "./changes.ts";
import { joined, NO_PHRASES, type Difference, type Phrases, type Through } from "./difference.ts";
import { READINGS } from "./names.ts";
import { neuronSystem } from "./neuronSystem.ts";
import { isOnlyB, linksOf, near, onlyB, worst, type Pairing } from "./pairing.ts";
import { differenceFrom, valueWords } from "./phrases.ts";
import { seeThrough, type Swept } from "./seeThrough.ts";
import { projectionSystem, ruleText, withPairs } from "./synapseSystem.ts";
import { composed, setupView, type Outside, type SetupView, type System } from "./system.ts";
import { quantityText, writeExpression, writeValue } from "./write.ts";

/** What is recorded, seeds and names of experiments are no difference. Pure, and bounded whatever the models. */
export function differenceOfExperiments(
  a: CheckedExperiment,
  b: CheckedExperiment,
  swept: Swept = new Map(),
): Difference {
  const [p, q] = [circumstancesOf(a, b), circumstancesOf(b, a)];
  const populations = pairsOf(a.populations, b.populations);
  const alone =
    a.populations.length === 1 &&
    b.populations.length === 1 &&
    a.projections.length === 0 &&
    b.projections.length === 0;
  const found: ComparedPopulation[] = [];
  const parts: Difference[] = [setupDifference(a, b, p, q)];
  for (const [x, y] of populations) {
    if (x === null || y === null) {
      parts.push(ofPopulation(x, y, p, q));
      continue;
    }
    const [s, t] = [systemOf(x, a, p), systemOf(y, b, q)];
    const seen = seeThrough(s, t, undefined, swept);
    found.push({ a: x, b: y, pairing: seen.pairing, difference: differenceFrom(s, t, changesBetween(s, t, seen)) });
    parts.push(ofSize(x, y, p, q));
    if (!alone && x.name !== y.name)
      parts.push({ ...plain([], {}), through: [{ name: y.name, meaning: x.name, of: "b", kind: "renamed" }] });
  }
  append(
    parts,
    merged(
      found.map((f) => ({ name: f.a.name, difference: f.difference, isSource: f.a.source !== null })),
      alone,
      true,
    ),
  );
  append(parts, [...connections(a, b, p, q, found, swept), ofClock(a, b, p, q), ofMethods(a, b, found, alone)]);
  return joined(parts);
}

interface Circumstance {
  readonly setup: SetupView;
  readonly given: ReadonlyMap<string, number>;
  readonly all: ReadonlyMap<string, number>;
  numberOf(e: CheckedExpr): number;
  /** Of a size that follows nothing; Infinity where it can be set. */
  countOf(e: CheckedExpr): number;
  /** As a function of the parameters that both have. */
  meaningOf(e: CheckedExpr): Expr;
}

interface ComparedPopulation {
  readonly a: CheckedPopulation;
  readonly b: CheckedPopulation;
  readonly pairing: Pairing;
  readonly difference: Difference;
}

/** Parameters and constants of the set-up that both experiments have stay names; what only one has is the number that it is. */
function circumstancesOf(of: CheckedExperiment, other: CheckedExperiment): Circumstance {
  const setup = lowerSetup(of);
  const isValue = (q: CheckedQuantity): boolean => q.role === "param" || q.role === "const";
  const valueOf = (q: CheckedQuantity): number =>
    q.role === "param"
      ? setup.value(setupSymbol(q.name))
      : q.value?.kind === "expression"
        ? evaluate(setup.expression(q.value.expression), setup.value, elementary)
        : NaN;
  const all = new Map(of.setup.filter(isValue).map((q) => [setupSymbol(q.name), valueOf(q)]));
  const shared = new Set(
    of.setup
      .filter(
        (q) =>
          isValue(q) && other.setup.some((o) => isValue(o) && o.name === q.name && o.dimension.key === q.dimension.key),
      )
      .map((q) => setupSymbol(q.name)),
  );
  const view = setupView(all, shared);
  return {
    all,
    setup: view,
    meaningOf: (e) => view(setup.expression(e)),
    given: new Map([...all].filter(([name]) => shared.has(name))),
    numberOf: (e) => evaluate(setup.expression(e), setup.value, elementary),
    countOf: (e) => {
      const size = setup.expression(e);
      return symbolsOf(size).size === 0 ? evaluate(size, () => NaN, elementary) : Infinity;
    },
  };
}

function systemOf(
  { name, neuron, settings, source, size }: CheckedPopulation,
  of: CheckedExperiment,
  circumstance: Circumstance,
): System {
  const { setup, given, countOf } = circumstance;
  const outside = outsideOf(name, of, circumstance);
  const step = of.step.kind === "number" ? of.step.value : null;
  return neuronSystem(neuron, { settings, source, setup, given, outside, count: countOf(size), step });
}

/** What the connections of a population read and assign of its neurons, and what is recorded of them. */
function outsideOf(population: string, of: CheckedExperiment, { setup, given, countOf }: Circumstance): Outside {
  const [seen, assigned] = [new Set<string>(), new Set<string>()];
  for (const c of of.projections) {
    const ends = (["pre", "post"] as const).filter(
      (end) => (end === "pre" ? c.source : c.target).population === population,
    );
    if (ends.length === 0) continue;
    const { members, clauses } = projectionSystem(c, endsOf(c, of), setup, given, countOf);
    for (const end of ends) {
      const own = (symbols: Iterable<string>, into: Set<string>): void => {
        for (const s of symbols) {
          const far = atEnd(s, end);
          if (far !== null) into.add(far.of);
        }
      };
      own(members.keys(), seen);
      own(
        [...clauses.values()].filter((k) => k.family === "pre" || k.family === "post").map((k) => k.target),
        assigned,
      );
    }
  }
  return {
    seen,
    assigned,
    recorded: new Set(
      of.records.filter((r) => r.population === population && r.connection === null).map((r) => r.quantity.name),
    ),
  };
}

/** The same for all values of what can be set: a size of 10 and one of n are two, whatever n is at first. */
function sameSetting(x: CheckedExpr, y: CheckedExpr, p: Circumstance, q: Circumstance): boolean {
  return (
    near(p.numberOf(x), q.numberOf(y)) &&
    judge({
      centre: (name) => p.given.get(name) ?? null,
      isFixed: () => true,
      rangeOf: () => ANYWHERE,
    }).verdict(p.meaningOf(x), q.meaningOf(y)) === "same"
  );
}

function setupDifference(a: CheckedExperiment, b: CheckedExperiment, p: Circumstance, q: Circumstance): Difference {
  const through: Through[] = [];
  const items = [...p.given].flatMap(([name, value]): StructuralItem[] => {
    const other = q.given.get(name) ?? NaN;
    const [quantity, twin] = [a, b].map((of) => of.setup.find((s) => setupSymbol(s.name) === name));
    if (quantity === undefined || twin === undefined) return [];
    const [x, y] = [quantity, twin].map((s) => (s.value?.kind === "expression" ? s.value.expression : null));
    if (near(value, other)) {
      // What only one of the two models lets anybody set is a number in the other.
      if (quantity.role !== twin.role) {
        const [free, of, is] =
          quantity.role === "const" ? ([twin, "b", value] as const) : ([quantity, "a", other] as const);
        through.push({ name: free.name, meaning: quantityText(is, free.unit), of, kind: "expressed" });
        return [];
      }
      if (quantity.role === "const" || x == null || y == null || sameSetting(x, y, p, q)) return [];
      return [
        {
          part: "parameter",
          change: "changed",
          name: quantity.name,
          before: writeValue(quantity.value ?? { kind: "expression", expression: x }, quantity.unit),
          after: writeValue(twin.value ?? { kind: "expression", expression: y }, twin.unit),
          note: `both are ${quantityText(value, quantity.unit)} until what they follow is set`,
        },
      ];
    }
    // The same function of what is told to differ says nothing of its own.
    if (
      quantity.role === "param" &&
      x != null &&
      y != null &&
      symbolsOf(p.meaningOf(x)).size > 0 &&
      equivalent(p.meaningOf(x), q.meaningOf(y))
    )
      return [];
    // What is swept is a parameter of the set-up, `sweep:C`: people know it as C.
    return [
      {
        part: quantity.role === "const" ? "constant" : "parameter",
        change: "changed",
        name: quantity.name.replace(/^sweep:/, ""),
        before: quantityText(value, quantity.unit),
        after: quantityText(other, quantity.unit),
        note: quantity.doc,
      },
    ];
  });
  return { ...plain(items, { values: items.map((item) => valueWords({ item })) }), through };
}

function plain(items: readonly StructuralItem[], phrases: Partial<Phrases>): Difference {
  return {
    equal: items.length === 0,
    items,
    through: [],
    unproven: [],
    givenUp: false,
    atStep: null,
    phrases: { ...NO_PHRASES, ...phrases },
  };
}

/** By name, in ever looser readings; then the one that is left on either side. */
function pairsOf<T extends { readonly name: string }>(
  as: readonly T[],
  bs: readonly T[],
): (readonly [T | null, T | null])[] {
  const [left, others] = [[...as], [...bs]];
  const pairs = new Map<T, T>();
  for (const reading of READINGS) {
    for (const x of [...left]) {
      const same = others.filter((y) => reading(y.name) === reading(x.name));
      const [y] = same;
      if (y === undefined || same.length > 1) continue;
      pairs.set(x, y);
      left.splice(left.indexOf(x), 1);
      others.splice(others.indexOf(y), 1);
    }
  }
  const [x, y] = [left[0], others[0]];
  if (x !== undefined && y !== undefined && left.length === 1 && others.length === 1) {
    pairs.set(x, y);
    others.pop();
  }
  return [...as.map((one) => [one, pairs.get(one) ?? null] as const), ...others.map((one) => [null, one] as const)];
}

// ---- populations

/** Lets written out where their names alone would be the same. */
function textsOf(x: CheckedExpr, y: CheckedExpr): readonly [string, string] {
  const [was, is] = [writeExpression(x), writeExpression(y)];
  return was !== is ? [was, is] : [writeExpression(x, { lets: true }), writeExpression(y, { lets: true })];
}

function describePopulation(p: CheckedPopulation, { numberOf }: Circumstance): string {
  return `${numberOf(p.size)} ${p.source === null ? p.neuron.name : p.source.kind === "poisson" ? "poisson" : "spikes"}`;
}

function ofPopulation(
  x: CheckedPopulation | null,
  y: CheckedPopulation | null,
  p: Circumstance,
  q: Circumstance,
): Difference {
  const [before, after] = [x === null ? null : describePopulation(x, p), y === null ? null : describePopulation(y, q)];
  const name = x?.name ?? y?.name ?? "";
  const phrase = `population ${name} of ${before ?? after ?? ""}`;
  return plain(
    [
      {
        part: "population",
        change: x === null ? "added" : "removed",
        name,
        before,
        after,
        note: (x ?? y)?.neuron.doc.split("\n")[0] ?? "",
      },
    ],
    x === null ? { added: [phrase] } : { removed: [phrase] },
  );
}

function ofSize(x: CheckedPopulation, y: CheckedPopulation, p: Circumstance, q: Circumstance): Difference {
  const [before, after] = [p.numberOf(x.size), q.numberOf(y.size)];
  if (before === after) {
    if (sameSetting(x.size, y.size, p, q)) return plain([], {});
    const [was, is] = textsOf(x.size, y.size);
    return plain(
      [
        {
          part: "population",
          change: "changed",
          name: x.name,
          before: was,
          after: is,
          note: `size: both are ${before} until what they follow is set`,
        },
      ],
      { settings: [`the size of ${x.name} ${was} -> ${is}`] },
    );
  }
  return plain(
    [
      {
        part: "population",
        change: "changed",
        name: x.name,
        before: describePopulation(x, p),
        after: describePopulation(y, q),
        note: "size",
      },
    ],
    { settings: [`${x.name} ${before} -> ${after} neurons`] },
  );
}

interface Part {
  readonly name: string;
  readonly difference: Difference;
  readonly isSource: boolean;
}

/** Parts that differ alike are told once: `E, I`. `lone`: there is nothing else that could be meant. */
function merged(parts: readonly Part[], lone: boolean, ofPopulations: boolean): Difference[] {
  const groups = new Map<string, { names: string[]; difference: Difference; isSource: boolean }>();
  for (const { name, difference, isSource } of parts) {
    const key = JSON.stringify([difference.items, difference.phrases]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { names: [name], difference, isSource });
    else group.names.push(name);
  }
  return [...groups.values()].map(({ names, difference, isSource }) => {
    if (lone) return difference;
    // What holds for every population of neurons that differs at all goes without saying where.
    const everywhere =
      ofPopulations &&
      !isSource &&
      [...groups.values()].every((g) => g.difference === difference || g.difference.equal === true);
    const place = shortList(names);
    const owner =
      names.length > 3 ? `${names.slice(0, 2).join(", ")} and ${names.length - 2} more` : names.join(" and ");
    const { added, removed, changed, values, settings } = difference.phrases;
    const said = (texts: readonly string[]): string[] => texts.map((t) => `${t} of ${owner}`);
    return {
      ...difference,
      items: difference.items.map((i) => ({ ...i, name: `${place}: ${i.name}` })),
      unproven: difference.unproven.map((u) => `${u} of ${place}`),
      phrases: everywhere
        ? difference.phrases
        : {
            added: said(added),
            removed: said(removed),
            changed: changed.map((c) =>
              c.replace(
                /^[^:]*/,
                (what) => `${isSource && what === "the stimulus of rate" ? "the rate" : what} of ${owner}`,
              ),
            ),
            values: values.map((v) => `${names.length === 1 ? `${place}.` : `${owner}: `}${v}`),
            settings,
          },
    };
  });
}

// ---- connections

function connections(
  a: CheckedExperiment,
  b: CheckedExperiment,
  p: Circumstance,
  q: Circumstance,
  populations: readonly ComparedPopulation[],
  swept: Swept,
): Difference[] {
  const inA = new Map(populations.map((x) => [x.b.name, x.a.name]));
  const ends = (c: CheckedProjection, names?: ReadonlyMap<string, string>): string =>
    [c.source, c.target].map((e) => names?.get(e.population) ?? e.population).join(" -> ");
  const left = [...b.projections];
  const pairs: (readonly [CheckedProjection, CheckedProjection | null])[] = [];
  const take = (c: CheckedProjection, fits: (d: CheckedProjection) => boolean): boolean => {
    const k = left.findIndex((d) => ends(c) === ends(d, inA) && fits(d));
    const d = left[k];
    if (d === undefined) return false;
    left.splice(k, 1);
    pairs.push([c, d]);
    return true;
  };
  const open = a.projections
    .filter((c) => !take(c, (d) => d.connection === c.connection))
    .filter((c) => !take(c, (d) => d.synapse.name === c.synapse.name))
    .filter((c) => !take(c, () => true));
  // Names of connections and populations choose random numbers, so that a new one is told.
  const parts: Difference[] = pairs.flatMap(([c, d]) =>
    d === null || c.drawnAs === d.drawnAs
      ? []
      : [
          {
            ...plain([], {}),
            through: [{ name: d.drawnAs, meaning: c.drawnAs, of: "b" as const, kind: "renamed" as const }],
          },
        ],
  );
  for (const [c, change] of [...open.map((x) => [x, "removed"] as const), ...left.map((x) => [x, "added"] as const)]) {
    const text = `by ${c.synapse.name} ${ruleText(c.rule)}`;
    const phrase = `connections ${ends(c)} by ${c.synapse.name}`;
    parts.push(
      plain(
        [
          {
            part: "connectivity",
            change,
            name: `${c.connection} ${ends(c)}`,
            before: change === "removed" ? text : null,
            after: change === "added" ? text : null,
            note: c.doc || c.synapse.doc,
          },
        ],
        change === "added" ? { added: [phrase] } : { removed: [phrase] },
      ),
    );
  }
  const byName = new Map(populations.map((x) => [x.a.name, x.pairing]));
  const byConnection = new Map<string, Part[]>();
  for (const [c, d] of pairs) {
    if (d === null) continue;
    const [s, t] = withPairs(
      projectionSystem(c, endsOf(c, a), p.setup, p.given, p.countOf),
      projectionSystem(d, endsOf(d, b), q.setup, q.given, q.countOf),
    );
    const [pre, post] = [
      outerPairing("pre", byName.get(c.source.population)),
      outerPairing("post", byName.get(c.target.population)),
    ];
    const given: Pairing = {
      links: new Map([...pre.links, ...post.links].filter(([name]) => t.members.has(name))),
      solved: new Map([...pre.solved, ...post.solved]),
    };
    const difference = differenceFrom(s, t, changesBetween(s, t, seeThrough(s, t, given, swept)));
    if (difference.equal !== true || difference.through.length > 0)
      byConnection.set(c.connection, [
        ...(byConnection.get(c.connection) ?? []),
        { name: `${c.connection} ${ends(c)}`, difference, isSource: false },
      ]);
  }
  const changed: Part[] = [];
  for (const [connection, found] of byConnection) {
    const total = pairs.filter(([c]) => c.connection === connection).length;
    const alike = found.length === total && new Set(found.map((f) => JSON.stringify(f.difference.items))).size === 1;
    append(changed, alike ? found.slice(0, 1).map((f) => ({ ...f, name: connection })) : found);
  }
  append(parts, merged(changed, false, false));
  parts.push(
    ofArrivals(
      pairs.flatMap(([c, d]) =>
        d === null ? [] : [{ c, d, system: projectionSystem(c, endsOf(c, a), p.setup, p.given, p.countOf) }],
      ),
    ),
  );
  return parts;
}

interface Arrival {
  readonly c: CheckedProjection;
  readonly d: CheckedProjection;
  readonly system: System;
}

/** Names decide which of two connections acts first where spikes arrive together: that is told where what they do does not come to the same in either order. */
function ofArrivals(arrivals: readonly Arrival[]): Difference {
  const items: StructuralItem[] = [];
  const unproven: string[] = [];
  const label = (c: CheckedProjection): string => `${c.connection} ${c.source.population} -> ${c.target.population}`;
  const comesFirst = (x: CheckedProjection, y: CheckedProjection): boolean => orderedBy(x) < orderedBy(y);
  for (const [k, x] of arrivals.entries()) {
    for (const y of arrivals.slice(k + 1)) {
      if (comesFirst(x.c, y.c) === comesFirst(x.d, y.d)) continue;
      const verdict = worst((["pre", "post"] as const).map((family) => exchanged(x, y, family)));
      if (verdict === "same") continue;
      const orders = [comesFirst(x.c, y.c) ? [x.c, y.c] : [y.c, x.c], comesFirst(x.d, y.d) ? [x.d, y.d] : [y.d, x.d]];
      const [before, after] = orders.map((order) => order.map(label).join(", then "));
      items.push({
        part: "connectivity",
        change: "changed",
        name: "order of arrival",
        before: before ?? null,
        after: after ?? null,
        note:
          verdict === "undecided"
            ? UNDECIDED
            : "of spikes that arrive together; connections act in the order of their names",
      });
      if (verdict === "undecided") unproven.push(`the order of ${x.c.connection} and ${y.c.connection}`);
    }
  }
  const words = items
    .filter((i) => i.note !== UNDECIDED)
    .map((i) => `the order in which spikes act that arrive together: ${i.before ?? ""} -> ${i.after ?? ""}`);
  return {
    ...plain(items, { changed: words }),
    equal: words.length > 0 ? false : items.length > 0 ? null : true,
    unproven,
  };
}

/** Whether two connections may act in either order, on one neuron that both act on. */
function exchanged(x: Arrival, y: Arrival, family: "pre" | "post"): Verdict {
  interface Touch {
    readonly end: End;
    readonly place: string;
  }
  const touched = ({
    c,
    system,
  }: Arrival): { readonly assigned: readonly Touch[]; readonly read: readonly Touch[] } => {
    const all = [...system.clauses.values()].filter((k) => k.family === family);
    const touch = (name: string): Touch[] => {
      const far = atEnd(name);
      if (far === null) return [];
      return [{ end: far.end, place: `${(far.end === "pre" ? c.source : c.target).population} ${far.of}` }];
    };
    return {
      assigned: all.flatMap((k) => touch(k.target)),
      read: all.flatMap((k) => [k.target, ...k.parts.flatMap((e) => [...symbolsOf(e)])]).flatMap(touch),
    };
  };
  const [p, q] = [touched(x), touched(y)];
  const met = [
    [p.assigned, q.read],
    [q.assigned, p.read],
  ].flatMap(([assigned = [], read = []]) =>
    assigned.flatMap((s) => read.filter((t) => t.place === s.place).map((t) => s.end === t.end)),
  );
  if (met.length === 0) return "same";
  const isShared = (end: End): boolean =>
    end === "pre" ? x.c.source.population === y.c.source.population : x.c.target.population === y.c.target.population;
  const block = ({ system }: Arrival, own: string): ReadonlyMap<string, Expr> => {
    const named = (name: string): string => {
      const far = atEnd(name);
      return (far !== null && isShared(far.end)) || system.members.get(name)?.role === "setup" ? name : `${own}${name}`;
    };
    const moved = (e: Expr): Expr =>
      substitute(e, new Map([...symbolsOf(e)].map((name) => [name, symbol(named(name))])));
    return new Map(
      [...system.clauses.values()]
        .filter((k) => k.family === family)
        .map((k) => [named(k.target), moved(present(k.parts[0], "value"))]),
    );
  };
  const [first, second] = [block(x, "1:"), block(y, "2:")];
  const judged = judge({ centre: () => null, isFixed: () => false, rangeOf: () => ANYWHERE });
  const [there, back] = [composed(first, second), composed(second, first)];
  const verdict = worst([...there].map(([name, e]) => judged.verdict(e, back.get(name) ?? symbol(name))));
  // At another end the neuron may be the same or not.
  return verdict === "same" && met.includes(false) ? "undecided" : verdict;
}

function endsOf(
  { source, target }: CheckedProjection,
  { populations }: CheckedExperiment,
): Readonly<Record<End, CheckedPopulation>> {
  const population = (name: string): CheckedPopulation =>
    present(
      populations.find((p) => p.name === name),
      name,
    );
  return { pre: population(source.population), post: population(target.population) };
}

/** How the names of the neurons at an end read in the names of the first model, links and what was seen through. */
function outerPairing(end: End, pairing: Pairing = { links: new Map(), solved: new Map() }): Pairing {
  const own = (name: string): string =>
    isOnlyB(name)
      ? onlyB(endSymbol(end, name.slice(2)))
      : symbolOf(name).kind === "setup"
        ? name
        : endSymbol(end, name);
  const moved = (e: Expr): Expr => substitute(e, new Map([...symbolsOf(e)].map((name) => [name, symbol(own(name))])));
  return {
    links: new Map(
      linksOf(pairing).map(([name, { a, scale, shift }]) => [
        own(name),
        { a: own(a), scale: moved(scale), shift: moved(shift) },
      ]),
    ),
    solved: new Map([...pairing.solved].map(([name, e]) => [own(name), moved(e)])),
  };
}

// ---- clock and methods

function ofClock(a: CheckedExperiment, b: CheckedExperiment, p: Circumstance, q: Circumstance): Difference {
  const items: StructuralItem[] = [];
  const text = (e: CheckedExpr, { numberOf }: Circumstance): string =>
    e.kind === "number" ? writeExpression(e) : quantityText(numberOf(e), canonicalUnit(TIME));
  const time = (part: "step" | "stimulus", name: string, x: CheckedExpr | null, y: CheckedExpr | null): void => {
    if (x === y || (x !== null && y !== null && sameSetting(x, y, p, q))) return;
    const isSame = x !== null && y !== null && near(p.numberOf(x), q.numberOf(y));
    if (isSame)
      items.push({
        part,
        change: "changed",
        name,
        before: textsOf(x, y)[0],
        after: textsOf(x, y)[1],
        note: `both are ${text(x, p)} until what they follow is set`,
      });
    else
      items.push({
        part,
        change: "changed",
        name,
        before: x === null ? null : text(x, p),
        after: y === null ? null : text(y, q),
        note: "",
      });
  };
  time("stimulus", "duration", a.duration, b.duration);
  time("step", "step", a.step, b.step);
  if (a.precise !== b.precise) {
    const place = (precise: boolean): string => (precise ? "precise: located inside the step" : "on the grid");
    items.push({
      part: "method",
      change: "changed",
      name: "spikes",
      before: place(a.precise),
      after: place(b.precise),
      note: "",
    });
  }
  return plain(items, {
    settings: items.map((item) =>
      item.name === "spikes" ? `spikes ${b.precise ? "precise" : "on the grid"}` : valueWords({ item }),
    ),
  });
}

/** What each state that both have is integrated with, and why the second model's is. */
function ofMethods(
  a: CheckedExperiment,
  b: CheckedExperiment,
  populations: readonly ComparedPopulation[],
  alone: boolean,
): Difference {
  const [p, q] = [planSimulation(a).plan, planSimulation(b).plan];
  if (p === null || q === null) return plain([], {});
  const changes = new Map<string, { states: string[]; before: string; after: string; reasons: Set<string> }>();
  for (const pair of populations) {
    const groups = shownGroups(q.populations.find((x) => x.name === pair.b.name)?.groups ?? []);
    const toB = new Map(linksOf(pair.pairing).map(([name, link]) => [link.a, name]));
    for (const group of shownGroups(p.populations.find((x) => x.name === pair.a.name)?.groups ?? [])) {
      for (const state of group.states) {
        const other = groups.find((g) => g.states.includes(toB.get(state) ?? state));
        if (other === undefined || methodText(other) === methodText(group)) continue;
        const alike = other.method === group.method;
        const key = `${methodText(group)} ${methodText(other)}`;
        const [before, after] = alike
          ? [methodText(group), methodText(other)]
          : [methodOf(group.method).title, methodOf(other.method).title];
        const known = changes.get(key) ?? { states: [], before, after, reasons: new Set() };
        if (!alike) known.reasons.add(other.reason);
        known.states.push(alone ? state : `${pair.a.name}.${state}`);
        changes.set(key, known);
      }
    }
  }
  const items = [...changes.values()].map((c): StructuralItem => ({
    part: "method",
    change: "changed",
    name: shortList(c.states),
    before: c.before,
    after: c.after,
    note: [...c.reasons].join("; "),
  }));
  return plain(items, { settings: items.map((i) => `${i.after ?? ""} instead of ${i.before ?? ""} for ${i.name}`) });
}

/** With the tolerance to which it chooses its steps. */
function methodText(group: UpdateGroup): string {
  const { title } = methodOf(group.method);
  return isAdaptive(group) ? `${title} to ${group.tolerance}` : title;
}

function shortList(names: readonly string[]): string {
  return names.length <= 6 ? names.join(", ") : `${names.slice(0, 5).join(", ")} and ${names.length - 5} more`;
}
