// Connections: each source population with each target, the synapse between their neurons, its settings, delays and the rule.
import { textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { saidTwice, sliceOutside, valueMissing } from "../diagnostics/experiment.ts";
import { badDelay, connectedTwice, delayMayBeNegative, delayInVain, negativeDelay } from "../diagnostics/network.ts";
import { DIMENSIONLESS, TIME } from "../quantities/dimension.ts";
import { exampleLiteral } from "../quantities/phrase.ts";
import { canonicalUnit } from "../quantities/unit.ts";
import { distributionOf } from "../runtime/distributions.ts";
import type { ResolvedConnection, ResolvedEndpoint, ResolvedSetting } from "../2-resolve/resolved.ts";
import type {
  CheckedEndpoint,
  CheckedExpr,
  CheckedPopulation,
  CheckedProjection,
  CheckedRule,
  CheckedSetting,
} from "./checked.ts";
import { checkRule } from "./connectionRule.ts";
import type { Extent } from "./ruleBase.ts";
import { contextOf, NO_MODEL, PLACES } from "./context.ts";
import type { Context, Place } from "./context.ts";
import { measureDraw } from "./draws.ts";
import { evaluateAny, evaluateNumber, evaluateSize } from "./evaluate.ts";
import { expectDimension } from "./expect.ts";
import { measure } from "./measure.ts";
import { nameOf } from "./measureReference.ts";
import { isDraw, sayDraw, settingContext, settingsOf } from "./settings.ts";
import type { Settable, SettingsBase } from "./settings.ts";
import type { CheckedPair, Pairs } from "./synapse.ts";
import { takesTime } from "./takesTime.ts";
import { measureValue } from "./values.ts";
import { elementsIn } from "./indices.ts";

export interface ConnectionsBase extends SettingsBase {
  readonly populations: readonly CheckedPopulation[];
  readonly pairs: Pairs;
}

/** A projection with the pair it was checked as. */
export interface KnownProjection {
  readonly projection: CheckedProjection;
  readonly pair: CheckedPair;
  /** The neurons that it joins. */
  readonly ends: readonly [source: Extent, target: Extent];
}

/** In the order of their connections, each source with each target. */
export function checkConnections(base: ConnectionsBase): KnownProjection[] {
  return base.experiment.connections.flatMap((c) => {
    const found = c.sources.flatMap((source) =>
      c.targets.flatMap((target) => checkProjection(c, source, target, base) ?? []),
    );
    const [first] = found;
    if (first !== undefined) checkComplete(c, first, base);
    warnOfTwice(found, base);
    return found;
  });
}

function checkProjection(
  connection: ResolvedConnection,
  from: ResolvedEndpoint,
  to: ResolvedEndpoint,
  base: ConnectionsBase,
): KnownProjection | null {
  const { say, experiment, values } = base;
  const [source, target] = [from, to].map((e) => base.populations.find((p) => p.name === e.population));
  const [pre, post] = [from, to].map((e) => base.models.get(e.population));
  if (source === undefined || target === undefined || pre === undefined || post === undefined) return null;
  const words = `where \`${connection.name}\` connects \`${source.name}\` to \`${target.name}\``;
  const pair = base.pairs(connection.synapse, {
    pre,
    post,
    sources: { pre: source.source !== null, post: target.source !== null },
    at: connection.origin,
    words,
  });
  const settable: Settable = {
    kind: "connection",
    name: connection.name,
    table: pair.table,
    tables: pair.resolved,
    ends: pair.ends,
    each: null,
    words: (t) =>
      `the ${t.quantity.role === "state" ? "initial value of" : t.quantity.role === "param" ? "parameter" : "weight"} \`${nameOf(t)}\` of \`${pair.synapse.name}\``,
  };
  const own = experiment.settings.flatMap((s) =>
    s.target.kind === "connection" && s.target.connection === connection.name
      ? [{ setting: s, target: s.target.target, neurons: null }]
      : [],
  );
  const settings = settingsOf(settable, own, base);
  const delays = experiment.settings.filter(
    (s) => s.target.kind === "delay" && s.target.connection === connection.name,
  );
  const delay = checkDelay(delays, connection, settable, base);
  const ends = [endpoint(from, source, base), endpoint(to, target, base)] as const;
  const inRule = contextOf({
    say,
    place: PLACES.rule,
    model: NO_MODEL,
    ends: pair.ends,
    setup: base.setup,
    tables: experiment,
    library: base.library,
  });
  const rule = checkRule(connection.rule, {
    pair,
    source: ends[0].extent,
    target: ends[1].extent,
    values,
    context: inRule,
  });
  if (!takesTime(pair.synapse) && !pair.resolved.arrivals.some((a) => a.end === "pre") && !pair.resolved.damaged)
    refuseDelays(connection, delays, rule, pair, base);
  const projection: CheckedProjection = {
    connection: connection.name,
    drawnAs: connection.drawnAs,
    doc: connection.doc,
    synapse: pair.synapse,
    source: ends[0].checked,
    target: ends[1].checked,
    ...decided(rule, settings, delay, delays, connection, base),
    origin: connection.origin,
  };
  return { projection, pair, ends: [ends[0].extent, ends[1].extent] };
}

/** Neurons that one `connect` names twice at both ends. */
function warnOfTwice(found: readonly KnownProjection[], base: ConnectionsBase): void {
  found.forEach(({ projection, ends }, k) => {
    const first = found.slice(0, k).find((before) => before.ends.every((end, side) => overlap(end, ends[side] ?? end)));
    if (first === undefined) return;
    const [at, before] =
      projection.source.origin === first.projection.source.origin
        ? [projection.target.origin, first.projection.target.origin]
        : [projection.source.origin, first.projection.source.origin];
    base.say(connectedTwice(at, { synapse: projection.synapse.name, name: null, first: before, isNamed: false }));
  });
}

function overlap(a: Extent, b: Extent): boolean {
  if (a.population !== b.population) return false;
  return a.range === null || b.range === null
    ? a.words === b.words
    : a.range.from <= b.range.to && b.range.from <= a.range.to;
}

/** A column of a file of pairs is as good as a setting beside it: what an experiment sets takes its place, what the same `connect` sets contradicts it. */
function decided(
  rule: CheckedRule,
  settings: readonly CheckedSetting[],
  delay: CheckedProjection["delay"],
  delays: readonly ResolvedSetting[],
  connection: ResolvedConnection,
  base: ConnectionsBase,
): Pick<CheckedProjection, "rule" | "settings" | "delay"> {
  if (rule.kind !== "file") return { rule, settings, delay };
  const first = connection.rule.arguments.get("path")?.span ?? connection.rule.span;
  const inConnect = (at: Span): boolean =>
    at.source === connection.origin.source && at.start > connection.origin.start && at.end <= rule.origin.start;
  const columns = new Map(rule.columns);
  for (const { target, origin } of settings) {
    const { name } = target.quantity;
    if (columns.has(name) && inConnect(origin)) base.say(saidTwice(origin, { what: `\`${name}\``, first }));
    columns.delete(name);
  }
  const last = delays.at(-1);
  if (last !== undefined) {
    if (columns.has("delay") && inConnect(last.span)) base.say(saidTwice(last.span, { what: "`delay`", first }));
    columns.delete("delay");
  }
  return { rule: { ...rule, columns }, settings, delay };
}

/** Nothing arrives late where nothing travels. A delay of 0 is what there is anyway. */
function refuseDelays(
  connection: ResolvedConnection,
  delays: readonly ResolvedSetting[],
  rule: CheckedRule,
  { synapse }: CheckedPair,
  base: ConnectionsBase,
): void {
  const given = { connection: connection.name, synapse: synapse.name, declared: synapse.origin };
  const isZero = ({ operator, value }: ResolvedSetting): boolean =>
    operator === "=" && value.kind === "number" && Number(value.text) === 0;
  for (const s of delays) if (s.target.kind === "delay" && !isZero(s)) base.say(delayInVain(s.target.span, given));
  if (rule.kind === "file" && rule.columns.get("delay")?.some((d) => d !== 0) === true)
    base.say(delayInVain(rule.origin, given));
}

/** The last of them counts; one block says it once. */
function checkDelay(
  given: readonly ResolvedSetting[],
  connection: ResolvedConnection,
  settable: Settable,
  base: ConnectionsBase,
): CheckedProjection["delay"] {
  const said = new Map<number, Span>();
  let delay: CheckedProjection["delay"] = null;
  for (const s of given) {
    if (s.target.kind !== "delay") continue;
    const first = said.get(s.block);
    said.set(s.block, first ?? s.target.span);
    if (first !== undefined) base.say(saidTwice(s.target.span, { what: "`delay`", first }));
    const value = delayValue(s, s.target.span, connection, settable, base);
    if (value !== null) delay = { value, origin: s.span };
  }
  return delay;
}

function delayValue(
  s: ResolvedSetting,
  at: Span,
  connection: ResolvedConnection,
  settable: Settable,
  base: ConnectionsBase,
): NonNullable<CheckedProjection["delay"]>["value"] | null {
  const context = settingContext(PLACES.delay, settable, base);
  const unit = canonicalUnit(TIME);
  if (s.operator === "~") {
    const draw = measureDraw(s.value, { name: "delay", sort: TIME, unit }, base.values, context);
    if (draw === null) return null;
    const number = (e: CheckedExpr | null): number => (e === null ? NaN : (evaluateNumber(e, base.values) ?? NaN));
    const [least] = distributionOf(draw.distribution).range(draw.arguments.map(number));
    if (least < 0 && (draw.min === null || number(draw.min) < 0))
      base.say(delayMayBeNegative(s.value.span, { distribution: draw.distribution }));
    return draw;
  }
  if (isDraw(s.value)) {
    sayDraw(s.value, at, null, base.say);
    return null;
  }
  const wanted = { what: `the delay of \`${connection.name}\``, dimension: TIME, unit, example: "1.5 ms" };
  const value = measureValue(s.value, { name: "delay", indices: [], origin: at }, context).each((v) =>
    expectDimension(v, wanted, context),
  );
  const [only] = value.all;
  const number = only === undefined ? null : evaluateAny(only.expr, base.values);
  if (only !== undefined && number !== null) {
    if (number < 0) base.say(negativeDelay(only.expr.origin, { value: textOf(only.expr.origin) }));
    else if (!Number.isFinite(number))
      base.say(badDelay(only.expr.origin, { value: `${textOf(only.expr.origin)} = ${number} ms`, most: null }));
  }
  return value.checked;
}

function endpoint(
  node: ResolvedEndpoint,
  population: CheckedPopulation,
  base: ConnectionsBase,
): { readonly checked: CheckedEndpoint; readonly extent: Extent } {
  const { values, say } = base;
  const number = (expr: NonNullable<ResolvedEndpoint["slice"]>["from"]): CheckedExpr => {
    const context = inSetup(PLACES.slice, base);
    return expectDimension(
      measure(expr, context),
      { what: "a neuron's number", dimension: DIMENSIONLESS, example: "0" },
      context,
    ).expr;
  };
  const slice = node.slice === null ? null : { from: number(node.slice.from), to: number(node.slice.to) };
  const checked: CheckedEndpoint = { population: node.population, slice, origin: node.span };
  const size = evaluateSize(population.size, values);
  const words = textOf(node.span);
  if (slice === null)
    return {
      checked,
      extent: { population: node.population, words, range: size === null ? null : { from: 0, to: size - 1 } },
    };
  const [from, to] = [slice.from, slice.to].map((e) => evaluateNumber(e, values));
  const outside = (n: number | null | undefined): boolean =>
    n != null && (!Number.isInteger(n) || n < 0 || (size !== null && n >= size));
  const wrong = outside(from) || outside(to) || (from != null && to != null && from > to);
  if (wrong)
    say(
      sliceOutside(node.span, {
        population: node.population,
        size: size === null ? "?" : String(size),
        from: textOf(slice.from.origin),
        to: textOf(slice.to.origin),
        ends: [slice.from.origin, slice.to.origin],
      }),
    );
  return {
    checked,
    extent: { population: node.population, words, range: wrong || from == null || to == null ? null : { from, to } },
  };
}

function inSetup(place: Place, { say, setup, experiment, library }: ConnectionsBase): Context {
  return contextOf({ say, place, model: NO_MODEL, setup, tables: experiment, library });
}

/** Weights and parameters without a value, in an experiment: a network by itself may still be given them. */
function checkComplete(
  connection: ResolvedConnection,
  { projection, pair }: KnownProjection,
  { experiment, say }: ConnectionsBase,
): void {
  if (!experiment.runnable || experiment.damaged || pair.resolved.damaged) return;
  const { settings, rule } = projection;
  // what was set by a name that there is not may be what is missing
  if (
    experiment.settings.some(({ target }) => target.kind === "unknown" && target.connections.includes(connection.name))
  )
    return;
  for (const q of pair.synapse.quantities) {
    if ((q.role !== "weight" && q.role !== "param") || q.value !== null || q.indices.some((i) => i.name === ""))
      continue;
    const own = settings.filter((s) => s.target.quantity.name === q.name);
    const wanted = elementsIn(q.indices);
    if (
      own.some((s) => s.target.indices.every((i) => i.kind === "index")) ||
      (q.indices.length > 0 && own.length >= wanted)
    )
      continue;
    if (rule.kind === "file" && (rule.path === "" || rule.columns.has(q.name))) continue;
    const [written, example] = [`${connection.name}.${q.name}`, exampleLiteral(q.dimension)];
    const helps = [
      `set it where the populations are connected, \`{ ${q.name} = ${example} }\`, or in the experiment: \`${written} = ${example}\``,
    ];
    say(
      valueMissing(connection.origin, {
        role: q.role === "weight" ? "weight" : "parameter",
        name: q.name,
        of: connection.name,
        declared: q.origin,
        helps,
      }),
    );
  }
}
