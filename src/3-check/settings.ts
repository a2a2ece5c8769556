// Settings: parameters' values, initial values of states and stimuli of inputs, each checked against what it sets.
import { nearNames } from "../base/nearNames.ts";
import { textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { drawOperator, notSettable, saidTwice, sliceOutside, valueMissing } from "../diagnostics/experiment.ts";
import { habitOf } from "../diagnostics/habits.ts";
import { unknownSetting } from "../diagnostics/names.ts";
import { CHANCE } from "../diagnostics/network.ts";
import { DIMENSIONLESS, equal, isDimensionless } from "../quantities/dimension.ts";
import { exampleLiteral, short } from "../quantities/phrase.ts";
import { parseUnit } from "../quantities/unit.ts";
import { ROLE_NAMES } from "../2-resolve/resolved.ts";
import type {
  ResolvedExperiment,
  ResolvedExpr,
  ResolvedSetting,
  ResolvedTables,
  ResolvedTarget,
} from "../2-resolve/resolved.ts";
import type { CheckedQuantity, CheckedSetting, CheckedTarget } from "./checked.ts";
import { contextOf, NO_ENDS, NO_MODEL, PLACES } from "./context.ts";
import type { Context, EachNeuron, Ends, Known, Library, ModelTable, NoiseCount, Place, Say } from "./context.ts";
import { drawInside, measureDraw } from "./draws.ts";
import { byPrecision, precisionOf } from "./elements.ts";
import { evaluateNumber, type Values } from "./evaluate.ts";
import { expectDimension } from "./expect.ts";
import { nameOf, readTarget, shortName } from "./measureReference.ts";
import type { CheckedModel } from "./neuron.ts";
import { overlaps } from "./rules/coverage.ts";
import type { Written } from "./rules/coverage.ts";
import { isDimension, type Sized } from "./sized.ts";
import { withoutSlices, type Slice, type SlicedSetting } from "./slices.ts";
import { measureValue } from "./values.ts";

export interface SettingsBase {
  readonly experiment: ResolvedExperiment;
  readonly setup: ReadonlyMap<string, Known>;
  readonly models: ReadonlyMap<string, CheckedModel>;
  /** Names of the synapses' quantities, by connection: what a misspelt setting may have meant. */
  readonly synapses: ReadonlyMap<string, ModelTable>;
  readonly library: Library;
  readonly values: Values;
  /** Of populations; null where it is not known, or none. */
  readonly sizes: ReadonlyMap<string, number | null>;
  readonly say: Say;
}

/** What has settings: a population, or a connection between two. */
export interface Settable {
  readonly kind: "neurons" | "source" | "connection";
  /** Of the population or the connection. */
  readonly name: string;
  readonly table: ModelTable;
  readonly tables: ResolvedTables;
  readonly ends: Ends;
  /** How messages call what is set: "the weight `w` of `Exp`". */
  readonly words: (target: CheckedTarget) => string;
  readonly example?: string;
  /** Its neurons may have values of their own, from lists and files. */
  readonly each: Pick<EachNeuron, "population" | "size"> | null;
}

/** What is set, and for which of the neurons: null for all. */
export interface Given {
  readonly setting: ResolvedSetting;
  readonly target: ResolvedTarget;
  readonly neurons: { readonly from: ResolvedExpr; readonly to: ResolvedExpr } | null;
}

/** By population, in the order in which they take effect: of a whole quantity first, of single elements last, whichever of them was said at a later level. */
export function checkSettings(base: SettingsBase): Map<string, CheckedSetting[]> {
  const { experiment, models, say } = base;
  const said = new Map<string, Span>();
  for (const { target, block } of experiment.settings)
    if (target.kind === "setup") once(said, `${block} ${target.name}`, target.name, target.span, say);
  for (const s of experiment.settings) if (s.target.kind === "unknown") sayUnknown(s, base);
  return new Map(
    experiment.populations.map((p) => {
      const model = models.get(p.name);
      const own = experiment.settings.flatMap((s) =>
        s.target.kind === "quantity" && s.target.population === p.name
          ? [{ setting: s, target: s.target.target, neurons: s.target.neurons }]
          : [],
      );
      if (model === undefined) return [p.name, []];
      const words = (target: CheckedTarget): string => `\`${nameOf(target)}\``;
      const size = base.sizes.get(p.name) ?? null;
      const each = p.size === null ? null : { population: p.name, size };
      const common = { name: p.name, table: model.table, tables: model.resolved, ends: NO_ENDS, each };
      const settable: Settable =
        p.source === null
          ? { ...common, kind: "neurons", words }
          : { ...common, kind: "source", words: () => `the rate of \`${p.name}\``, example: "8 Hz" };
      return [p.name, settingsOf(settable, own, base)];
    }),
  );
}

/** The settings of one population or connection, in the order in which they take effect. */
export function settingsOf(settable: Settable, given: readonly Given[], base: SettingsBase): CheckedSetting[] {
  const said = new Map<string, Span>();
  let settings: SlicedSetting[] = [];
  const rows: (Written & { readonly block: number })[] = [];
  const slices: { readonly setting: SlicedSetting; readonly block: number }[] = [];
  for (const { setting, target, neurons } of given) {
    const slice = neurons === null ? null : readSlice(neurons, settable, target.span, base);
    const checked = slice === "wrong" ? null : checkSetting(setting, target, slice, settable, base);
    if (checked === null || slice === "wrong") continue;
    const name = slicedName(checked);
    const shown = slice === null ? name : textOf(target.span);
    if (!once(said, `${setting.block} ${name}`, shown, target.span, base.say)) continue;
    settings = [...settings.filter((p) => slicedName(p) !== name), checked];
    const row = precisionOf(checked.target);
    if (slice !== null) slices.push({ setting: checked, block: setting.block });
    else if (row > 0 && row < checked.target.indices.length)
      rows.push({ target: checked.target, origin: target.span, block: setting.block });
  }
  sayCrossings(rows, settable.table, base.say);
  sayOverlaps(slices, base.say);
  const ordered = byNeurons(byPrecision(settings));
  return withoutSlices(ordered, settings, settable.each?.size ?? null, base.say, (quantity, at) =>
    base.say(
      valueMissing(at, {
        role: "parameter",
        name: quantity.name,
        of: settable.name,
        declared: quantity.origin,
        helps: [
          `set it for the other neurons, too: \`${settable.name}.${quantity.name} = ${exampleLiteral(quantity.dimension)}\``,
        ],
      }),
    ),
  );
}

/** What holds for all neurons first, then what does for several, last for single ones; else as they are. */
function byNeurons(settings: readonly SlicedSetting[]): SlicedSetting[] {
  return [...settings].sort((a, b) => neuronPrecision(a) - neuronPrecision(b));
}

function neuronPrecision({ slice }: SlicedSetting): number {
  return slice === null ? 0 : slice.from === slice.to ? 2 : 1;
}

/** Slices are the same where their numbers are. */
function slicedName({ target, slice }: SlicedSetting): string {
  if (slice === null) return nameOf(target);
  const { from, to, numbers } = slice;
  const written = numbers === null ? `${textOf(from.origin)}..${textOf(to.origin)}` : `${numbers.from}..${numbers.to}`;
  return `${nameOf(target)} of ${neuronPrecision({ slice } as SlicedSetting) === 2 ? "neuron" : "neurons"} ${written}`;
}

/** Two slices of one block with neurons in common: neither is about fewer than the other. */
function sayOverlaps(slices: readonly { readonly setting: SlicedSetting; readonly block: number }[], say: Say): void {
  slices.forEach(({ setting, block }, k) => {
    const clash = slices
      .slice(0, k)
      .find(
        (before) =>
          before.block === block &&
          nameOf(before.setting.target) === nameOf(setting.target) &&
          neuronPrecision(before.setting) === neuronPrecision(setting) &&
          shareNeurons(before.setting.slice, setting.slice),
      );
    if (clash?.setting.slice == null || setting.slice === null) return;
    say(
      saidTwice(setting.slice.origin, {
        what: `\`${shortName(setting.target.quantity.name)}\` of some neurons`,
        first: clash.setting.slice.origin,
      }),
    );
  });
}

function shareNeurons(a: Slice | null, b: Slice | null): boolean {
  if (a?.numbers == null || b?.numbers == null) return false;
  return a.numbers.from <= b.numbers.to && b.numbers.from <= a.numbers.to;
}

/** `[0..9]`: whole numbers of the population's neurons. */
function readSlice(
  { from, to }: NonNullable<Given["neurons"]>,
  { name, each }: Settable,
  origin: Span,
  base: SettingsBase,
): Slice | "wrong" {
  const context = contextOf({ ...base, place: PLACES.slice, model: NO_MODEL, tables: base.experiment });
  const number = (e: ResolvedExpr): Sized =>
    expectDimension(base.library.measure(e, context), { what: "a neuron's number", dimension: DIMENSIONLESS }, context);
  const first = number(from);
  const last = to === from ? first : number(to);
  if (first.sort === "unknown" || last.sort === "unknown") return "wrong";
  const [a, b] = [first, last].map((s) => evaluateNumber(s.expr, base.values));
  const size = each === null ? 1 : each.size;
  if (a == null || b == null) return { from: first.expr, to: last.expr, numbers: null, origin };
  if ([a, b].every((n) => Number.isInteger(n) && n >= 0 && (size === null || n < size)) && a <= b)
    return { from: first.expr, to: last.expr, numbers: { from: a, to: b }, origin };
  base.say(
    sliceOutside(origin, {
      population: name,
      size: size === null ? "?" : String(size),
      from: textOf(from.span),
      to: textOf(to.span),
      ends: [from.span, to.span],
    }),
  );
  return "wrong";
}

/** `w[1, k]` and `w[j, 2]` in one block: neither is about less than the other. */
function sayCrossings(rows: readonly (Written & { readonly block: number })[], table: ModelTable, say: Say): void {
  for (const kind of new Set(rows.map((r) => `${r.block} ${precisionOf(r.target)}`))) {
    const together = rows.filter((r) => `${r.block} ${precisionOf(r.target)}` === kind);
    for (const [first, second] of overlaps(together, table))
      say(
        saidTwice(second.origin, {
          what: `an element of \`${shortName(second.target.quantity.name)}\``,
          first: first.origin,
        }),
      );
  }
}

function placeOf(role: CheckedQuantity["role"] | undefined, operator: "=" | "~", { kind }: Settable): Place {
  if (role === "input") return kind === "source" ? PLACES.sourceRate : PLACES.stimulus;
  return operator === "~" ? PLACES.draw : PLACES.setting;
}

/** Names of the set-up, and those of the model or the synapse. */
export function settingContext(
  place: Place,
  { table, tables, ends }: Pick<Settable, "table" | "tables" | "ends">,
  base: Pick<SettingsBase, "experiment" | "setup" | "library" | "say">,
  noise?: NoiseCount,
): Context {
  const both = {
    functions: new Map([...tables.functions, ...base.experiment.functions]),
    constants: new Map([...tables.constants, ...base.experiment.constants]),
  };
  return contextOf({
    say: base.say,
    place,
    model: table,
    ends,
    setup: base.setup,
    tables: both,
    library: base.library,
    ...(noise === undefined ? {} : { noise }),
  });
}

function checkSetting(
  s: ResolvedSetting,
  target: ResolvedTarget,
  slice: Slice | null,
  settable: Settable,
  base: SettingsBase,
): SlicedSetting | null {
  const role = settable.table.quantities.get(target.name)?.quantity.role;
  const common = settingContext(placeOf(role, s.operator, settable), settable, base, {
    name: `set.${target.name}`,
    count: 0,
  });
  const read = readTarget(target, common, true);
  if (read === null) return null;
  const context = { ...common, each: eachOf(settable, slice, nameOf(read.target)) };
  const { quantity, sort } = read.known;
  if (quantity.role === "let" || quantity.role === "const") {
    base.say(
      notSettable(target.span, {
        name: shortName(quantity.name),
        role: ROLE_NAMES[quantity.role],
        declared: quantity.origin,
        where: "settings",
      }),
    );
    return null;
  }
  const done = (value: CheckedSetting["value"]): SlicedSetting => ({
    target: read.target,
    value,
    origin: s.span,
    slice,
  });
  if (s.operator === "~") {
    if (quantity.role === "input") {
      base.say(drawOperator(target.span, { problem: "draw-for-input", name: quantity.name, at: null }));
      return null;
    }
    const draw = measureDraw(s.value, { name: quantity.name, sort, unit: quantity.unit }, base.values, context);
    return draw === null ? null : done(draw);
  }
  if (isDraw(s.value)) {
    sayDraw(s.value, target.span, quantity, base.say);
    return null;
  }
  const inside = quantity.role === "input" ? undefined : drawInside(s.value);
  const sign = equalsSign(target.span, s.value.span);
  if (inside !== undefined) {
    base.say(
      drawOperator(s.value.span, {
        problem: "value-after-tilde",
        name: quantity.name,
        at: null,
        inside: {
          name: inside.name,
          fix:
            inside.fix === null || sign === null
              ? null
              : { ...inside.fix, edits: [{ span: sign, newText: "~" }, ...inside.fix.edits] },
        },
      }),
    );
    return null;
  }
  const element = target.indices.length > 0 && read.target.indices.every((i) => i.kind === "position");
  const value = measureValue(
    s.value,
    { ...quantity, name: nameOf(read.target), indices: element ? [] : quantity.indices },
    { ...context, wanted: isDimension(sort) ? sort : null },
  );
  if (!isDimension(sort)) return done(value.checked);
  // What a source is set by is declared nowhere.
  const because =
    settable.kind === "source"
      ? null
      : { span: quantity.origin, text: short(sort, isDimensionless(sort) ? undefined : quantity.unit) };
  const wanted = {
    what: settable.words(read.target),
    dimension: sort,
    unit: quantity.unit,
    because,
    ...(settable.example === undefined ? {} : { example: settable.example }),
    // A weight in mV is what a spike adds, and no resting potential.
    ...(settable.kind === "connection" ? { example: exampleLiteral(sort).replace("-70", "0.5") } : {}),
  };
  return done(value.each((v) => expectDimension(v, wanted, context)).checked);
}

function eachOf({ each }: Settable, slice: Slice | null, name: string): EachNeuron | null {
  if (each === null || (slice !== null && slice.numbers === null)) return null;
  const all = { from: 0, to: each.size === null ? null : each.size - 1 };
  const { from, to } = slice?.numbers ?? all;
  return { ...each, name, first: from, last: to };
}

type DrawExpr = Extract<ResolvedExpr, { kind: "call" }>;

export function isDraw(value: ResolvedExpr): value is DrawExpr {
  return value.kind === "call" && value.callee.kind === "draw";
}

/** `w = normal(…)`: an input cannot be drawn at all, everything else is with `~`. */
export function sayDraw(
  value: DrawExpr,
  target: Span,
  quantity: Pick<CheckedQuantity, "name" | "role"> | null,
  say: Say,
): void {
  const forInput = quantity?.role === "input";
  say(
    drawOperator(value.nameSpan, {
      problem: forInput ? "draw-for-input" : "draw-after-equals",
      name: forInput ? quantity.name : value.name,
      at: forInput ? null : equalsSign(target, value.span),
    }),
  );
}

/** Names of the right dimension come first: what is given says which were meant. */
function sayUnknown(s: ResolvedSetting, base: SettingsBase): void {
  if (s.target.kind !== "unknown") return;
  const { populations, connections, written, span } = s.target;
  const given = givenDimension(s);
  const tables = [
    ...populations.map((p) => base.models.get(p)?.table),
    ...connections.map((c) => base.synapses.get(c)),
  ];
  const candidates = tables
    .flatMap((t) => [...(t?.quantities.values() ?? [])])
    .filter((k) => ["param", "state", "input", "weight"].includes(k.quantity.role));
  const names = (known: readonly Known[]): string[] =>
    nearNames(
      written,
      known.map((k) => k.quantity.name),
    );
  const fitting = given === null ? [] : candidates.filter((k) => isDimension(k.sort) && equal(k.sort, given));
  // `weight = 1 nS` of a synapse that calls it `w`
  const weights = fitting.filter((k) => k.quantity.role === "weight").map((k) => k.quantity.name);
  // `I` where there is `I_e`
  const begun = [...new Set(candidates.map((k) => k.quantity.name))].filter((n) => n.startsWith(`${written}_`));
  const near = [
    ...new Set([
      ...names(fitting),
      ...names(candidates),
      ...(weights.length === 1 ? weights : []),
      ...(begun.length === 1 ? begun : []),
      ...nearNames(written, connections.length > 0 ? ["delay"] : []),
      ...nearNames(written, base.setup.keys()),
    ]),
  ].slice(0, 3);
  const [only] = [...populations, ...connections];
  const isOfOne = populations.length + connections.length === 1;
  const where = isOfOne ? `\`${only ?? ""}\`` : `\`${base.experiment.subject}\``;
  const prefix = textOf(span).endsWith(written) ? textOf(span).slice(0, textOf(span).length - written.length) : null;
  const own = textOf(span) === written ? base.experiment.populations.find((p) => p.name === written) : undefined;
  const word =
    wordMeant(written) ??
    (isOfOne && base.setup.has(written)
      ? { word: "", say: `\`${written}\` is the network's own, and set without a dot: \`${written}\`` }
      : null) ??
    (own === undefined ? null : sizeMeant(own.name, own.model.name)) ??
    ruleMeant(written, connections.length > 0) ??
    (near.length === 0 ? weightMeant(written.slice(written.lastIndexOf(".") + 1), base) : null) ??
    (near.length === 0 && candidates.length > 0 && candidates.length <= MOST_NAMED
      ? {
          word: "",
          say: `it has ${[...new Set([...(isOfOne ? [] : base.setup.keys()), ...candidates.map((k) => k.quantity.name), ...(connections.length > 0 ? ["delay"] : [])])].map((n) => `\`${n}\``).join(", ")}`,
        }
      : null);
  const diagnostic = unknownSetting(span, {
    written,
    near: word === null ? near : [],
    where,
    at: span,
    word: word === null ? null : { ...word, equals: equalsSign(span, s.value.span), value: s.value.span },
  });
  // The fix writes the name alone; what stands before it stays.
  const fixes =
    word !== null
      ? diagnostic.fixes
      : prefix === null
        ? []
        : diagnostic.fixes.map((f) => ({ ...f, edits: f.edits.map((e) => ({ ...e, newText: prefix + e.newText })) }));
  base.say({ ...diagnostic, fixes });
}

/** Longer lists are no help. */
const MOST_NAMED = 24;

/** What is no quantity anywhere but a statement of the language, or what another tool calls it. */
function wordMeant(path: string): { readonly word: string; readonly say: string } | null {
  // `Step.duration`: of an experiment
  const last = path.slice(path.lastIndexOf(".") + 1);
  const written = DIRECTIVES.has(last) ? last : path;
  if (DIRECTIVES.has(written)) return { word: written, say: `\`${written}\` is followed by its value, without \`=\`` };
  const habit = habitOf("statement", written);
  return habit !== null && DIRECTIVES.has(habit.instead) ? { word: habit.instead, say: habit.say } : null;
}

