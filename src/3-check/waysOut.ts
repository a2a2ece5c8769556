// The signature of glif's messages: what turns the dimension that is there into the one that is needed, looked for among the names in scope.
import { partsOfKind } from "../stimuli/shapes.ts";
import { textOf } from "../base/source.ts";
import type { SourceText, Span } from "../base/source.ts";
import type { TextEdit } from "../diagnostics/diagnostic.ts";
import { PERIODIC } from "../diagnostics/units.ts";
import type { Declared, WayOut } from "../diagnostics/units.ts";
import {
  divide,
  equal,
  FREQUENCY,
  isDimensionless,
  DIMENSIONLESS,
  LENGTH,
  multiply,
  power,
  rational,
  TIME,
  VOLTAGE,
} from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { exampleLiteral, kindOf, short } from "../quantities/phrase.ts";
import { canonicalUnit, isUnitSymbol } from "../quantities/unit.ts";
import type { Unit } from "../quantities/unit.ts";
import type { CheckedStimulus, CheckedExpr, CheckedQuantity } from "./checked.ts";
import { PLACES, SILENT } from "./context.ts";
import type { Context, Known } from "./context.ts";
import { hasNoise, strengthOfNoise } from "./noiseStrength.ts";
import { bareParameter, otherUnit, unitOfSI } from "./otherUnit.ts";
import { isDimension, wordsOf } from "./sized.ts";
import type { Sized } from "./sized.ts";
import { visit } from "./walk.ts";

/** A way out is looked for, which takes longer than finding the mistake, where it will be told. */
function isHeard({ say, library }: Context): boolean {
  return library.helps && say !== SILENT;
}

/** How to make `actual` a quantity of dimension `expected`: a forgotten unit, or a factor or divisor that is in scope. */
export function waysOut(
  actual: Sized,
  expected: Dimension,
  context: Context,
  expectedUnit?: Unit,
  beside?: Sized,
): WayOut[] {
  if (!isHeard(context)) return [];
  const told = ofNumbers(actual, expected, context, expectedUnit);
  if (told !== null) return told.length > 0 ? told : [...perArea(actual, expected), ...otherForm(actual, expected)];
  const ways = onTrial([
    ...ofFactors(actual, expected, context),
    ...FACTORS.flatMap((verbs) => factors(actual, expected, context, verbs, beside)),
  ]);
  return ways.length > 0 ? ways : [...perArea(actual, expected), ...measuredFactor(actual, expected)];
}

/** `10 µA` where a current density is needed: the number would be another one, so that it is not kept. */
function perArea({ expr, sort }: Sized, expected: Dimension): WayOut[] {
  const value = expr.kind === "stimulus" ? (valuesOf(expr.stimulus)[0] ?? null) : expr;
  if (!isDimension(sort) || value === null || !isLiteral(value)) return [];
  const [whole, density] = [divide(sort, expected), divide(expected, sort)];
  const text = textOf(value.origin);
  if (equal(whole, AREA))
    return [{ help: `divide by the area of the membrane: \`${text}/A\` with \`param A = 20000 µm^2\``, fix: null }];
  return equal(density, AREA)
    ? [{ help: `multiply by the area of the membrane: \`${text}*A\` with \`param A = 20000 µm^2\``, fix: null }]
    : [];
}

/** `100 MΩ` where a conductance is needed, a variance where a standard deviation is: the literal in another form. */
function otherForm({ expr, sort }: Sized, expected: Dimension): WayOut[] {
  if (!isDimension(sort) || !isLiteral(expr) || isDimensionless(sort)) return [];
  const text = textOf(expr.origin);
  const form = equal(multiply(sort, expected), DIMENSIONLESS)
    ? { help: "take the inverse", text: `1/(${text})` }
    : equal(sort, multiply(expected, expected))
      ? { help: "take the root", text: `sqrt(${text})` }
      : null;
  if (form === null) return [];
  const fix = {
    title: `write \`${form.text}\``,
    edits: [{ span: expr.origin, newText: form.text }],
    confidence: "likely" as const,
  };
  return [{ help: `${form.help}: \`${form.text}\``, fix }];
}

