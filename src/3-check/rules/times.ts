// Times against the step: the duration and recording intervals are whole numbers of steps; refractory periods and delays (but for `spikes precise`), stimulus times and given spikes are rounded, with a warning.
import { shapeOf } from "../../stimuli/shapes.ts";
import { textOf } from "../../base/source.ts";
import type { Span } from "../../base/source.ts";
import {
  badTime,
  endsBeforeStart,
  notAMultiple,
  roundedTime,
  startsAfterEnd,
  stepsNotAscending,
} from "../../diagnostics/experiment.ts";
import { badPast, negativeRefractory } from "../../diagnostics/model.ts";
import type { CheckedExperiment, CheckedExpr, CheckedPopulation, CheckedQuantity } from "../checked.ts";
import type { Say } from "../context.ts";
import { defaults, evaluateNumber, inForce } from "../evaluate.ts";
import type { Values } from "../evaluate.ts";
import { nameOfPast, pastsIn, type Past } from "../pasts.ts";
import { visit } from "../walk.ts";
import { isMultiple, plainTime as plain, stepsIn } from "../../runtime/clock.ts";

interface Clock {
  readonly stepAt: Span | null;
  /** False for a network by itself, which has no step yet. */
  readonly runs: boolean;
  /** Of the set-up, in the place of its defaults: at a point of a sweep. */
  readonly replaced?: ReadonlyMap<CheckedQuantity, number>;
  readonly say: Say;
}

