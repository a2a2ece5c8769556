// Calls: elementary functions, sums over indices, and the modeller's own functions, written out where they are called.
import { FUNCTIONS } from "../algebra/functions.ts";
import type { FunctionName } from "../algebra/expression.ts";
import { assertNever, present } from "../base/invariant.ts";
import { textOf } from "../base/source.ts";
import { tooManyElements } from "../diagnostics/indices.ts";
import { misplacedFunction, modelTooLarge, wrongArguments } from "../diagnostics/model.ts";
import { cycle } from "../diagnostics/names.ts";
import type { Together } from "../diagnostics/units.ts";
import { DIMENSIONLESS } from "../quantities/dimension.ts";
import type { ResolvedFunction } from "../2-resolve/resolved.ts";
import type { CheckedExpr, CheckedExprShape, End, IndexRange } from "./checked.ts";
import { MOST_NODES, PLACES, SILENT } from "./context.ts";
import type { Context, Say } from "./context.ts";
import { checkAgainstUnit, expectNumber } from "./expect.ts";
import { elementsIn, MOST_ELEMENTS } from "./indices.ts";
import { agree, isNumber, rooted, sortOfBoth } from "./agree.ts";
import { placeArguments, type CallExpr } from "./arguments.ts";
import { isDimension, sized, unknown } from "./sized.ts";
import type { Sized } from "./sized.ts";
import { measureColumn } from "./eachNeuron.ts";
import { measureStimulus } from "./stimuli.ts";

/** Functions that call functions, one inside the other. */
const MOST_CALLS = 100;

export function measureCall(expr: CallExpr, context: Context): Sized {
  const { callee } = expr;
  switch (callee.kind) {
    case "elementary":
      return elementary(expr, callee.name, context);
    case "sum":
      return sumOver(expr, context);
    case "mod":
      return remainder(expr, context);
    case "function":
      return writtenOut(expr, callee.key, context);
    case "stimulus": {
      const column =
        callee.name === "file" && context.each !== null ? measureColumn(expr, context.each, context) : null;
      if (column !== null) return column;
      if (context.place.stimuli) return measureStimulus(expr, callee.name, context);
      context.say(misplacedFunction(expr.nameSpan, { name: expr.name, kind: "stimulus", where: context.place.words }));
      return unknown(expr.span);
    }
    case "draw":
      context.say(misplacedFunction(expr.nameSpan, { name: expr.name, kind: "draw", where: context.place.words }));
      return unknown(expr.span);
    default:
      return assertNever(callee);
  }
}

function elementary(expr: CallExpr, name: FunctionName, context: Context): Sized {
  const at = expr.span;
  const args = expr.arguments.map((a) => context.library.measure(a.value, context));
  const labelled = expr.arguments.find((a) => a.label !== null);
  const { takes, more, dimension } = FUNCTIONS[name];
  const [least, most] = [takes.length, more === true ? Infinity : takes.length];
  if (labelled !== undefined || args.length < least || args.length > most) {
    const problem =
      labelled !== undefined ? "takes its arguments without names" : `takes ${count(least, most)}, not ${args.length}`;
    const isPulse = name === "step" && args.length === 2;
    context.say(
      wrongArguments(labelled?.span ?? expr.nameSpan, {
        name,
        problem,
        usage: isPulse
          ? `pulse(${textOf((expr.arguments[0] as (typeof expr.arguments)[number]).value.span)}, from: ${textOf((expr.arguments[1] as (typeof expr.arguments)[number]).value.span)})`
          : `${name}(${takes.join(", ")})`,
        whole: isPulse && context.place.stimuli ? at : undefined,
      }),
    );
    return unknown(at);
  }
  const size = args.reduce((s, a) => s + a.size, 1);
  const build = (sort: Sized["sort"], parts: readonly Sized[], unit?: Sized["unit"]): Sized =>
    sized(
      at,
      parts.some((p) => p.sort === "unknown") && !isDimension(sort) ? "unknown" : sort,
      { kind: "call", function: name, arguments: parts.map((p) => p.expr) },
      size,
      unit,
    );
  const [first] = args;
  if (first === undefined) return unknown(at);
  switch (dimension) {
    case "kept": {
      if (takes.length === 1) return isNumber(first, context) ? build(first.sort, args, first.unit) : unknown(at);
      const together = allAgree(`the arguments of \`${name}\``, args, context);
      if (together === null) return unknown(at);
      const sort = together.reduce((a, b) => ({ ...a, sort: sortOfBoth(a, b) })).sort;
      return more === true ? nested(name, together, sort, at) : build(sort, together, first.unit);
    }
    case "lost":
      return isNumber(first, context) ? build(DIMENSIONLESS, args) : unknown(at);
    case "root":
      return isNumber(first, context) ? build(rooted(first.sort), args) : unknown(at);
    case "pure":
      return build(
        DIMENSIONLESS,
        args.map((a) => expectNumber(a, name, context)),
      );
    default:
      return assertNever(dimension);
  }
}

