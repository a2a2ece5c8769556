// A neuron, with what an experiment sets in it, as clauses.
import { arithmetic, number, symbol, type Expr } from "../../algebra/expression.ts";
import { substitute, symbolsOf } from "../../algebra/traverse.ts";
import { present } from "../../base/invariant.ts";
import { eventBlocks } from "../../4-plan/values.ts";
import { append } from "../../base/lists.ts";
import { visit } from "../../3-check/walk.ts";
import type {
  CheckedEquation,
  CheckedExpr,
  CheckedNeuron,
  CheckedQuantity,
  CheckedSetting,
  CheckedSource,
} from "../../3-check/checked.ts";
import {
  elementName,
  lowering,
  targetElements,
  UNBOUND,
  type Lowering,
  type ReadPast,
  type Scope,
} from "../../4-plan/lower.ts";
import { inputSymbol, NEURON, symbolOf, writtenSymbol } from "../../4-plan/symbols.ts";
import { equivalent } from "../../algebra/normalForm.ts";
import { stimulusForm } from "./stimulus.ts";
import {
  composed,
  elementsOf,
  keyOf,
  mapClause,
  mapEvent,
  memberOf,
  NAMED_CONSTANTS,
  NO_SETUP,
  noiseIn,
  numbersOf,
  unfolded,
  valueClause,
  withoutNoise,
  joinSetup,
  knownValue,
  type Clause,
  type Member,
  type Outside,
  type SetupView,
  type System,
  type SystemEvent,
  assignedValue,
  withDrawsNamed,
} from "./system.ts";
import { quantityText, writeExpression, writeTarget, writeValue, type Writing } from "./write.ts";
import { canonicalUnit } from "../../quantities/unit.ts";
import { TIME } from "../../quantities/dimension.ts";

export interface Circumstances {
  readonly settings: readonly CheckedSetting[];
  readonly source: CheckedSource | null;
  readonly setup: SetupView;
  /** Values of the set-up's parameters and constants that both experiments have, by symbol. */
  readonly given: ReadonlyMap<string, number>;
  /** Null for a neuron by itself: there may be any synapse and any record. */
  readonly outside: Outside | null;
  /** How many neurons there are; Infinity where that can be set, or is not known. */
  readonly count: number;
  /** ms; null where it is no number, or no matter. */
  readonly step: number | null;
}

const BY_ITSELF: Circumstances = {
  settings: [],
  source: null,
  setup: NO_SETUP,
  given: new Map(),
  outside: null,
  count: Infinity,
  step: null,
};

const SCOPE: Scope = {
  own: (q, positions) => symbol(elementName(q, positions)),
  end: (end, q) => present<Expr>(null, `${end}.${q.name} outside of a synapse`),
  ...NAMED_CONSTANTS,
};

/** What a state as it was is: of which state, and how long ago. */
function pastClause(family: "rate" | "bare", target: string, { quantity, positions, delay, text }: ReadPast): Clause {
  return { family, target, shape: "past", parts: [symbol(elementName(quantity, positions)), delay], text: () => text };
}

