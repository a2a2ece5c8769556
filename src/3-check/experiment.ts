// An experiment with everything it needs: populations, settings, what to record.
import { textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { isAdaptiveName, methodNames } from "../methods/methods.ts";
import { nearNames } from "../base/nearNames.ts";
import {
  badMethodOption,
  badSeed,
  badSize,
  badTime,
  noDuration,
  notSettable,
  sliceOutside,
  unknownMethod,
  valueMissing,
} from "../diagnostics/experiment.ts";
import { wrongIndexCount } from "../diagnostics/indices.ts";
import { DIMENSIONLESS, TIME } from "../quantities/dimension.ts";
import { exampleLiteral } from "../quantities/phrase.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { ROLE_NAMES } from "../2-resolve/resolved.ts";
import type { ResolvedExperiment, ResolvedExpr, ResolvedPopulation } from "../2-resolve/resolved.ts";
import type {
  CheckedExperiment,
  CheckedExpr,
  CheckedMethod,
  CheckedPopulation,
  CheckedRecord,
  CheckedSetting,
} from "./checked.ts";
import { contextOf, NO_MODEL, PLACES } from "./context.ts";
import type { Context, Known, Library, ModelTable, Place, Say } from "./context.ts";
import { defaults, evaluateNumber, evaluateSize } from "./evaluate.ts";
import type { Values } from "./evaluate.ts";
import { expectDimension } from "./expect.ts";
import { measure } from "./measure.ts";
import { measureNumber } from "./measureNumber.ts";
import { readPosition } from "./measureReference.ts";
import type { CheckedModel } from "./neuron.ts";
import { knowSetup } from "./quantities.ts";
import { checkTimes } from "./rules/times.ts";
import { checkSettings, isDuration } from "./settings.ts";
import { checkConnections } from "./connections.ts";
import type { KnownProjection } from "./connections.ts";
import { checkSource } from "./spikeSource.ts";
import type { Pairs } from "./synapse.ts";
import { visit } from "./walk.ts";
import { elementsIn } from "./indices.ts";

/** What experiments need to know of synapses. */
export interface Synapses {
  /** Of each by itself, by `modelKey`. */
  readonly tables: ReadonlyMap<string, ModelTable>;
  readonly pairs: Pairs;
}

/** The step where an experiment gives none (ms). */
export const DEFAULT_STEP = 0.1;

export function checkExperiment(
  resolved: ResolvedExperiment,
  models: ReadonlyMap<string, CheckedModel>,
  synapses: Synapses,
  library: Library,
  say: Say,
): CheckedExperiment {
  const base = { say, tables: resolved, library };
  const replaced = new Map(
    resolved.settings.flatMap((s) =>
      s.target.kind === "setup" && isParameter(resolved, s.target, say) ? [[s.target.name, s.value] as const] : [],
    ),
  );
  const setup = knowSetup(resolved.setup, replaced, base);
  const inPlace = (place: Place): Context => contextOf({ ...base, place, model: NO_MODEL, setup });
  const quantity: Expecting = (expr, what, dimension, place) => {
    const context = inPlace(place);
    return expectDimension(
      measure(expr, context),
      { what, dimension, example: dimension === DIMENSIONLESS ? "10" : exampleLiteral(dimension) },
      context,
    ).expr;
  };

  const step =
    resolved.step === null
      ? literal(resolved.origin, DEFAULT_STEP, TIME)
      : withoutItself(quantity(resolved.step, "the step", TIME, PLACES.directive), say);
  const values = defaults(undefined, undefined, evaluateNumber(step, defaults()));

  const ofPopulation = new Map(
    resolved.populations.flatMap((p) => {
      const model = models.get(modelKey(p.model));
      return model === undefined ? [] : [[p.name, model] as const];
    }),
  );
  const ofConnection = new Map(
    resolved.connections.flatMap((c) => {
      const table = synapses.tables.get(modelKey(c.synapse));
      return table === undefined ? [] : [[c.name, table] as const];
    }),
  );
  const sizeOf = new Map(
    resolved.populations.map((p) => [
      p.name,
      p.size === null ? null : quantity(p.size, `the size of \`${p.name}\``, DIMENSIONLESS, PLACES.size),
    ]),
  );
  const settingsBase = {
    experiment: resolved,
    setup,
    models: ofPopulation,
    synapses: ofConnection,
    library,
    values,
    sizes: new Map([...sizeOf].map(([name, size]) => [name, size === null ? null : evaluateSize(size, values)])),
    say,
  };
  const settings = checkSettings(settingsBase);
  const populations = resolved.populations.flatMap((p): CheckedPopulation[] => {
    const model = ofPopulation.get(p.name);
    if (model === undefined) return [];
    const given = sizeOf.get(p.name) ?? null;
    const own = settings.get(p.name) ?? [];
    const spikes = checkSource(p, given, own, values, inPlace(PLACES.spikeTimes), resolved.precise);
    const size = given ?? (spikes === null ? oneNeuron(p.origin) : literal(p.origin, spikes.size, DIMENSIONLESS));
    const count = evaluateNumber(size, values);
    if (count !== null && (!Number.isInteger(count) || count < 0))
      say(
        badSize(size.origin, {
          name: p.name,
          isFraction: !Number.isInteger(count),
          value: textOf(size.origin) === String(count) ? String(count) : `${textOf(size.origin)} = ${count}`,
        }),
      );
    if (resolved.runnable && !resolved.damaged && !model.resolved.damaged)
      checkComplete(p, model, own, resolved.origin, say);
    return [
      {
        name: p.name,
        drawnAs: p.drawnAs,
        neuron: model.neuron,
        size,
        lone: p.size === null && p.source === null,
        settings: own,
        source: spikes?.source ?? null,
        origin: p.origin,
      },
    ];
  });
  const connections = checkConnections({ ...settingsBase, populations, pairs: synapses.pairs });
  if (resolved.runnable) checkSetupComplete(setup, resolved, say);

  const duration =
    resolved.duration === null ? null : quantity(resolved.duration, "the duration", TIME, PLACES.directive);
  if (duration === null && resolved.runnable && !resolved.damaged && !resolved.settings.some(isDuration))
    say(noDuration(resolved.origin, { name: resolved.name, at: resolved.origin }));
  const records = checkRecords(
    resolved,
    ofPopulation,
    connections,
    populations,
    values,
    inPlace(PLACES.record),
    quantity,
    say,
  );
  const spikes = resolved.records.filter((r) => r.quantity === null).map((r) => r.population);
  const experiment: CheckedExperiment = {
    name: resolved.name,
    doc: resolved.doc,
    origin: resolved.origin,
    subject: resolved.subject,
    setup: [...setup.values()].map((k) => k.quantity),
    duration,
    step,
    seed: resolved.seed === null ? null : checkSeed(resolved.seed, inPlace(PLACES.directive), values, say),
    method: checkMethod(resolved, inPlace(PLACES.directive), say),
    precise: resolved.precise,
    populations,
    projections: connections.map((c) => c.projection),
    records,
    spikesOf: populations
      .filter((p) => (spikes.length === 0 ? p.source === null : spikes.includes(p.name)))
      .map((p) => p.name),
  };
  checkTimes(experiment, { stepAt: resolved.step?.span ?? null, runs: resolved.runnable, say });
  return experiment;
}

/** Of the network or the experiment; false after telling that it is none and cannot be set. */
function isParameter(
  { setup }: ResolvedExperiment,
  { name, span }: { readonly name: string; readonly span: Span },
  say: Say,
): boolean {
  const declared = setup.get(name);
  if (declared === undefined || declared.role === "param") return true;
  say(notSettable(span, { name, role: ROLE_NAMES[declared.role], declared: declared.origin, where: "settings" }));
  return false;
}

/** `step dt/2`, or by way of a parameter: nothing says how long that is. */
function withoutItself(step: CheckedExpr, say: Say): CheckedExpr {
  const pending = [step];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    let found = false;
    visit(next, (e) => {
      if (e.kind === "step") found = true;
      if (e.kind === "setup" && e.quantity.value?.kind === "expression") pending.push(e.quantity.value.expression);
    });
    if (!found) continue;
    say(badTime(step.origin, { what: "the step", value: "made of `dt`", needed: "itself" }));
    return literal(step.origin, DEFAULT_STEP, TIME);
  }
  return step;
}

