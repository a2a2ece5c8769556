// Stimuli: functions of the time that an experiment gives to inputs.
import { assertNever } from "../base/invariant.ts";
import { INSIDE_STIMULUS, wrongArguments } from "../diagnostics/model.ts";
import { DIMENSIONLESS, equal, FREQUENCY, TIME } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { canonicalUnit, parseUnit } from "../quantities/unit.ts";
import type { Unit } from "../quantities/unit.ts";
import type { StimulusName } from "../2-resolve/builtins.ts";
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

const SHAPES: Readonly<
  Record<
    Exclude<StimulusName, "steps" | "file">,
    { readonly names: readonly string[]; readonly needed: readonly string[]; readonly usage: string }
  >
> = {
  pulse: { names: ["value", "from", "to"], needed: ["value"], usage: "pulse(300 pA, from: 100 ms, to: 900 ms)" },
  ramp: {
    names: ["start", "end", "from", "to"],
    needed: ["start", "end", "from", "to"],
    usage: "ramp(0 pA, 500 pA, from: 0 ms, to: 1 s)",
  },
  sine: {
    names: ["amplitude", "frequency", "phase", "from", "to"],
    needed: ["amplitude", "frequency"],
    usage: "sine(50 pA, frequency: 8 Hz)",
  },
};

/** In which frequencies are written. */
const HERTZ: Unit = { ...canonicalUnit(FREQUENCY), ...unitOf("Hz") };

function unitOf(text: string): Unit | null {
  const read = parseUnit(text);
  return "unit" in read ? read.unit : null;
}

export function measureStimulus(expr: CallExpr, name: StimulusName, context: Context): Sized {
  if (name === "file") return measureFile(expr, context);
  if (name === "steps") return steps(expr, context);
  const { names, needed, usage } = SHAPES[name];
  const placed = placeArguments(expr.arguments, names);
  const problem =
    typeof placed === "string" ? placed : needed.filter((n) => !placed.has(n)).map((n) => `lacks \`${n}\``)[0];
  if (typeof placed === "string" || problem !== undefined) {
    for (const a of expr.arguments) context.library.measure(a.value, still(context));
    context.say(wrongArguments(expr.nameSpan, { name, problem: problem ?? "", usage }));
    return unknown(expr.span);
  }
  const measured = new Map([...placed].map(([n, a]) => [n, context.library.measure(a.value, still(context))]));
  const of = (n: string, dimension: Dimension): CheckedExpr | null => {
    const given = measured.get(n);
    const unit = equal(dimension, FREQUENCY) ? HERTZ : undefined;
    return given === undefined
      ? null
      : expectDimension(given, { what: `\`${n}\` of \`${name}\``, dimension, unit }, context).expr;
  };
  const size = [...measured.values()].reduce((s, m) => s + m.size, 1);
  const first = measured.get(names[0] ?? "");
  if (first === undefined || !isNumber(first, context)) return unknown(expr.span);
  const build = (sort: Sort, stimulus: Extract<CheckedExpr, { kind: "stimulus" }>["stimulus"]): Sized =>
    sized(expr.span, sort, { kind: "stimulus", stimulus }, size, first.unit);
  switch (name) {
    case "pulse":
      return build(first.sort, { shape: "pulse", value: first.expr, from: of("from", TIME), to: of("to", TIME) });
    case "ramp": {
      const end = measured.get("end") ?? first;
      const ends = agree("the ends of a `ramp`", first, end, context);
      const [from, to] = [of("from", TIME), of("to", TIME)];
      if (ends === null || from === null || to === null) return unknown(expr.span);
      return build(sortOfBoth(...ends), { shape: "ramp", start: ends[0].expr, end: ends[1].expr, from, to });
    }
    case "sine": {
      const frequency = of("frequency", FREQUENCY);
      if (frequency === null) return unknown(expr.span);
      return build(first.sort, {
        shape: "sine",
        amplitude: first.expr,
        frequency,
        phase: of("phase", DIMENSIONLESS),
        from: of("from", TIME),
        to: of("to", TIME),
      });
    }
    default:
      return assertNever(name);
  }
}

/** `steps(0 ms: 0 pA, 100 ms: 300 pA)` */
function steps(expr: CallExpr, context: Context): Sized {
  const times: CheckedExpr[] = [];
  let values: Sized[] = [];
  let size = 1;
  for (const a of expr.arguments) {
    if (a.label?.time == null) {
      context.say(
        wrongArguments(a.span, {
          name: "steps",
          problem: "needs the time before each value",
          usage: "steps(0 ms: 0 pA, 100 ms: 300 pA)",
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
  let all: Sized | undefined = values[0];
  if (all === undefined) {
    context.say(
      wrongArguments(expr.nameSpan, {
        name: "steps",
        problem: "needs at least one step",
        usage: "steps(0 ms: 0 pA, 100 ms: 300 pA)",
      }),
    );
    return unknown(expr.span);
  }
  for (const value of values.slice(1)) {
    const both: readonly [Sized, Sized] | null = agree("the values of `steps`", all, value, context);
    if (both === null) return unknown(expr.span);
    all = { ...both[0], sort: sortOfBoth(...both) };
  }
  const { sort } = all;
  if (typeof sort !== "string")
    values = values.map((v) => expectDimension(v, { what: "a value of `steps`", dimension: sort }, context));
  return sized(
    expr.span,
    sort,
    { kind: "stimulus", stimulus: { shape: "steps", times, values: values.map((v) => v.expr) } },
    size,
    all.unit,
  );
}

/** The parts of a stimulus are constant: neither time nor noise nor another stimulus. */
function still(context: Context): Context {
  return { ...context, place: { ...PLACES.setting, words: INSIDE_STIMULUS } };
}
