// Foreign operators, brackets and comments inside expressions: `a % b`, `a.*b`, `[a + b]/c`, `a b`, `… -- note`.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import {
  AssignmentOperator,
  BinaryOperator,
  Caret,
  Colon,
  Comma,
  Dot,
  DotDot,
  Equals,
  Greater,
  Identifier,
  LBrace,
  LParen,
  Name,
  NumberLiteral,
  RBrace,
  RParen,
  RSquare,
  Semicolon,
  Slash,
  Star,
  StringLiteral,
  Unit,
} from "../../../grammar/tokens.ts";
import type { Token } from "../lexical.ts";
import {
  MODELS,
  closingBracket,
  between,
  closing,
  endsOperand,
  findAt,
  fix,
  onLine,
  readAs,
  replace,
  rewritten,
  startsStatement,
  told,
  written,
} from "./scene.ts";
import type { Recogniser, Scene } from "./scene.ts";

/** `… % a comment`, and `a % b` */
export const percent: Recogniser = (scene, i) => {
  const { tokens, start, declared } = scene;
  const [before, sign, after] = [tokens[i - 1], tokens[i], tokens[i + 1]];
  if (sign === undefined || (!startsStatement(tokens, i) && !(onLine(before, sign) && endsOperand(before))))
    return null;
  let end = i + 1;
  while (end < tokens.length && onLine(tokens[end], sign)) end++;
  const isOperand =
    after !== undefined &&
    onLine(after, sign) &&
    [NumberLiteral, Name, LParen].some((type) => tokenMatcher(after, type));
  const isComment =
    i === start ||
    startsStatement(tokens, i) ||
    before?.tokenType === Unit ||
    !isOperand ||
    // A word that means nothing here.
    (end === i + 2 && after?.tokenType === Identifier && !declared.has(after.image) && !ANYWHERE.test(after.image)) ||
    (end > i + 2 &&
      tokenMatcher(after, Name) &&
      onLine(after, tokens[i + 2]) &&
      endsOperand(tokens[i + 2]) &&
      tokens[i + 2]?.tokenType === Identifier);
  if (isComment)
    return {
      diagnostic: told(scene, i, i + 1, "%", fix("write `//`", replace(scene, i, i + 1, "//"))),
      instead: [],
      next: end,
    };
  const simple =
    before !== undefined &&
    [Name, NumberLiteral].some((type) => tokenMatcher(before, type)) &&
    [Name, NumberLiteral].some((type) => tokenMatcher(after, type));
  const [a, b] = [written(scene, i - 1, i), written(scene, i + 1, i + 2)];
  const text = `(${a} - ${b}*floor(${a}/${b}))`;
  return {
    diagnostic: told(
      scene,
      i,
      i + 1,
      "a % b",
      simple ? fix(`write \`${text}\``, replace(scene, i - 1, i + 2, text)) : [],
    ),
    instead: [],
    next: end,
  };
};

/** Names that need no declaration. */
const ANYWHERE = /^(?:t|i|j|pi|e)$/;

/** `[I - g*(V - E)]/C`, `{I - g*(V - E)}/C` */
export const grouped: Recogniser = (scene, i) => {
  const { tokens, block, start } = scene;
  const open = tokens[i];
  const before = tokens[i - 1];
  if (
    open === undefined ||
    before === undefined ||
    !MODELS.has(block) ||
    i - 1 <= start ||
    !(tokenMatcher(before, BinaryOperator) || tokenMatcher(before, AssignmentOperator) || before.tokenType === LParen)
  )
    return null;
  const end = open.tokenType === LBrace ? closing(tokens, i) : findAt(tokens, i + 1, tokens.length, () => false) + 1;
  const inside = tokens.slice(i + 1, end - 1);
  const last = tokens[end - 1];
  if (
    end <= i + 2 ||
    last?.tokenType !== (open.tokenType === LBrace ? RBrace : RSquare) ||
    !onLine(open, last) ||
    !(inside.some((t) => tokenMatcher(t, BinaryOperator)) || (before.image === "*" && open.tokenType === LBrace)) ||
    inside.some(
      (t) =>
        [Comma, Semicolon, Colon, DotDot, LBrace].some((type) => t.tokenType === type) ||
        tokenMatcher(t, AssignmentOperator),
    )
  )
    return null;
  return {
    diagnostic: told(
      scene,
      i,
      end,
      "[a + b]/c",
      fix("put it in parentheses", replace(scene, i, i + 1, "("), replace(scene, end - 1, end, ")")),
    ),
    instead: [readAs(open, LParen, "("), ...inside, readAs(last, RParen, ")")],
    next: end,
  };
};

