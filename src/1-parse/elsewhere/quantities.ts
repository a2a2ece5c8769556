// Foreign ways of writing numbers and units: `2 (ms)`, `0.02 1/ms`, `2,5 ms`, `100x10^-12 F`, `x/ms`.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import {
  AssignmentOperator,
  Caret,
  Colon,
  Comma,
  Dot,
  Equals,
  Identifier,
  Import,
  LParen,
  LSquare,
  NumberLiteral,
  QuantityKeyword,
  RBrace,
  RParen,
  RSquare,
  Slash,
  Unit,
  UnknownUnit,
} from "../../../grammar/tokens.ts";
import { malformedUnit } from "../../diagnostics/units.ts";
import { suggestUnits } from "../../quantities/suggestUnits.ts";
import { isUnitSymbol, parseUnit, withoutParentheses } from "../../quantities/unit.ts";
import type { Token } from "../lexical.ts";
import { findAt, fix, onLine, readAs, replace, rewritten, spanning, told, written } from "./scene.ts";
import type { Finding, Recogniser, Scene } from "./scene.ts";

/** `2 (ms)`, `0.3 (mho/cm2)`, and `0.02 1/ms` */
export const unitBehind: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [number, next, unit] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (
    number === undefined ||
    !onLine(number, next) ||
    !onLine(number, unit) ||
    next === undefined ||
    unit === undefined
  )
    return null;
  if (
    next.image === "1" &&
    unit.tokenType === Unit &&
    unit.image.startsWith("/") &&
    unit.startOffset === next.endOffset + 1
  ) {
    const gap = { span: { source: scene.source, start: number.endOffset + 1, end: unit.startOffset }, newText: " " };
    return {
      diagnostic: told(scene, i, i + 3, "0.02 1/ms", fix(`write \`${number.image} ${unit.image}\``, gap)),
      instead: [number, unit],
      next: i + 3,
    };
  }
  const inBrackets = next.tokenType === Slash && unit.tokenType === LParen ? bracketed(scene, i) : null;
  if (inBrackets !== null) return inBrackets;
  if (next.image === "per" && "unit" in parseUnit(`/${unit.image}`))
    return rewritten(scene, i, i + 3, "0.02 per ms", `${number.image} /${unit.image}`);
  if (
    next.tokenType === Unit &&
    unit.tokenType === Identifier &&
    !declared.has(unit.image) &&
    tokens[i + 3]?.tokenType !== Equals
  )
    return unitApart(scene, i);
  if (next.tokenType !== LParen && next.tokenType !== LSquare) return null;
  const close = findAt(tokens, i + 2, Math.min(tokens.length, i + 12), () => false);
  if (tokens[close]?.tokenType !== (next.tokenType === LParen ? RParen : RSquare)) return null;
  const inside = written(scene, i + 2, close).replace(/\s+/gu, "");
  const plain = inside.replace(/\p{L}+\d*/gu, (word) =>
    declared.has(word) || isUnitSymbol(word) ? word : (suggestUnits(word)[0] ?? word),
  );
  const meant =
    plain === "" || declared.has(plain) ? null : "unit" in parseUnit(plain) ? plain : (suggestUnits(plain)[0] ?? null);
  if (inside === "1" && next.tokenType === LParen) return rewritten(scene, i, close + 1, "2 (ms)", number.image);
  if (meant === null || inside === "1") return null;
  const cut = {
    span: { source: scene.source, start: number.endOffset + 1, end: (tokens[close]?.endOffset ?? 0) + 1 },
    newText: ` ${meant}`,
  };
  return {
    diagnostic: told(scene, i, close + 1, "2 (ms)", fix(`write \`${number.image} ${meant}\``, cut)),
    instead: [number],
    next: close + 1,
  };
};

