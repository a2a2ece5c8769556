// Foreign ways of writing whole statements: Brian2's texts and flags, NESTML's types, XPP's initial values, words followed by `=`.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import {
  Colon, Duration, Equals, Identifier, If, LBrace, LParen, LSquare, Method, Name, Noise, NumberLiteral, Param, QuantityKeyword, RBrace, Record, Refractory, Reset, RParen, RSquare, Seed, Spike, State, Step,
  StringLiteral, When, Dot,
} from "../../../grammar/tokens.ts"; // prettier-ignore
import { habitOf } from "../../diagnostics/habits.ts";
import { unexpected } from "../../diagnostics/syntax.ts";
import { isUnitSymbol } from "../../quantities/unit.ts";
import { suggestUnits } from "../../quantities/unitSymbol.ts";
import type { Token } from "../lexical.ts";
import { findAt, fix, insertBefore, onLine, readAs, replace, spanning, statementEnd, told, written } from "./scene.ts";
import type { Recogniser } from "./scene.ts";

/** At the beginning of a statement. */
export const inStatement: Recogniser = (scene, i) => {
  for (const recognise of RECOGNISERS) {
    const found = recognise(scene, i);
    if (found !== null) return found;
  }
  return null;
};

/** `refractory = 2 ms`, and in experiments `method = "euler"`; what else is set there may be a parameter of such a name. */
const wordEquals: Recogniser = (scene, i) => {
  const { tokens, block } = scene;
  const [word, equals, value] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (word === undefined || equals?.tokenType !== Equals || value === undefined) return null;
  const soft = block === "experiment" && value.tokenType === StringLiteral && [Duration, Step, Seed, Method, Record].some((type) => word.tokenType === type);
  if (!soft && word.tokenType !== Refractory && word.tokenType !== Spike) return null;
  const read = word.tokenType === Spike ? [word, readAs(equals, When)] : [word];
  const drop = replace(scene, i + 1, i + 2, word.tokenType === Spike ? "when" : "");
  const gap = word.tokenType === Spike || value.startOffset === equals.endOffset + 1 ? drop : { span: { source: scene.source, start: equals.startOffset, end: value.startOffset }, newText: "" };
  if (value.tokenType !== StringLiteral) return { diagnostic: told(scene, i, i + 2, "word =", fix("leave `=` out", gap)), instead: read, next: i + 2 };
  const inside = value.image.slice(1, -1).replace(/(?<=\d)\s*\*\s*(?=\p{L})/gu, " ");
  const instead = [...read, word.tokenType === Method || word.tokenType === Record ? readAs(value, Identifier, inside) : value];
  return { diagnostic: told(scene, i, i + 3, "word =", fix(`write \`${word.image} ${inside}\``, replace(scene, i + 1, i + 3, inside))), instead, next: i + 3 };
};

/** `threshold = 'V > V_th'`, `reset = "V = E_L; w += b"` */
const brianText: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [word, equals, value] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (word === undefined || equals?.tokenType !== Equals || value === undefined) return null;
  const isReset = word.tokenType === Reset;
  if (!isReset && word.image !== "threshold") return null;
  const end = Math.max(statementEnd(tokens, i + 2), i + 3);
  const inside = (value.tokenType === StringLiteral ? value.image.slice(1, -1) : written(scene, i + 2, end)).trim();
  const text = isReset ? `reset { ${inside.split(/[;\n]/).map(assigned).filter((a) => a !== "").join("; ")} }` : `spike when ${inside}`;
  const instead = isReset ? [word, readAs(equals, LBrace, "{"), readAs(value, RBrace, "}")] : [readAs(word, Spike, "spike"), readAs(equals, When, "when"), ...tokens.slice(i + 2, end)];
  return { diagnostic: told(scene, i, i + 2, isReset ? "reset =" : "threshold =", fix(`write \`${text}\``, replace(scene, i, end, text))), instead, next: end };
};