/** An expression over the set-up of which one dimension is expected. */
type Expecting = (expr: ResolvedExpr, what: string, dimension: Dimension, place: Place) => CheckedExpr;

/** Models of different files may have the same name. */
export function modelKey(model: { readonly name: string; readonly origin: Span }): string {
  return `${model.origin.source.path} ${model.origin.start} ${model.name}`;
}

function literal(origin: Span, value: number, dimension: Dimension): CheckedExpr {
  return { kind: "number", value, origin, dimension };
}

export function oneNeuron(origin: Span): CheckedExpr {
  return literal(origin, 1, DIMENSIONLESS);
}

/** Parameters without a default that nobody has set. */
function checkComplete(
  { name: population, size }: ResolvedPopulation,
  model: CheckedModel,
  settings: readonly CheckedSetting[],
  at: Span,
  say: Say,
): void {
  for (const q of model.neuron.quantities) {
    if (q.role !== "param" || q.value !== null) continue;
    const whole = settings.some(
      (s) => s.target.quantity.name === q.name && s.target.indices.every((i) => i.kind === "index"),
    );
    const elements = settings.filter((s) => s.target.quantity.name === q.name).length;
    const wanted = elementsIn(q.indices);
    if (whole || (q.indices.length > 0 && elements >= wanted)) continue;
    if (q.indices.some((i) => i.name === "") || (elements > 0 && q.indices.length === 0)) continue;
    say(
      valueMissing(at, {
        role: "parameter",
        name: q.name,
        of: population,
        declared: q.origin,
        helps: [`set it: \`${size === null ? q.name : `${population}.${q.name}`} = ${exampleLiteral(q.dimension)}\``],
      }),
    );
  }
}

