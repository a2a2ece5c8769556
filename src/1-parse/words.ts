// The first words of statements, looked at before parsing: `synapse`, `comparison` and `fit` where they open a block, misspelt keywords and words of
// other simulators. Mistakes are told once; the tokens are put right or taken out, so that the rest can be understood.
import { tokenMatcher } from "../../grammar/chevrotain.ts";
import {
  Arrow, BlockKeyword, Colon, Comma, Comparison, Connect, Equals, Fit, FunctionKeyword, Identifier, If, Import, LBrace, Let, LParen, LSquare, Name, NumberLiteral, On, QuantityKeyword, RBrace,
  RightArrow, RParen, RSquare, Semicolon, State, StringLiteral, keywordToken, } from "../../grammar/tokens.ts"; // prettier-ignore
import { nearNames } from "../base/nearNames.ts";
import type { SourceText } from "../base/source.ts";
import { span } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { habitOf } from "../diagnostics/habits.ts";
import type { Habit } from "../diagnostics/habits.ts";
import { foreignForm } from "../diagnostics/foreign.ts";
import { expected, foreignWord, misspeltKeyword } from "../diagnostics/syntax.ts";
import { longComment, remark } from "./elsewhere/comments.ts";
import { atColon, pythonClass } from "./elsewhere/colons.ts";
import { inComparison as comparing } from "./elsewhere/comparisons.ts";
import { inEquation } from "./elsewhere/equations.ts";
import { inExpression } from "./elsewhere/expressions.ts";
import { latex } from "./elsewhere/latex.ts";
import { inLine } from "./elsewhere/lines.ts";
import { BLOCK_WORDS, isTrailing, opensBlock } from "./asWritten.ts";
import { findAt, readAs, startsStatement, statementEnd, written } from "./elsewhere/scene.ts";
import type { Finding, Scene } from "./elsewhere/scene.ts";
import { atHead } from "./elsewhere/heads.ts";
import { inNetwork } from "./elsewhere/networks.ts";
import { quotedEquations, section } from "./elsewhere/sections.ts";
import { inStatement } from "./elsewhere/statements.ts";
import type { Token } from "./lexical.ts";
import { declaredNames, spanOf } from "./lexical.ts";
import { MOST_TOLD } from "./messages.ts";

export interface Reworded {
  readonly tokens: readonly Token[];
  readonly diagnostics: readonly Diagnostic[];
}

/** `part` is where the text stands that is no whole file. */
export function reword(tokens: readonly Token[], source: SourceText, part: "" | "comparison" | "fit" = ""): Reworded {
  const kept: Token[] = [];
  const diagnostics: Diagnostic[] = [];
  const declared = declaredNames(tokens);
  const [inputs, indices] = [declaredNames(tokens, new Set(["input"])), declaredNames(tokens, new Set(["index"]))];
  const closers: number[] = [];
  let [depth, inner, block, start] = [part === "" ? 0 : 1, 0, part as string, 0];
  let inComparison = part !== "";
  const keep = (token: Token): void => {
    if (token.tokenType === LBrace) [depth, inner] = [depth + 1, 0];
    if (token.tokenType === RBrace) [depth, inner] = [depth - 1, 0];
    if (token.tokenType === LParen || token.tokenType === LSquare) inner++;
    if (token.tokenType === RParen || token.tokenType === RSquare) inner--;
    kept.push(token);
  };
  const close = (i: number): void => {
    const last = tokens[i - 1];
    for (; closers[closers.length - 1] === i && last !== undefined; closers.pop())
      keep({ ...readAs(last, RBrace, "}"), startOffset: last.endOffset + 1, endOffset: last.endOffset });
  };
  // Behind what is told nothing is looked for: many a recogniser looks through the whole file.
  for (let [i, errors] = [0, 0]; i < tokens.length && errors <= MOST_TOLD;) {
    const token = tokens[i];
    if (token === undefined) break;
    close(i);
    if (token.tokenType === Comma && isTrailing(tokens, i)) {
      i++;
      continue;
    }
    const begins = startsStatement(tokens, i);
    if (begins) [start, inner] = [i, 0];
    if (depth <= 0 && (tokenMatcher(token, BlockKeyword) || BLOCK_WORDS.has(token.tokenType)))
      [inComparison, block] = [false, token.image];
    const scene: Scene = { tokens, source, declared, inputs, indices, depth, inner, block, start };
    const found: Finding | null =
      (begins
        ? (ofStatement(scene, i, { depth, inComparison, block }) ??
          firstWord(tokens, i, { depth, inComparison, block }, source) ??
          remark(scene, i, OPENERS))
        : null) ??
      inExpression(scene, i) ??
      atColon(scene, i);
    const opened = found?.instead[0]?.tokenType;
    inComparison ||= opened === Comparison || opened === Fit;
    if (depth <= 0 && (opened === Comparison || opened === Fit)) block = opened === Fit ? "fit" : "comparison";
    if (found === null) {
      keep(token);
      i++;
      continue;
    }
    if (found.diagnostic !== null) diagnostics.push(found.diagnostic);
    if (found.diagnostic?.severity === "error") errors++;
    for (const t of found.instead) keep(t);
    if (found.closeAt !== undefined) closers.push(found.closeAt);
    i = found.next;
  }
  close(tokens.length);
  return { tokens: kept, diagnostics };
}