/** `8.314 J/(mol*K)`: parentheses in a unit, which no names of the model can be meant by. */
export const unitBelow: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [number, unit, slash, open] = tokens.slice(i, i + 4);
  if (
    number === undefined ||
    unit?.tokenType !== Unit ||
    slash?.tokenType !== Slash ||
    open?.tokenType !== LParen ||
    !onLine(number, open)
  )
    return null;
  const close = findAt(tokens, i + 4, Math.min(tokens.length, i + 40), () => false);
  if (tokens[close]?.tokenType !== RParen) return null;
  const inside = written(scene, i + 4, close).replace(/\s+/gu, "");
  const words = inside.match(/\p{L}+/gu) ?? [];
  if (!words.every(isUnitSymbol) || words.every((word) => declared.has(word))) return null;
  const whole = spanning(scene, i + 1, close + 1);
  const text = `${unit.image}/(${inside})`;
  const [meant, problem] = [withoutParentheses(text), parseUnit(text)];
  if (meant === null || !("problem" in problem) || problem.problem.kind !== "malformed") return null;
  const diagnostic = malformedUnit(whole, { text, reason: problem.problem.message, meant: { text: meant, at: whole } });
  return { diagnostic, instead: [number, { ...unit, image: meant }], next: close + 1 };
};

/** `0.01 /(mV*ms)`: parentheses in a unit, which no names of the model can be meant by. */
function bracketed(scene: Scene, i: number): Finding | null {
  const { tokens, declared } = scene;
  const close = findAt(tokens, i + 3, Math.min(tokens.length, i + 12), () => false);
  const factors = written(scene, i + 3, close)
    .split("*")
    .map((f) => f.trim());
  const isUnit = factors.every((f) => isUnitSymbol(f.replace(/\^\d$/u, "")) && !declared.has(f));
  return isUnit && tokens[close]?.tokenType === RParen
    ? rewritten(scene, i, close + 1, "1/(mv*ms)", `${tokens[i]?.image ?? ""} ${factors.map((f) => `/${f}`).join("")}`)
    : null;
}

/** `1 µF cm^-2` */
function unitApart(scene: Scene, i: number): Finding | null {
  const { tokens } = scene;
  const [number, unit, factor] = tokens.slice(i, i + 3);
  if (/^[⁻⁰¹²³⁴-⁹]/u.test(scene.source.text.slice((factor?.endOffset ?? 0) + 1))) return null;
  let end = i + 3;
  if (tokens[end]?.tokenType === Caret) end += tokens[end + 1]?.image === "-" ? 3 : 2;
  const power = written(scene, i + 3, end).replace(/\s+/gu, "");
  const whole = `${unit?.image ?? ""}${power.startsWith("^-") ? `/${factor?.image ?? ""}${power === "^-1" ? "" : `^${power.slice(2)}`}` : `*${factor?.image ?? ""}${power}`}`;
  return number !== undefined && "unit" in parseUnit(whole)
    ? rewritten(scene, i, end, "µf cm^-2", `${number.image} ${whole}`)
    : null;
}

/** `2,5 ms` outside of brackets */
export const decimalComma: Recogniser = (scene, i) => {
  const { tokens, inner } = scene;
  const [number, comma, digits] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (inner > 0 || comma?.tokenType !== Comma || digits?.tokenType !== NumberLiteral || number === undefined)
    return null;
  if (
    comma.startOffset !== number.endOffset + 1 ||
    digits.startOffset !== comma.endOffset + 1 ||
    !/^\d+$/.test(number.image)
  )
    return null;
  return {
    diagnostic: told(scene, i, i + 3, "2,5", fix("write a decimal point", replace(scene, i + 1, i + 2, "."))),
    instead: [{ ...digits, startOffset: number.startOffset, image: number.image }],
    next: i + 3,
  };
};

