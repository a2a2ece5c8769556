// What is said of a name or a function that means nothing: the unit, the word of another tool or the near name that was meant.
import type { CallNode, ExprNode, IdentifierNode } from "../1-parse/ast.ts";
import { codeOf, looksLike } from "../base/confusable.ts";
import { nearNames } from "../base/nearNames.ts";
import type { Span } from "../base/source.ts";
import { span, textOf } from "../base/source.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import { habitOf } from "../diagnostics/habits.ts";
import type { Habit } from "../diagnostics/habits.ts";
import { unknownFunction, unknownName } from "../diagnostics/names.ts";
import { unitApart } from "../diagnostics/units.ts";
import { isUnitSymbol, parseUnit } from "../quantities/unit.ts";
import { suggestUnits } from "../quantities/suggestUnits.ts";

export interface Unknown {
  readonly name: string;
  readonly at: Span;
  /** Names that could have been meant; the same list for all that is unknown in one place. */
  readonly names: readonly string[];
  readonly where: string;
  /** What has this name, where something does: "a function", "a neuron". */
  readonly otherKind: string | null;
  /** Whether a name means something here. */
  readonly isKnown: (name: string) => boolean;
}

export function unknownNameAt({ name, at, names, where, otherKind, isKnown }: Unknown): Diagnostic {
  const habit = otherKind === null ? habitOf("name", name) : null;
  // `2*time` is no time of 2 ms.
  const apart = otherKind === null && habit === null ? literalAround(at, isKnown) : null;
  if (apart !== null) return unitApart(apart.at, { written: textOf(apart.at), meant: apart.meant, at: apart.at });
  const known = meantBy(name, names);
  const isAssigned =
    /^\s*(?:\[[^\]]*\]\s*)?<-/u.test(at.source.text.slice(at.end, at.end + 40)) ||
    hasEquation(name, at.source.text, at.start);
  const longer = known.near.length === 0 && otherKind === null && !isAssigned ? longerName(name, at, names) : null;
  const { alike } = known;
  const near = longer === null ? known.near : [longer];
  const end = /^(.+)_(pre|post)$/u.exec(name);
  // `w_post`, and `exc.w` as the experiment calls it
  const base = end?.[1] ?? /^[^.]+\.([^.]+)$/u.exec(name)?.[1];
  const own = where.startsWith("synapse") && base !== undefined && names.includes(base) ? base : null;
  const side = where.startsWith("synapse") ? /^(target|postsynaptic|source|presynaptic)\.(.+)$/u.exec(name) : null;
  const atEnd =
    side !== null
      ? `${/^(?:target|post)/u.test(side[1] ?? "") ? "post" : "pre"}.${side[2] ?? ""}`
      : where.startsWith("synapse") && end !== null && own === null && habit === null
        ? `${end[2] ?? ""}.${end[1] ?? ""}`
        : null;
  return unknownName(at, {
    name,
    near,
    where,
    isUnit: longer === null && isLikeUnit(name, at),
    unit: unitMeant(name, at),
    otherKind,
    at,
    elsewhere:
      own !== null
        ? { say: `\`${own}\` is the synapse's own: write \`${own}\``, instead: own }
        : atEnd !== null
          ? { say: `the neurons at the ends of a connection are \`pre\` and \`post\`: \`${atEnd}\``, instead: atEnd }
          : near.length === 0 && otherKind === null
            ? (habit ?? ofOtherNeuron(name, at, where))
            : habit,
    letters: alike === null ? null : codeOf(name, alike),
    isAssigned,
  });
}

/** What another neuron of the file declares, where this one extends nothing: `extends` may have been forgotten. */
function ofOtherNeuron(
  name: string,
  at: Span,
  where: string,
): { readonly say: string; readonly instead: string } | null {
  const own = /^neuron `([^`]+)`$/u.exec(where)?.[1];
  const head = own === undefined ? -1 : at.source.text.slice(0, at.start).lastIndexOf(`neuron ${own} {`);
  if (own === undefined || head < 0) return null;
  const { text } = at.source;
  const others = [...text.slice(0, head).matchAll(/^neuron ([\p{L}_][\p{L}\p{N}_]*)[^\n]*\{\n(.*?)^\}/gmsu)];
  const declares = new RegExp(
    `^\\s*(?:param|const|state|input|let)\\b[^\\n]*(?<![\\p{L}\\p{N}_])${name}\\s*(?:=|:|,|$)`,
    "mu",
  );
  const [one, ...more] = others.filter(([, , body = ""]) => declares.test(body));
  const base = one?.[1];
  if (base === undefined || more.length > 0) return null;
  return { say: `\`${base}\` has it: \`neuron ${own} extends ${base} { … }\``, instead: "" };
}

