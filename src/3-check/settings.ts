// Settings: parameters' values, initial values of states and stimuli of inputs, each checked against what it sets.
import { nearNames } from "../base/nearNames.ts";
import { textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { drawOperator, notSettable, saidTwice } from "../diagnostics/experiment.ts";
import { unknownSetting } from "../diagnostics/names.ts";
import { equal, isDimensionless } from "../quantities/dimension.ts";
import { short } from "../quantities/phrase.ts";
import { parseUnit } from "../quantities/unit.ts";
import { ROLE_NAMES } from "../2-resolve/resolved.ts";
import type { ResolvedExperiment, ResolvedSetting } from "../2-resolve/resolved.ts";
import type { CheckedSetting, CheckedTarget } from "./checked.ts";
import { contextOf, PLACES } from "./context.ts";
import type { Context, Known, Library, Say } from "./context.ts";
import { measureDraw } from "./draws.ts";
import type { Values } from "./evaluate.ts";
import { expectDimension } from "./expect.ts";
import { readTarget, shortName } from "./measureReference.ts";
import type { CheckedModel } from "./neuron.ts";
import { nameOf } from "./neuron.ts";
import { isDimension } from "./sized.ts";
import { measureValue } from "./values.ts";

export interface SettingsBase {
  readonly experiment: ResolvedExperiment;
  readonly setup: ReadonlyMap<string, Known>;
  readonly models: ReadonlyMap<string, CheckedModel>;
  readonly library: Library;
  readonly values: Values;
  readonly say: Say;
}

/** By population, in the order in which they take effect: one at most for a whole quantity, then those of single elements. */
export function checkSettings(base: SettingsBase): Map<string, CheckedSetting[]> {
  const settings = new Map<string, CheckedSetting[]>(base.experiment.populations.map((p) => [p.name, []]));
  const said = new Map<string, Span>();
  for (const s of base.experiment.settings) {
    if (s.target.kind === "unknown") {
      sayUnknown(s, base);
      continue;
    }
    if (s.target.kind === "setup") {
      once(said, `${s.block} ${s.target.name}`, s.target.name, s.target.span, base.say);
      continue;
    }
    const checked = checkSetting(s, s.target.population, s.target.target, base);
    if (checked === null) continue;
    const key = `${s.block} ${s.target.population}.${nameOf(checked.target)}`;
    if (!once(said, key, nameOf(checked.target), s.target.target.span, base.say)) continue;
    const present = settings.get(s.target.population) ?? [];
    settings.set(s.target.population, [...present.filter((p) => !replaces(checked.target, p.target)), checked]);
  }
  for (const [population, list] of settings) settings.set(population, [...list.filter((s) => isWhole(s.target)), ...list.filter((s) => !isWhole(s.target))]);
  return settings;
}

function checkSetting(s: ResolvedSetting, population: string, target: Parameters<typeof readTarget>[0], base: SettingsBase): CheckedSetting | null {
  const model = base.models.get(population);
  if (model === undefined) return null;
  const role = model.table.quantities.get(target.name)?.quantity.role;
  const place = role === "input" ? PLACES.stimulus : s.operator === "~" ? PLACES.draw : PLACES.setting;
  const tables = { functions: new Map([...model.resolved.functions, ...base.experiment.functions]), constants: new Map([...model.resolved.constants, ...base.experiment.constants]) };
  const context: Context = contextOf({ say: base.say, place, model: model.table, setup: base.setup, tables, library: base.library, noiseName: `set.${target.name}` });
  const read = readTarget(target, context, true);
  if (read === null) return null;
  const { quantity, sort } = read.known;
  if (quantity.role === "let" || quantity.role === "const") {
    base.say(notSettable(target.span, { name: shortName(quantity.name), role: ROLE_NAMES[quantity.role], declared: quantity.origin, where: "settings" }));
    return null;
  }
  const done = (value: CheckedSetting["value"]): CheckedSetting => ({ target: read.target, value, origin: s.span });
  if (s.operator === "~") {
    if (quantity.role === "input") {
      base.say(drawOperator(target.span, { problem: "draw-for-input", name: quantity.name, at: null }));
      return null;
    }
    const draw = measureDraw(s.value, { name: quantity.name, sort, unit: quantity.unit }, base.values, context);
    return draw === null ? null : done(draw);
  }
  if (s.value.kind === "call" && s.value.callee.kind === "draw") {
    const sign = equalsSign(target.span, s.value.span);
    base.say(drawOperator(s.value.nameSpan, { problem: quantity.role === "input" ? "draw-for-input" : "draw-after-equals", name: quantity.role === "input" ? quantity.name : s.value.name, at: quantity.role === "input" ? null : sign }));
    return null;
  }
  const element = target.indices.length > 0 && read.target.indices.every((i) => i.kind === "position");
  const value = measureValue(s.value, { ...quantity, name: nameOf(read.target), indices: element ? [] : quantity.indices }, context);
  if (!isDimension(sort)) return done(value.checked);
  const because = { span: quantity.origin, text: short(sort, isDimensionless(sort) ? undefined : quantity.unit) };
  return done(value.each((v) => expectDimension(v, { what: `\`${nameOf(read.target)}\``, dimension: sort, unit: quantity.unit, because }, context)).checked);
}

/** Names of the right dimension come first: what is given says which were meant. */
function sayUnknown(s: ResolvedSetting, base: SettingsBase): void {
  if (s.target.kind !== "unknown") return;
  const { populations, written, span } = s.target;
  const given = givenDimension(s);
  const candidates = populations.flatMap((p) => [...(base.models.get(p)?.table.quantities.values() ?? [])]).filter((k) => ["param", "state", "input"].includes(k.quantity.role));
  const names = (known: readonly Known[]): string[] => nearNames(written, known.map((k) => k.quantity.name));
  const fitting = given === null ? [] : candidates.filter((k) => isDimension(k.sort) && equal(k.sort, given));
  const near = [...new Set([...names(fitting), ...names(candidates), ...nearNames(written, base.setup.keys())])].slice(0, 3);
  const [only] = populations;
  const where = populations.length === 1 ? `\`${only ?? ""}\`` : `\`${base.experiment.subject}\``;
  const prefix = textOf(span).endsWith(written) ? textOf(span).slice(0, textOf(span).length - written.length) : null;
  const diagnostic = unknownSetting(span, { written, near, where, at: span });
  // The fix writes the name alone; what stands before it stays.
  const fixes = prefix === null ? [] : diagnostic.fixes.map((f) => ({ ...f, edits: f.edits.map((e) => ({ ...e, newText: prefix + e.newText })) }));
  base.say({ ...diagnostic, fixes });
}

function givenDimension(s: ResolvedSetting): Parameters<typeof equal>[0] | null {
  const text = /([\d.]\s+|\d)(?<unit>[^\s\d.,;}()][^\s,;}]*)\s*$/u.exec(textOf(s.span))?.groups?.["unit"];
  if (text === undefined) return null;
  const unit = parseUnit(text);
  return "unit" in unit ? unit.unit.dimension : null;
}

/** The `=` between a target and its value. */
function equalsSign(target: Span, value: Span): Span | null {
  if (target.source !== value.source) return null;
  const at = target.source.text.indexOf("=", target.end);
  return at < 0 || at >= value.start ? null : { source: target.source, start: at, end: at + 1 };
}

function once(said: Map<string, Span>, key: string, name: string, at: Span, say: Say): boolean {
  const first = said.get(key);
  said.set(key, first ?? at);
  if (first !== undefined) say(saidTwice(at, { what: `\`${name}\``, first }));
  return first === undefined;
}

function isWhole(target: CheckedTarget): boolean {
  return target.indices.every((i) => i.kind === "index");
}

function replaces(later: CheckedTarget, earlier: CheckedTarget): boolean {
  if (later.quantity.name !== earlier.quantity.name) return false;
  return isWhole(later) || nameOf(later) === nameOf(earlier);
}