/** All of one kind, bare zeros adapted to it. */
function allAgree(together: Together, args: readonly Sized[], context: Context): readonly Sized[] | null {
  const model = args.find((a) => isDimension(a.sort)) ?? args[0];
  if (model === undefined) return null;
  const pairs = args.map((a) => (a === model ? ([a, a] as const) : agree(together, model, a, context)));
  return pairs.every((p) => p !== null) ? pairs.map((p) => p[1]) : null;
}

/** `min(a, b, c)` as `min(min(a, b), c)`. */
function nested(name: FunctionName, args: readonly Sized[], sort: Sized["sort"], at: Sized["expr"]["origin"]): Sized {
  return args.reduce((a, b) =>
    sized(at, sort, { kind: "call", function: name, arguments: [a.expr, b.expr] }, a.size + b.size + 1, a.unit),
  );
}

/** `mod(a, b)`: a - b*floor(a/b). */
function remainder(expr: CallExpr, context: Context): Sized {
  const at = expr.span;
  const args = expr.arguments.map((a) => context.library.measure(a.value, context));
  const [first, second] = args;
  const labelled = expr.arguments.find((a) => a.label !== null);
  if (first === undefined || second === undefined || args.length !== 2 || labelled !== undefined) {
    const problem =
      labelled !== undefined ? "takes its arguments without names" : `takes two arguments, not ${args.length}`;
    context.say(wrongArguments(labelled?.span ?? expr.nameSpan, { name: "mod", problem, usage: "mod(a, b)" }));
    return unknown(at);
  }
  const [a, b] = agree("the arguments of `mod`", first, second, context) ?? [];
  if (a === undefined || b === undefined || !isNumber(a, context)) return unknown(at);
  const pure = (shape: CheckedExprShape): CheckedExpr => ({ origin: at, dimension: DIMENSIONLESS, ...shape });
  const own = (shape: CheckedExprShape): CheckedExpr => ({ ...shape, origin: at, dimension: a.expr.dimension });
  const quotient = pure({ kind: "arithmetic", operator: "/", left: a.expr, right: b.expr });
  const whole = pure({ kind: "call", function: "floor", arguments: [quotient] });
  const taken = own({ kind: "arithmetic", operator: "*", left: b.expr, right: whole });
  const shape: CheckedExprShape = { kind: "arithmetic", operator: "-", left: a.expr, right: taken };
  return sized(at, sortOfBoth(a, b), shape, 2 * (a.size + b.size) + 4, a.unit);
}

function count(least: number, most: number): string {
  const words = ["no", "one", "two", "three"];
  const number = words[least] ?? String(least);
  return `${number}${most > least ? " or more" : ""} argument${least === 1 && most === 1 ? "" : "s"}`;
}

function sumOver(expr: CallExpr, context: Context): Sized {
  const [only] = expr.arguments;
  if (only === undefined || expr.arguments.length !== 1 || only.label !== null) {
    context.say(wrongArguments(expr.nameSpan, { name: "sum", problem: "takes one argument", usage: "sum(I)" }));
    return unknown(expr.span);
  }
  // What an outer sum runs over has its value here; that is known before what is inside is looked at.
  if (context.sum?.inner === "left out") return unknown(expr.span);
  const bound = new Map([...context.bound, ...(context.sum?.over ?? [])]);
  const over = new Map<string, IndexRange>();
  const models = new Set<"own" | End>();
  context.library.measure(only.value, {
    ...context,
    say: SILENT,
    bound,
    sum: { over, models, inner: "left out" },
    noise: { ...context.noise },
    budget: { ...context.budget },
  });
  const body = context.library.measure(only.value, { ...context, bound, sum: { over, models, inner: "added up" } });
  if (models.size > 1) {
    const problem = "adds up over indices of different models, and nothing says which belong together";
    context.say(wrongArguments(only.span, { name: "sum", problem, usage: "sum(w[j]*post.I[j])" }));
    return unknown(expr.span);
  }
  if (!isNumber(body, context)) return unknown(expr.span);
  if (over.size === 0) {
    if (body.sort !== "unknown")
      context.say(
        wrongArguments(only.span, {
          name: "sum",
          problem: "has nothing to add up: no index is free in it",
          usage: "sum(I)",
        }),
      );
    return unknown(expr.span);
  }
  const terms = elementsIn(new Map([...bound, ...over]).values());
  if (terms > MOST_ELEMENTS) {
    context.say(tooManyElements(only.span, { name: null, count: terms, most: MOST_ELEMENTS }));
    return unknown(expr.span);
  }
  return sized(
    expr.span,
    body.sort,
    { kind: "sum", over: [...over.values()], body: body.expr },
    body.size + 1,
    body.unit,
  );
}