/** `… -- a comment` */
export const dashes: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [before, first, second, word] = [tokens[i - 1], tokens[i], tokens[i + 1], tokens[i + 2]];
  if (
    second?.image !== "-" ||
    second.startOffset !== (first?.endOffset ?? 0) + 1 ||
    !onLine(before, first) ||
    !onLine(word, first) ||
    !endsOperand(before) ||
    word?.tokenType !== Identifier ||
    word.startOffset === second.endOffset + 1 ||
    declared.has(word.image)
  )
    return null;
  let end = i + 2;
  while (end < tokens.length && onLine(tokens[end], first)) end++;
  return {
    diagnostic: told(scene, i, i + 2, "--", fix("write `//`", replace(scene, i, i + 2, "//"))),
    instead: [],
    next: end,
  };
};

/** `(b v - u)`, `β(V)m`: a product without its sign */
export const product: Recogniser = (scene, i) => {
  const { tokens, start, inner, block } = scene;
  const [previous, token] = [tokens[i - 1], tokens[i]];
  if (
    token === undefined ||
    previous === undefined ||
    !onLine(previous, token) ||
    !endsOperand(previous) ||
    !MODELS.has(block) ||
    // Not over a sign that means nothing here.
    scene.source.text.slice(previous.endOffset + 1, token.startOffset).trim() !== ""
  )
    return null;
  const head = tokens[start];
  const equals = tokens.slice(start, i).some((t) => tokenMatcher(t, AssignmentOperator));
  if (
    !equals ||
    (inner === 0 &&
      previous.tokenType !== RParen &&
      !areFactors(scene, i) &&
      !(previous.tokenType === NumberLiteral && token.tokenType === LParen)) ||
    previous.tokenType === StringLiteral ||
    head === undefined ||
    (token.tokenType === LParen && previous.tokenType !== RParen && !isFactor(scene, i)) ||
    tokens[i + 1]?.tokenType === Equals ||
    tokens[i + 1]?.tokenType === Colon
  )
    return null;
  return {
    ...rewritten(scene, i, i + 1, "a b", `*${token.image}`, "insert `*`"),
    diagnostic: told(
      scene,
      i - 1,
      i + 1,
      "a b",
      fix("insert `*`", {
        span: { source: scene.source, start: previous.endOffset + 1, end: token.startOffset },
        newText: "*",
      }),
    ),
    instead: [{ ...readAs(token, Star, "*"), endOffset: token.startOffset }, token],
  };
};

/** `G.*(V - E)` */
export const elementwise: Recogniser = (scene, i) => {
  const sign = scene.tokens[i + 1];
  if (
    sign === undefined ||
    ![Star, Slash, Caret].some((type) => sign.tokenType === type) ||
    !endsOperand(scene.tokens[i - 1])
  )
    return null;
  return rewritten(scene, i, i + 2, "a.*b", sign.image);
};

/** `v => 30` */
export const arrowed: Recogniser = (scene, i) => {
  const { tokens, block } = scene;
  const [sign, next] = [tokens[i], tokens[i + 1]];
  if (
    sign === undefined ||
    next?.tokenType !== Greater ||
    next.startOffset !== sign.endOffset + 1 ||
    block === "network" ||
    !endsOperand(tokens[i - 1])
  )
    return null;
  return rewritten(scene, i, i + 2, "x => y", ">=");
};

/** `a + b ...` at the end of a line */
export const continued: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [before, dots, dot, next] = [tokens[i - 1], tokens[i], tokens[i + 1], tokens[i + 2]];
  if (
    dot?.tokenType !== Dot ||
    dot.startOffset !== (dots?.endOffset ?? 0) + 1 ||
    onLine(next, dot) ||
    !onLine(before, dot)
  )
    return null;
  return {
    diagnostic: told(scene, i, i + 2, "...", fix("leave it out", between(scene, i - 1, i + 2))),
    instead: [],
    next: i + 2,
  };
};

