// A projection as clauses: its synapse's equations and events, who is connected with whom, weights and delays.
import { present } from "../../base/invariant.ts";
import { arithmetic, number, symbol, type Expr } from "../../algebra/expression.ts";
import { substitute, symbolsOf } from "../../algebra/traverse.ts";
import { equivalent } from "../../algebra/normalForm.ts";
import { minus, nought, unity } from "../../algebra/reals.ts";
import { digest } from "../../algebra/fraction.ts";
import { TIME } from "../../quantities/dimension.ts";
import { canonicalUnit } from "../../quantities/unit.ts";
import { ruleCall } from "../../runtime/rules.ts";
import type {
  CheckedEquation,
  CheckedExpr,
  CheckedNeuron,
  CheckedPopulation,
  CheckedProjection,
  CheckedQuantity,
  CheckedRule,
  End,
} from "../../3-check/checked.ts";
import { takesTime } from "../../3-check/takesTime.ts";
import { elementName, lowering, targetElements, UNBOUND, type Lowering, type Scope } from "../../4-plan/lower.ts";
import { atEnd, endSymbol, inputSymbol, NEURON, TARGET } from "../../4-plan/symbols.ts";
import {
  clauseOf,
  elementsOf,
  joinSetup,
  keyOf,
  loweredValue,
  mapClause,
  memberOf,
  NAMED_CONSTANTS,
  numbersOf,
  unfolded,
  valueClause,
  type Clause,
  type Element,
  type Family,
  type Member,
  type Outside,
  type SetupView,
  type System,
  assignedValue,
} from "./system.ts";
import { writeExpression, writeValue, type Writing } from "./write.ts";

export function projectionSystem(
  projection: CheckedProjection,
  ends: Readonly<Record<End, CheckedPopulation>>,
  setup: SetupView,
  given: ReadonlyMap<string, number>,
  countOf: (size: CheckedExpr) => number,
): System {
  const { synapse, settings, delay } = projection;
  const members = new Map<string, Member>();
  const views = { pre: outerView(ends.pre.neuron), post: outerView(ends.post.neuron) };
  const outer = (end: End, q: CheckedQuantity, positions: readonly number[]): Expr => {
    if (q.role === "let") {
      const { lower, elements } = views[end];
      const value = lower.quantity(q, positions);
      return substitute(
        value,
        new Map(
          [...symbolsOf(value)].flatMap((s) => {
            const e = elements.get(s);
            return e === undefined ? [] : [[s, outer(end, e.quantity, e.positions)] as const];
          }),
        ),
      );
    }
    const name = endSymbol(
      end,
      q.role === "input" ? inputSymbol(elementName(q, positions)) : elementName(q, positions),
    );
    members.set(name, {
      ...memberOf({ quantity: q, positions, name: `${end}.${elementName(q, positions)}` }, "outer", name),
      quantity: null,
    });
    return symbol(name);
  };
  const own: Scope["own"] = (q, positions) => symbol(elementName(q, positions));
  const lower = lowering({ contributions: [] }, own, { own, end: outer, ...NAMED_CONSTANTS }, unfolded);
  const clauses = new Map<string, Clause>();
  const add = (clause: Clause | null): void => {
    if (clause !== null) clauses.set(keyOf(clause.family, clause.target), mapClause(clause, setup));
  };

  const states = elementsOf(synapse.quantities, "state");
  const constants = elementsOf(synapse.quantities, "param", "weight", "const");
  for (const e of constants) add(valueClause("value", e, settings, lower));
  for (const e of constants)
    if (e.quantity.single)
      add({ family: "precision", target: e.name, shape: "single", parts: [], text: () => "single" });
  for (const e of states) add(valueClause("initial", e, settings, lower));
  for (const e of states) members.set(e.name, memberOf(e, "state"));
  for (const e of constants)
    members.set(
      e.name,
      memberOf(e, e.quantity.role === "weight" || e.quantity.role === "const" ? e.quantity.role : "param"),
    );
  joinSetup(given, members);

  const assigned = (family: Family, all: readonly CheckedEquation[]): void => {
    for (const a of all)
      for (const { name, bound, positions } of targetElements(a.target)) {
        const target = a.target.end === null ? name : symbolName(outer(a.target.end, a.target.quantity, positions));
        const text = (w: Writing, whole: boolean): string => writeExpression(a.value, whole ? w : { ...w, bound });
        const said = assignedValue(lower.expression(a.value, bound, `on ${family}/`), lower);
        const old = family === "give" ? clauses.get(keyOf(family, target)) : undefined;
        add(
          old === undefined
            ? { family, target, ...said, text }
            : {
                ...old,
                parts: old.parts.map((e) => arithmetic("+", e, present(said.parts[0], "value"))),
                text: (w, whole) => `${old.text(w, whole)} + ${text(w, whole)}`,
              },
        );
      }
  };
  assigned("rate", synapse.equations);
  assigned("give", synapse.contributions);
  assigned("pre", synapse.onPre);
  assigned("post", synapse.onPost);
  addRule(projection, [ends.pre.size, ends.post.size], setup, lower, add);
  // Without one it is 0, where anything travels.
  const value = delay?.value ?? null;
  if (value !== null || takesTime(synapse)) {
    add({
      family: "delay",
      target: "",
      ...(value === null ? { shape: "", parts: [number(0)] } : loweredValue(value, UNBOUND, 0, lower)),
      text: (w) => (value === null ? "0 ms" : writeValue(value, canonicalUnit(TIME), w)),
    });
  }

  const values = numbersOf(
    constants.map((e) => e.name),
    clauses,
    (s) => given.get(s) ?? NaN,
  );
  for (const [name, value] of given) values.set(name, value);
  return {
    members,
    clauses,
    events: [],
    values,
    counts: new Map([
      [NEURON, countOf(ends.pre.size)],
      [TARGET, countOf(ends.post.size)],
    ]),
    initial: new Map(),
    outside: NOBODY_ELSE,
    lets: new Set(),
  };
}