/** A way of writing of which the first word alone does not tell. */
function ofStatement(scene: Scene, i: number, { depth, inComparison }: Place): Finding | null {
  const comment = longComment(scene, i);
  if (comment !== null) return comment;
  if (inComparison) return comparing(scene, i) ?? (depth === 1 ? inLine(scene, i) : null);
  return depth <= 0
    ? (pythonClass(scene, i) ?? inLine(scene, i) ?? atHead(scene, i) ?? nmodl(scene, i))
    : (quotedEquations(scene, i) ??
        section(scene, i) ??
        latex(scene, i) ??
        inLine(scene, i) ??
        inNetwork(scene, i) ??
        inEquation(scene, i) ??
        inStatement(scene, i));
}

/** `NEURON { SUFFIX kdr … }`: nothing is said of what stands in it. */
function nmodl(scene: Scene, i: number): Finding | null {
  const { tokens } = scene;
  if (tokens[i]?.image !== "NEURON" || tokens[i + 1]?.tokenType !== LBrace) return null;
  const end = blockEnd(tokens, i);
  return {
    diagnostic: foreignForm(spanOf(scene.source, tokens[i]), {
      written: "NEURON { … }",
      habit: "neuron {",
      fixes: [
        {
          title: "leave it out",
          edits: [
            {
              span: span(scene.source, tokens[i]?.startOffset ?? 0, (tokens[end - 1]?.endOffset ?? 0) + 1),
              newText: "",
            },
          ],
          confidence: "likely",
        },
      ],
    }),
    instead: [],
    next: end,
  };
}

interface Place {
  readonly depth: number;
  readonly inComparison: boolean;
  /** `neuron`, `experiment`, …: the block it stands in. */
  readonly block: string;
}