/** `C`, where `Cm` or `C_m` is the only name that goes on so, and no number before it makes it a unit. */
function longerName(name: string, at: Span, names: readonly string[]): string | null {
  if (/[\d.]\s*[*/]?\s*$/u.test(at.source.text.slice(Math.max(0, at.start - 8), at.start))) return null;
  const longer = names.filter((n) => n.startsWith(name) && /^_?\p{L}$/u.test(n.slice(name.length)));
  return name.length <= 2 && longer.length === 1 ? (longer[0] ?? null) : null;
}

/** Whether `w' =` stands near it, in the same block. */
function hasEquation(name: string, text: string, at: number): boolean {
  const from = Math.max(0, at - NEAR, text.lastIndexOf("\n}", at));
  const end = text.indexOf("\n}", at);
  const around = text.slice(from, Math.min(at + NEAR, end < 0 ? text.length : end));
  for (let k = around.indexOf(`${name}'`); k >= 0; k = around.indexOf(`${name}'`, k + 1))
    if (
      !/[\p{L}\p{N}_.]/u.test(around[k - 1] ?? " ") &&
      /^\s*=/u.test(around.slice(k + name.length + 1, k + name.length + 9))
    )
      return true;
  return false;
}

const NEAR = 2000;

interface Meant {
  /** One that looks the same, or null. */
  readonly alike: string | null;
  readonly near: readonly string[];
}

/** Where so many different names are unknown, none of them is a slip of the pen: what is near is sought for no more, since each is compared with all that are known. */
const MOST_SOUGHT = 100;

const sought = new WeakMap<readonly string[], Map<string, Meant>>();

function meantBy(name: string, names: readonly string[]): Meant {
  const known = sought.get(names) ?? new Map<string, Meant>();
  sought.set(names, known);
  const old = known.get(name);
  if (old !== undefined) return old;
  if (known.size >= MOST_SOUGHT) return { alike: null, near: [] };
  const alike = looksLike(name, names);
  const made = { alike, near: alike === null ? nearNames(name, names) : [alike] };
  known.set(name, made);
  return made;
}

/** A number and a unit that do not stand together: `10*ms`, `0.5 mV / ms`, `5 * mV/ms`. */
function literalAround(
  at: Span,
  isKnown: (name: string) => boolean,
): { readonly at: Span; readonly meant: string } | null {
  const { text } = at.source;
  const from = Math.max(0, at.start - LONGEST_LITERAL);
  const before = text.slice(from, at.start);
  const line = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1 + from;
  for (const match of text.slice(line, at.end + LONGEST_LITERAL).matchAll(LITERAL)) {
    const [number, tail] = [match[1] ?? "", match[2] ?? ""];
    const start = line + match.index;
    if (start > at.start || start + match[0].length < at.end) continue;
    let [end, meant, isFirst] = [start + number.length, "", true];
    for (const factor of tail.matchAll(FACTOR)) {
      const [whole, gap = "", symbol = "", exponent = ""] = factor;
      const unit = isUnitSymbol(symbol)
        ? symbol
        : (suggestUnits(symbol).find((u) => symbol.length > 2 && u !== symbol && !isKnown(symbol)) ?? null);
      const isGlued = isFirst && gap.trim() === "";
      if (unit === null || (!isGlued && isKnown(symbol))) break;
      const operator = gap.trim();
      meant += isFirst ? `${operator === "/" ? "/" : ""}${unit}${exponent}` : `${operator}${unit}${exponent}`;
      end += whole.length;
      isFirst = false;
    }
    if (end >= at.end && meant !== "" && "unit" in parseUnit(meant))
      return { at: span(at.source, start, end), meant: `${number} ${meant}` };
  }
  return null;
}