/** The one literal of a product whose unit lacks a divisor: `0.1 /ms*(V + 40 mV)` as a rate. */
function measuredFactor({ expr, sort }: Sized, expected: Dimension): WayOut[] {
  if (!isDimension(sort) || expr.kind !== "arithmetic") return [];
  const literals = factorsOf(expr).filter((f) => f.degree === 1 && isLiteral(f.expr) && bareLiteral(f.expr) === null);
  const [only, ...more] = literals;
  const missing = canonicalUnit(divide(expected, sort)).text;
  if (only === undefined || more.length > 0 || !/^\/\p{L}+$/u.test(missing)) return [];
  const written = `${textOf(only.expr.origin)}${missing}`;
  return [
    {
      help: `give the number another unit: \`${written}\``,
      fix: {
        title: `write \`${written}\``,
        edits: [{ span: only.expr.origin, newText: written }],
        confidence: "likely",
      },
    },
  ];
}

/** What multiplies or divides without a unit lacks one, rather than that a parameter is missing: a bare number, or a parameter declared as one. */
function ofFactors(actual: Sized, expected: Dimension, context: Context): WayOut[] {
  const bare = bareParameter(actual, expected, context, rateUnit(actual.expr));
  return [...bareFactor(actual, expected), ...(bare === null ? [] : [bare])];
}

/** More than one may be meant: which of them makes the model right is tried. */
function onTrial(ways: readonly WayOut[]): WayOut[] {
  const seen = new Set<string>();
  const different = ways.filter((w) => !seen.has(w.help) && seen.add(w.help));
  const tried = different.filter((w) => w.fix !== null).slice(0, MOST_WAYS);
  return tried.length === 0
    ? different.slice(0, 1)
    : tried.map((w) => ({
        ...w,
        fix:
          w.fix === null ? null : { ...w.fix, trial: { help: w.help, ...(w.isPart === true ? { anyway: true } : {}) } },
      }));
}

const MOST_WAYS = 8;

const AREA = multiply(LENGTH, LENGTH);

/** The same of what `exp` and its like take: a literal there lacks a divisor, and not its unit. An oscillation lacks its frequency: no time constant of the model is its period. */
export function scales(name: string, actual: Sized, context: Context): WayOut[] {
  if (isLiteral(actual.expr)) return [];
  return PERIODIC.has(name)
    ? onTrial(ofFactors(actual, DIMENSIONLESS, context))
    : waysOut(actual, DIMENSIONLESS, context);
}

/** What is said of noise, of literals and of stimuli; null where a factor may be what is missing. */
function ofNumbers(actual: Sized, expected: Dimension, context: Context, expectedUnit?: Unit): WayOut[] | null {
  if (!isDimension(actual.sort)) return [];
  const noise = strengthOfNoise(actual, expected, context);
  if (noise.length > 0) return noise;
  const number = forgottenUnit(actual, expected, context, expectedUnit) ?? needlessUnit(actual, expected);
  if (number !== null) return [number];
  // A literal has the wrong unit, a stimulus the wrong values, noise another strength: none is mended by a factor.
  if (actual.expr.kind === "stimulus") return amplitudes(actual, expected, expectedUnit);
  return isLiteral(actual.expr) || hasNoise(actual.expr) ? [] : null;
}

type Verb = "multiply" | "divide";

type Whose = "here" | "unread";

/** What stands in this statement already; then what nothing reads yet, which was forgotten here: a factor rather than a divisor. Other parameters of a fitting dimension belong elsewhere. */
const FACTORS: readonly (readonly [whose: Whose, verbs: readonly Verb[]])[] = [
  ["here", ["multiply", "divide"]],
  ["unread", ["multiply"]],
  ["unread", ["divide"]],
];