/** Nothing but its own clauses reads what is in a synapse, but for records of what it gives. */
const NOBODY_ELSE: Outside = { seen: new Set(), assigned: new Set(), recorded: new Set() };

/** What a neuron's lets and constants are: a synapse that reads them reads what they are made of. */
function outerView(neuron: CheckedNeuron): {
  readonly lower: Lowering;
  readonly elements: ReadonlyMap<string, Element>;
} {
  const input = (q: CheckedQuantity, positions: readonly number[]): Expr =>
    symbol(inputSymbol(elementName(q, positions)));
  const elements = elementsOf(neuron.quantities, "param", "const", "state", "input").map(
    (e) => [e.quantity.role === "input" ? inputSymbol(e.name) : e.name, e] as const,
  );
  const scope: Scope = {
    own: (q, positions) => symbol(elementName(q, positions)),
    end: (_, q) => symbol(q.name),
    ...NAMED_CONSTANTS,
  };
  return { lower: lowering(neuron, input, scope, unfolded), elements: new Map(elements) };
}

function symbolName(e: Expr): string {
  return e.kind === "symbol" ? e.name : "";
}

function addRule(
  { source, target, rule }: CheckedProjection,
  sizes: readonly CheckedExpr[],
  setup: SetupView,
  lower: Lowering,
  add: (clause: Clause) => void,
): void {
  const go = (e: CheckedExpr): Expr => lower.expression(e, UNBOUND);
  const isSame = (x: Expr, y: Expr): boolean => equivalent(setup(x), setup(y));
  // A slice that leaves nobody out is none.
  const slices = [source.slice, target.slice].map((s, k) => {
    const size = sizes[k];
    const isWhole =
      s !== null && size !== undefined && isSame(go(s.from), nought) && isSame(go(s.to), minus(go(size), unity));
    return isWhole ? null : s;
  });
  const parts = rule.kind === "file" ? [] : rule.arguments.map((a) => go(a.value));
  const file =
    rule.kind === "file"
      ? [digest(JSON.stringify([rule.sources, rule.targets, [...rule.columns].sort(([a], [b]) => (a < b ? -1 : 1))]))]
      : [];
  // Of two populations no neuron is connected with itself anyway.
  const allowed = [
    ...(rule.self && source.population === target.population ? ["self"] : []),
    ...(rule.multiple ? ["multiple"] : []),
  ];
  const text = (w: Writing): string =>
    ruleText(rule, w) +
    slices
      .map((s, k) =>
        s === null
          ? ""
          : `, ${k === 0 ? "from" : "to"} ${[source, target][k]?.population ?? ""}[${writeExpression(s.from, w)}..${writeExpression(s.to, w)}]`,
      )
      .join("") +
    (allowed.length === 0 ? "" : ` allow ${allowed.join(", ")}`);
  const { where } = rule;
  const condition = where === null ? null : go(where);
  const isSelf: Expr = { kind: "compare", operator: "==", left: symbol(NEURON), right: symbol(TARGET) };
  const lacksSelf = source.population === target.population && !rule.self;
  const isCertain =
    rule.kind === "all" || rule.kind === "one_to_one" || (rule.kind === "random" && isOne(parts, setup));
  const bounds = slices.map((s) => (s === null ? null : ([go(s.from), go(s.to)] as const)));
  add({
    family: "rule",
    target: "",
    shape: [rule.kind, ...file, ...allowed, ...slices.map((s) => (s === null ? "all" : "slice"))].join(" "),
    parts: [...parts, ...bounds.flatMap((s) => s ?? [])],
    ...(parts.length === 0 || isCertain ? {} : { drawn: parts.some(isOfPair) ? "for each" : "for all" }),
    ...(isCertain
      ? {
          pairs: allOf([
            ...bounds.flatMap((s, k) => (s === null ? [] : within(symbol([NEURON, TARGET][k] ?? ""), s))),
            ...(rule.kind === "one_to_one" ? [isPartner(bounds)] : []),
            ...(condition === null ? [] : [condition]),
            ...(lacksSelf ? [{ kind: "not", operand: isSelf } as const] : []),
          ]),
        }
      : {}),
    text,
  });
  if (where === null || condition === null) return;
  add({
    family: "where",
    target: "",
    shape: "",
    // Where no neuron is connected with itself anyway, the condition may say of that what it likes.
    parts: [lacksSelf ? { kind: "logical", operator: "or", left: isSelf, right: condition } : condition],
    text: (w) => writeExpression(where, w),
  });
}

