// Stimuli: functions of the time that an experiment gives to inputs.
import { INSIDE_STIMULUS, wrongArguments } from "../diagnostics/model.ts";
import { DIMENSIONLESS, FREQUENCY, TIME } from "../quantities/dimension.ts";
import { canonicalUnit, parseUnit } from "../quantities/unit.ts";
import type { Unit } from "../quantities/unit.ts";
import type { StimulusName } from "../2-resolve/builtins.ts";
import type { Shape } from "../stimuli/shape.ts";
import { SHAPES, shapeOf } from "../stimuli/shapes.ts";
import type { CheckedExpr } from "./checked.ts";
import { PLACES } from "./context.ts";
import type { Context } from "./context.ts";
import { expectDimension } from "./expect.ts";
import { agree, isNumber, sortOfBoth } from "./agree.ts";
import { placeArguments } from "./arguments.ts";
import type { CallExpr } from "./arguments.ts";
import { sized, unknown } from "./sized.ts";
import type { Sized, Sort } from "./sized.ts";
import { measureFile } from "./stimulusFile.ts";

/** In which frequencies are written. */
const HERTZ: Unit = { ...canonicalUnit(FREQUENCY), ...unitOf("Hz") };

function unitOf(text: string): Unit | null {
  const read = parseUnit(text);
  return "unit" in read ? read.unit : null;
}

export function measureStimulus(expr: CallExpr, name: StimulusName, context: Context): Sized {
  if (name === "file") return measureFile(expr, context);
  if (name === "steps") return steps(expr, context);
  const { parts, usage } = shapeOf(name);
  const placed = placeArguments(
    expr.arguments,
    parts.map((p) => p.name),
  );
  const problem =
    typeof placed === "string"
      ? placed
      : parts.filter((p) => p.otherwise === "needed" && !placed.has(p.name)).map((p) => `lacks \`${p.name}\``)[0];
  if (typeof placed === "string" || problem !== undefined) {
    for (const a of expr.arguments) context.library.measure(a.value, still(context));
    context.say(
      wrongArguments(expr.nameSpan, { name, problem: problem ?? "", usage: shapeMeant(expr, SHAPES[name]) ?? usage }),
    );
    return unknown(expr.span);
  }
  const measured = new Map([...placed].map(([n, a]) => [n, context.library.measure(a.value, still(context))]));
  const size = [...measured.values()].reduce((s, m) => s + m.size, 1);
  const values = parts.flatMap((p) => (p.is === "value" ? (measured.get(p.name) ?? []) : []));
  const all = alike(values, `the values of \`${name}\``, context);
  if (all === null || !isNumber(all.first, context)) return unknown(expr.span);
  const given = new Map<string, CheckedExpr>();
  for (const p of parts) {
    const own = measured.get(p.name);
    if (own === undefined) continue;
    const checked =
      p.is === "value"
        ? all.values[values.indexOf(own)]
        : expectDimension(own, { what: `\`${p.name}\` of \`${name}\``, ...MEASURED_IN[p.is] }, context);
    if (checked !== undefined) given.set(p.name, checked.expr);
  }
  return sized(
    expr.span,
    all.sort,
    { kind: "stimulus", stimulus: { shape: "named", name, parts: given } },
    size,
    all.first.unit,
  );
}

/** How another shape is written that has parts of all these names, as other tools have them, too: `pulse(…, period: 20 ms)` are pulses. */
function shapeMeant({ arguments: args }: CallExpr, own: Shape): string | null {
  const labels = args.flatMap((a) => a.label?.name ?? []);
  const has = (shape: Shape, label: string): boolean =>
    shape.parts.some((p) => p.name === label || p.also.includes(label));
  const meant =
    labels.length === 0 || labels.every((l) => has(own, l))
      ? undefined
      : Object.values<Shape>(SHAPES).find((s) => labels.every((l) => has(s, l)));
  return meant?.usage ?? null;
}

const MEASURED_IN = {
  time: { dimension: TIME },
  period: { dimension: TIME },
  frequency: { dimension: FREQUENCY, unit: HERTZ },
  number: { dimension: DIMENSIONLESS },
};

/** Values that must agree, all with the dimension that one of them has; null where they do not. */
function alike(
  values: readonly Sized[],
  what: `the values of ${string}`,
  context: Context,
): { readonly first: Sized; readonly sort: Sort; readonly values: readonly Sized[] } | null {
  let all: Sized | undefined = values[0];
  if (all === undefined) return null;
  for (const value of values.slice(1)) {
    const both: readonly [Sized, Sized] | null = agree(what, all, value, context);
    if (both === null) return null;
    all = { ...both[0], sort: sortOfBoth(...both) };
  }
  const { sort } = all;
  return {
    first: all,
    sort,
    values:
      typeof sort === "string" ? values : values.map((v) => expectDimension(v, { what, dimension: sort }, context)),
  };
}

const STEPS = "steps(0 ms: 0 pA, 100 ms: 300 pA)";

/** `steps(0 ms: 0 pA, 100 ms: 300 pA)` */
function steps(expr: CallExpr, context: Context): Sized {
  const times: CheckedExpr[] = [];
  const values: Sized[] = [];
  let size = 1;
  for (const a of expr.arguments) {
    if (a.label?.time == null) {
      context.say(
        wrongArguments(a.span, {
          name: "steps",
          problem: "needs the time before each value",
          usage: STEPS,
        }),
      );
      return unknown(expr.span);
    }
    const time = expectDimension(
      context.library.measure(a.label.time, still(context)),
      { what: "a time of `steps`", dimension: TIME },
      context,
    );
    const value = context.library.measure(a.value, still(context));
    times.push(time.expr);
    values.push(value);
    size += time.size + value.size;
  }
  const all = alike(values, "the values of `steps`", context);
  if (values.length === 0)
    context.say(
      wrongArguments(expr.nameSpan, {
        name: "steps",
        problem: "needs at least one step",
        usage: STEPS,
      }),
    );
  if (all === null) return unknown(expr.span);
  return sized(
    expr.span,
    all.sort,
    { kind: "stimulus", stimulus: { shape: "steps", times, values: all.values.map((v) => v.expr) } },
    size,
    all.first.unit,
  );
}

/** The parts of a stimulus are constant: neither time nor noise nor another stimulus. */
function still(context: Context): Context {
  return { ...context, place: { ...PLACES.setting, words: INSIDE_STIMULUS } };
}