/** `20 spikes/s`, `100 pico farad` */
export const unitInWords: Recogniser = (scene, i) => {
  const { tokens, source } = scene;
  const number = tokens[i];
  if (number === undefined) return null;
  const behind = source.text.slice(number.endOffset + 1, number.endOffset + 40);
  const rate = /^\s*(?:spikes?|spk|sp|events?|imp)\s*\/\s*(ms|s|sec|second)(?![\p{L}\p{N}_])/u.exec(behind);
  const prefixed = /^\s*((?:pico|nano|micro|milli|kilo|mega|giga)\s+\p{L}+)/u.exec(behind);
  const counted = /^\s*(?:neurons?|cells?|synapses|connections?|partners|pairs|steps)(?![\p{L}\p{N}_/])/u.exec(behind);
  if (counted !== null && tokens[i + 1]?.tokenType === UnknownUnit)
    return rewritten(scene, i, i + 2, "80 neurons", number.image);
  const [whole, word = ""] = rate ?? prefixed ?? [];
  const unit = rate !== null ? `/${word === "ms" ? "ms" : "s"}` : suggestUnits(word.replace(/\s+/u, ""))[0];
  if (whole === undefined || unit === undefined) return null;
  const found = tokens.findIndex((t, k) => k > i && t.startOffset > number.endOffset + whole.length);
  const end = found < 0 ? tokens.length : found;
  return {
    ...rewritten(scene, i, end, rate !== null ? "20 spikes/s" : "pico farad", `${number.image} ${unit}`),
    instead: [
      number,
      { ...(tokens[i + 1] as Token), tokenType: Unit, tokenTypeIdx: Unit.tokenTypeIdx ?? 0, image: unit },
    ],
  };
};

/** `1G = 10 nS`, and where it is used */
export const digitFirst: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [number, word] = [tokens[i], tokens[i + 1]];
  if (word === undefined || number === undefined || !/^\p{L}[\p{L}\p{N}_]*$/u.test(word.image)) return null;
  const isNamed = (k: number): boolean =>
    tokens[k]?.image === number.image &&
    tokens[k + 1]?.image === word.image &&
    tokens[k + 1]?.startOffset === (tokens[k]?.endOffset ?? 0) + 1 &&
    tokens[k + 2]?.tokenType === Equals &&
    (tokens[k - 1]?.tokenType === Comma || tokenMatcher(tokens[k - 1] ?? word, QuantityKeyword));
  if (!isNamed(i) && (word.tokenType !== UnknownUnit || !tokens.some((_, k) => isNamed(k)))) return null;
  const name = `${word.image}${number.image.replace(".", "_")}`;
  const places = tokens.flatMap((t, k) =>
    t.image === number.image && tokens[k + 1]?.image === word.image && tokens[k + 1]?.startOffset === t.endOffset + 1
      ? [replace(scene, k, k + 2, name)]
      : [],
  );
  return {
    diagnostic: told(scene, i, i + 2, "1g", fix(`call it \`${name}\``, ...places)),
    instead: [readAs(number, Identifier, name)],
    next: i + 2,
  };
};

/** `100x10^-12 F` */
export const powerOfTen: Recogniser = (scene, i) => {
  const { tokens, source, declared } = scene;
  const [number, times] = tokens.slice(i, i + 2);
  if (number === undefined || times === undefined || declared.has(times.image)) return null;
  const [whole, exponent = ""] =
    /^\s*[x×]\s*10\s*\^\s*\(?\s*([-−+]?\d+)\s*\)?/u.exec(
      source.text.slice(number.endOffset + 1, number.endOffset + 40),
    ) ?? [];
  if (whole === undefined || /e/iu.test(number.image)) return null;
  const end = tokens.findIndex((t) => t.startOffset > number.endOffset + whole.length);
  const behind = tokens[end];
  const unit =
    behind?.tokenType === Identifier && onLine(behind, number) && isUnitSymbol(behind.image)
      ? [readAs(behind, Unit)]
      : [];
  const text = `${number.image}e${exponent.replace("−", "-").replace("+", "")}`;
  return {
    ...rewritten(scene, i, end < 0 ? tokens.length : end, "100x10^-12", text),
    instead: [{ ...number, image: text }, ...unit],
    next: (end < 0 ? tokens.length : end) + unit.length,
  };
};

