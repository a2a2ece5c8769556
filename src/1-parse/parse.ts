// Text to tree: characters, words, structure. Whatever the text, there is a tree with holes and a list of what is wrong.
import { GlifParser } from "../../grammar/parser.ts";
import { LBrace, RBrace } from "../../grammar/tokens.ts";
import type { ExpressionCstNode, MemberCstNode, ModelFileCstNode, StatementCstNode } from "../../grammar/cst.d.ts";
import type { SourceText } from "../base/source.ts";
import { positionAt, span } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { hasErrors, inReadingOrder } from "../diagnostics/diagnostic.ts";
import { fileTooLarge, noModels, tooDeep, tooManyMistakes, unterminatedComment } from "../diagnostics/syntax.ts";
import type { ComparisonMemberNode, DirectiveNode, FitMemberNode, ModelFileNode, SettingNode } from "./ast.ts";
import { asWritten } from "./asWritten.ts";
import { buildLoneMember, buildLoneSetting, buildModelFile } from "./buildAst.ts";
import { buildExpression } from "./buildExpression.ts";
import type { Building } from "./building.ts";
import { DEEPEST_NESTING, firstTooDeep } from "./depth.ts";
import type { Docs } from "./docs.ts";
import { attachedDocs } from "./docs.ts";
import type { Lexed, Token } from "./lexical.ts";
import { lex, spanOf } from "./lexical.ts";
import type { ExpectationNames } from "./messages.ts";
import { expectationNames, inWords, MOST_MISTAKES, MOST_TOLD, TooManyMistakes } from "./messages.ts";
import { reword } from "./words.ts";

/** In UTF-16 code units. */
export const LARGEST_FILE = 16 * 1024 * 1024;

/**
 * Never throws, whatever the text. What other tools write is looked for only where something is wrong: here, or, as `isWrong` says, in what was found of the file later.
 */
export function parseModelFile(
  source: SourceText,
  isWrong = false,
): { readonly file: ModelFileNode; readonly diagnostics: readonly Diagnostic[] } {
  const { built, diagnostics: all } = read(
    source,
    { rule: (parser) => parser.modelFile() as ModelFileCstNode, build: buildModelFile },
    { part: "file", isWrong },
  );
  const { diagnostics, isCut } = cutOff(all);
  const whole = span(source, 0, source.text.length);
  // Of a file that is not read to its end nothing is said but that.
  const file: ModelFileNode =
    built === null || isCut ? { kind: "modelFile", source, imports: [], declarations: [], span: whole } : built;
  if (file.declarations.length === 0 && file.imports.length === 0 && diagnostics.length === 0)
    return { file, diagnostics: [noModels(span(source, 0, 0), {})] };
  return { file, diagnostics };
}

/** Without those whose place another one rewrites: the quotes of `threshold = 'V > 0'`. */
function outside(rewriting: readonly Diagnostic[], others: readonly Diagnostic[]): Diagnostic[] {
  const edits = rewriting.flatMap((d) => [d.primary.span, ...d.fixes.flatMap((f) => f.edits.map((e) => e.span))]);
  return others.filter(({ primary: { span: at } }) => !edits.some((e) => e.start <= at.start && at.end <= e.end));
}

/** What is told of a file: where there are too many mistakes, the first of them, and where reading ends. */
function cutOff(diagnostics: readonly Diagnostic[]): {
  readonly diagnostics: readonly Diagnostic[];
  readonly isCut: boolean;
} {
  let errors = 0;
  const end = diagnostics.findIndex((d) => d.severity === "error" && ++errors > MOST_TOLD);
  const next = diagnostics[end];
  if (next === undefined) return { diagnostics, isCut: false };
  return {
    diagnostics: [...diagnostics.slice(0, end), tooManyMistakes(next.primary.span, { limit: MOST_TOLD })],
    isCut: true,
  };
}