const LONGEST_LITERAL = 80;
const LITERAL =
  /(?<![\p{L}\p{N}_.])(\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)((?:(?:[ \t]*[*/][ \t]*|[ \t]+|(?=\p{L}))\p{L}+(?:\^-?\d+)?)(?:[ \t]*[*/][ \t]*\p{L}+(?:\^-?\d+)?)*)/gu;
const FACTOR = /([ \t]*[*/]?[ \t]*)(\p{L}+)(\^-?\d+)?/gu;

/** `name` is called, and is none; `isQuantity`: it is one of those. */
export function unknownFunctionAt(
  name: IdentifierNode,
  call: CallNode | null,
  names: Iterable<string>,
  isQuantity: boolean,
): Diagnostic {
  const habit = isQuantity ? null : habitOf("function", name.name);
  const isLate =
    isQuantity &&
    call !== null &&
    call.arguments.some((a) => /^(?:\(*t(?![\p{L}\p{N}_.])|0$)/u.test(textOf(a.value.span)));
  return unknownFunction(name.span, {
    name: name.name,
    near: nearNames(name.name, names),
    isQuantity,
    isLate,
    at: name.span,
    elsewhere: habit?.say ?? null,
    fix: isLate
      ? null
      : isQuantity
        ? product(name, call)
        : habit === null || call === null
          ? null
          : rewritten(habit, call),
  });
}

/** `G(V - E)` is `G*(V - E)`. */
function product(name: IdentifierNode, call: CallNode | null): Fix | null {
  if (call?.arguments.length !== 1 || call.arguments[0]?.label !== null) return null;
  return {
    title: `write \`${name.name}*(…)\``,
    edits: [{ span: span(name.span.source, name.span.end, name.span.end), newText: "*" }],
    confidence: "likely",
  };
}

function rewritten({ instead }: Habit, call: CallNode): Fix | null {
  const places = [...instead.matchAll(/\$(\d)/g)].map((m) => Number(m[1]));
  const args = call.arguments.map((a) => a.value);
  if (instead === "" || args.length !== Math.max(...places) || call.arguments.some((a) => a.label !== null))
    return null;
  if (instead.startsWith("(if $1") && !isCondition(args[0])) return null;
  const text = instead.replace(/\$(\d)/g, (placeholder, digit: string, offset: number) => {
    const argument = textOf((args[Number(digit) - 1] as ExprNode).span);
    const around = [instead.slice(0, offset), instead.slice(offset + placeholder.length)];
    const alone = /(^|[(,] ?|if |then |else )$/.test(around[0] ?? "") && /^( then| else|,|\)|$)/.test(around[1] ?? "");
    return alone || /^[\p{L}\p{N}_.]+$|^\([^()]*\)$/u.test(argument) ? argument : `(${argument})`;
  });
  return { title: `write \`${text}\``, edits: [{ span: call.span, newText: text }], confidence: "likely" };
}

function isCondition(expr: ExprNode | undefined): boolean {
  return (
    expr !== undefined &&
    (expr.kind === "comparison" || expr.kind === "logical" || (expr.kind === "unary" && expr.operator === "not"))
  );
}

/** `10*mV`: a unit's symbol as a factor. */
function isLikeUnit(name: string, at: Span): boolean {
  return isUnitSymbol(name) && /[*/\d]\s*$/.test(at.source.text.slice(Math.max(0, at.start - 8), at.start));
}

/** `3 uF/cm2`: the unit that the name was to end, `uF/cm^2`, and how the name would be written in it. */
export function unitMeant(name: string, at: Span): { readonly whole: string; readonly end: string } | null {
  const before = /(?<![\p{L}\p{N}_.])[\d.]+(?:e[-+]?\d+)?[ \t]*([^\s\d(),;=+*/-][^\s(),;=+-]*[*/])$/iu.exec(
    at.source.text.slice(Math.max(0, at.start - 40), at.start),
  )?.[1];
  if (before === undefined || isUnitSymbol(name)) return null;
  const [end] = suggestUnits(name);
  if (end === undefined || !("unit" in parseUnit(before.slice(0, -1)))) return null;
  return { whole: before + end, end };
}