export function neuronSystem(
  neuron: CheckedNeuron,
  { settings, source, setup, given, outside, count, step }: Circumstances = BY_ITSELF,
): System {
  const input = (q: CheckedQuantity, positions: readonly number[]): Expr =>
    symbol(inputSymbol(elementName(q, positions)));
  const lower = lowering(neuron, input, SCOPE, unfolded);
  const bare = lowering({ contributions: [] }, input, SCOPE, unfolded);
  const clauses = new Map<string, Clause>();
  const add = (clause: Clause | null): void => {
    if (clause !== null) clauses.set(keyOf(clause.family, clause.target), mapClause(clause, setup));
  };

  const states = elementsOf(neuron.quantities, "state");
  const parameters = elementsOf(neuron.quantities, "param", "const");
  const inputs = elementsOf(neuron.quantities, "input");
  for (const e of parameters) add(valueClause("value", e, settings, lower));
  for (const e of states) add(valueClause("initial", e, settings, lower));
  for (const e of inputs) add(stimulusClause(e, settings, step));

  const full = ratesOf(neuron.equations, lower);
  // Where nothing contributes, an input is what drives it from outside.
  const open = neuron.contributions.length === 0 ? full : ratesOf(neuron.equations, bare);
  const held = heldRates(neuron, full);
  const contributions = contributionsTo(neuron, lower);
  const noises = new Set([...lower.noises, ...bare.noises, ...held.noises]);
  for (const [k, { name, value, equation }] of full.entries()) {
    add({
      family: "rate",
      target: name,
      shape: "",
      parts: [withoutNoise(value, noises)],
      text: rateText(equation, name),
    });
    const noise = noiseIn(value, noises, (n) => full.every((r) => r.name === name || !symbolsOf(r.value).has(n)));
    if (noise !== null)
      add({
        family: "noise",
        target: name,
        shape: "",
        ...noise,
        text: noiseText(neuron, present(open[k], "rate"), bare),
      });
  }
  for (const { name, value, equation } of open)
    add({
      family: "bare",
      target: name,
      shape: "",
      parts: [withoutNoise(value, noises)],
      text: rateText(equation, name),
    });
  for (const [name, { value, text }] of contributions)
    add({ family: "contribution", target: inputSymbol(name), shape: "", parts: [withoutNoise(value, noises)], text });
  addSpikes(neuron, lower, bare, noises, add);
  addRefractoriness(neuron, lower, held, noises, { full, states: states.map((e) => e.name), outside }, add);
  addSource(source, lower, add);
  const lets = elementsOf(neuron.quantities, "let").filter(
    (e) => outside === null || outside.recorded.has(e.quantity.name),
  );
  for (const e of lets) {
    const { value } = e.quantity;
    const expression = value?.kind === "expression" ? value.expression : null;
    add({
      family: "let",
      target: letSymbol(e.name),
      shape: "",
      parts: [withoutNoise(lower.quantity(e.quantity, e.positions), noises)],
      text: (w, whole) =>
        expression === null
          ? e.name
          : rateText(
              {
                target: {
                  quantity: e.quantity,
                  indices: e.quantity.indices.map((i) => ({ kind: "index", name: i.name })),
                  end: null,
                },
                value: expression,
              },
              e.name,
            )(w, whole),
    });
  }

  const pasts = new Map([...lower.pasts, ...bare.pasts]);
  for (const [name, past] of pasts) for (const family of ["rate", "bare"] as const) add(pastClause(family, name, past));

  const members = new Map<string, Member>();
  const join = (m: Member): void => void members.set(m.symbol, m);
  for (const e of states) join(memberOf(e, "state"));
  for (const e of parameters) join(memberOf(e, e.quantity.role === "const" ? "const" : "param"));
  for (const [name, { quantity, positions }] of pasts) join(memberOf({ quantity, positions, name }, "state"));
  for (const e of lets) join(memberOf(e, "let", letSymbol(e.name)));
  for (const e of inputs) join(memberOf(e, "input", inputSymbol(e.name)));
  for (const name of noises)
    join({
      symbol: name,
      role: "noise",
      name: writtenSymbol(name).replace(/#\d.*$/, ""),
      dimension: null,
      quantity: null,
      doc: "",
    });
  joinSetup(given, members);
  const multiplied = [...clauses.values()].some(
    (c) => c.family === "noise" && c.parts.some((e) => [...symbolsOf(e)].some((s) => members.get(s)?.role === "state")),
  );
  if (multiplied)
    add({
      family: "calculus",
      target: "",
      shape: neuron.calculus ?? "ito",
      parts: [],
      text: () => neuron.calculus ?? "ito",
    });

  const quiet = new Map([...noises].map((n) => [n, number(0)]));
  const silenced = new Map(
    [...clauses].map(([key, c]) => [
      key,
      c.family === "noise" || c.family === "stimulus" ? c : mapClause(c, (e) => substitute(e, quiet)),
    ]),
  );
  const values = numbersOf(
    parameters.map((e) => e.name),
    silenced,
    (s) => given.get(s) ?? NaN,
  );
  for (const [name, value] of given) values.set(name, value);
  const initial = new Map<string, number>();
  const at = (s: string): number => values.get(s) ?? initial.get(s) ?? initialOf(s);
  const initialOf = (s: string): number => {
    initial.set(s, NaN);
    const clause = silenced.get(keyOf("initial", s));
    const value =
      clause === undefined
        ? NaN
        : clause.shape !== ""
          ? middleOf(clause, at)
          : knownValue(present(clause.parts[0], "initial value"), at);
    initial.set(s, value);
    return value;
  };
  for (const { name } of states) if (!initial.has(name)) initialOf(name);

  const blocks = eventBlocks(neuron.events);
  return {
    members,
    clauses: silenced,
    values,
    initial,
    outside,
    counts: new Map([[NEURON, count]]),
    lets: letsRead(neuron),
    events: joinedEvents(
      neuron.events.map((event, k) => {
        const put = (by: Lowering): Pick<SystemEvent, "condition" | "assignments"> => ({
          condition: withoutNoise(by.expression(event.condition, UNBOUND), noises),
          assignments: new Map(
            event.assignments.flatMap((a) =>
              targetElements(a.target).map(
                ({ name, bound }) =>
                  [
                    name,
                    withoutNoise(
                      withDrawsNamed(by.expression(a.value, bound, `${present(blocks[k], "event")}/`), by),
                      noises,
                    ),
                  ] as const,
              ),
            ),
          ),
        });
        return mapEvent(
          {
            ...put(lower),
            bare: put(bare),
            text: (w) =>
              `${writeWhen(event, w)} { ${event.assignments.map((a) => `${writeTarget(a.target)} <- ${writeExpression(a.value, w)}`).join("; ")} }`,
          },
          setup,
        );
      }),
    ),
  };
}

/** Lets that the neuron itself reads, also by way of others. */
function letsRead({ equations, contributions, spike, reset, events, refractory }: CheckedNeuron): ReadonlySet<string> {
  const found = new Set<string>();
  const pending: CheckedExpr[] = [
    ...[...equations, ...contributions, ...(reset ?? [])].map((line) => line.value),
    ...(spike === null ? [] : [spike.value]),
    ...(refractory === null ? [] : [refractory.duration]),
    ...events.flatMap((e) => [e.condition, ...e.assignments.map((a) => a.value)]),
  ];
  for (let e = pending.pop(); e !== undefined; e = pending.pop()) {
    visit(e, (node) => {
      if (node.kind !== "quantity" || node.quantity.role !== "let" || found.has(node.quantity.name)) return;
      found.add(node.quantity.name);
      const { value } = node.quantity;
      append(pending, value === null ? [] : value.kind === "expression" ? [value.expression] : value.elements);
    });
  }
  return found;
}

const letSymbol = (name: string): string => `#let:${name}`;

function writeWhen({ condition, every }: CheckedNeuron["events"][number], w: Writing): string {
  if (every === null) return `on ${writeExpression(condition, w)}`;
  const bound = (word: string, e: CheckedExpr | null): string =>
    e === null ? "" : ` ${word} ${writeExpression(e, w)}`;
  return `every ${writeExpression(every.period, w)}${bound("from", every.from)}${bound("to", every.to)}`;
}

/** Events that follow one another under one condition are one: the second reads what the first has left. */
function joinedEvents(events: readonly SystemEvent[]): SystemEvent[] {
  const found: SystemEvent[] = [];
  for (const event of events) {
    const before = found.at(-1);
    if (before === undefined || !equivalent(before.condition, event.condition)) found.push(event);
    else {
      found.splice(-1, 1, {
        condition: before.condition,
        assignments: composed(before.assignments, event.assignments),
        bare: {
          condition: before.bare.condition,
          assignments: composed(before.bare.assignments, event.bare.assignments),
        },
        text: (w) => `${before.text(w)}; ${event.text(w)}`,
      });
    }
  }
  return found;
}

/** Of what is drawn: between the bounds of a uniform distribution, or the first argument of another, so that it is looked at where it is. */
function middleOf({ shape, parts }: Clause, at: (s: string) => number): number {
  const [a = NaN, b = NaN] = parts.map((e) => knownValue(e, at));
  return shape.startsWith("~uniform") ? (a + b) / 2 : a;
}

interface Rate {
  readonly name: string;
  readonly value: Expr;
  readonly equation: CheckedEquation;
}

function ratesOf(equations: readonly CheckedEquation[], lower: Lowering): Rate[] {
  return equations.flatMap((equation) =>
    targetElements(equation.target).map(({ name, bound }) => ({
      name,
      value: lower.expression(equation.value, bound),
      equation,
    })),
  );
}

/** The text of what a target of all elements, or this one of them, is given. */
function rateText({ target, value }: Pick<CheckedEquation, "target" | "value">, name: string): Clause["text"] {
  return (w, whole) =>
    writeExpression(
      value,
      whole ? w : { ...w, bound: targetElements(target).find((e) => e.name === name)?.bound ?? UNBOUND },
    );
}

/** The lines that bring noise into the rate of a state: its equation, and contributions to inputs that it reads, also by way of others. */
function noiseText(neuron: CheckedNeuron, { value, equation, name }: Rate, bare: Lowering): Clause["text"] {
  const isNoisy = (e: Expr): boolean => [...symbolsOf(e)].some((s) => symbolOf(s).kind === "noise");
  const read = new Set(symbolsOf(value));
  const lines = neuron.contributions.map((c) => ({
    line: c,
    elements: targetElements(c.target).map((t) => ({
      input: inputSymbol(t.name),
      value: bare.expression(c.value, t.bound),
    })),
  }));
  for (let before = -1; before < read.size;) {
    before = read.size;
    for (const { input, value: e } of lines.flatMap((l) => l.elements))
      if (read.has(input)) for (const s of symbolsOf(e)) read.add(s);
  }
  const noisy = lines.filter((l) => l.elements.some((e) => read.has(e.input) && isNoisy(e.value))).map((l) => l.line);
  const own = rateText(equation, name);
  return (w, whole) =>
    [
      ...(isNoisy(value) || noisy.length === 0 ? [own(w, whole)] : []),
      ...noisy.map((c) => `${writeTarget(c.target)} += ${writeExpression(c.value, w)}`),
    ].join("; ");
}

function contributionsTo(
  neuron: CheckedNeuron,
  lower: Lowering,
): Map<string, { readonly value: Expr; readonly text: Clause["text"] }> {
  const totals = new Map<string, { value: Expr; texts: Clause["text"][] }>();
  for (const c of neuron.contributions) {
    for (const { name, bound } of targetElements(c.target)) {
      const value = lower.expression(c.value, bound);
      const text: Clause["text"] = (w, whole) => writeExpression(c.value, whole ? w : { ...w, bound });
      const old = totals.get(name);
      if (old === undefined) totals.set(name, { value, texts: [text] });
      else totals.set(name, { value: arithmetic("+", old.value, value), texts: [...old.texts, text] });
    }
  }
  return new Map(
    [...totals].map(([name, { value, texts }]) => [
      name,
      {
        value,
        text: (w: Writing, whole: boolean) =>
          texts
            .map((t) => t(w, whole))
            .join(" + ")
            .replaceAll("+ -", "- "),
      },
    ]),
  );
}

function stimulusClause(
  e: ReturnType<typeof elementsOf>[number],
  settings: readonly CheckedSetting[],
  step: number | null,
): Clause | null {
  const lower = lowering({ contributions: [] }, () => number(0), SCOPE, unfolded);
  const clause = valueClause("stimulus", e, settings, lower, inputSymbol(e.name), `${e.name}~`);
  return clause === null ? null : { ...clause, ...stimulusForm(clause, lower.takeShapes(), step) };
}

function addSpikes(
  neuron: CheckedNeuron,
  lower: Lowering,
  bare: Lowering,
  noises: ReadonlySet<string>,
  add: (clause: Clause) => void,
): void {
  const { spike, reset } = neuron;
  if (spike === null) return;
  const mode = spike.mode === "rate" ? "rate" : reset === null ? "crossing" : "level";
  add({
    family: "spike",
    target: "",
    shape: mode,
    parts: [withoutNoise(lower.expression(spike.value, UNBOUND), noises)],
    bare: [withoutNoise(bare.expression(spike.value, UNBOUND), noises)],
    text: (w) =>
      `${spike.mode === "rate" ? "with rate " : ""}${writeExpression(spike.value, w)}${mode === "crossing" ? " (as it becomes true)" : ""}`,
  });
  for (const a of reset ?? []) {
    for (const { name, bound } of targetElements(a.target))
      add({
        family: "reset",
        target: name,
        ...quietly(assignedValue(lower.expression(a.value, bound, "reset/"), lower), noises),
        bare: quietly(assignedValue(bare.expression(a.value, bound, "reset/"), bare), noises).parts,
        text: rateText(a, name),
      });
  }
}

function quietly(
  { shape, parts }: Pick<Clause, "shape" | "parts">,
  noises: ReadonlySet<string>,
): Pick<Clause, "shape" | "parts"> {
  return { shape, parts: parts.map((e) => withoutNoise(e, noises)) };
}

interface Held {
  readonly rates: ReadonlyMap<string, Expr>;
  readonly states: ReadonlySet<string>;
  readonly noises: ReadonlySet<string>;
}

/** How states move while refractory: held ones do not, and what is dropped does not drive. */
function heldRates(neuron: CheckedNeuron, full: readonly Rate[]): Held {
  const elements = (targets: NonNullable<CheckedNeuron["refractory"]>["held"]): Set<string> =>
    new Set(targets.flatMap((t) => targetElements(t).map((e) => e.name)));
  const states = elements(neuron.refractory?.held ?? []);
  const dropped = elements(neuron.refractory?.dropped ?? []);
  if (dropped.size === 0)
    return {
      rates: new Map(full.map(({ name, value }) => [name, states.has(name) ? number(0) : value])),
      states,
      noises: new Set(),
    };
  const contributions = neuron.contributions.filter((c) => !targetElements(c.target).every((e) => dropped.has(e.name)));
  const lower = lowering(
    { contributions },
    (q, positions) =>
      dropped.has(elementName(q, positions)) ? number(0) : symbol(inputSymbol(elementName(q, positions))),
    SCOPE,
    unfolded,
  );
  const rates = new Map(
    ratesOf(neuron.equations, lower).map(({ name, value }) => [name, states.has(name) ? number(0) : value]),
  );
  return { rates, states, noises: lower.noises };
}

interface Movable {
  readonly full: readonly Rate[];
  readonly states: readonly string[];
  readonly outside: Outside | null;
}

function addRefractoriness(
  neuron: CheckedNeuron,
  lower: Lowering,
  held: Held,
  noises: ReadonlySet<string>,
  { full, states, outside }: Movable,
  add: (clause: Clause) => void,
): void {
  const { refractory } = neuron;
  const duration = refractory === null ? null : lower.expression(refractory.duration, UNBOUND);
  // A period of no length is none.
  if (refractory === null || duration === null || (duration.kind === "number" && duration.value === 0)) return;
  const list = (word: string, targets: readonly string[]): string[] =>
    targets.length === 0 ? [] : [`${word} ${targets.join(", ")}`];
  const drops = list("drop", refractory.dropped.map(writeTarget));
  const does = [...list("hold", refractory.held.map(writeTarget)), ...drops];
  const whole = (w: Writing): string =>
    `${writeExpression(refractory.duration, w)}${does.length === 0 ? "" : ` { ${does.join("; ")} }`}`;
  add({ family: "duration", target: "", shape: "", parts: [duration], text: whole });
  const rates = new Set(full.flatMap((r) => (equivalent(r.value, number(0)) ? [] : [r.name])));
  const isWithoutInput = (name: string): boolean =>
    full.some((r) => r.name === name && !equivalent(r.value, present(held.rates.get(name), name)));
  for (const name of states) {
    // A state that nothing moves is held or not: nobody can tell.
    if (!rates.has(name) && outside?.assigned.has(name) === false) continue;
    add({
      family: "hold",
      target: name,
      shape: held.states.has(name) ? "held" : "free",
      parts: [],
      text: () => (held.states.has(name) ? "held" : ["not held", ...(isWithoutInput(name) ? drops : [])].join("; ")),
    });
  }
  for (const { name } of full) {
    const rate = present(held.rates.get(name), name);
    add({
      family: "held",
      target: name,
      shape: "",
      parts: [withoutNoise(rate, noises)],
      text: () => (held.states.has(name) ? "held" : does.join("; ") || "as ever"),
    });
  }
}

/** Times that are numbers, by size: in whatever order they are written, the spikes are the same. */
function inOrder(times: readonly Expr[]): readonly Expr[] {
  const values = times.map((e) => knownValue(e, () => NaN));
  return values.some(Number.isNaN)
    ? times
    : [...times.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0)).map((k) => present(times[k], "time"));
}

function addSource(source: CheckedSource | null, lower: Lowering, add: (clause: Clause) => void): void {
  switch (source?.kind) {
    case undefined:
      return;
    case "poisson":
      return add({ family: "source", target: "", shape: "poisson", parts: [], text: () => "Poisson spikes" });
    case "times":
      return add({
        family: "source",
        target: "",
        shape: "times",
        parts: inOrder(source.times.map((t) => lower.expression(t, UNBOUND))),
        text: (w) =>
          `spikes${writeValue({ kind: "elements", elements: source.times }, canonicalUnit(TIME), w).replace(/^\[/, "([")})`,
      });
    case "file":
      return add({
        family: "source",
        target: "",
        shape: "times",
        parts: source.times.flatMap((t, k) => [number(t), number(source.neurons[k] ?? 0)]),
        text: () =>
          `spikes(file("${source.path}")): ${source.times.length} spikes, the first at ${quantityText(source.times[0] ?? NaN, canonicalUnit(TIME))}`,
      });
  }
}