/** `w += b` as `w <- w + b` */
export function assigned(statement: string): string {
  const [, target = "", operator = "", value = ""] = /^\s*([^=<]*?)\s*([-+*/]?)=(?!=)\s*(.*?)\s*$/su.exec(statement) ?? [];
  if (target === "") return statement.trim();
  const end = /^(.+)_(pre|post)$/u.exec(target);
  const name = end === null ? target : `${end[2] ?? ""}.${end[1] ?? ""}`;
  return operator === "" ? `${name} <- ${value}` : `${name} <- ${name} ${operator} ${/[-+]/.test(value) && operator !== "+" ? `(${value})` : value}`;
}

/** `noise = 5 mV`, `noise 5 mV` */
const noiseStrength: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [word, next] = [tokens[i], tokens[i + 1]];
  if (word?.tokenType !== Noise || (next?.tokenType !== Equals && next?.tokenType !== NumberLiteral) || !onLine(word, next)) return null;
  const end = statementEnd(tokens, i);
  return { diagnostic: told(scene, i, end, "noise =", []), instead: [], next: end };
};

/** `param τ ms = 10 ms` */
const typed: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [word, name, unit, equals] = [tokens[i], tokens[i + 1], tokens[i + 2], tokens[i + 3]];
  if (!tokenMatcher(word ?? NOTHING, QuantityKeyword) || name === undefined || unit?.tokenType !== Identifier || !onLine(name, unit) || word === undefined) return null;
  const meant = isUnitSymbol(unit.image) ? unit.image : suggestUnits(unit.image)[0];
  if (meant === undefined || equals?.tokenType !== Equals || !tokenMatcher(name, Name)) return null;
  const colon = { ...readAs(unit, Colon, ":"), endOffset: unit.startOffset };
  return {
    diagnostic: told(scene, i, i + 3, "x ms = 1 ms", fix(`write \`${name.image} : ${meant}\``, replace(scene, i + 2, i + 3, `: ${meant}`))),
    instead: [word, name, colon, readAs(unit, Identifier, isUnitSymbol(unit.image) ? unit.image : "ms")],
    next: i + 3,
  };
};

/** `tau : second (constant)` */
const brianParameter: Recogniser = (scene, i) => {
  const { tokens, block, depth } = scene;
  const [name, colon, unit] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (depth === 0 || block === "experiment" || name?.tokenType !== Identifier || colon?.tokenType !== Colon || unit === undefined || !onLine(name, unit)) return null;
  const meant = unit.image === "1" || isUnitSymbol(unit.image) ? unit.image : unit.tokenType === Identifier ? suggestUnits(unit.image)[0] : undefined;
  const end = statementEnd(tokens, i);
  if (meant === undefined || (end > i + 3 && tokens[i + 3]?.tokenType !== LParen)) return null;
  const text = `param ${name.image} : ${meant}`;
  return { diagnostic: told(scene, i, i + 3, "x : second", fix(`write \`${text}\``, replace(scene, i, end, text))), instead: [{ ...readAs(name, Param, "param"), endOffset: name.startOffset }, name], next: end };
};

/** `state V(0) = E_L`, `V(0) = -65` */
const initialValue: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const k = tokens[i]?.tokenType === State ? i + 1 : i;
  const [name, open, zero, close, equals] = tokens.slice(k, k + 5);
  if (name === undefined || !tokenMatcher(name, Name) || open?.tokenType !== LParen || zero?.image !== "0" || close?.tokenType !== RParen || equals?.tokenType !== Equals) return null;
  const end = statementEnd(tokens, i);
  const edits = [...(k === i ? [insertBefore(scene, i, "state ")] : []), replace(scene, k + 1, k + 4, "")];
  const isDeclared = scene.declared.has(name.image) && k === i;
  return { diagnostic: told(scene, i, k + 4, "v(0) =", isDeclared ? [] : fix(`write \`state ${name.image} = …\``, ...edits)), instead: isDeclared ? [] : [...tokens.slice(i, k + 1), ...tokens.slice(k + 4, end)], next: end };
};