/** `x/ms`, `x*mV`: a unit where its number is missing */
export const unitAlone: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const unit = tokens[i + 1];
  const previous = tokens[i - 1];
  if (
    unit?.tokenType !== Identifier ||
    unit.image.length < 2 ||
    declared.has(unit.image) ||
    !(previous?.tokenType === RParen || declared.has(previous?.image ?? "")) ||
    !isInValue(scene, i) ||
    [LParen, Dot, Caret].some((type) => tokens[i + 2]?.tokenType === type) ||
    tokens.slice(0, i).some((t) => t.tokenType === Import)
  )
    return null;
  const meant = PLAIN_UNIT.test(unit.image)
    ? unit.image
    : /^(second|volt|amp|siemens|farad|hertz)$|^(m|milli|u|micro|n|nano|p|pico|k)(second|volt|amp|siemens|farad|hertz)$/.test(
          unit.image,
        )
      ? suggestUnits(unit.image)[0]
      : undefined;
  return meant === undefined || !/^[*/]$/.test(tokens[i]?.image ?? "")
    ? null
    : rewritten(scene, i + 1, i + 2, "x/ms", `(1 ${meant})`);
};

/** Behind a `=`, and not in the unit of a declaration. */
export function isInValue({ tokens, start }: Scene, i: number): boolean {
  let k = i;
  while (k > start && tokens[k]?.tokenType !== Colon && !tokenMatcher(tokens[k] as Token, AssignmentOperator)) k--;
  return k > start && tokens[k]?.tokenType !== Colon;
}

const PLAIN_UNIT = /^[mµunpk](s|V|A|S|F|Hz)$/u;

/** `state V = E_L mV` */
export const unitOfName: Recogniser = (scene, i) => {
  const { tokens, declared, inner } = scene;
  const [before, previous, unit, next] = [tokens[i - 2], tokens[i - 1], tokens[i], tokens[i + 1]];
  if (
    inner > 0 ||
    unit === undefined ||
    !onLine(previous, unit) ||
    before?.tokenType !== Equals ||
    !declared.has(previous?.image ?? "") ||
    declared.has(unit.image) ||
    !PLAIN_UNIT.test(unit.image) ||
    (next !== undefined && onLine(next, unit) && next.tokenType !== Comma && next.tokenType !== RBrace)
  )
    return null;
  return rewritten(scene, i, i + 1, "e_l mv", "", "leave the unit out");
};

/** `G(V - E)`: left to whoever knows that G is no function. `[1, 2]*pA`: the list's unit. */
export const listTimesUnit: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [star, unit] = [tokens[i + 1], tokens[i + 2]];
  if (
    star?.image !== "*" ||
    unit?.tokenType !== Identifier ||
    declared.has(unit.image) ||
    !("unit" in parseUnit(unit.image))
  )
    return null;
  const close = tokens[i];
  if (close === undefined) return null;
  const cut = { span: { source: scene.source, start: close.endOffset + 1, end: unit.startOffset }, newText: " " };
  return {
    diagnostic: told(scene, i, i + 3, "[1, 2]*pa", fix(`write \`${unit.image}\` directly behind the list`, cut)),
    instead: [close, readAs(unit, Unit)],
    next: i + 3,
  };
};

/** `1.5f` */
export const numberSuffix: Recogniser = (scene, i) => {
  const [number, suffix] = scene.tokens.slice(i, i + 2);
  return number !== undefined &&
    /^f(?![\p{L}\p{N}_])/u.test(suffix?.image ?? "") &&
    suffix?.startOffset === number.endOffset + 1 &&
    /[.e]/iu.test(number.image)
    ? rewritten(scene, i, i + 2, "1.0f", `${number.image}${suffix.image.slice(1)}`)
    : null;
};

/** `2π`, `2 pi` */
export const timesPi: Recogniser = (scene, i) => {
  const [number, name, next] = scene.tokens.slice(i, i + 3);
  if (number === undefined || name?.tokenType !== UnknownUnit || !/^(?:pi|Pi|PI|π)(?![\p{L}\p{N}_])/u.test(name.image))
    return null;
  const goesOn = next?.tokenType === Identifier && onLine(name, next);
  return rewritten(
    scene,
    i,
    goesOn ? i + 3 : i + 2,
    "a b",
    `${number.image}*${name.image.replace(/^P[iI]/u, "pi")}${goesOn ? `*${next.image}` : ""}`,
  );
};
