// From clauses that disagree to what a reader is told: one change for each quantity, not for each of its elements.
import { present } from "../../base/invariant.ts";
import { append } from "../../base/lists.ts";
import { symbol, type Expr } from "../../algebra/expression.ts";
import { normalize } from "../../algebra/normalForm.ts";
import { printExpr } from "../../algebra/print.ts";
import { isNumber, negated, times, unity } from "../../algebra/reals.ts";
import { substitute, symbolsOf } from "../../algebra/traverse.ts";
import { canonicalUnit } from "../../quantities/unit.ts";
import type { CheckedQuantity } from "../../3-check/checked.ts";
import type { StructuralItem } from "../comparison.ts";
import type { Judge, Verdict } from "./agree.ts";
import type { Through } from "./difference.ts";
import { isParameter, linkedA } from "./match.ts";
import {
  DECIDING,
  exchangedEvents,
  isOnlyB,
  isPlain,
  namesIn,
  near,
  onlyB,
  outcomes,
  pairedEvents,
  translation,
  verdictAsSet,
  worst,
  type EventOutcome,
  type Exchanged,
  type Outcome,
  type Translation,
} from "./pairing.ts";
import { verdictSeenThrough } from "./seenValue.ts";
import type { Seen } from "./seeThrough.ts";
import {
  clauseOf,
  knownValue,
  type Clause,
  type Family,
  type Member,
  type System,
  type SystemEvent,
} from "./system.ts";
import { quantityText, shortenedPair, wholeName, type Writing } from "./write.ts";

export interface Change {
  readonly item: StructuralItem;
  /** Undecided: neither equality nor a difference was found. */
  readonly verdict: Exclude<Verdict, "same">;
  /** Null for parameters and events. */
  readonly family: Family | "event" | null;
  /** Names of states and inputs, of either model, that it is about. */
  readonly about: readonly Member[];
  /** Symbols that only one of the two models has and that the changed clause reads: they explain it. */
  readonly reads: ReadonlySet<string>;
}

export interface Changes {
  /** Of all clauses that decide, whatever is told of them: what is not proven equal never comes out equal for want of words. */
  readonly verdict: Verdict;
  readonly changes: readonly Change[];
  readonly through: readonly Through[];
  readonly givenUp: boolean;
  /** As of an outcome. */
  readonly atStep: number | null;
}

/** What is said of a change that may be none. */
export const UNDECIDED = "perhaps written otherwise";
const OTHER_DRAWS = "the same, but the draws are others";

const PART: Readonly<Record<Family, StructuralItem["part"]>> = {
  rate: "equation",
  bare: "equation",
  held: "refractoriness",
  hold: "refractoriness",
  duration: "refractoriness",
  noise: "noise",
  calculus: "noise",
  initial: "state",
  reset: "reset",
  spike: "threshold",
  contribution: "input",
  stimulus: "stimulus",
  source: "stimulus",
  value: "parameter",
  pre: "synapse",
  post: "synapse",
  give: "synapse",
  precision: "synapse",
  let: "equation",
  rule: "connectivity",
  where: "connectivity",
  delay: "connectivity",
};