function checkSetupComplete(setup: ReadonlyMap<string, Known>, experiment: ResolvedExperiment, say: Say): void {
  for (const { quantity } of setup.values()) {
    if (quantity.role !== "param" || quantity.value !== null || experiment.damaged) continue;
    say(
      valueMissing(experiment.origin, {
        role: "parameter",
        name: quantity.name,
        of: experiment.subject,
        declared: quantity.origin,
        helps: [`set it: \`${quantity.name} = ${exampleLiteral(quantity.dimension)}\``],
      }),
    );
  }
}

function checkSeed(expr: ResolvedExpr, context: Context, values: Values, say: Say): number | null {
  const given = expectDimension(measure(expr, context), { what: "the seed", dimension: DIMENSIONLESS }, context);
  if (given.sort === "unknown") return null;
  const value = evaluateNumber(given.expr, values);
  if (value !== null && Number.isInteger(value) && value >= 0 && value <= Number.MAX_SAFE_INTEGER) return value;
  say(badSeed(expr.span, { value: textOf(expr.span) }));
  return null;
}

function checkMethod(resolved: ResolvedExperiment, context: Context, say: Say): CheckedMethod {
  const node = resolved.method;
  if (node === null || node.method.name === "") return { name: "auto", tolerance: null, origin: node?.span ?? null };
  const all = methodNames();
  const name = all.find((m) => m === node.method.name);
  if (name === undefined) {
    say(
      unknownMethod(node.method.span, {
        name: node.method.name,
        near: nearNames(node.method.name, all),
        all,
        at: node.method.span,
      }),
    );
    return { name: "auto", tolerance: null, origin: node.span };
  }
  const complain = (at: Span, problem: string): CheckedMethod => {
    say(badMethodOption(at, { method: name, problem }));
    return { name, tolerance: null, origin: node.span };
  };
  const [option, ...more] = node.arguments;
  if (option === undefined) return { name, tolerance: null, origin: node.span };
  if (!isAdaptiveName(name)) return complain(option.span, "takes no options");
  const label = option.label?.kind === "reference" ? option.label.path.map((p) => p.name).join(".") : null;
  if (more.length > 0 || label !== "tolerance") return complain(option.span, "takes the option `tolerance` alone");
  const given = option.value.kind === "number" ? measureNumber({ ...option.value, hidden: [] }, context) : null;
  const value = given === null ? null : evaluateNumber(given.expr, defaults());
  if (value === null || value <= 0 || value >= 1 || (option.value.kind === "number" && option.value.unit !== null))
    return complain(option.value.span, "needs a tolerance above 0 and below 1");
  return { name, tolerance: value, origin: node.span };
}

