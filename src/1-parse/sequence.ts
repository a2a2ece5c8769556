// Statements in a row: each ends with its line, at a separator or at its brace, and begins like a statement.
import type { CstNode } from "chevrotain";
import type { SeparatorCstNode, StatementCstNode, StrayCstNode } from "../../grammar/cst.d.ts";
import { keywordToken } from "../../grammar/tokens.ts";
import type { SourceText, Span } from "../base/source.ts";
import { span } from "../base/source.ts";
import { expected, foreignWord, runOn, unexpected, unopened } from "../diagnostics/syntax.ts";
import { withoutOne } from "./brackets.ts";
import type { Building } from "./building.ts";
import { endOf, first, onOneLine, startOf } from "./building.ts";

/** `place`: where they stand, for "… cannot stand …". */
export function checkSequence(
  building: Building,
  statements: readonly CstNode[] | undefined,
  separators: readonly SeparatorCstNode[] | undefined,
  strays: readonly StrayCstNode[] | undefined,
  place: string,
): void {
  const { source } = building;
  const row = [...(statements ?? []), ...(strays ?? [])]
    .filter((item) => !Number.isNaN(startOf(item, NaN)))
    .sort((a, b) => startOf(a, 0) - startOf(b, 0));
  let separator = 0;
  row.forEach((item, i) => {
    const end = i === 0 ? NaN : endOf(row[i - 1], NaN);
    const start = startOf(item, 0);
    while (startOf(separators?.[separator], Infinity) < end) separator++;
    const isSeparated =
      i === 0 ||
      startOf(separators?.[separator], Infinity) < start ||
      source.text[end - 1] === "}" ||
      !onOneLine(source, end, start);
    const at = wordAt(building, start);
    const word = source.text.slice(at.start, at.end);
    if (!isSeparated && /^[\p{L}\p{N}_"([{.]/u.test(word))
      building.reportStructural(
        runOn(at, { found: `\`${word}\``, at, called: calledBefore(source, at), beginsStatement: isWhole(item) }),
      );
    else if (item.name === "stray") complainAboutStray(building, at, word, place);
  });
}

/** `*min` of `4 mV/ms*min(c, 1)`: joined to a unit it is a unit itself, a minute. */
function calledBefore({ text }: SourceText, at: Span): { readonly operator: string; readonly name: string } | null {
  const joined = text[at.start] === "(" ? /([*/])([a-z]\w*)$/.exec(text.slice(0, at.start)) : null;
  return joined === null ? null : { operator: joined[1] ?? "", name: joined[2] ?? "" };
}

/** Whether it is a statement in itself, and only its separator is missing. */
function isWhole(item: CstNode): boolean {
  const statement = (item.name === "statement" ? item : item.children["statement"]?.[0]) as
    StatementCstNode | undefined;
  return item.name !== "stray" && item.recoveredNode !== true && statement?.children.rest === undefined;
}

function complainAboutStray(building: Building, at: Span, word: string, place: string): void {
  if (word === ")" || word === "]")
    building.reportStructural(
      unopened(at, {
        bracket: word,
        closedBefore: null,
        fixes: word === ")" ? withoutOne(building.source, at.start) : [],
      }),
    );
  else if (word === "if") {
    const help = ["a condition is an expression: `V <- if a then b else c`, `let x = if a then b else c`"];
    building.reportStructural(unexpected(at, { found: "`if`", place, help }));
  } else building.reportStructural(unexpected(at, { found: `\`${word}\``, place }));
}

/** A statement that gives nothing to its target: `foo x = 3`, `V`, `record`. */
export function complainAboutUnfinished(building: Building, cst: StatementCstNode, inSettings: boolean): void {
  const target = first(cst.children.target);
  const [name] = target?.children.Name ?? [];
  if (target === undefined || name === undefined) return;
  const end = endOf(first(cst.children.Prime) ?? first(cst.children.Identifier) ?? target, name.startOffset);
  const rest = cst.children.rest?.[0];
  const next = startOf(rest, NaN);
  const at =
    Number.isNaN(next) || !onOneLine(building.source, end, next)
      ? span(building.source, end, end)
      : wordAt(building, next);
  const awaited = keywordToken(name.image) === null ? undefined : AWAITED.get(name.image);
  const found = at.start === at.end ? "" : `found \`${building.source.text.slice(at.start, at.end)}\``;
  const begin = name.startOffset + name.image.length;
  const { text } = building.source;
  if (inSettings) {
    const given = at.start < at.end && /^[\p{L}\p{N}."([-]/u.test(text[at.start] ?? "");
    const fixes = given
      ? [
          {
            title: "insert `=`",
            edits: [{ span: span(at.source, at.start, at.start), newText: "= " }],
            confidence: "likely" as const,
          },
        ]
      : [];
    building.reportStructural(
      expected(at, { expected: `\`=\` or \`~\` after \`${text.slice(name.startOffset, end)}\``, found, fixes }),
    );
  } else if (text[at.start] === "(" && /\.\s*connect$/u.test(text.slice(begin, end))) {
    const help = "write `connect E -> I by SYNAPSE { w = 1 nS } random(p: 0.1)`";
    building.report(
      foreignWord(span(at.source, name.startOffset, end), { word: text.slice(name.startOffset, end), help }),
    );
  } else if (awaited !== undefined && end === begin)
    building.reportStructural(expected(at, { expected: `${awaited} after \`${name.image}\``, found }));
  else if (
    end === begin &&
    at.start < at.end &&
    /^[\p{L}\p{N}_"{]/u.test(building.source.text.slice(at.start, at.end))
  ) {
    const help = [beginnings(building.source.text, name.startOffset)];
    building.reportStructural(
      unexpected(span(building.source, name.startOffset, begin), {
        found: `\`${name.image}\``,
        place: "at the beginning of a statement",
        help,
      }),
    );
  } else
    building.reportStructural(
      expected(at, {
        expected: `\`' =\`, \`=\`, \`+=\` or \`<-\` after \`${building.source.text.slice(name.startOffset, end)}\``,
        found,
      }),
    );
}

/** How statements begin in the block around, by the word at the left margin that opens it. */
function beginnings(text: string, offset: number): string {
  const heads = /^(neuron|mechanism|synapse|network|experiment|comparison|fit)\b/gmu;
  const block = [...text.slice(0, offset).matchAll(heads)].at(-1)?.[1] ?? "neuron";
  return BEGINNINGS[block] ?? BEGINNINGS["neuron"] ?? "";
}

const BEGINNINGS: Readonly<Record<string, string>> = {
  neuron: "a statement begins with a word such as `param`, `state`, `let`, or with the name of what it sets: `V' = …`",
  synapse:
    "a statement begins with a word such as `param`, `weight`, `state`, `on pre`, or with the name of what it sets: `g' = …`, `post.I_e += …`",
  network: "a statement begins with a word such as `param`, `population`, `connect`",
  experiment:
    "a statement begins with a word such as `duration`, `step`, `seed`, `record`, or with the name of what it sets: `I_e = …`",
  comparison: "a statement begins with a word such as `models`, `under`, `measure`, `seeds`, `sweep`",
  fit: "a statement begins with a word such as `under`, `reference`, `free`, `measure`, `train`",
};

/** What follows the words that are names elsewhere. */
const AWAITED: ReadonlyMap<string, string> = new Map([
  ["record", "the name of what is recorded"],
  ["method", "the name of a method"],
  ["duration", "a time"],
  ["step", "a time"],
  ["seed", "a number"],
  ["interpret", "`Itô` or `Stratonovich`"],
  ["spikes", "`precise`"],
  ["connect", "the name of a population"],
  ["weight", "the name of a weight"],
  ["single", "`weight`"],
  ["models", "the name of a neuron or a network"],
  ["networks", "the name of a network"],
  ["under", "the name of an experiment"],
  ["measure", "the name of a measure"],
  ["reference", "what is compared with"],
  ["seeds", "a number"],
  ["sweep", "the name of what is swept"],
  ["free", "the name of what is free"],
  ["window", "a time"],
  ["train", "a time"],
  ["test", "a time"],
  ["evaluations", "a number"],
]);

/** The word or the sign that begins at an offset. */
export function wordAt(building: Building, start: number): Span {
  WORD.lastIndex = start;
  const word = WORD.exec(building.source.text)?.[0] ?? "";
  return span(building.source, start, start + word.length);
}

const WORD = /[\p{L}\p{M}\p{N}_]+|->|./suy;