export function changesBetween(a: System, b: System, { pairing, judge }: Seen): Changes {
  const paired = pairedEvents(a, b, pairing, judge);
  const found = outcomes(a, b, pairing, judge, [...DECIDING, "bare", "contribution", "let"]);
  // What contributes to an input is as different as what that drives: it may have moved there from the equation.
  const driven = (o: Outcome): Verdict =>
    worst(
      [...decidingOnes(found).filter((d) => d.family !== "stimulus"), ...found.filter(isContribution), ...paired]
        .filter((d) => d !== o && (readsBare(d.a, o.targetA) || readsBare(d.b, o.targetB)))
        .map((d) => d.verdict),
    );
  const isShown = (o: Outcome): boolean => isSeen(a, memberOf(a, o.targetA)) || isSeen(b, memberOf(b, o.targetB));
  const all = found.map((o) => {
    if (!isContribution(o) || isShown(o)) return o;
    const verdict = driven(o);
    return isAsSure(verdict, o.verdict) ? o : { ...o, verdict };
  });
  const linked = linkedA(pairing.links);
  const open = new Set([...a.members.keys()].filter((s) => !linked.has(s) && a.members.get(s)?.role === "state"));
  const openB = new Set(
    [...b.members.keys()].filter((s) => !pairing.links.has(s) && b.members.get(s)?.role === "state"),
  );
  const isOpen = (name: string): boolean => open.has(name) || (isOnlyB(name) && openB.has(name.slice(2)));

  const told = new Set(toldOutcomes(all));
  const words = translation(pairing);
  const rawOf = (some: readonly Outcome[]): Raw[] =>
    some.map((o): Raw => ({
      ...o,
      memberA: memberOf(a, o.targetA),
      memberB: memberOf(b, o.targetB),
      note: noteOf(o, judge, (e) => printed(e, a, b)),
      reads: new Set(readOf(o, words).filter(isOpen)),
    }));
  const exchanges = exchangedEvents(a, b, paired, judge);
  const changes = [
    ...grouped(rawOf(all.filter((o) => told.has(o)))),
    ...inputChanges(a, b, pairing.links),
    ...paired.filter((e) => isTold(e, inputsExplain(all, e.verdict))).map((e) => eventChange(e)),
    ...exchanges.map((e) => orderChange(e)),
  ];
  // What a let stands for shows in what reads it; where it does not, whoever records it sees it.
  const isRead = (o: Outcome): boolean =>
    [memberOf(a, o.targetA), memberOf(b, o.targetB)].some(
      (m) => m?.quantity != null && (a.lets.has(m.quantity.name) || b.lets.has(m.quantity.name)),
    );
  const lets = all.filter(
    (o) =>
      o.family === "let" &&
      o.a !== null &&
      o.b !== null &&
      o.verdict !== "same" &&
      (changes.length === 0 || !isRead(o)),
  );
  append(changes, [...grouped(rawOf(lets)), ...parameterChanges(a, b, { pairing, judge })]);
  const through = throughOf(a, b, { pairing, judge });
  // What reads an input that has become a parameter reads as before: those are told.
  const turned = namesOfAnotherRole(a, b, pairing.links);
  const shown = changes
    .map((c) => explained(c, through))
    .filter(
      ({ item }) =>
        item.note !== "" ||
        item.before === null ||
        item.before !== item.after ||
        !wordsIn(item.before).some((w) => turned.has(w)),
    );
  const verdict = worst([...decidingOnes(all), ...paired, ...exchanges, ...changes].map((c) => c.verdict));
  // What is not the same is told, whatever explains it.
  const isSaid = verdict === "same" || shown.some((c) => c.verdict === verdict);
  const unsaid = isSaid
    ? []
    : [
        ...grouped(rawOf(decidingOnes(all).filter((o) => o.verdict === verdict))),
        ...paired.filter((e) => e.verdict === verdict).map((e) => eventChange(e)),
        ...changes.filter((c) => c.verdict === verdict),
      ];
  return {
    verdict,
    changes: [...shown, ...unsaid]
      .map((c) => withNote(c))
      .sort((p, q) => ORDER.indexOf(p.item.part) - ORDER.indexOf(q.item.part)),
    through,
    givenUp: judge.exhausted(),
    atStep: found.find((o) => o.atStep !== null)?.atStep ?? null,
  };
}

function isContribution({ family }: Outcome): boolean {
  return family === "contribution";
}

/** Whether a run shows it besides what it does in the model. */
function isSeen({ outside }: System, m: Member | null): boolean {
  return m !== null && (outside?.seen.has(m.symbol) === true || outside?.recorded.has(m.quantity?.name ?? "") === true);
}

/** With inputs left as names. */
function readsBare(by: Clause | SystemEvent | null, name: string | null): boolean {
  if (by === null || name === null) return false;
  const all = "parts" in by ? (by.bare ?? by.parts) : [by.bare.condition, ...by.bare.assignments.values()];
  return all.some((e) => symbolsOf(e).has(name));
}

function decidingOnes(all: readonly Outcome[]): readonly Outcome[] {
  return all.filter((o) => DECIDING.includes(o.family));
}