function factors(
  actual: Sized,
  expected: Dimension,
  context: Context,
  [whose, verbs]: (typeof FACTORS)[number],
  beside?: Sized,
): WayOut[] {
  if (!isDimension(actual.sort)) return [];
  const isOfThem = whose === "unread" ? isUnread(context) : (k: Known): boolean => isReadHere(k, actual, context);
  const candidates = inScope(context).filter(
    (k) => isOfThem(k) && !mentions(actual.expr, k.quantity) && !(beside !== undefined && isTermOf(k, beside, actual)),
  );
  const needed = { multiply: divide(expected, actual.sort), divide: divide(actual.sort, expected) };
  // To make a pure number of a voltage, a width such as Δ_T is divided by; a potential such as E_L is no scale.
  const fits = (k: Known, wanted: Dimension): boolean => {
    const needsScale = isDimensionless(expected) || equal(wanted, VOLTAGE);
    return isDimension(k.sort) && equal(k.sort, wanted) && (!needsScale || SCALE_NAME.test(k.quantity.name));
  };
  return [
    ["param", "const", "let"],
    ["state", "input"],
  ].flatMap((roles) =>
    verbs.flatMap((verb) => {
      const fitting =
        verb === "multiply" && isDimensionless(expected)
          ? []
          : candidates.filter((k) => roles.includes(k.quantity.role) && fits(k, needed[verb]));
      // Of several rates none is more likely than another.
      if (fitting.length > 1 && equal(needed[verb], FREQUENCY))
        return [
          {
            help: `${verb} by one of the rates: ${fitting.map((k) => `\`${k.quantity.name}\``).join(", ")}`,
            fix: null,
          },
        ];
      return [...fitting]
        .sort((a, b) => Number(TIME_CONSTANT.test(b.quantity.name)) - Number(TIME_CONSTANT.test(a.quantity.name)))
        .map((k) => wayOut(verb, k, actual.expr));
    }),
  );
}

/** What an experiment sets is not made of what a model computes. A `let` that nothing reads is no reader. */
function isUnread(context: Context): (k: Known) => boolean {
  const isSetting = context.place === PLACES.stimulus || context.place === PLACES.setting;
  const readers = context.model.readers?.();
  if (isSetting || readers === undefined) return () => false;
  // Where the values of such lets end, by where they start.
  const idle = new Map<SourceText, Map<number, number>>();
  for (const { role, name, value } of [...context.model.quantities.values()].map((k) => k.quantity)) {
    if (role !== "let" || value?.kind !== "expression" || readers.has(name)) continue;
    const { source, start, end } = value.expression.origin;
    const ends = idle.get(source) ?? new Map<number, number>();
    idle.set(source, ends.set(start, end));
  }
  return ({ quantity }) =>
    (readers.get(quantity.name) ?? []).every(({ source, start, end }) => end <= (idle.get(source)?.get(start) ?? -1));
}

function isReadHere({ quantity: { name } }: Known, actual: Sized, context: Context): boolean {
  const at = actual.expr.origin;
  return (context.model.readers?.().get(name) ?? []).some(
    (r) => r.source === at.source && r.start <= at.start && at.end <= r.end,
  );
}

/** Of two terms, `P + α*w`: what makes up the one is no factor of the other, and no rate multiplies a rate, no time a time. */
function isTermOf({ quantity, sort }: Known, beside: Sized, actual: Sized): boolean {
  if (!isDimension(sort) || !isDimension(beside.sort) || !isDimension(actual.sort) || !mentions(beside.expr, quantity))
    return false;
  return equal(sort, beside.sort) || (equal(sort, actual.sort) && (equal(sort, FREQUENCY) || equal(sort, TIME)));
}

const TIME_CONSTANT = /(^|[._])(τ|tau)/iu;

const SCALE_NAME = /(^|[._])(Δ|δ|σ|τ|D(?!\p{Ll})|[Dd]elta|[Ss]lope|[Ss]cale|[Ww]idth|[Ss]igma|[Tt]au|k|s)/u;

/** Of two sides that do not fit each other, what helps either. */
export function waysOutOfTerms(left: Sized, right: Sized, context: Context): WayOut[] {
  if (!isHeard(context) || !isDimension(left.sort) || !isDimension(right.sort)) return [];
  const noise = [...strengthOfNoise(right, left.sort, context), ...strengthOfNoise(left, right.sort, context)];
  if (noise.length > 0) return noise;
  const sides = [
    { one: right, other: left.sort, unit: left.unit, beside: left },
    { one: left, other: right.sort, unit: right.unit, beside: right },
  ];
  const told = sides.map(({ one, other, unit }) => ofNumbers(one, other, context, unit));
  const number = told.find((t) => t !== null && t.length > 0);
  // `1 ms + 0.1*n`: rather the second lacks a unit than that the first has one too many.
  const lacking = sides.flatMap(({ one, other }, k) => (told[k] === null ? bareFactor(one, other) : []));
  if (number != null) return lacking.length === 0 ? number : onTrial([...lacking, ...number]);
  // A voltage squared has no use of its own: the number beside it is told whatever else is wrong.
  const part = lacking.find((w) => w.isPart === true);
  if (part !== undefined) return [part];
  const open = sides.filter((_, k) => told[k] === null);
  const wrong = open.flatMap(({ one, other }) =>
    one.expr.kind !== "arithmetic" || equal(one.sort as Dimension, DIMENSIONLESS)
      ? []
      : (otherUnit(one, other, context) ?? []),
  );
  const ways = onTrial([
    ...parentheses(left, right),
    ...open.flatMap(({ one, other }) => ofFactors(one, other, context)),
    ...FACTORS.flatMap((verbs) =>
      open.flatMap(({ one, other, beside }) => factors(one, other, context, verbs, beside)),
    ),
    ...wrong.filter((w) => w.fix !== null),
  ]);
  // In a function that is called with it, its name does not even stand there.
  if (ways.length === 0 && wrong.length === 0) return plainNumbers(left, right);
  return ways.length > 0
    ? ways
    : wrong
        .filter(({ of = "" }) => textOf(left.expr.origin).includes(of) || textOf(right.expr.origin).includes(of))
        .slice(0, 1);
}

/** An input with a unit where all else is in pure numbers. */
function plainNumbers(left: Sized, right: Sized): WayOut[] {
  const [plain, input] = isDimension(left.sort) && isDimensionless(left.sort) ? [left, right] : [right, left];
  if (
    !isDimension(plain.sort) ||
    !isDimensionless(plain.sort) ||
    input.expr.kind !== "quantity" ||
    input.expr.quantity.role !== "input"
  )
    return [];
  return [
    {
      help: `give what it is added to its units, or write all in pure numbers: \`input ${input.expr.quantity.name} : 1\``,
      fix: null,
    },
  ];
}

/** `a + b/c` where `(a + b)/c` fits: the division was meant for the whole sum. */
function parentheses(left: Sized, right: Sized): WayOut[] {
  const { expr } = right;
  if (
    expr.kind !== "arithmetic" ||
    expr.operator !== "/" ||
    expr.right.kind !== "quantity" ||
    !isDimension(left.sort) ||
    !isDimension(right.sort)
  )
    return [];
  const { source } = expr.origin;
  const [start, slash] = [left.expr.origin.start, source.text.lastIndexOf("/", expr.right.origin.start)];
  if (
    !equal(multiply(right.sort, expr.right.quantity.dimension), left.sort) ||
    left.expr.origin.source !== source ||
    slash <= start
  )
    return [];
  const end = start + source.text.slice(start, slash).trimEnd().length;
  const text = quotable({ source, start, end });
  if (text === null) return [];
  const written = `(${text})/${textOf(expr.right.origin)}`;
  const edits = [
    { span: { source, start, end: start }, newText: "(" },
    { span: { source, start: end, end }, newText: ")" },
  ];
  return [
    {
      help: `if the whole sum is divided, put it in parentheses: \`${written}\``,
      fix: { title: "put the sum in parentheses", edits, confidence: "likely" },
    },
  ];
}

/** The one bare number of a product that, with a unit, would give it the dimension: `t/80`, `100*sin(x)`. */
function bareFactor({ expr, sort }: Sized, expected: Dimension): WayOut[] {
  if (!isDimension(sort) || (expr.kind !== "arithmetic" && expr.kind !== "negate")) return [];
  const found = factorsOf(expr).flatMap((f) =>
    f.expr.kind === "number" && bareLiteral(f.expr) !== null ? [{ at: f.expr.origin, degree: f.degree }] : [],
  );
  // `t/1000`: the time in seconds, whatever stands beside it.
  const inSeconds =
    equal(sort, TIME) && isDimensionless(expected)
      ? found.filter((f) => f.degree === -1 && textOf(f.at) === "1000")
      : [];
  const measured = inSeconds.length === 1 ? inSeconds : found.filter((f) => !SMALL_NUMBERS.has(textOf(f.at)));
  // `-h/2`: a time constant as any other.
  const [only, ...more] =
    measured.length === 0 && equal(divide(sort, expected), TIME) ? found.filter((f) => f.degree === -1) : measured;
  if (only === undefined || more.length > 0) return [];
  const needed = power(divide(expected, sort), rational(only.degree));
  if (isDimensionless(needed) || kindOf(needed) === "quantity") return [];
  const unit = rateUnit(expr)(needed);
  return [
    {
      isPart: UNNAMED.test(kindOf(sort)),
      help: `give the number a unit: \`${textOf(only.at)} ${unit}\``,
      fix: { title: `write \`${textOf(only.at)} ${unit}\``, edits: [unitBehind(only.at, unit)], confidence: "likely" },
    },
  ];
}

/** In the order of the text, with the power with which each enters. */
export function factorsOf(root: CheckedExpr): readonly { readonly expr: CheckedExpr; readonly degree: number }[] {
  const found: { readonly expr: CheckedExpr; readonly degree: number }[] = [];
  const open: { readonly expr: CheckedExpr; readonly degree: number }[] = [{ expr: root, degree: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { expr, degree } = next;
    if (expr.kind === "negate") open.push({ expr: expr.operand, degree });
    else if (expr.kind === "arithmetic" && (expr.operator === "*" || expr.operator === "/"))
      open.push({ expr: expr.right, degree: expr.operator === "*" ? degree : -degree }, { expr: expr.left, degree });
    else found.push(next);
  }
  return found;
}

/** How often something turns round is said in hertz, `2*π*10 Hz*t`. */
function rateUnit(expr: CheckedExpr): (needed: Dimension) => string {
  const isTurns = /π|\bpi\b|\b6\.28/u.test(textOf(expr.origin));
  return (needed) => (isTurns && equal(needed, FREQUENCY) ? "Hz" : canonicalUnit(needed).text);
}

/** A unit behind a number, apart from the name of a variable that would be read as a part of it: `0.062 /mV * V`. */
export function unitBehind(at: Span, unit: string): TextEdit {
  const behind = { ...at, start: at.end };
  const [, sign, name = ""] = /^([*/])(\p{L}[\p{L}\p{N}_]*)/u.exec(at.source.text.slice(at.end, at.end + 40)) ?? [];
  return sign !== undefined && isUnitSymbol(name)
    ? { span: { ...behind, end: at.end + 1 }, newText: ` ${unit} ${sign} ` }
    : { span: behind, newText: ` ${unit}` };
}

/** Of kinds that are only on the way to another. */
const UNNAMED = /^quantity$|squared/u;

/** Of formulas rather than of measurements. */
export const SMALL_NUMBERS: ReadonlySet<string> = new Set(["1", "2", "0.5", "1.0", "2.0"]);

/** `30 mV` where everything is in pure numbers. */
function needlessUnit({ expr, sort }: Sized, expected: Dimension): WayOut | null {
  if (!isDimensionless(expected) || !isDimension(sort) || isDimensionless(sort) || !isLiteral(expr)) return null;
  const [, digits, unit] = /^(-?\s*[\d.]+(?:e[-+]?\d+)?)(\s*\S+)$/iu.exec(textOf(expr.origin)) ?? [];
  if (digits === undefined || unit === undefined) return null;
  return {
    help: `write the number without a unit: \`${digits}\``,
    fix: {
      title: `write \`${digits}\``,
      edits: [{ span: { ...expr.origin, start: expr.origin.end - unit.length }, newText: "" }],
      confidence: "likely",
    },
  };
}

function valuesOf(s: CheckedStimulus): readonly CheckedExpr[] {
  return s.shape === "named" ? partsOfKind(s, "value") : s.shape === "steps" ? s.values : [];
}

/** Bare values of a stimulus: `pulse(300, from: 1 ms)`. */
function amplitudes({ expr, sort }: Sized, expected: Dimension, expectedUnit?: Unit): WayOut[] {
  if (expr.kind !== "stimulus" || !isDimension(sort) || !isDimensionless(sort)) return [];
  const values = valuesOf(expr.stimulus);
  const bare = values.flatMap((v) => bareLiteral(v) ?? []).filter((at) => Number(textOf(at)) !== 0);
  if (bare.length === 0 || values.some((v) => bareLiteral(v) === null)) return [];
  const unit = (expectedUnit ?? canonicalUnit(expected)).text;
  const edits = bare.map((at) => ({ span: { ...at, start: at.end }, newText: ` ${unit}` }));
  return [
    {
      help: `give ${bare.length > 1 ? "its values" : "its value"} a unit: \`${textOf(bare[0] as Span)} ${unit}\``,
      fix: { title: `write \`${unit}\` behind ${bare.length > 1 ? "them" : "it"}`, edits, confidence: "likely" },
    },
  ];
}

/** Of an equation's right side: where no factor helps, a parameter may have been declared in a wrong unit, or in none. */
export function waysOutOfRate(actual: Sized, expected: Dimension, context: Context): WayOut[] {
  if (!isHeard(context)) return [];
  const found = waysOut(actual, expected, context);
  if (found.length > 0 || !isDimension(actual.sort)) return found;
  const turned = divisor(actual, expected);
  if (turned !== null) return [turned];
  const other = otherUnit(actual, expected, context);
  if (other !== null) return [other];
  const lacksTime = equal(divide(actual.sort, expected), TIME);
  if (lacksTime && (isDimensionless(actual.sort) || hasCoefficients(actual.expr))) return [perMillisecond(actual.expr)];
  return lacksTime
    ? [{ help: "divide by the time constant with which it changes, such as `τ` with `param τ = 10 ms`", fix: null }]
    : [];
}

/** `(E - V)*τ` that was to be divided. */
function divisor({ expr, sort }: Sized, expected: Dimension): WayOut | null {
  if (expr.kind !== "arithmetic" || expr.operator !== "*" || expr.right.kind !== "quantity" || !isDimension(sort))
    return null;
  const { name, dimension } = expr.right.quantity;
  const { source, start } = expr.origin;
  const star = source.text.lastIndexOf("*", expr.right.origin.start);
  if (isDimensionless(dimension) || !equal(divide(sort, multiply(dimension, dimension)), expected) || star < start)
    return null;
  return {
    help: `divide by \`${name}\` instead of multiplying by it`,
    fix: {
      title: `divide by \`${name}\``,
      edits: [{ span: { source, start: star, end: star + 1 }, newText: "/" }],
      confidence: "likely",
    },
  };
}

/** `0.04 /mV*v^2 + 5*v + 140 mV`: a formula with numbers of its own is written for a unit of time; `R*I - V` is relaxation, and lacks its time constant. */
function hasCoefficients(root: CheckedExpr): boolean {
  let found = false;
  visit(root, (e) => {
    if (e.kind === "arithmetic" && (e.operator === "*" || e.operator === "/"))
      found ||= [e.left, e.right].some((f) => bareLiteral(f) !== null && !SMALL_NUMBERS.has(textOf(f.origin)));
  });
  return found;
}

/** Equations in pure numbers are mostly written for milliseconds. */
function perMillisecond(expr: CheckedExpr): WayOut {
  const text = textOf(expr.origin);
  const inner = needsParentheses(expr) ? `(${text})` : text;
  const written = `${inner}/(1 ms)`;
  return {
    help: "divide by the unit of time in which it is meant: `(…)/(1 ms)`",
    fix: { title: "divide by `1 ms`", edits: [{ span: expr.origin, newText: written }], confidence: "likely" },
  };
}

/** Where a single name was declared: the surprise may lie there. What states and inputs are, a modeller knows. */
export function declaredOf(s: Sized): Declared[] {
  const { expr } = s;
  if (
    (expr.kind !== "quantity" && expr.kind !== "setup" && expr.kind !== "end") ||
    !isDimension(s.sort) ||
    expr.quantity.role === "state" ||
    expr.quantity.role === "input"
  )
    return [];
  if (expr.quantity.origin.source === expr.origin.source && expr.quantity.origin.start === expr.origin.start) return [];
  const name = expr.kind === "end" ? `${expr.end}.${expr.quantity.name}` : expr.quantity.name;
  return [{ name, span: expr.quantity.origin, ...wordsOf(s.sort, s.unit) }];
}

/** Best first: parameters, constants, lets, then what changes in time. */
function inScope(context: Context): Known[] {
  const order = ["param", "const", "let", "state", "input"];
  const all = [...context.model.quantities.values(), ...context.setup.values()].filter(
    (k) => k.quantity.indices.length === 0,
  );
  return all
    .map((k, i) => ({ k, i }))
    .sort((a, b) => order.indexOf(a.k.quantity.role) - order.indexOf(b.k.quantity.role) || a.i - b.i)
    .map(({ k }) => k);
}

function wayOut(verb: "multiply" | "divide", by: Known, expr: CheckedExpr): WayOut {
  const { name, dimension, unit } = by.quantity;
  const text = quotable(expr.origin);
  const inner = text === null ? null : needsParentheses(expr) ? `(${text})` : text;
  const written = inner === null ? null : verb === "multiply" ? `${name}*${inner}` : `${inner}/${name}`;
  const words = short(dimension, unit);
  const kind = /^(.*) \((.*)\)$/.exec(words);
  const help = `${verb} by ${kind === null ? `\`${name}\`` : `the ${kind[1] ?? ""} \`${name}\` (${kind[2] ?? ""})`}`;
  return {
    help: written === null ? help : `${help}: \`${written}\``,
    fix:
      written === null
        ? null
        : { title: `${verb} by \`${name}\``, edits: [{ span: expr.origin, newText: written }], confidence: "likely" },
  };
}