/** Of the synapse where the connection reaches the population, else where it leaves it. */
function tableAt(
  population: string,
  connection: string,
  connections: readonly KnownProjection[],
): ModelTable | undefined {
  const own = connections.filter((c) => c.projection.connection === connection);
  const found =
    own.find((c) => c.projection.target.population === population) ??
    own.find((c) => c.projection.source.population === population);
  return found?.pair.table;
}

/** `E.V[0]` of other tools is `E[0].V`. */
function ofNeuron(at: Span): { readonly text: string; readonly at: Span } | undefined {
  const [, population, name, number] =
    /^([\p{L}_][\p{L}\p{N}_]*)\.([\p{L}_][\p{L}\p{N}_.]*)(\[[^\]]*\])$/u.exec(textOf(at)) ?? [];
  return population === undefined || name === undefined || number === undefined
    ? undefined
    : { text: `${population}${number}.${name}`, at };
}

function checkRecords(
  resolved: ResolvedExperiment,
  models: ReadonlyMap<string, CheckedModel>,
  connections: readonly KnownProjection[],
  populations: readonly CheckedPopulation[],
  values: Values,
  context: Context,
  quantity: Expecting,
  say: Say,
): CheckedRecord[] {
  return resolved.records.flatMap((r): CheckedRecord[] => {
    const table =
      r.connection === null ? models.get(r.population)?.table : tableAt(r.population, r.connection, connections);
    const known = table?.quantities.get(r.quantity?.name ?? "");
    const every = r.every === null ? null : quantity(r.every, "the interval of a recording", TIME, PLACES.directive);
    const neurons =
      r.neurons === null
        ? null
        : {
            from: quantity(r.neurons.from, "a neuron's number", DIMENSIONLESS, PLACES.record),
            to: quantity(r.neurons.to, "a neuron's number", DIMENSIONLESS, PLACES.record),
          };
    const size = populations.find((p) => p.name === r.population)?.size;
    if (neurons !== null && size !== undefined) {
      const [from, to] = [neurons.from, neurons.to].map((e) => evaluateNumber(e, values));
      const count = evaluateSize(size, values);
      const wrong =
        [from, to].some((n) => n != null && (!Number.isInteger(n) || n < 0 || (count != null && n >= count))) ||
        (from != null && to != null && from > to);
      if (wrong)
        say(
          sliceOutside(r.span, {
            population: r.population,
            size: count == null ? "?" : String(count),
            from: textOf(neurons.from.origin),
            to: textOf(neurons.to.origin),
            ends: [neurons.from.origin, neurons.to.origin],
          }),
        );
    }
    if (r.quantity === null || known === undefined) return [];
    const { indices } = known.quantity;
    const given = r.quantity.indices[0];
    if (given !== undefined && indices.length !== 1) {
      say(
        wrongIndexCount(r.span, {
          name: known.quantity.name,
          wanted: indices.map((i) => i.name),
          given: 1,
          declared: known.quantity.origin,
          instead: ofNeuron(r.span),
        }),
      );
      return [];
    }
    const [range] = indices;
    const position =
      given === undefined || range === undefined || table === undefined || range.name === ""
        ? null
        : readPosition(given, range, known.quantity, { ...context, model: table });
    return [
      {
        population: r.population,
        connection: r.connection,
        neurons,
        quantity: known.quantity,
        positions: position?.kind === "position" ? [position.value] : null,
        every,
        measured: r.measured,
        origin: r.span,
      },
    ];
  });
}
