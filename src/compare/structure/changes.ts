// From clauses that disagree to what a reader is told: one change for each quantity, not for each of its elements.
import { append } from "../../base/lists.ts";
import { symbol, type Expr } from "../../algebra/expression.ts";
import { normalize } from "../../algebra/normalForm.ts";
import { printExpr } from "../../algebra/print.ts";
import { isNumber, negated, times, unity } from "../../algebra/reals.ts";
import { substitute, symbolsOf } from "../../algebra/traverse.ts";
import { canonicalUnit } from "../../quantities/unit.ts";
import type { CheckedQuantity } from "../../3-check/checked.ts";
import type { StructuralItem } from "../comparison.ts";
import type { Judge } from "./agree.ts";
import type { Through } from "./difference.ts";
import { isParameter, linkedA } from "./match.ts";
import { DECIDING, isOnlyB, isPlain, onlyB, outcomes, pairedEvents, translation, type Outcome, type Translation } from "./pairing.ts";
import { near, valueUnder, type Seen } from "./seeThrough.ts";
import { clauseOf, type Clause, type Family, type Member, type System, type SystemEvent } from "./system.ts";
import { quantityText, wholeName } from "./write.ts";

export interface Change {
  readonly item: StructuralItem;
  /** Null for parameters and events. */
  readonly family: Family | "event" | null;
  /** Names of states and inputs, of either model, that it is about. */
  readonly about: readonly Member[];
  /** Symbols that only one of the two models has and that the changed clause reads: they explain it. */
  readonly reads: ReadonlySet<string>;
}

export interface Changes {
  readonly changes: readonly Change[];
  readonly through: readonly Through[];
  readonly unproven: readonly string[];
  readonly givenUp: boolean;
}

const PART: Readonly<Record<Family, StructuralItem["part"]>> = {
  rate: "equation", bare: "equation", held: "refractoriness", hold: "refractoriness", duration: "refractoriness", noise: "noise", calculus: "noise", initial: "state", reset: "reset",
  spike: "threshold", contribution: "input", stimulus: "stimulus", source: "stimulus", value: "parameter", pre: "synapse", post: "synapse", give: "synapse", rule: "connectivity", where: "connectivity", delay: "connectivity",
};

/** `prefix`: the population or connection, `E.`; empty for a lone model. */
export function changesBetween(a: System, b: System, { pairing, judge }: Seen, prefix = ""): Changes {
  const all = outcomes(a, b, pairing, judge, [...DECIDING, "bare", "contribution"]);
  const linked = linkedA(pairing.links);
  const open = new Set([...a.members.keys()].filter((s) => !linked.has(s) && a.members.get(s)?.role === "state"));
  const openB = new Set([...b.members.keys()].filter((s) => !pairing.links.has(s) && b.members.get(s)?.role === "state"));
  const isOpen = (name: string): boolean => open.has(name) || (isOnlyB(name) && openB.has(name.slice(2)));

  const told = new Set(toldOutcomes(all));
  const words = translation(pairing);
  const raw = all.filter((o) => told.has(o)).map((o): Raw => ({ ...o, memberA: memberOf(a, o.targetA), memberB: memberOf(b, o.targetB), note: noteOf(o, judge), reads: new Set(readOf(o, words).filter(isOpen)) }));
  const changes = [
    ...grouped(raw, prefix),
    ...inputChanges(a, b, pairing.links, prefix),
    ...pairedEvents(a, b, pairing, judge).filter((e) => e.verdict === "different").map((e) => eventChange(e, prefix)),
    ...parameterChanges(a, b, { pairing, judge }, prefix),
  ];
  const unproven = all.filter((o) => o.verdict === "numerically" && o.family !== "bare" && o.family !== "contribution" && o.family !== "held").map((o) => prefix + titleOf(o.family, memberOf(a, o.targetA)?.name ?? ""));
  return { changes: changes.sort((p, q) => ORDER.indexOf(p.item.part) - ORDER.indexOf(q.item.part)), through: throughOf(a, b, { pairing, judge }), unproven: [...new Set(unproven)], givenUp: judge.exhausted() };
}

/** In which order a paper would say it. */
const ORDER: readonly StructuralItem["part"][] = ["population", "state", "equation", "input", "noise", "threshold", "reset", "event", "refractoriness", "synapse", "connectivity", "stimulus", "parameter", "constant", "method", "step"];

function memberOf(s: System, name: string | null): Member | null {
  return name === null ? null : (s.members.get(name) ?? null);
}