/** A bare number where a quantity is needed, here or where the name was declared. */
function forgottenUnit(actual: Sized, expected: Dimension, context: Context, expectedUnit?: Unit): WayOut | null {
  if (!isDimension(actual.sort) || !isDimensionless(actual.sort) || equal(expected, DIMENSIONLESS)) return null;
  const literal = bareLiteral(actual.expr);
  const unit =
    (literal === null ? null : unitOfSI(textOf(literal), expected)) ?? (expectedUnit ?? canonicalUnit(expected)).text;
  if (literal !== null) {
    const written = `${textOf(literal)} ${unit}`;
    return {
      help: `give the number a unit: \`${written}\``,
      fix: { title: `write \`${written}\``, edits: [unitBehind(literal, unit)], confidence: "likely" },
    };
  }
  if (actual.expr.kind !== "quantity" && actual.expr.kind !== "setup") return null;
  const { name, role } = actual.expr.quantity;
  if (role !== "param" && role !== "const") return null;
  const bare = (context.model.quantities.get(name) ?? context.setup.get(name))?.bare ?? null;
  if (bare === null)
    return { help: `declare \`${name}\` with a unit, such as \`${exampleLiteral(expected)}\``, fix: null };
  const written = `${bare.text} ${unit}`;
  return {
    help: `give \`${name}\` a unit where it is declared: \`${role} ${name.slice(name.lastIndexOf(".") + 1)} = ${written}\``,
    fix: {
      title: `write \`${written}\``,
      edits: [{ span: { ...bare.span, start: bare.span.end }, newText: ` ${unit}` }],
      confidence: "likely",
    },
  };
}