/** Of two texts that are one somebody has to say what makes them two. */
function withNote(change: Change): Change {
  const { item } = change;
  return item.note !== "" || item.before === null || item.before !== item.after
    ? change
    : { ...change, item: { ...item, note: "what it reads is not the same" } };
}

/** Of what both models have, but not as the same kind of thing. */
function namesOfAnotherRole(a: System, b: System, links: Seen["pairing"]["links"]): ReadonlySet<string> {
  const linked = linkedA(links);
  const open = (s: System, isLinked: (symbol: string) => boolean): (readonly [string, Member["role"]])[] =>
    [...s.members.values()].filter((m) => !isLinked(m.symbol)).map((m) => [m.quantity?.name ?? m.name, m.role]);
  const others = open(b, (s) => links.has(s));
  return new Set(
    open(a, (s) => linked.has(s)).flatMap(([name, role]) =>
      others.some(([other, its]) => other === name && its !== role) ? [name] : [],
    ),
  );
}

function wordsIn(text: string): readonly string[] {
  return text.match(/[\p{L}_][\p{L}\p{N}_.]*/gu) ?? [];
}

/** Where both texts are the same it is the names in them that are not: V > -50 mV is another threshold where the second V is counted from elsewhere. */
function explained(change: Change, through: readonly Through[]): Change {
  const { item } = change;
  if (item.before === null || item.before !== item.after) return change;
  const words = new Set(wordsIn(item.before));
  const other = through
    .filter((t) => t.kind !== "renamed" && t.of === "b" && words.has(t.name))
    .map((t) => `the second ${t.name} is ${t.meaning} of the first`);
  return { ...change, item: { ...item, note: [...(item.note === "" ? [] : [item.note]), ...other].join(", ") } };
}

/** In which order a paper would say it. */
const ORDER: readonly StructuralItem["part"][] = [
  "population",
  "state",
  "equation",
  "input",
  "noise",
  "threshold",
  "reset",
  "event",
  "refractoriness",
  "synapse",
  "connectivity",
  "stimulus",
  "parameter",
  "constant",
  "method",
  "step",
];

function memberOf(s: System, name: string | null): Member | null {
  return name === null ? null : (s.members.get(name) ?? null);
}

/** Whether contributions differ as surely as that. */
function inputsExplain(all: readonly Outcome[], verdict: Verdict): boolean {
  return all.some((o) => o.family === "contribution" && isAsSure(o.verdict, verdict));
}

function isAsSure(a: Verdict | undefined, b: Verdict): boolean {
  return a === "different" || (a === "undecided" && b !== "different");
}

/** Not where it is the same but for what contributes to its inputs, and that is told. */
function isTold(
  { verdict, bare }: { readonly verdict: Verdict; readonly bare: Verdict | null },
  explained: boolean,
): boolean {
  return verdict !== "same" && !(explained && bare === "same");
}

/** One disagreement can show in several clauses: it is told where it comes from. */
function toldOutcomes(all: readonly Outcome[]): Outcome[] {
  const key = (o: Outcome): string => `${o.targetA ?? ""}|${o.targetB ?? ""}`;
  const of = (family: Family): ReadonlyMap<string, Outcome> =>
    new Map(all.filter((o) => o.family === family).map((o) => [key(o), o]));
  const [bare, rate, hold] = [of("bare"), of("rate"), of("hold")];
  const durations = all.filter((o) => o.family === "duration" && (o.a === null) !== (o.b === null));
  return all.filter((o) => {
    if (o.verdict === "same") return false;
    switch (o.family) {
      case "bare":
      case "let":
        return false;
      case "rate":
        return (
          o.targetA === null ||
          o.targetB === null ||
          isTold({ verdict: o.verdict, bare: bare.get(key(o))?.verdict ?? "different" }, inputsExplain(all, o.verdict))
        );
      case "contribution":
        // What goes to an input that only one model has is told with that.
        return o.targetA !== null && o.targetB !== null;
      case "calculus":
        // That noise is multiplied in one model alone is told of the noise.
        return o.a !== null && o.b !== null;
      case "hold":
        return durations.length === 0 && o.a !== null && o.b !== null;
      case "held":
        return (
          durations.length === 0 &&
          o.targetA !== null &&
          o.targetB !== null &&
          !isAsSure(rate.get(key(o))?.verdict, o.verdict) &&
          !isAsSure(hold.get(key(o))?.verdict, o.verdict)
        );
      default:
        return isTold(o, inputsExplain(all, o.verdict));
    }
  });
}