/** One disagreement can show in several clauses: it is told where it comes from. */
function toldOutcomes(all: readonly Outcome[]): Outcome[] {
  const key = (o: Outcome): string => `${o.targetA ?? ""}|${o.targetB ?? ""}`;
  const of = (family: Family): ReadonlyMap<string, Outcome> => new Map(all.filter((o) => o.family === family).map((o) => [key(o), o]));
  const [bare, rate, hold] = [of("bare"), of("rate"), of("hold")];
  const failing = (family: Family): Outcome[] => all.filter((o) => o.family === family && o.verdict === "different");
  const inputsExplain = failing("contribution").length > 0;
  const someRate = failing("rate").length > 0;
  const durations = all.filter((o) => o.family === "duration" && (o.a === null) !== (o.b === null));
  return all.filter((o) => {
    if (o.verdict !== "different") return false;
    switch (o.family) {
      case "bare":
        return false;
      case "rate":
        return o.targetA === null || o.targetB === null || !(inputsExplain && (bare.get(key(o))?.verdict ?? "different") !== "different");
      case "contribution":
        return someRate;
      case "hold":
        return durations.length === 0 && o.targetA !== null && o.targetB !== null;
      case "held":
        return durations.length === 0 && o.targetA !== null && o.targetB !== null && rate.get(key(o))?.verdict !== "different" && hold.get(key(o))?.verdict !== "different";
      default:
        return true;
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
  return [...(o.a?.parts ?? []).flatMap((e) => [...symbolsOf(words.a(e))]), ...(o.b?.parts ?? []).flatMap((e) => [...symbolsOf(words.b(e))])];
}

/** What a changed clause is by a plain factor. */
function noteOf({ family, pairs, a, b }: Outcome, judge: Judge): string {
  if (a === null || b === null) return "";
  const [pair] = pairs;
  const notes = family === "initial" ? ["initial value"] : family === "held" ? ["while refractory"] : [];
  const factor = pair === undefined || pairs.length > 1 ? null : judge.factor(...pair);
  if (factor === -1) notes.push("the opposite sign");
  else if (factor !== null && factor !== 1 && factor !== 0) notes.push(`${factor} times as much`);
  return notes.join(", ");
}

/** Elements of one quantity that all change together are one change. */
function grouped(raw: readonly Raw[], prefix: string): Change[] {
  const groups = new Map<string, Raw[]>();
  for (const r of raw) {
    const key = [r.family, r.a === null, r.b === null, r.memberA?.quantity?.name ?? "", r.memberB?.quantity?.name ?? "", r.note].join("|");
    groups.set(key, [...(groups.get(key) ?? []), r]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const alike = group.every((r) => r.a?.text({}, true) === first.a?.text({}, true) && r.b?.text({}, true) === first.b?.text({}, true));
    const complete = alike && [first.memberA, first.memberB].every((m) => m === null || m.quantity === null || sizeOf(m.quantity) === group.length);
    if (group.length > 1 && complete) return [changeOf(group, true, prefix)];
    const vectors = first.memberA?.quantity?.indices.length ?? first.memberB?.quantity?.indices.length ?? 0;
    return group.map((r) => changeOf([r], vectors > 0 && complete, prefix));
  });
}

function sizeOf(q: CheckedQuantity): number {
  return q.indices.reduce((n, r) => n * (r.to - r.from + 1), 1);
}

function changeOf(group: readonly Raw[], whole: boolean, prefix: string): Change {
  const first = group[0];
  if (first === undefined) throw new RangeError("no change");
  const { family, a, b, memberA, memberB } = first;
  const [before, after] = texts(a, b, whole);
  const member = memberA ?? memberB;
  const name = member === null ? "" : whole && member.quantity !== null ? wholeName(member.quantity) : member.name;
  return {
    item: {
      part: PART[family],
      change: a === null || first.targetA === null ? "added" : b === null || first.targetB === null ? "removed" : "changed",
      name: prefix + titleOf(family, name),
      before, after,
      // What is new is told what it is.
      note: first.note === "" && (family === "initial" || family === "value") && (a === null || b === null) ? (member?.doc.split("\n")[0] ?? "") : first.note,
    },
    family,
    about: group.flatMap((r) => [r.memberA, r.memberB]).filter((m) => m !== null),
    reads: new Set(group.flatMap((r) => [...r.reads])),
  };
}

/** Texts before and after; where they are the same although they mean different things, with their lets written out. */
function texts(a: Clause | SystemEvent | null, b: Clause | SystemEvent | null, whole: boolean): readonly [string | null, string | null] {
  const text = (c: typeof a, lets: boolean): string | null => (c === null ? null : c.text({ lets }, whole));
  const plain = [text(a, false), text(b, false)] as const;
  return plain[0] !== plain[1] ? plain : [text(a, true), text(b, true)];
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

function inputChanges(a: System, b: System, links: Seen["pairing"]["links"], prefix: string): Change[] {
  const one = (m: Member, change: "added" | "removed"): Change => {
    const text = m.quantity === null ? m.name : `${m.name} : ${m.quantity.unit.text}`;
    return {
      item: { part: "input", change, name: prefix + m.name, before: change === "removed" ? text : null, after: change === "added" ? text : null, note: m.doc },
      family: null, about: [m], reads: new Set(),
    };
  };
  const linked = linkedA(links);
  return [
    ...[...a.members.values()].filter((m) => m.role === "input" && !linked.has(m.symbol)).map((m) => one(m, "removed")),
    ...[...b.members.values()].filter((m) => m.role === "input" && !links.has(m.symbol)).map((m) => one(m, "added")),
  ];
}

function eventChange({ a, b }: { readonly a: SystemEvent | null; readonly b: SystemEvent | null }, prefix: string): Change {
  const [before, after] = texts(a, b, false);
  return {
    item: { part: "event", change: a === null ? "added" : b === null ? "removed" : "changed", name: `${prefix}on`, before, after, note: "" },
    family: "event", about: [], reads: new Set(),
  };
}

// ---- parameters

/** What any clause that decides something reads, also by way of other parameters. */
export function usedIn(s: System): ReadonlySet<string> {
  const used = new Set<string>();
  const pending: Expr[] = [...s.clauses.values()].filter((c) => c.family !== "value").flatMap((c) => c.parts);
  for (const event of s.events) pending.push(event.condition, ...event.assignments.values());
  for (let e = pending.pop(); e !== undefined; e = pending.pop()) {
    for (const name of symbolsOf(e)) {
      if (used.has(name)) continue;
      used.add(name);
      append(pending, (clauseOf(s, "value", name)?.parts ?? []));
    }
  }
  return used;
}

function parameterChanges(a: System, b: System, { pairing, judge }: Seen, prefix: string): Change[] {
  const { links, solved } = pairing;
  const words = translation(pairing);
  const [usedA, usedB] = [usedIn(a), usedIn(b)];
  const explained = new Set([...solved.values(), ...[...links.values()].flatMap((l) => [l.scale, l.shift])].flatMap((e) => [...symbolsOf(e)]));
  const raw: Raw[] = [];
  const found: Change[] = [];
  const push = (memberA: Member | null, memberB: Member | null): void => {
    const [p, q] = [memberA === null ? null : clauseOf(a, "value", memberA.symbol), memberB === null ? null : clauseOf(b, "value", memberB.symbol)];
    raw.push({ family: "value", targetA: memberA?.symbol ?? null, targetB: memberB?.symbol ?? null, a: p ?? (memberA === null ? null : unset(memberA)), b: q ?? (memberB === null ? null : unset(memberB)), memberA, memberB, verdict: "different", pairs: [], note: "", reads: new Set() });
  };
  for (const [name, link] of links) {
    const [m, n] = [a.members.get(link.a), b.members.get(name)];
    if (m === undefined || n === undefined || !isParameter(n.role) || n.role === "setup" || (!usedA.has(link.a) && !usedB.has(name))) continue;
    if (!sameValue(clauseOf(a, "value", link.a), clauseOf(b, "value", name), a.values.get(link.a) ?? NaN, b.values.get(name) ?? NaN, words, judge)) push(m, n);
  }
  const valueOf = (name: string): number => {
    if (isOnlyB(name)) return b.values.get(name.slice(2)) ?? NaN;
    const other = [...links].find(([, link]) => link.a === name)?.[0];
    return (other === undefined ? a.values.get(name) : b.values.get(other)) ?? NaN;
  };
  for (const [name, e] of solved) {
    const ofB = isOnlyB(name);
    const m = ofB ? b.members.get(name.slice(2)) : a.members.get(name);
    const [own, other] = [valueOf(name), valueUnder(e, valueOf)];
    if (m === undefined || near(own, other) || (Number.isNaN(own) && Number.isNaN(other))) continue;
    const unit = m.quantity?.unit ?? null;
    const text = (value: number): string => (unit === null ? String(value) : quantityText(value, unit));
    const [before, after] = ofB ? [text(other), text(own)] : [text(own), text(other)];
    found.push({ item: { part: "parameter", change: "changed", name: prefix + m.name, before, after, note: `${m.name} is ${printed(e, a, b)}` }, family: null, about: [m], reads: new Set() });
  }
  const linked = linkedA(links);
  for (const m of a.members.values()) if (isParameter(m.role) && m.role !== "setup" && usedA.has(m.symbol) && !linked.has(m.symbol) && !solved.has(m.symbol) && !explained.has(m.symbol)) push(m, null);
  for (const m of b.members.values()) if (isParameter(m.role) && m.role !== "setup" && usedB.has(m.symbol) && !links.has(m.symbol) && !solved.has(onlyB(m.symbol)) && !explained.has(onlyB(m.symbol))) push(null, m);
  return [...grouped(raw, prefix), ...found];
}

function unset({ symbol: target }: Member): Clause {
  return { family: "value", target, shape: "unset", parts: [], text: () => "not set" };
}

function sameValue(p: Clause | null, q: Clause | null, x: number, y: number, words: Translation, judge: Judge): boolean {
  if (p === null || q === null) return p === q;
  if (p.shape !== q.shape || p.parts.length !== q.parts.length) return false;
  if (p.shape === "" && near(x, y)) return true;
  // The same function of parameters that differ: they are told, this is not.
  const moving = p.parts.some((e) => symbolsOf(e).size > 0);
  return (moving || p.shape !== "") && p.parts.every((e, k) => {
    const other = q.parts[k];
    return other !== undefined && judge.verdict(words.a(e), words.b(other)) !== "different";
  });
}

// ---- what was seen through

function throughOf(a: System, b: System, { pairing }: Seen): Through[] {
  const found: Through[] = [];
  for (const [name, link] of pairing.links) {
    const [m, n] = [a.members.get(link.a), b.members.get(name)];
    if (m === undefined || n === undefined || n.role === "outer" || n.role === "noise" || n.role === "setup") continue;
    if (isPlain(link)) {
      if (m.name !== n.name) found.push({ name: n.name, meaning: m.name, of: "b", renaming: true });
      continue;
    }
    const scaled = isNumber(link.scale, 1) || link.scale === unity ? m.name : `${printed(times(symbol(link.a), link.scale), a, b)}`;
    found.push({ name: n.name, meaning: `${scaled}${shiftText(link.shift, m, a, b)}`, of: "b", renaming: false });
  }
  for (const [name, e] of pairing.solved) {
    const ofB = isOnlyB(name);
    const m = ofB ? b.members.get(name.slice(2)) : a.members.get(name);
    if (m === undefined) continue;
    const meaning = e.kind === "number" && m.dimension !== null ? quantityText(e.value, m.quantity?.unit ?? canonicalUnit(m.dimension)) : printed(e, a, b);
    found.push({ name: m.name, meaning, of: ofB ? "b" : "a", renaming: false });
  }
  return mergedElements(found);
}

/** I[1] is J[1] and I[2] is J[2]: I is J. */
function mergedElements(all: readonly Through[]): Through[] {
  const bare = (text: string): string => text.replace(/\[[\d,]+\]/g, "");
  return [...new Map(all.map((t): [string, Through] => {
    const merged = { ...t, name: bare(t.name), meaning: bare(t.meaning) };
    return [`${t.of} ${merged.name} ${merged.meaning}`, merged];
  })).values()].filter((t) => !(t.renaming && t.name === t.meaning));
}

function shiftText(shift: Expr, m: Member, a: System, b: System): string {
  if (isNumber(shift, 0)) return "";
  const negative = shift.kind === "negate" || (shift.kind === "number" && shift.value < 0);
  const size = negative ? negated(shift) : shift;
  const text = size.kind === "number" && m.dimension !== null ? quantityText(size.value, m.quantity?.unit ?? canonicalUnit(m.dimension)) : printed(size, a, b);
  return ` ${negative ? "-" : "+"} ${/ [+-] /.test(text) && negative ? `(${text})` : text}`;
}

/** With the names that people know. */
function printed(e: Expr, a: System, b: System): string {
  const names = new Map([...symbolsOf(e)].map((name): [string, Expr] => [name, symbol((isOnlyB(name) ? b.members.get(name.slice(2)) : a.members.get(name))?.name ?? name)]));
  return printExpr(normalize(substitute(e, names)));
}