function firstWord(
  tokens: readonly Token[],
  i: number,
  { depth, inComparison, block: inside }: Place,
  source: SourceText,
): Finding | null {
  const [token, next] = [tokens[i], tokens[i + 1]];
  if (token === undefined) return null;
  const { tokenType: type, image } = token;
  const block = BLOCK_WORDS.get(type);
  if (block !== undefined && opensBlock(tokens, i, depth))
    return { diagnostic: null, instead: [readAs(token, block)], next: i + 1 };
  if (next?.startLine !== token.startLine) return null;
  const at = spanOf(source, token);
  if (depth > 0 && type === Identifier && next.tokenType === RightArrow) {
    if (inside !== "network")
      return {
        diagnostic: foreignForm(span(source, at.start, next.endOffset + 1), {
          written: `${image} ${next.image}`,
          habit: "v -> x",
          fixes: [
            { title: "write `<-`", edits: [{ span: spanOf(source, next), newText: "<-" }], confidence: "likely" },
          ],
        }),
        instead: [token, readAs(next, Arrow, "<-")],
        next: i + 2,
      };
    const start = span(source, at.start, at.start);
    const fixes = [
      { title: "insert `connect`", edits: [{ span: start, newText: "connect " }], confidence: "certain" as const },
    ];
    const diagnostic = expected(start, { expected: `\`connect\` before the ends of a connection`, found: "", fixes });
    return {
      diagnostic,
      instead: [{ ...readAs(token, Connect), image: "", endOffset: token.startOffset - 1 }, token],
      next: i + 1,
    };
  }
  if (tokenMatcher(token, QuantityKeyword) && next.tokenType === Colon) {
    const help = `glif has no sections: begin each statement with its word, \`${image} x = …\``;
    return {
      diagnostic: foreignWord(span(source, at.start, next.endOffset + 1), { word: `${image}:`, help }),
      instead: [],
      next: i + 2,
    };
  }
  const arrival = type === Identifier && next.tokenType === LBrace ? /^on_?(pre|post)$/i.exec(image)?.[1] : undefined;
  if (arrival !== undefined) {
    const fixed = `on ${arrival.toLowerCase()}`;
    const name: Token = { ...token, image: arrival.toLowerCase(), startOffset: token.endOffset + 1 - arrival.length };
    const on: Token = { ...token, image: "on", endOffset: token.startOffset + 1 };
    return {
      diagnostic: misspeltKeyword(at, { word: image, keyword: fixed, at }),
      instead: [readAs(on, On), name],
      next: i + 1,
    };
  }
  const known =
    inComparison && depth > 0
      ? null
      : (habitOf("statement", image) ??
        (next.tokenType === LParen && /^\p{Lu}/u.test(image) ? habitOf("function", image) : null));
  // What another file declares is used there where here something is included.
  const foreign = known !== null && depth > 0 && known.instead === "import" ? habitOf("statement", "insert") : known;
  const called = next.tokenType === LParen && foreign !== null;
  if (type === State && (next.tokenType === LBrace || next.tokenType === Colon)) return null;
  if (
    type !== Identifier ||
    !(called || [Name, NumberLiteral, StringLiteral, LBrace, LSquare, Colon, If].some((t) => tokenMatcher(next, t)))
  )
    return null;
  if (next.tokenType === LSquare && foreign === null) return null;
  const opensHere = foreign === null ? null : keywordToken(foreign.instead);
  if (foreign !== null && depth <= 0 && (opensHere === null || !ANYWHERE.has(foreign.instead))) {
    const given = /^[\d.]+\s*\*?\s*(\p{L}+)$/u.exec(written({ tokens, source }, i + 2, statementEnd(tokens, i) - 1));
    const say =
      called && given !== null ? `write \`${foreign.instead} ${given[0].replace(/\s*\*\s*/u, " ")}\`` : foreign.say;
    const help = `${say}, between the braces of ${HOMES[foreign.home]}`;
    return { diagnostic: foreignWord(at, { word: image, help }), instead: [], next: sectionEnd(tokens, i) };
  }
  if (foreign !== null && called) return calledWord(tokens, i, foreign, source);
  const isFunction =
    image === "def" &&
    tokens
      .slice(i, lineEnd(tokens, i))
      .some((t, k, line) => t.tokenType === Colon && line[k - 1]?.tokenType === RParen);
  if (isFunction) return pythonFunction(tokens, i, source);
  if (
    foreign !== null &&
    (next.tokenType === LBrace ||
      next.tokenType === LSquare ||
      next.tokenType === Colon ||
      keywordToken(foreign.instead) === null)
  ) {
    const opens = keywordToken(foreign.instead);
    if (depth <= 0 && next.tokenType === LBrace && opens !== null)
      return {
        diagnostic: misspeltKeyword(at, { word: image, keyword: foreign.instead, at }),
        instead: [readAs(token, BLOCK_WORDS.get(opens) ?? opens)],
        next: i + 1,
      };
    return {
      diagnostic: foreignWord(at, { word: image, help: foreign.say }),
      instead: [],
      next: sectionEnd(tokens, i),
    };
  }
  if (next.tokenType === Colon) return null;
  const typedLet = foreign?.instead === "let" ? typedDeclaration(tokens, i, source) : null;
  if (typedLet !== null) return typedLet;
  const instead =
    (foreign?.instead || undefined) ??
    (next.image === "weight" ? nearNames(image, ["single"], 1)[0] : undefined) ??
    nearKeyword(image, next.tokenType === LBrace);
  const keyword = instead === undefined ? null : keywordToken(instead);
  if (instead === undefined || keyword === null) return null;
  return {
    diagnostic: misspeltKeyword(at, { word: image, keyword: instead, at }),
    instead: [readAs(token, BLOCK_WORDS.get(keyword) ?? keyword)],
    next: i + 1,
  };
}