interface Raw extends Outcome {
  readonly memberA: Member | null;
  readonly memberB: Member | null;
  readonly note: string;
  readonly reads: ReadonlySet<string>;
}

function readOf(o: Outcome, words: Translation): string[] {
  return [
    ...(o.a?.parts ?? []).flatMap((e) => [...symbolsOf(words.a(e))]),
    ...(o.b?.parts ?? []).flatMap((e) => [...symbolsOf(words.b(e))]),
  ];
}

/** What a changed clause is by a plain factor, and that it may be none. */
function noteOf(
  { family, verdict, pairs, isRedrawn, a, b }: Outcome,
  judge: Judge,
  print: (e: Expr) => string,
): string {
  if (a === null || b === null) return verdict === "undecided" ? UNDECIDED : "";
  if (isRedrawn) return OTHER_DRAWS;
  const [pair] = pairs;
  const notes = family === "initial" ? ["initial value"] : family === "held" ? ["while refractory"] : [];
  if (verdict === "undecided") {
    const gaps = pairs.flatMap((two) => [...judge.gap(...two)]).map((e) => print(e));
    return [...notes, gaps.length === 0 ? UNDECIDED : gapText(gaps)].join(", ");
  }
  const factor =
    pair === undefined
      ? null
      : family === "noise"
        ? strength(pairs, judge)
        : pairs.length > 1
          ? null
          : judge.factor(...pair);
  if (factor === -1) notes.push("the opposite sign");
  else if (factor !== null && factor !== 1 && factor !== 0) notes.push(`${factor} times as much`);
  return notes.join(", ");
}

/** Of what one of two divides by and the other does not. */
function gapText(divisors: readonly string[]): string {
  return `the same but where ${[...new Set(divisors)].join(" or ")} is 0, if it ever is`;
}

/** Of noise that has a variance and no more. */
function strength([shared, own]: Outcome["pairs"], judge: Judge): number | null {
  const square =
    shared !== undefined && own !== undefined && shared.every((e) => isNumber(e, 0)) ? judge.factor(...own) : null;
  return square === null ? null : Number(Math.sqrt(square).toPrecision(9));
}

/** Elements of one quantity that all change together are one change. */
function grouped(raw: readonly Raw[]): Change[] {
  const groups = new Map<string, Raw[]>();
  for (const r of raw) {
    const key = [
      r.family,
      r.a === null,
      r.b === null,
      r.memberA?.quantity?.name ?? "",
      r.memberB?.quantity?.name ?? "",
      r.note,
    ].join("|");
    groups.set(key, [...(groups.get(key) ?? []), r]);
  }
  return heldTogether(
    [...groups.values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const alike = group.every(
        (r) => r.a?.text({}, true) === first.a?.text({}, true) && r.b?.text({}, true) === first.b?.text({}, true),
      );
      const complete =
        alike &&
        [first.memberA, first.memberB].every(
          (m) => m === null || m.quantity === null || sizeOf(m.quantity) === group.length,
        );
      if (group.length > 1 && complete) return [changeOf(group, true)];
      const vectors = first.memberA?.quantity?.indices.length ?? first.memberB?.quantity?.indices.length ?? 0;
      return group.map((r) => changeOf([r], vectors > 0 && complete));
    }),
  );
}

/** States that are held in one model alone are told in a line. */
function heldTogether(changes: readonly Change[]): Change[] {
  const found: Change[] = [];
  for (const change of changes) {
    const k = found.findIndex(
      (c) => c.family === "hold" && change.family === "hold" && c.item.before === change.item.before,
    );
    const before = found[k];
    if (before === undefined) found.push(change);
    else
      found[k] = {
        ...before,
        item: { ...before.item, name: `${before.item.name}, ${change.item.name}` },
        about: [...before.about, ...change.about],
        reads: new Set([...before.reads, ...change.reads]),
      };
  }
  return found;
}

