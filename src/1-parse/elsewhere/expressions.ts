// Foreign ways of writing inside expressions: conditions of Python and C, units of NMODL, decimal commas, comments of MATLAB, modules.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import { Colon, Comma, Connect, Dot, Else, Identifier, If, LParen, Name, NumberLiteral, Percent, Question, RParen, RSquare, Unit } from "../../../grammar/tokens.ts";
import { parseUnit } from "../../quantities/unit.ts";
import { suggestUnits } from "../../quantities/unitSymbol.ts";
import { endsOperand, expressionStart, findAt, fix, onLine, readAs, replace, startsStatement, statementEnd, told, written } from "./scene.ts";
import type { Finding, Recogniser, Scene } from "./scene.ts";

export function inExpression(scene: Scene, i: number): Finding | null {
  const type = scene.tokens[i]?.tokenType;
  for (const [first, recognise] of RECOGNISERS) if (first === type) {
    const found = recognise(scene, i);
    if (found !== null) return found;
  }
  return null;
}

/** `300 pA if t > 5 ms`, `a if c else b` */
const pythonCondition: Recogniser = (scene, i) => {
  const { tokens, start } = scene;
  if (!onLine(tokens[i - 1], tokens[i]) || !endsOperand(tokens[i - 1]) || tokens[start]?.tokenType === Connect || i - 1 <= start) return null;
  const end = statementEnd(tokens, i);
  const otherwise = findAt(tokens, i + 1, end, (t) => t.tokenType === Else || t.tokenType === Comma);
  if (otherwise === i + 1) return null;
  const hasElse = tokens[otherwise]?.tokenType === Else;
  const stop = hasElse ? findAt(tokens, otherwise + 1, end, (t) => t.tokenType === Comma) : otherwise;
  const from = expressionStart(tokens, i, start);
  const last = hasElse ? written(scene, otherwise + 1, stop) : "0";
  const text = `if ${written(scene, i + 1, otherwise)} then ${written(scene, from, i)} else ${last}`;
  return { diagnostic: told(scene, i, stop, hasElse ? "a if c else b" : "a if c", fix(`write \`${text}\``, replace(scene, from, stop, text))), instead: [], next: stop };
};

/** `c ? a : b` */
const cCondition: Recogniser = (scene, i) => {
  const { tokens, start } = scene;
  const end = statementEnd(tokens, i);
  const colon = findAt(tokens, i + 1, end, (t) => t.tokenType === Colon);
  const stop = findAt(tokens, colon + 1, end, (t) => t.tokenType === Comma);
  const from = expressionStart(tokens, i, start);
  const text = `if ${written(scene, from, i)} then ${written(scene, i + 1, colon)} else ${written(scene, colon + 1, stop)}`;
  const fixes = tokens[colon]?.tokenType === Colon && colon < stop ? fix(`write \`${text}\``, replace(scene, from, stop, text)) : [];
  return { diagnostic: told(scene, i, i + 1, "c ? a : b", fixes), instead: [], next: Math.max(stop, i + 1) };
};

/** `2 (ms)`, `0.3 (mho/cm2)`, and `0.02 1/ms` */
const unitBehind: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [number, next, unit] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (number === undefined || !onLine(number, next) || !onLine(number, unit) || next === undefined || unit === undefined) return null;
  if (next.image === "1" && unit.tokenType === Unit && unit.image.startsWith("/") && unit.startOffset === next.endOffset + 1) {
    const gap = { span: { source: scene.source, start: number.endOffset + 1, end: unit.startOffset }, newText: " " };
    return { diagnostic: told(scene, i, i + 3, "0.02 1/ms", fix(`write \`${number.image} ${unit.image}\``, gap)), instead: [number, unit], next: i + 3 };
  }
  if (next.tokenType !== LParen) return null;
  const close = findAt(tokens, i + 2, Math.min(tokens.length, i + 12), () => false);
  if (tokens[close]?.tokenType !== RParen) return null;
  const inside = written(scene, i + 2, close).replace(/\s+/gu, "");
  const plain = inside.replace(/\p{L}+\d+/gu, (word) => (declared.has(word) ? word : (suggestUnits(word)[0] ?? word)));
  const meant = plain === "" || declared.has(plain) ? null : "unit" in parseUnit(plain) ? plain : (suggestUnits(plain)[0] ?? null);
  if (meant === null || inside === "1") return null;
  const cut = { span: { source: scene.source, start: number.endOffset + 1, end: (tokens[close]?.endOffset ?? 0) + 1 }, newText: ` ${meant}` };
  return { diagnostic: told(scene, i, close + 1, "2 (ms)", fix(`write \`${number.image} ${meant}\``, cut)), instead: [number], next: close + 1 };
};