/** For `--set`: a setting's value, as it would stand in source. */
export function parseSetting(source: SourceText): {
  readonly setting: SettingNode | null;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { built, diagnostics } = read(
    source,
    { rule: (parser) => parser.statement() as StatementCstNode, build: buildLoneSetting },
    { part: "statement" },
  );
  return { setting: built, diagnostics };
}

/** For `--duration` and `--step`: a time, as it would stand in source. */
export function parseDirective(
  source: SourceText,
  directive: DirectiveNode["directive"],
): { readonly setting: DirectiveNode | null; readonly diagnostics: readonly Diagnostic[] } {
  const { built, diagnostics } = read(
    source,
    {
      rule: (parser) => parser.expression() as ExpressionCstNode,
      build: (building, cst) => buildExpression(building, cst, 0),
    },
    { part: "statement" },
  );
  return {
    setting: built === null ? null : { kind: "directive", directive, value: built, span: built.span },
    diagnostics,
  };
}

/** For comparisons of the command line: one statement as it would stand in a `comparison`, `sweep b_s over 1 /ms .. 2 /ms in 5 steps`. */
export function parseComparisonMember(source: SourceText): {
  readonly members: readonly ComparisonMemberNode[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const { built, diagnostics } = read(
    source,
    {
      rule: (parser) => parser.member() as MemberCstNode,
      build: (building, cst) => buildLoneMember(building, cst, "comparison"),
    },
    { part: "comparison" },
  );
  return { members: built ?? [], diagnostics };
}

/** For fits of the command line: one statement as it would stand in a `fit`, `free C in 20 pF .. 400 pF`. */
export function parseFitMember(source: SourceText): {
  readonly members: readonly FitMemberNode[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const { built, diagnostics } = read(
    source,
    {
      rule: (parser) => parser.member() as MemberCstNode,
      build: (building, cst) => buildLoneMember(building, cst, "fit"),
    },
    { part: "fit" },
  );
  return { members: built ?? [], diagnostics };
}

/** What a text is: a whole file, or one statement of a comparison, of a fit or of an experiment. */
type Part = "file" | "comparison" | "fit" | "statement";

interface Grammar<C, T> {
  readonly rule: (parser: GlifParser) => C;
  readonly build: (building: Building, cst: C) => T;
}

interface Understood<T> {
  readonly built: T | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** As it stands, where it is right; otherwise once more, with what other tools write put right and the parser going on behind a mistake. */
function read<C, T>(
  source: SourceText,
  grammar: Grammar<C, T>,
  { part, isWrong = false }: { readonly part: Part; readonly isWrong?: boolean },
): Understood<T> {
  if (source.text.length > LARGEST_FILE) {
    const size = source.text.length;
    return { built: null, diagnostics: [fileTooLarge(span(source, 0, 0), { size, limit: LARGEST_FILE })] };
  }
  const lexed = lex(source);
  const deep = firstTooDeep(lexed.tokens);
  if (deep !== null) {
    const told = tooDeep(spanOf(source, deep), { limit: DEEPEST_NESTING });
    return { built: null, diagnostics: inReadingOrder([...lexed.diagnostics, told]) };
  }
  if (!isWrong && !hasErrors(lexed.diagnostics)) {
    const right = ifRight(source, lexed, part, grammar);
    if (right !== null) return right;
  }
  const reworded =
    part === "statement"
      ? { tokens: lexed.tokens, diagnostics: [] }
      : reword(lexed.tokens, source, part === "file" ? "" : part);
  const certain = [...outside(reworded.diagnostics, lexed.diagnostics), ...reworded.diagnostics];
  return mended(source, reworded.tokens, attachedDocs(lexed.docs, source), certain, grammar);
}

/** Null where anything is wrong. */
function ifRight<C, T>(
  source: SourceText,
  lexed: Lexed,
  part: Part,
  { rule, build }: Grammar<C, T>,
): Understood<T> | null {
  const tokens = asWritten(lexed.tokens, part === "file" ? 0 : 1);
  const reported: Diagnostic[] = [...lexed.diagnostics];
  const report = (d: Diagnostic): unknown => reported.push(d);
  const parser = (strict ??= new GlifParser({ skipValidations: true, recoveryEnabled: false }));
  parser.input = tokens;
  const cst = rule(parser);
  const isRead = parser.errors.length === 0;
  parser.input = [];
  if (!isRead) return null;
  const docs = attachedDocs(lexed.docs, source);
  const built = build({ source, docs, isEnclosed: enclosures(tokens), report, reportStructural: report }, cst);
  return hasErrors(reported) ? null : { built, diagnostics: inReadingOrder(reported) };
}

/** Parses and builds, and keeps of what is reported the causes; null where there were too many mistakes to go on. */
function mended<C, T>(
  source: SourceText,
  tokens: readonly Token[],
  docs: Docs,
  known: readonly Diagnostic[],
  { rule, build }: Grammar<C, T>,
): Understood<T> {
  const certain: Diagnostic[] = [...known];
  const structural: Diagnostic[] = [];
  const { parser, names } = (forgiving ??= newForgiving());
  parser.input = [...tokens];
  names.count = 0;
  let built: T | null = null;
  try {
    const building: Building = {
      source,
      docs,
      isEnclosed: enclosures(tokens),
      report: (d) => certain.push(d),
      reportStructural: (d) => structural.push(d),
    };
    built = build(building, rule(parser));
  } catch (error) {
    if (!(error instanceof TooManyMistakes)) throw error;
    certain.push(tooManyMistakes(span(source, source.text.length, source.text.length), { limit: MOST_MISTAKES }));
  }
  const diagnostics = [...inWords(parser.errors, tokens, source), ...structural];
  parser.input = [];
  return { built, diagnostics: inReadingOrder([...certain, ...causesAmong(diagnostics, certain, tokens)]) };
}

/** Each built when first needed: that takes longer than reading most files. */
let strict: GlifParser | undefined;
let forgiving: { readonly parser: GlifParser; readonly names: ExpectationNames } | undefined;

function newForgiving(): { readonly parser: GlifParser; readonly names: ExpectationNames } {
  const names = expectationNames();
  return {
    parser: new GlifParser({ errorMessageProvider: names, skipValidations: true, recoveryEnabled: true }),
    names,
  };
}

/** One mistake, one message: what recovery stumbles over on a line on which something is wrong already is no mistake of its own. */
function causesAmong(
  structural: readonly Diagnostic[],
  certain: readonly Diagnostic[],
  tokens: readonly Token[],
): Diagnostic[] {
  const firstWrong = new Map<number, number>();
  // Behind a comment that never ends, the end of the text is no place to miss anything.
  const end = certain.some((d) => d.code === unterminatedComment.code)
    ? (tokens[tokens.length - 1]?.endOffset ?? -1) + 1
    : Infinity;
  const lineOf = ({ primary }: Diagnostic): number => positionAt(primary.span.source, primary.span.start).line;
  for (const diagnostic of certain) {
    const line = lineOf(diagnostic);
    firstWrong.set(line, Math.min(firstWrong.get(line) ?? Infinity, diagnostic.primary.span.start));
  }
  return inReadingOrder(structural).filter((diagnostic) => {
    const line = lineOf(diagnostic);
    const { start } = diagnostic.primary.span;
    const isCause = start < Math.min(end, firstWrong.get(line) ?? Infinity);
    if (isCause) firstWrong.set(line, start);
    return isCause;
  });
}

function enclosures(tokens: readonly Token[]): (offset: number) => boolean {
  const places: number[] = [];
  const depths: number[] = [];
  let depth = 0;
  for (const { tokenType, startOffset } of tokens) {
    if (tokenType !== LBrace && tokenType !== RBrace) continue;
    depth = Math.max(0, depth + (tokenType === LBrace ? 1 : -1));
    places.push(startOffset);
    depths.push(depth);
  }
  return (offset) => {
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[middle] ?? Infinity) < offset) low = middle + 1;
      else high = middle;
    }
    return (depths[low - 1] ?? 0) > 0;
  };
}