function sizeOf(q: CheckedQuantity): number {
  return q.indices.reduce((n, r) => n * (r.to - r.from + 1), 1);
}

function changeOf(group: readonly Raw[], whole: boolean): Change {
  const first = present(group[0], "change");
  const { family, a, b, memberA, memberB } = first;
  const [before, after] = texts(a, b, whole);
  const member = memberA ?? memberB;
  const isConstant = family === "value" && [memberA, memberB].every((m) => m === null || m.role === "const");
  const name = member === null ? "" : whole && member.quantity !== null ? wholeName(member.quantity) : member.name;
  return {
    item: {
      part: isConstant ? "constant" : PART[family],
      change:
        a === null || first.targetA === null ? "added" : b === null || first.targetB === null ? "removed" : "changed",
      name: titleOf(family, name),
      before,
      after,
      // What is new is told what it is.
      note:
        first.note === "" && (family === "initial" || family === "value") && (a === null || b === null)
          ? (member?.doc.split("\n")[0] ?? "")
          : first.note,
    },
    verdict: worst(group.map((r) => r.verdict)) === "undecided" ? "undecided" : "different",
    family,
    about: group.flatMap((r) => [r.memberA, r.memberB]).filter((m) => m !== null),
    reads: new Set(group.flatMap((r) => [...r.reads])),
  };
}

/** Texts before and after. Lets are written out where they stand for something else in the two, or where the texts would be the same although they mean different things. */
function texts(
  a: Clause | SystemEvent | null,
  b: Clause | SystemEvent | null,
  whole: boolean,
): readonly [string | null, string | null] {
  const text = (c: typeof a, w: Writing): string | null => (c === null ? null : c.text(w, whole));
  if (a === null || b === null) return shortenedPair(text(a, {}), text(b, {}));
  const [p, q] = [new Map<string, string>(), new Map<string, string>()];
  const plain = [text(a, { meanings: p }), text(b, { meanings: q })] as const;
  const other = new Set(
    [...p].filter(([name, meaning]) => q.has(name) && q.get(name) !== meaning).map(([name]) => name),
  );
  const said = other.size === 0 ? plain : ([text(a, { lets: other }), text(b, { lets: other })] as const);
  return shortenedPair(...(said[0] !== said[1] ? said : ([text(a, { lets: true }), text(b, { lets: true })] as const)));
}

/** What the item is called: `V'`, `reset of V` is said by its heading. */
function titleOf(family: Family, name: string): string {
  switch (family) {
    case "rate":
    case "bare":
    case "held":
    case "noise":
      return `${name}'`;
    case "spike":
      return "spike";
    case "precision":
      return `precision of ${name}`;
    case "duration":
      return "refractory";
    case "calculus":
      return "calculus";
    case "pre":
      return `on pre: ${name}`;
    case "post":
      return `on post: ${name}`;
    case "source":
      return "spikes";
    case "rule":
    case "where":
    case "delay":
      return family;
    default:
      return name;
  }
}

function inputChanges(a: System, b: System, links: Seen["pairing"]["links"]): Change[] {
  const one = (m: Member, change: "added" | "removed"): Change => {
    const given = clauseOf(change === "removed" ? a : b, "contribution", m.symbol);
    const text =
      (m.quantity === null ? m.name : `${m.name} : ${m.quantity.unit.text}`) +
      (given === null ? "" : `; ${m.name} += ${given.text({}, false)}`);
    return {
      item: {
        part: "input",
        change,
        name: m.name,
        before: change === "removed" ? text : null,
        after: change === "added" ? text : null,
        note: m.doc,
      },
      verdict: "different",
      family: null,
      about: [m],
      reads: new Set(),
    };
  };
  const linked = linkedA(links);
  return [
    ...[...a.members.values()].filter((m) => m.role === "input" && !linked.has(m.symbol)).map((m) => one(m, "removed")),
    ...[...b.members.values()].filter((m) => m.role === "input" && !links.has(m.symbol)).map((m) => one(m, "added")),
  ];
}

