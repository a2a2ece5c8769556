// Foreign ways of writing declarations and names inside a statement: `g_L mV = …`, `param τ: 10 ms`, `V_{th}`, `leaky-IF`.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import {
  BlockKeyword,
  Comma,
  Equals,
  Identifier,
  LBrace,
  Name,
  NumberLiteral,
  Param,
  QuantityKeyword,
  RBrace,
  RParen,
  Semicolon,
  Unit,
} from "../../../grammar/tokens.ts";
import { suggestUnits } from "../../quantities/suggestUnits.ts";
import { isUnitSymbol } from "../../quantities/unit.ts";
import type { Token } from "../lexical.ts";
import { isInValue } from "./quantities.ts";
import { between, endsOperand, findAt, fix, onLine, readAs, replace, rewritten, told, written } from "./scene.ts";
import type { Recogniser } from "./scene.ts";

/** `param C = 100 pF (constant)` */
export const constantFlag: Recogniser = (scene, i) => {
  const { tokens, start } = scene;
  const [word, close] = [tokens[i + 1], tokens[i + 2]];
  if (
    tokens[start]?.tokenType !== Param ||
    word === undefined ||
    !/^(constant|shared)$/u.test(word.image) ||
    close?.tokenType !== RParen ||
    !endsOperand(tokens[i - 1]) ||
    scene.declared.has(word.image)
  )
    return null;
  return {
    ...rewritten(scene, i, i + 3, "x = 1 (constant)", "", "leave it out"),
    diagnostic: told(scene, i, i + 3, "x = 1 (constant)", fix("leave it out", between(scene, i - 1, i + 3))),
  };
};

/** `-50 mV (threshold)`: a note, of which no word is a name or a unit */
export const note: Recogniser = (scene, i) => {
  const { tokens, start, declared } = scene;
  const close = findAt(tokens, i + 1, Math.min(tokens.length, i + 10), () => false);
  const words = tokens.slice(i + 1, close);
  const next = tokens[close + 1];
  if (
    !tokenMatcher(tokens[start] ?? NONE, QuantityKeyword) ||
    tokens[i - 1]?.tokenType !== Unit ||
    tokens[close]?.tokenType !== RParen ||
    words.length === 0 ||
    !words.every((t) => /^\p{L}/u.test(t.image) && !declared.has(t.image) && !isUnitSymbol(t.image)) ||
    (next !== undefined &&
      onLine(next, tokens[close]) &&
      ![Comma, RBrace, Semicolon].some((type) => next.tokenType === type))
  )
    return null;
  return rewritten(scene, i, close + 1, "1 mv (note)", `/* ${written(scene, i + 1, close)} */`);
};

const NONE = { tokenTypeIdx: -1 } as Token;

/** `g_L mV = …`, `input I pA`, and `m = 0.1 h = 0.6` */
export const declaredName: Recogniser = (scene, i) => {
  const { tokens, start, inner, declared } = scene;
  const [before, previous, token, next] = [tokens[i - 2], tokens[i - 1], tokens[i], tokens[i + 1]];
  if (
    inner > 0 ||
    token === undefined ||
    before === undefined ||
    !onLine(previous, token) ||
    !tokenMatcher(tokens[start] ?? token, QuantityKeyword)
  )
    return null;
  const isTyped =
    previous !== undefined && tokenMatcher(previous, Name) && (before.tokenType === Comma || i === start + 2);
  if (isTyped) {
    const meant = isUnitSymbol(token.image) ? token.image : suggestUnits(token.image)[0];
    if (
      meant === undefined ||
      declared.has(token.image) ||
      (next !== undefined &&
        onLine(next, token) &&
        ![Equals, Comma, RBrace, Semicolon].some((type) => next.tokenType === type))
    )
      return null;
    return {
      ...rewritten(scene, i, i + 1, "x ms = 1 ms", `: ${meant}`, `write \`${previous.image} : ${meant}\``),
      diagnostic: told(
        scene,
        start,
        i + 1,
        "x ms = 1 ms",
        fix(`write \`${previous.image} : ${meant}\``, replace(scene, i, i + 1, `: ${meant}`)),
      ),
    };
  }
  if (next?.tokenType !== Equals || !endsOperand(previous) || !isInValue(scene, i)) return null;
  const gap = {
    span: { source: scene.source, start: (previous?.endOffset ?? 0) + 1, end: token.endOffset + 1 },
    newText: `, ${token.image}`,
  };
  return {
    diagnostic: told(scene, i, i + 2, "a = 1 b = 2", fix("insert a comma", gap)),
    instead: [{ ...readAs(token, Comma, ","), endOffset: token.startOffset }, readAs(token, Identifier)],
    next: i + 1,
  };
};

/** `param τ: 10 ms` */
export const valueBehindColon: Recogniser = (scene, i) => {
  const { tokens, start, inner, block } = scene;
  const [previous, number, unit] = [tokens[i - 1], tokens[i + 1], tokens[i + 2]];
  const isSigned = number?.image === "-" && unit?.tokenType === NumberLiteral;
  if (
    number === undefined ||
    (number.tokenType !== NumberLiteral && !isSigned) ||
    previous === undefined ||
    !tokenMatcher(previous, Name)
  )
    return null;
  if (
    inner === 0 &&
    tokenMatcher(tokens[start] ?? number, QuantityKeyword) &&
    (number.image !== "1" || (unit?.tokenType === Unit && !unit.image.startsWith("/")))
  )
    return rewritten(scene, i, i + 1, "x: 3", " =", "write `=`");
  return inner === 0 &&
    (block === "network" || (block === "comparison" && scene.depth > 1)) &&
    [LBrace, Comma, Semicolon].some((type) => tokens[i - 2]?.tokenType === type)
    ? rewritten(scene, i, i + 1, "x: 3", " =", "write `=`")
    : null;
};

/** `V_{th}`: how LaTeX writes an index */
export const subscript: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [name, open, index, close] = tokens.slice(i, i + 4);
  if (
    name === undefined ||
    !name.image.endsWith("_") ||
    open?.tokenType !== LBrace ||
    open.startOffset !== name.endOffset + 1 ||
    index === undefined ||
    !(tokenMatcher(index, Name) || index.tokenType === NumberLiteral) ||
    close?.tokenType !== RBrace
  )
    return null;
  return rewritten(scene, i, i + 4, "v_{th}", `${name.image}${index.image}`);
};

/** `neuron leaky-IF`, `of leaky-IF`: the name of a model */
export const hyphened: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [before, name, minus, rest] = [tokens[i - 1], tokens[i], tokens[i + 1], tokens[i + 2]];
  if (
    before === undefined ||
    name === undefined ||
    minus?.image !== "-" ||
    minus.startOffset !== name.endOffset + 1 ||
    rest?.startOffset !== minus.endOffset + 1 ||
    !(tokenMatcher(rest, Name) || rest.tokenType === NumberLiteral) ||
    !(tokenMatcher(before, BlockKeyword) || HEADS.has(before.image))
  )
    return null;
  return rewritten(scene, i, i + 3, "t-ref", `${name.image}_${rest.image}`);
};

const HEADS: ReadonlySet<string> = new Set(["of", "extends", "by", "use", "synapse", "comparison"]);