function isLiteral(expr: CheckedExpr): boolean {
  return expr.kind === "number" || (expr.kind === "negate" && expr.operand.kind === "number");
}

export function bareLiteral(expr: CheckedExpr): Span | null {
  const inner = expr.kind === "negate" ? expr.operand : expr;
  return inner.kind === "number" && /^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(textOf(expr.origin)) ? expr.origin : null;
}

/** Short source text of one line that can be quoted in a help. */
export function quotable(at: Span): string | null {
  const text = textOf(at);
  return text.length > 0 && text.length <= 60 && !/[\r\n`]/.test(text) && !text.includes("//") ? text : null;
}

export function needsParentheses(expr: CheckedExpr): boolean {
  const text = textOf(expr.origin);
  if (/^[\p{L}\p{N}_.]+$/u.test(text) || /^[\p{L}\p{N}_]+\[[^\]]*\]$/u.test(text)) return false;
  if (text.startsWith("(") && closes(text)) return false;
  return !(expr.kind === "call" && /^[\p{L}\p{N}_]+\(/u.test(text) && closes(text.slice(text.indexOf("("))));
}

/** True where the parenthesis that begins the text ends it. */
function closes(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "(") depth++;
    if (text[i] === ")" && --depth === 0) return i === text.length - 1;
  }
  return false;
}

function mentions(expr: CheckedExpr, quantity: CheckedQuantity): boolean {
  let found = false;
  visit(expr, (e) => {
    if ((e.kind === "quantity" || e.kind === "setup") && e.quantity.name === quantity.name) found = true;
  });
  return found;
}