export function checkTimes(experiment: CheckedExperiment, { stepAt, runs, replaced = new Map(), say }: Clock): void {
  const step = evaluateNumber(experiment.step, defaults(replaced));
  const values = defaults(replaced, undefined, step);
  if (step !== null && step <= 0)
    say(
      badTime(experiment.step.origin, { what: "the step", value: written(experiment.step, step), needed: "positive" }),
    );
  const duration = experiment.duration === null ? null : evaluateNumber(experiment.duration, values);
  if (experiment.duration !== null && duration !== null && duration < 0)
    say(
      badTime(experiment.duration.origin, {
        what: "the duration",
        value: written(experiment.duration, duration),
        needed: "not-negative",
      }),
    );
  for (const r of experiment.records) {
    const every = r.every === null ? null : evaluateNumber(r.every, values);
    if (r.every !== null && every !== null && every <= 0)
      say(
        badTime(r.every.origin, {
          what: "the interval of a recording",
          value: written(r.every, every),
          needed: "positive",
        }),
      );
  }
  if (step === null || step <= 0) return;

  const stepText = stepAt === null ? `${plain(step)} ms` : textOf(stepAt);
  const whole = (time: CheckedExpr | null, what: string): void => {
    const value = time === null ? null : evaluateNumber(time, values);
    if (time === null || value === null || value < 0 || isMultiple(value, step)) return;
    say(
      notAMultiple(time.origin, {
        what,
        value: written(time, value),
        step: stepText,
        nearest: `${plain(nearest(value, step))} ms`,
        because: stepAt,
      }),
    );
  };
  const rounded = (time: CheckedExpr | null, what: string, known: Values, at: Span | null): void => {
    const value = time === null ? null : evaluateNumber(time, known);
    if (!runs || time === null || value === null || value < 0 || isMultiple(value, step)) return;
    say(
      roundedTime(at ?? time.origin, {
        what,
        value: written(time, value),
        step: stepText,
        rounded: `${plain(nearest(value, step))} ms`,
        because: stepAt,
      }),
    );
  };
  const repeats = (time: CheckedExpr | null, what: string, known: Values = values): void => {
    const value = time === null ? null : evaluateNumber(time, known);
    if (time !== null && value !== null && stepsIn(value, step) < 1)
      say(badTime(time.origin, { what, value: written(time, value), needed: "a step" }));
    else rounded(time, what, known, null);
  };
  const pastOf = (past: Past, known: Values): void => {
    const { delay, origin } = past;
    const value = evaluateNumber(delay, known);
    const name = nameOfPast(past);
    if (value === null) return;
    if (value <= 0 || (runs && stepsIn(value, step) < 1))
      say(badPast(origin, { name, value: written(delay, value), step: value <= 0 ? null : stepText }));
    else rounded(delay, `how long ago \`${name}\` is read`, known, null);
  };
  const ascending = (times: readonly CheckedExpr[]): void => {
    let before: { readonly time: CheckedExpr; readonly value: number } | null = null;
    for (const time of times) {
      const value = evaluateNumber(time, values);
      if (value === null) continue;
      if (before !== null && value <= before.value)
        return say(
          stepsNotAscending(time.origin, {
            time: written(time, value),
            before: written(before.time, before.value),
            at: before.time.origin,
          }),
        );
      before = { time, value };
    }
  };
  const inOrder = (from: CheckedExpr | null, to: CheckedExpr | null, mayJump: boolean): void => {
    const [start, end] = [from, to].map((time) => (time === null ? null : evaluateNumber(time, values)));
    if (from !== null && to !== null && start != null && end != null && (mayJump ? end < start : end <= start))
      say(
        endsBeforeStart(to.origin, {
          from: written(from, start),
          to: written(to, end),
          together: end === start,
          at: from.origin,
        }),
      );
  };
  const inFile = (path: string, times: readonly number[], what: string, at: Span): void => {
    const off = times.filter((time) => !isMultiple(time, step));
    const [first] = off;
    if (runs && first !== undefined)
      say(
        roundedTime(at, {
          what: `a ${what} in ${path}`,
          value: `${plain(first)} ms`,
          rounded: `${plain(nearest(first, step))} ms`,
          more: off.length - 1,
          step: stepText,
          because: stepAt,
        }),
      );
  };
  /** One for each neuron: by its number, or drawn. */
  const periodsThatDiffer = (p: CheckedPopulation, duration: CheckedExpr): void => {
    const size = evaluateNumber(p.size, values) ?? 1;
    const at = placeOfPeriod(p) ?? duration.origin;
    if (isDrawn(duration, p))
      return say(
        roundedTime(at, {
          what: `the refractory period of \`${p.name}\``,
          value: null,
          rounded: "",
          step: stepText,
          because: stepAt,
        }),
      );
    let [first, more]: [{ readonly neuron: string; readonly period: number } | null, number] = [null, 0];
    for (let i = 0; i < Math.min(size, MOST_NEURONS); i++) {
      const period = evaluateNumber(duration, inForce(p, experiment.setup, replaced, step, i));
      if (period === null) return;
      if (period < 0) return say(negativeRefractory(at, { value: `${plain(period)} ms for ${p.name}[${i}]` }));
      if (isMultiple(period, step)) continue;
      if (first === null) first = { neuron: `${p.name}[${i}]`, period };
      else more++;
    }
    if (first !== null)
      say(
        roundedTime(at, {
          what: `the refractory period of ${first.neuron}`,
          value: `${plain(first.period)} ms`,
          rounded: `${plain(nearest(first.period, step))} ms`,
          more,
          step: stepText,
          because: stepAt,
        }),
      );
  };
  const isLate = (time: CheckedExpr): boolean =>
    duration !== null && duration > 0 && (evaluateNumber(time, values) ?? -Infinity) >= duration;
  const before = (time: CheckedExpr | null, what: string): void => {
    if (time === null || experiment.duration === null || duration === null || !isLate(time)) return;
    say(
      startsAfterEnd(time.origin, {
        what,
        time: written(time, evaluateNumber(time, values) ?? 0),
        duration: written(experiment.duration, duration),
        at: experiment.duration.origin,
      }),
    );
  };
  whole(experiment.duration, "the duration");
  for (const r of experiment.records) whole(r.every, "the interval of this recording");
  for (const p of experiment.populations) {
    for (const s of p.settings) {
      if (s.value.kind !== "expression") continue;
      visit(s.value.expression, (e) => {
        if (e.kind !== "stimulus") return;
        const { stimulus } = e;
        if (stimulus.shape === "steps") {
          for (const time of stimulus.times) rounded(time, "this time", values, null);
          ascending(stimulus.times);
          before(stimulus.times.find((time) => isLate(time)) ?? null, "this value");
        }
        if (stimulus.shape === "samples") inFile(stimulus.path, stimulus.times, "time", e.origin);
        if (stimulus.shape === "named") {
          const [from, to] = [stimulus.parts.get("from") ?? null, stimulus.parts.get("to") ?? null];
          const { parts } = shapeOf(stimulus.name);
          inOrder(
            from,
            to,
            parts.some((p) => p.name === "to" && p.otherwise === "needed"),
          );
          before(from, `the ${stimulus.name}`);
          for (const { name, is } of parts) {
            const part = stimulus.parts.get(name) ?? null;
            if (is === "time") rounded(part, `\`${name}\``, values, null);
            if (is === "period") repeats(part, `\`${name}\``);
          }
        }
      });
    }
    // Located spikes are sent at their very times.
    if (p.source?.kind === "times" && !experiment.precise) {
      const { times, train } = p.source;
      for (const time of train === null ? times : []) rounded(time, "the time of this spike", values, null);
      rounded(train?.every ?? null, "`every` of `spikes`", values, null);
      rounded(train?.from ?? null, "`from` of `spikes`", values, null);
    }
    if (p.source?.kind === "file" && !experiment.precise)
      inFile(p.source.path, p.source.times, "spike", p.source.origin);
    const { refractory } = p.neuron;
    const known = inForce(p, experiment.setup, replaced, step);
    for (const { every } of p.neuron.events) {
      if (every === null) continue;
      repeats(every.period, "the period of an event", known);
      for (const [time, what] of [
        [every.from, "`from` of an event"],
        [every.to, "`to` of an event"],
      ] as const)
        rounded(time, what, known, null);
      inOrder(every.from, every.to, false);
    }
    for (const past of differentPasts(p.neuron)) pastOf(past, known);
    if (refractory === null) continue;
    const period = evaluateNumber(refractory.duration, known);
    if (period === null && runs && !experiment.precise && !readsStates(refractory.duration))
      periodsThatDiffer(p, refractory.duration);
    if (period !== null && period < 0)
      say(negativeRefractory(placeOfPeriod(p) ?? refractory.duration.origin, { value: `${plain(period)} ms` }));
    // Located spikes end their periods where they end; the times of a stimulus are rounded there, too.
    if (!experiment.precise)
      rounded(refractory.duration, `the refractory period of \`${p.name}\``, known, placeOfPeriod(p));
  }
  for (const { delay, settings, rule } of experiment.projections) {
    if (experiment.precise) continue;
    if (delay?.value.kind === "expression")
      rounded(delay.value.expression, "the delay", inForce({ settings }, experiment.setup, replaced, step), null);
    if (rule.kind === "file") inFile(rule.path, rule.columns.get("delay") ?? [], "delay", rule.origin);
  }
}