/** `c x`: two names that are declared, of which the second begins nothing new. */
function areFactors({ tokens, declared }: Scene, i: number): boolean {
  const next = tokens[i + 1];
  return (
    declared.has(tokens[i - 1]?.image ?? "") &&
    declared.has(tokens[i]?.image ?? "") &&
    !(next !== undefined && onLine(next, tokens[i]) && (next.image === "'" || tokenMatcher(next, AssignmentOperator)))
  );
}

/** `3(V - E_L)`: what is in the parentheses is no remark. */
function isFactor({ tokens, declared }: Scene, i: number): boolean {
  const close = closingBracket(tokens, i) - 1;
  return (
    tokens[i - 1]?.tokenType === NumberLiteral &&
    tokens[close]?.tokenType === RParen &&
    tokens.slice(i + 1, close).some((t) => declared.has(t.image))
  );
}

/** `a <> b`, `a ~= b`, `a !== b` */
export const unequal: Recogniser = (scene, i) => {
  const [sign, next] = scene.tokens.slice(i, i + 2);
  const isOne = next?.tokenType === Greater || (sign?.image === "~" && next?.tokenType === Equals);
  return isOne && next.startOffset === (sign?.endOffset ?? 0) + 1 && endsOperand(scene.tokens[i - 1])
    ? rewritten(scene, i, i + 2, "a <> b", "!=")
    : null;
};

/** `a .gt. b` */
export const fortran: Recogniser = (scene, i) => {
  const [dot, word, end] = scene.tokens.slice(i, i + 3);
  const sign = FORTRAN.get(word?.image.toLowerCase() ?? "");
  if (sign === undefined || end?.tokenType !== Dot || word?.startOffset !== (dot?.endOffset ?? 0) + 1) return null;
  const isSpaced = /\s/u.test(scene.source.text[dot?.startOffset === undefined ? 0 : dot.startOffset - 1] ?? "");
  const text = /^\p{L}/u.test(sign) && !isSpaced ? ` ${sign} ` : sign;
  return end.startOffset === word.endOffset + 1
    ? rewritten(scene, i, i + 3, "a .gt. b", text, `write \`${sign}\``)
    : null;
};

const FORTRAN: ReadonlyMap<string, string> = new Map([
  ["gt", ">"], ["ge", ">="], ["lt", "<"], ["le", "<="], ["eq", "=="], ["ne", "!="], ["and", "and"], ["or", "or"], ["not", "not"],
]); // prettier-ignore

/** `a mod b` */
export const modulo: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [before, word, after, next] = [tokens[i - 1], tokens[i], tokens[i + 1], tokens[i + 2]];
  if (
    !/^(?:mod|MOD)$/u.test(word?.image ?? "") ||
    declared.has(word?.image ?? "") ||
    !onLine(before, after) ||
    !endsOperand(before) ||
    after === undefined
  )
    return null;
  const simple =
    [before, after].every((t) => t !== undefined && [Name, NumberLiteral].some((type) => tokenMatcher(t, type))) &&
    !(next !== undefined && onLine(next, after) && [LParen, Dot].some((type) => next.tokenType === type));
  const [a, b] = [written(scene, i - 1, i), written(scene, i + 1, i + 2)];
  const text = `(${a} - ${b}*floor(${a}/${b}))`;
  return {
    diagnostic: told(
      scene,
      i,
      i + 1,
      "a mod b",
      simple ? fix(`write \`${text}\``, replace(scene, i - 1, i + 2, text)) : [],
    ),
    instead: [readAs(word as Token, Star, "*")],
    next: i + 1,
  };
};

/** `100 ms.`: at the end of its line */
export const fullStop: Recogniser = (scene, i) => {
  const { tokens } = scene;
  return onLine(tokens[i - 1], tokens[i]) && !onLine(tokens[i], tokens[i + 1]) && endsOperand(tokens[i - 1])
    ? rewritten(scene, i, i + 1, "a.", "", "leave it out")
    : null;
};