function eventChange({ a, b, verdict }: EventOutcome): Change {
  const [before, after] = texts(a, b, false);
  return {
    item: {
      part: "event",
      change: a === null ? "added" : b === null ? "removed" : "changed",
      name: `on`,
      before,
      after,
      note: verdict === "undecided" ? UNDECIDED : "",
    },
    verdict: verdict === "undecided" ? "undecided" : "different",
    family: "event",
    about: [],
    reads: new Set(),
  };
}

function orderChange({ first, second, verdict }: Exchanged): Change {
  const [p, q] = [first.text({}), second.text({})];
  const [before, after] = shortenedPair(`${p}; ${q}`, `${q}; ${p}`);
  return {
    item: {
      part: "event",
      change: "changed",
      name: `order`,
      before,
      after,
      note: verdict === "undecided" ? UNDECIDED : "the later reads what the earlier has left",
    },
    verdict: verdict === "undecided" ? "undecided" : "different",
    family: "event",
    about: [],
    reads: new Set(),
  };
}

// ---- parameters

/** What any clause that decides something reads, also by way of other parameters, and what a run sees from outside. */
export function usedIn(s: System): ReadonlySet<string> {
  const used = new Set<string>();
  const pending: Expr[] = [...s.clauses.values()].filter((c) => c.family !== "value").flatMap((c) => c.parts);
  for (const m of s.members.values())
    if (
      s.outside?.seen.has(m.symbol) === true ||
      (m.quantity !== null && s.outside?.recorded.has(m.quantity.name) === true)
    )
      pending.push(symbol(m.symbol));
  for (const event of s.events) pending.push(event.condition, ...event.assignments.values());
  for (let e = pending.pop(); e !== undefined; e = pending.pop()) {
    for (const name of symbolsOf(e)) {
      if (used.has(name)) continue;
      used.add(name);
      append(pending, clauseOf(s, "value", name)?.parts ?? []);
    }
  }
  return used;
}

function parameterChanges(a: System, b: System, { pairing, judge }: Seen): Change[] {
  const { links, solved } = pairing;
  const words = translation(pairing);
  const [usedA, usedB] = [usedIn(a), usedIn(b)];
  const explained = namesIn(pairing);
  const raw: Raw[] = [];
  const found: Change[] = [];
  const push = (
    memberA: Member | null,
    memberB: Member | null,
    verdict: "different" | "undecided" = "different",
  ): void => {
    const [p, q] = [
      memberA === null ? null : clauseOf(a, "value", memberA.symbol),
      memberB === null ? null : clauseOf(b, "value", memberB.symbol),
    ];
    raw.push({
      family: "value",
      targetA: memberA?.symbol ?? null,
      targetB: memberB?.symbol ?? null,
      a: p ?? (memberA === null ? null : unset(memberA)),
      b: q ?? (memberB === null ? null : unset(memberB)),
      memberA,
      memberB,
      verdict,
      bare: null,
      atStep: null,
      isRedrawn: false,
      pairs: [],
      note:
        verdict === "undecided"
          ? UNDECIDED
          : memberA === null || memberB === null
            ? ""
            : followed(memberA, memberB, a, b),
      reads: new Set(),
    });
  };
  // A synapse that reads a parameter, or a record of it, compiles with either neuron where both have it.
  const anySees = a.outside === null && b.outside === null;
  for (const [name, link] of links) {
    const [m, n] = [a.members.get(link.a), b.members.get(name)];
    if (
      m === undefined ||
      n === undefined ||
      !isParameter(n.role) ||
      n.role === "setup" ||
      (!anySees && !usedA.has(link.a) && !usedB.has(name))
    )
      continue;
    const verdict = sameValue(clauseOf(a, "value", link.a), clauseOf(b, "value", name), a, b, words, judge);
    if (verdict !== "same") push(m, n, verdict);
  }
  const valueOf = (name: string): number => {
    if (isOnlyB(name)) return b.values.get(name.slice(2)) ?? NaN;
    const other = [...links].find(([, link]) => link.a === name)?.[0];
    return (other === undefined ? a.values.get(name) : b.values.get(other)) ?? NaN;
  };
  for (const [name, e] of solved) {
    const ofB = isOnlyB(name);
    const m = ofB ? b.members.get(name.slice(2)) : a.members.get(name);
    // That of a neuron at an end is told of the neuron.
    const verdict = m === undefined || m.role === "outer" ? "same" : verdictSeenThrough(name, e, a, b, pairing, judge);
    if (m === undefined || verdict === "same") continue;
    const [before, after] = seenTexts(m, e, [valueOf(name), knownValue(e, valueOf)], ofB, a, b);
    const isOneNumber = near(valueOf(name), knownValue(e, valueOf));
    found.push({
      verdict,
      item: {
        part: m.role === "const" ? "constant" : "parameter",
        change: "changed",
        name: m.name,
        before,
        after,
        note: [
          ...(verdict === "undecided" ? [UNDECIDED] : []),
          `${m.name} is ${printed(e, a, b)}`,
          ...(isOneNumber ? [`both are ${valueText(m, valueOf(name))} until what they follow is set`] : []),
        ].join(", "),
      },
      family: null,
      about: [m],
      reads: new Set(),
    });
  }
  const linked = linkedA(links);
  for (const m of a.members.values())
    if (
      isParameter(m.role) &&
      m.role !== "setup" &&
      usedA.has(m.symbol) &&
      !linked.has(m.symbol) &&
      !solved.has(m.symbol) &&
      !explained.has(m.symbol)
    )
      push(m, null);
  for (const m of b.members.values())
    if (
      isParameter(m.role) &&
      m.role !== "setup" &&
      usedB.has(m.symbol) &&
      !links.has(m.symbol) &&
      !solved.has(onlyB(m.symbol)) &&
      !explained.has(onlyB(m.symbol))
    )
      push(null, m);
  return [...grouped(raw), ...found];
}