/** `state u[3] = 0 mV` */
const numberedElements: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [word, name, open, size, close] = tokens.slice(i, i + 5);
  if (word === undefined || !tokenMatcher(word, QuantityKeyword) || name === undefined || open?.tokenType !== LSquare || size?.tokenType !== NumberLiteral || close?.tokenType !== RSquare) return null;
  const names = new Set(tokens.map((t) => t.image));
  const index = ["j", "k", "l", "m", "n"].find((n) => !declared.has(n) && !names.has(n)) ?? "element";
  const indent = " ".repeat(Math.max(0, word.startColumn - 1));
  const edits = [insertBefore(scene, i, `index ${index} = 1..${size.image}\n${indent}`), replace(scene, i + 3, i + 4, index)];
  return { diagnostic: told(scene, i, i + 5, "x[3]", fix(`declare an index \`${index}\``, ...edits)), instead: [word, name], next: i + 5 };
};

/** `P[0].I_e = …` in an experiment */
const oneNeuron: Recogniser = (scene, i) => {
  const { tokens, block } = scene;
  const [name, open, number, close, dot] = tokens.slice(i, i + 5);
  if (block !== "experiment" || name === undefined || !tokenMatcher(name, Name) || open?.tokenType !== LSquare || number === undefined || close?.tokenType !== RSquare || dot?.tokenType !== Dot) return null;
  const end = statementEnd(tokens, i);
  const equals = findAt(tokens, i + 5, end, (t) => t.tokenType === Equals);
  if (equals >= end) return null;
  const target = `${name.image}.${written(scene, i + 5, equals)}`;
  const text = `${target} = if i == ${number.image} then ${written(scene, equals + 1, end)} else 0`;
  return { diagnostic: told(scene, i, equals, "p[0].i =", fix(`write \`${text}\``, replace(scene, i, end, text))), instead: [], next: end };
};

/** `connect … p = 0.1`, `connect … p: 0.1` */
const probability: Recogniser = (scene, i) => {
  const { tokens, block } = scene;
  const [word, sign, number] = tokens.slice(i, i + 3);
  if (block !== "network" || word === undefined || !/^(p|prob|probability)$/.test(word.image) || (sign?.tokenType !== Equals && sign?.tokenType !== Colon) || number?.tokenType !== NumberLiteral) return null;
  const rule = [readAs(word, Identifier, "random"), readAs(sign, LParen, "("), readAs(number, RParen, ")")];
  return { diagnostic: told(scene, i, i + 3, "p = 0.1", fix(`write \`random(p: ${number.image})\``, replace(scene, i, i + 3, `random(p: ${number.image})`))), instead: rule, next: i + 3 };
};

/** `if V > V_th { … }`, `if V > V_th: …` */
const ifStatement: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const word = tokens[i];
  if (word?.tokenType !== If) return null;
  let end = statementEnd(tokens, i);
  const indented = tokens[end - 1]?.tokenType === Colon;
  if (tokens[end]?.tokenType === LBrace) end = closing(tokens, end);
  else while (indented && end < tokens.length && (tokens[end]?.startColumn ?? 0) > word.startColumn) end++;
  const help = [habitOf("form", "if c: a")?.say ?? ""];
  return { diagnostic: unexpected(spanning(scene, i, i + 1), { found: "`if`", place: "at the beginning of a statement", help }), instead: [], next: Math.max(end, i + 1) };
};

/** Behind the brace that closes the one at `i`. */
function closing(tokens: readonly Token[], i: number): number {
  let depth = 0;
  for (let k = i; k < tokens.length; k++) {
    if (tokens[k]?.tokenType === LBrace) depth++;
    if (tokens[k]?.tokenType === RBrace && --depth === 0) return k + 1;
  }
  return i;
}

const NOTHING = { tokenTypeIdx: -1 } as Token;

const RECOGNISERS: readonly Recogniser[] = [
  ifStatement, wordEquals, brianText, noiseStrength, typed, brianParameter, initialValue, numberedElements, oneNeuron, probability,
]; // prettier-ignore