/** Where it belongs. */
const HOMES: Readonly<Record<Habit["home"], string>> = {
  experiment: "an `experiment NAME of MODEL { … }`",
  network: "a `network NAME { … }`",
  synapse: "a `synapse NAME { … }`",
  member: "a `neuron NAME { … }`",
  host: "a `neuron NAME { … }`",
  file: "a `neuron NAME { … }`",
};

/** What stands outside of blocks. */
const ANYWHERE: ReadonlySet<string> = new Set([
  "neuron",
  "mechanism",
  "synapse",
  "network",
  "experiment",
  "comparison",
  "fit",
  "import",
  "function",
  "const",
]);

/** `run(100 ms)`: the word that is meant, with what stands in the parentheses; left out where there is none. */
function calledWord(tokens: readonly Token[], i: number, habit: Habit, source: SourceText): Finding | null {
  const token = tokens[i];
  const close = findAt(tokens, i + 2, tokens.length, () => false);
  if (token === undefined || tokens[close]?.tokenType !== RParen) return null;
  const keyword = keywordToken(habit.instead);
  const end = Math.max(statementEnd(tokens, i), close + 1);
  const inside = tokens.slice(i + 2, close);
  const at = span(source, token.startOffset, token.endOffset + 1);
  const takesOne =
    keyword !== null &&
    close + 1 >= end &&
    inside.length > 0 &&
    !inside.some((t) => t.tokenType === Comma || t.tokenType === Equals);
  const words = source.text
    .slice(inside[0]?.startOffset ?? 0, (inside[inside.length - 1]?.endOffset ?? -1) + 1)
    .replace(/(?<=\d)\s*\*\s*(?=\p{L})/gu, " ");
  const unit = takesOne && habit.instead === "duration" && /^[\d.]+$/.test(words) ? " ms" : "";
  const whole = span(source, token.startOffset, (tokens[close]?.endOffset ?? 0) + 1);
  const fixes = takesOne
    ? [
        {
          title: `write \`${habit.instead} ${words}${unit}\``,
          edits: [{ span: whole, newText: `${habit.instead} ${words}${unit}` }],
          confidence: "likely" as const,
        },
      ]
    : [];
  const next = tokens[end]?.tokenType === LBrace ? blockEnd(tokens, end - 1) : end;
  const place = takesOne ? at : span(source, token.startOffset, (tokens[next - 1]?.endOffset ?? token.endOffset) + 1);
  return {
    diagnostic: foreignWord(place, { word: token.image, help: habit.say, fixes }),
    instead: takesOne ? [readAs(token, keyword), ...inside] : [],
    next,
  };
}