function valueText({ quantity }: Member, value: number): string {
  return quantity === null ? String(value) : quantityText(value, quantity.unit);
}

/** What a parameter is, and what the other model's make of it: numbers where they tell the two apart, else what is written. */
function seenTexts(
  m: Member,
  e: Expr,
  [own, other]: readonly [number, number],
  ofB: boolean,
  a: System,
  b: System,
): readonly [string | null, string | null] {
  const written = (s: System, target: string): string => clauseOf(s, "value", target)?.text({}, false) ?? "not set";
  const isByNumbers = !near(own, other) && !Number.isNaN(own) && !Number.isNaN(other);
  const meaning = [...symbolsOf(e)]
    .map((name) => {
      const [s, target] = isOnlyB(name) ? [b, name.slice(2)] : [a, name];
      return `${s.members.get(target)?.name ?? name} = ${written(s, target)}`;
    })
    .join(", ");
  const [mine, theirs] = isByNumbers
    ? [valueText(m, own), valueText(m, other)]
    : [written(ofB ? b : a, m.symbol), meaning === "" ? valueText(m, other) : `${printed(e, a, b)} with ${meaning}`];
  return shortenedPair(...(ofB ? ([theirs, mine] as const) : ([mine, theirs] as const)));
}

function unset({ symbol: target }: Member): Clause {
  return { family: "value", target, shape: "unset", parts: [], text: () => "not set" };
}

/** The same function of the parameters that can be set, not the same number alone: what follows another parameter is seen to do so where that is set. */
function sameValue(
  p: Clause | null,
  q: Clause | null,
  a: System,
  b: System,
  words: Translation,
  judge: Judge,
): Verdict {
  if (p === null || q === null) return p === q ? "same" : "different";
  if (p.shape !== q.shape || p.parts.length !== q.parts.length) return "different";
  return worst(p.parts.map((e, k) => verdictAsSet(e, q.parts[k] ?? e, a, b, words, judge)));
}

/** Of two values that are one number: what makes them two. */
function followed(m: Member, n: Member, a: System, b: System): string {
  const [x, y] = [a.values.get(m.symbol) ?? NaN, b.values.get(n.symbol) ?? NaN];
  if (!near(x, y)) return "";
  const names = (s: System, own: Member): string[] => [
    ...new Set(
      (clauseOf(s, "value", own.symbol)?.parts ?? [])
        .flatMap((e) => [...symbolsOf(e)])
        .flatMap((name) => s.members.get(name)?.name ?? []),
    ),
  ];
  const all = [...new Set([...names(a, m), ...names(b, n)])];
  const value = m.quantity === null ? String(x) : quantityText(x, m.quantity.unit);
  return all.length === 0 ? "" : `both are ${value} until ${all.join(" or ")} ${all.length === 1 ? "is" : "are"} set`;
}