function isOfPair(e: Expr): boolean {
  return [...symbolsOf(e)].some((name) => name === NEURON || name === TARGET || atEnd(name) !== null);
}

function isOne([p]: readonly Expr[], setup: SetupView): boolean {
  return p !== undefined && equivalent(setup(p), unity);
}

function allOf(conditions: readonly Expr[]): Expr {
  return conditions.reduce((left, right) => ({ kind: "logical", operator: "and", left, right }), unity);
}

function within(neuron: Expr, [from, to]: readonly [Expr, Expr]): readonly Expr[] {
  return [
    { kind: "compare", operator: ">=", left: neuron, right: from },
    { kind: "compare", operator: "<=", left: neuron, right: to },
  ];
}

/** The k-th source has the k-th target. */
function isPartner([source, target]: readonly (readonly [Expr, Expr] | null)[]): Expr {
  const place = (neuron: string, slice: readonly [Expr, Expr] | null | undefined): Expr =>
    minus(symbol(neuron), slice?.[0] ?? nought);
  return { kind: "compare", operator: "==", left: place(NEURON, source), right: place(TARGET, target) };
}

/** Where who is connected is written in two ways, by slices, conditions and rules, and nothing about it is drawn: one condition each instead. */
export function withPairs(a: System, b: System): readonly [System, System] {
  const [x, y] = [clauseOf(a, "rule", ""), clauseOf(b, "rule", "")];
  const written = (c: Clause): string => JSON.stringify([c.shape, c.parts]);
  if (x?.pairs === undefined || y?.pairs === undefined || written(x) === written(y)) return [a, b];
  // What is drawn for a connection is drawn by its place in a slice.
  const isSliced = [x, y].some((c) => c.shape.includes("slice"));
  const isRedrawn = isSliced && [a, b].some((s) => [...s.clauses.values()].some((c) => c.shape.startsWith("~")));
  const inOne = (s: System, rule: Clause, pairs: Expr): System => {
    const where = clauseOf(s, "where", "");
    const text: Clause["text"] = (w, whole) =>
      rule.text(w, whole) + (where === null ? "" : ` where ${where.text(w, whole)}`);
    const clauses = new Map(s.clauses);
    clauses.delete(keyOf("where", ""));
    clauses.set(keyOf("rule", ""), {
      family: "rule",
      target: "",
      shape: rule.shape.includes("multiple") ? "multiple" : "",
      parts: [pairs],
      pairs,
      ...(isRedrawn ? { isRedrawn } : {}),
      text,
    });
    return { ...s, clauses };
  };
  return [inOne(a, x, x.pairs), inOne(b, y, y.pairs)];
}

export function ruleText(rule: CheckedRule, w: Writing = {}): string {
  if (rule.kind === "file") return `file("${rule.path}"): ${rule.sources.length} pairs`;
  return ruleCall(rule.kind, rule.arguments, (e) => writeExpression(e, w));
}