/** `def f(x): return 2*x` */
function pythonFunction(tokens: readonly Token[], i: number, source: SourceText): Finding | null {
  const end = statementEnd(tokens, i);
  const colon = findAt(tokens, i + 1, end, (t) => t.tokenType === Colon);
  const [token, sign] = [tokens[i], tokens[colon]];
  if (token === undefined || sign === undefined) return null;
  const returns = tokens[colon + 1]?.image === "return" ? colon + 2 : colon + 1;
  const at = span(source, token.startOffset, token.endOffset + 1);
  const cut = span(source, sign.startOffset, tokens[returns]?.startOffset ?? sign.endOffset + 1);
  const fixes = [
    {
      title: "write `function f(x) = …`",
      edits: [
        { span: at, newText: "function" },
        { span: cut, newText: " = " },
      ],
      confidence: "likely" as const,
    },
  ];
  return {
    diagnostic: foreignWord(at, { word: "def", help: "write `function f(x) = …`", fixes }),
    instead: [readAs(token, FunctionKeyword), ...tokens.slice(i + 1, colon), readAs(sign, Equals, "=")],
    next: returns,
  };
}

/** `inline I_l pA = …` */
function typedDeclaration(tokens: readonly Token[], i: number, source: SourceText): Finding | null {
  const [token, name, unit, equals] = tokens.slice(i, i + 4);
  if (token === undefined || name === undefined || unit?.tokenType !== Identifier || equals?.tokenType !== Equals)
    return null;
  const at = span(source, token.startOffset, token.endOffset + 1);
  const edits = [
    { span: at, newText: "let" },
    { span: span(source, unit.startOffset, unit.startOffset), newText: ": " },
  ];
  const colon = { ...readAs(unit, Colon, ":"), endOffset: unit.startOffset };
  const fixes = [{ title: `write \`let ${name.image} : ${unit.image}\``, edits, confidence: "likely" as const }];
  return {
    diagnostic: foreignWord(at, { word: token.image, help: `write \`let ${name.image} : ${unit.image} = …\``, fixes }),
    instead: [readAs(token, Let), name, colon, unit],
    next: i + 3,
  };
}

/** Words with which a statement begins. */
const OPENERS = (
  "neuron mechanism synapse network experiment comparison fit import param const input state let index function noise use spike on reset refractory population " +
  "interpret duration step seed method spikes record weight connect models networks under measure reference seeds sweep window free train test evaluations"
).split(" ");

function nearKeyword(word: string, beforeBrace: boolean): string | undefined {
  return word.length < 3 ? undefined : nearNames(word, beforeBrace ? ["reset"] : OPENERS, 1)[0];
}

/** After the block that begins on this line; a block without its `}` ends where the next model begins. */
function blockEnd(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let i = start + 1; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    const opensLine = token.startLine !== tokens[i - 1]?.startLine;
    if (
      opensLine &&
      ([BlockKeyword, Import].some((type) => tokenMatcher(token, type)) ||
        (BLOCK_WORDS.has(token.tokenType) && opensBlock(tokens, i, depth)))
    )
      return i;
    if (depth === 0 && opensLine && token.tokenType !== LBrace) return i;
    if (token.tokenType === LBrace) depth++;
    if (token.tokenType === RBrace && --depth <= 0) return depth < 0 ? i : i + 1;
  }
  return tokens.length;
}

/** Behind the line, or behind the block that opens on it. */
function sectionEnd(tokens: readonly Token[], start: number): number {
  const end = lineEnd(tokens, start);
  for (let k = start + 1; k < end; k++) if (tokens[k]?.tokenType === LBrace) return blockEnd(tokens, k - 1);
  return tokens[end]?.tokenType === LBrace && end === start + 1 ? blockEnd(tokens, start) : end;
}

function lineEnd(tokens: readonly Token[], start: number): number {
  const line = tokens[start]?.startLine;
  let i = start;
  while (
    i < tokens.length &&
    tokens[i]?.startLine === line &&
    tokens[i]?.tokenType !== RBrace &&
    tokens[i]?.tokenType !== Semicolon
  )
    i++;
  return i;
}