/** `2,5 ms` outside of brackets */
const decimalComma: Recogniser = (scene, i) => {
  const { tokens, inner } = scene;
  const [number, comma, digits] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (inner > 0 || comma?.tokenType !== Comma || digits?.tokenType !== NumberLiteral || number === undefined) return null;
  if (comma.startOffset !== number.endOffset + 1 || digits.startOffset !== comma.endOffset + 1 || !/^\d+$/.test(number.image)) return null;
  return { diagnostic: told(scene, i, i + 3, "2,5", fix("write a decimal point", replace(scene, i + 1, i + 2, "."))), instead: [{ ...digits, startOffset: number.startOffset, image: number.image }], next: i + 3 };
};

/** `… % a comment`, and `a % b` */
const percent: Recogniser = (scene, i) => {
  const { tokens, start } = scene;
  const [before, sign, after] = [tokens[i - 1], tokens[i], tokens[i + 1]];
  if (sign === undefined || (!startsStatement(tokens, i) && !(onLine(before, sign) && endsOperand(before)))) return null;
  let end = i + 1;
  while (end < tokens.length && onLine(tokens[end], sign)) end++;
  const isOperand = after !== undefined && onLine(after, sign) && [NumberLiteral, Name, LParen].some((type) => tokenMatcher(after, type));
  const isComment = i === start || startsStatement(tokens, i) || before?.tokenType === Unit || !isOperand || (end > i + 2 && tokenMatcher(after, Name) && onLine(after, tokens[i + 2]) && endsOperand(tokens[i + 2]) && tokens[i + 2]?.tokenType === Identifier);
  if (isComment) return { diagnostic: told(scene, i, i + 1, "%", fix("write `//`", replace(scene, i, i + 1, "//"))), instead: [], next: end };
  const simple = before !== undefined && [Name, NumberLiteral].some((type) => tokenMatcher(before, type)) && [Name, NumberLiteral].some((type) => tokenMatcher(after, type));
  const [a, b] = [written(scene, i - 1, i), written(scene, i + 1, i + 2)];
  const text = `(${a} - ${b}*floor(${a}/${b}))`;
  return { diagnostic: told(scene, i, i + 1, "a % b", simple ? fix(`write \`${text}\``, replace(scene, i - 1, i + 2, text)) : []), instead: [], next: end };
};

/** `np.exp(x)` */
const moduleName: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [module, dot, name] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (module === undefined || dot?.tokenType !== Dot || name === undefined || !MODULES.has(module.image) || tokens[i - 1]?.tokenType === Dot) return null;
  if (tokens[i + 3]?.tokenType !== LParen && name.image !== "pi") return null;
  return { diagnostic: told(scene, i, i + 3, "np.", fix(`write \`${name.image}\``, replace(scene, i, i + 2, ""))), instead: [], next: i + 2 };
};

const MODULES: ReadonlySet<string> = new Set(["np", "numpy", "math", "Math", "scipy", "torch", "jnp"]);

/** `G(V - E)`: left to whoever knows that G is no function. `[1, 2]*pA`: the list's unit. */
const listTimesUnit: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [star, unit] = [tokens[i + 1], tokens[i + 2]];
  if (star?.image !== "*" || unit?.tokenType !== Identifier || declared.has(unit.image) || !("unit" in parseUnit(unit.image))) return null;
  const close = tokens[i];
  if (close === undefined) return null;
  const cut = { span: { source: scene.source, start: close.endOffset + 1, end: unit.startOffset }, newText: " " };
  return { diagnostic: told(scene, i, i + 3, "[1, 2]*pa", fix(`write \`${unit.image}\` directly behind the list`, cut)), instead: [close, readAs(unit, Unit)], next: i + 3 };
};

const RECOGNISERS = [
  [If, pythonCondition], [Question, cCondition], [NumberLiteral, unitBehind], [NumberLiteral, decimalComma], [Percent, percent], [Identifier, moduleName], [RSquare, listTimesUnit],
] as const; // prettier-ignore