/** Those that are written alike are told once. */
function differentPasts(neuron: CheckedPopulation["neuron"]): readonly Past[] {
  return [
    ...new Map(
      pastsIn(neuron)
        .toReversed()
        .map((past) => [textOf(past.origin), past]),
    ).values(),
  ].toReversed();
}

/** Neurons whose periods are looked at one by one. */
const MOST_NEURONS = 1000;

/** Then it is what the spike's reset left, and rounded as a matter of course. */
function readsStates(duration: CheckedExpr): boolean {
  const pending = [duration];
  let found = false;
  const see = (e: CheckedExpr): void => {
    if (e.kind !== "quantity") return;
    found ||= e.quantity.role === "state";
    if (e.quantity.role === "let" && e.quantity.value?.kind === "expression") pending.push(e.quantity.value.expression);
  };
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) visit(next, see);
  return found;
}

/** Whether a setting draws what it is made of. */
function isDrawn(duration: CheckedExpr, { settings }: CheckedPopulation): boolean {
  const seen = new Set<string>();
  const pending = [duration];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const named: CheckedQuantity[] = [];
    visit(next, (e) => void (e.kind === "quantity" && !seen.has(e.quantity.name) ? named.push(e.quantity) : null));
    for (const quantity of named) {
      seen.add(quantity.name);
      const set = settings.filter((s) => s.target.quantity.name === quantity.name).map((s) => s.value);
      if (set.some((v) => v.kind === "draw")) return true;
      for (const value of set.length > 0 ? set : quantity.value === null ? [] : [quantity.value])
        if (value.kind === "expression") pending.push(value.expression);
    }
  }
  return false;
}

/** A setting of the very parameter that is the period is where its value stands. */
function placeOfPeriod(p: CheckedPopulation): Span | null {
  const duration = p.neuron.refractory?.duration;
  if (duration?.kind !== "quantity") return null;
  const setting = p.settings.find((s) => s.target.quantity.name === duration.quantity.name);
  return setting === undefined || setting.value.kind === "elements"
    ? null
    : setting.value.kind === "expression"
      ? setting.value.expression.origin
      : setting.origin;
}

function nearest(value: number, step: number): number {
  return stepsIn(value, step) * step;
}

function written(time: CheckedExpr, value: number): string {
  const text = textOf(time.origin);
  const isLiteral = time.kind === "number" || (time.kind === "negate" && time.operand.kind === "number");
  return isLiteral && text.length > 0 && text.length < 30 ? text : `${plain(value)} ms`;
}