function writtenOut(expr: CallExpr, key: string, context: Context): Sized {
  const at = expr.span;
  const declared = present(context.tables.functions.get(key), key);
  const { tooLarge, written } = context.library;
  const grown = (spent: number): Sized => {
    // Told where the first of the functions is called, not in the depths where the measure is full: what calls this one has to hear of it.
    context.budget.left = spent;
    if (context.say !== SILENT && !tooLarge.told && context.calls.length <= 1) {
      tooLarge.told = true;
      context.say(modelTooLarge(at, { what: `\`${declared.name}\``, most: MOST_NODES }));
    }
    return unknown(at);
  };
  const args = bindArguments(expr, declared, context);
  if (args === null) return unknown(at);
  const again = context.calls.indexOf(key);
  if (again >= 0) {
    const round = context.calls.slice(again).map((k) => present(context.tables.functions.get(k), k));
    const start = round.reduce(
      (first, f, i) => (f.origin.start < (round[first] as ResolvedFunction).origin.start ? i : first),
      0,
    );
    const ordered = [...round.slice(start), ...round.slice(0, start)];
    const others = ordered.slice(1).map((f) => ({ name: f.name, at: f.origin }));
    context.say(
      cycle((ordered[0] as ResolvedFunction).origin, { names: ordered.map((f) => f.name), what: "function", others }),
    );
    return unknown(at);
  }
  // Nothing comes of the program: what else is wrong in functions is found without writing them out.
  if (tooLarge.told) return unknown(at);
  if (context.calls.length >= MOST_CALLS) return grown(-Infinity);
  if (context.budget.left < (written.get(key) ?? 0)) return grown(-1);
  const label = { span: at, text: "called here" };
  const say: Say =
    context.say === SILENT
      ? SILENT
      : (d) => context.say(d.code.startsWith("units/") ? { ...d, secondary: [...d.secondary, label] } : d);
  const inner: Context = {
    ...context,
    say,
    place: { ...PLACES.function, time: context.place.time },
    bound: new Map(),
    sum: null,
    parameters: args,
    calls: [...context.calls, key],
  };
  const before = context.budget.left;
  const result = bodyOf(declared, inner);
  const { left } = context.budget;
  if (left > -Infinity) written.set(key, before - left);
  if (left < 0) return grown(left);
  if (result.size > MOST_NODES) return grown(-Infinity);
  return { ...result, expr: { ...result.expr, origin: at } };
}

/** The body of a function where its parameters have these values. */
export function bodyOf(declared: ResolvedFunction, inner: Context): Sized {
  const body = inner.library.measure(declared.body, inner);
  if (!isNumber(body, inner)) return unknown(declared.body.span);
  return checkAgainstUnit(
    { ...body, expr: { ...body.expr, origin: declared.body.span } },
    declared.unit,
    `the value of \`${declared.name}\``,
    inner,
  );
}

function bindArguments(
  expr: CallExpr,
  declared: ResolvedFunction,
  context: Context,
): ReadonlyMap<string, Sized> | null {
  const usage = `${declared.name}(${declared.parameters.map((p) => p.name).join(", ")})`;
  const placed = placeArguments(
    expr.arguments,
    declared.parameters.map((p) => p.name),
  );
  if (typeof placed === "string") {
    for (const a of expr.arguments) context.library.measure(a.value, context);
    context.say(wrongArguments(expr.nameSpan, { name: declared.name, problem: placed, usage }));
    return null;
  }
  const missing = declared.parameters.find((p) => !placed.has(p.name));
  if (missing !== undefined) {
    for (const a of expr.arguments) context.library.measure(a.value, context);
    const n = declared.parameters.length;
    const problem =
      expr.arguments.length < n
        ? `takes ${n} argument${n === 1 ? "" : "s"}, not ${expr.arguments.length}`
        : `lacks \`${missing.name}\``;
    context.say(wrongArguments(expr.nameSpan, { name: declared.name, problem, usage }));
    return null;
  }
  return new Map(
    declared.parameters.map((p) => {
      const argument = present(placed.get(p.name), p.name);
      const value = context.library.measure(argument.value, context);
      const checked = isNumber(value, context)
        ? checkAgainstUnit(value, p.unit, `\`${p.name}\` of \`${declared.name}\``, context)
        : unknown(argument.span);
      return [p.name, checked.sort === "zero" ? { ...checked, sort: "zero" as const } : checked];
    }),
  );
}