/** A duration that is written as if it were a quantity: what is wrong is told there. */
export function isDuration({ target }: ResolvedSetting): boolean {
  return target.kind === "unknown" && wordMeant(target.written)?.word === "duration";
}

function sizeMeant(population: string, model: string): { readonly word: string; readonly say: string } {
  return {
    word: "",
    say: `\`${population}\` is a population: its size stands in the network. To set it, make it a parameter there, \`param N = 100\` and \`population ${population} = N ${model}\`, and set \`N\``,
  };
}

/** `E.w = 2 nS`: a weight is one of the connections. */
function weightMeant(name: string, { synapses }: SettingsBase): { readonly word: string; readonly say: string } | null {
  const having = [...synapses].filter(([, table]) => table.quantities.has(name)).map(([c]) => `\`${c}.${name}\``);
  return having.length === 0 ? null : { word: "", say: `\`${name}\` belongs to a connection: ${having.join(", ")}` };
}

function ruleMeant(written: string, ofConnection: boolean): { readonly word: string; readonly say: string } | null {
  const isProbability = ofConnection && CHANCE.test(written.slice(written.lastIndexOf(".") + 1));
  return isProbability
    ? { word: "", say: "which neurons are connected is a rule behind the braces: `random(p: 0.1)`" }
    : null;
}

const DIRECTIVES: ReadonlySet<string> = new Set(["duration", "step", "seed", "method", "record"]);

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