// ---- what was seen through

function throughOf(a: System, b: System, { pairing }: Seen): Through[] {
  const found: Through[] = [];
  for (const [name, link] of pairing.links) {
    const [m, n] = [a.members.get(link.a), b.members.get(name)];
    if (
      m === undefined ||
      n === undefined ||
      n.role === "outer" ||
      n.role === "noise" ||
      n.role === "setup" ||
      n.role === "let"
    )
      continue;
    if (isPlain(link)) {
      // What only one of the two models lets anybody set is a number in the other.
      if (isParameter(m.role) && (m.role === "const") !== (n.role === "const")) {
        const [fixed, target, of, free] =
          m.role === "const" ? ([a, m.symbol, "b", n] as const) : ([b, n.symbol, "a", m] as const);
        const meaning = clauseOf(fixed, "value", target)?.text({}, false);
        if (meaning !== undefined) found.push({ name: free.name, meaning, of, kind: "expressed" });
      }
      if (m.name !== n.name) found.push({ name: n.name, meaning: m.name, of: "b", kind: "renamed" });
      continue;
    }
    const scaled =
      isNumber(link.scale, 1) || link.scale === unity ? m.name : `${printed(times(symbol(link.a), link.scale), a, b)}`;
    found.push({
      name: n.name,
      meaning: `${scaled}${shiftText(link.shift, m, a, b)}`,
      of: "b",
      kind: isParameter(n.role) ? "expressed" : "measured",
    });
  }
  for (const [name, e] of pairing.solved) {
    const ofB = isOnlyB(name);
    const m = ofB ? b.members.get(name.slice(2)) : a.members.get(name);
    if (m === undefined || m.role === "outer") continue;
    const meaning = numberOf(e, m) ?? printed(e, a, b);
    found.push({ name: m.name, meaning, of: ofB ? "b" : "a", kind: "expressed" });
  }
  return mergedElements(found);
}

/** I[1] is J[1] and I[2] is J[2]: I is J. I[1] is I[2] stays. */
function mergedElements(all: readonly Through[]): Through[] {
  const bare = (text: string): string => text.replace(/\[[\d,]+\]/g, "");
  return [
    ...new Map(
      all.map((t): [string, Through] => {
        const merged = { ...t, name: bare(t.name), meaning: bare(t.meaning) };
        const kept = merged.name === merged.meaning && t.name !== t.meaning ? t : merged;
        return [`${t.of} ${kept.name} ${kept.meaning}`, kept];
      }),
    ).values(),
  ].filter((t) => !(t.kind === "renamed" && t.name === t.meaning));
}

/** Of what no name is left in: its value, to the digits that rounding leaves. */
function numberOf(e: Expr, { dimension, quantity }: Member): string | null {
  if (symbolsOf(e).size > 0 || dimension === null) return null;
  return quantityText(
    knownValue(e, () => NaN),
    quantity?.unit ?? canonicalUnit(dimension),
    14,
  );
}

function shiftText(shift: Expr, m: Member, a: System, b: System): string {
  if (isNumber(shift, 0)) return "";
  const negative = symbolsOf(shift).size === 0 ? knownValue(shift, () => NaN) < 0 : shift.kind === "negate";
  const size = negative ? negated(shift) : shift;
  const text = numberOf(size, m) ?? printed(size, a, b);
  return ` ${negative ? "-" : "+"} ${/ [+-] /.test(text) && negative ? `(${text})` : text}`;
}

/** With the names that people know. */
function printed(e: Expr, a: System, b: System): string {
  const names = new Map(
    [...symbolsOf(e)].map((name): [string, Expr] => [
      name,
      symbol((isOnlyB(name) ? b.members.get(name.slice(2)) : a.members.get(name))?.name ?? name),
    ]),
  );
  return printExpr(normalize(substitute(e, names)));
}
