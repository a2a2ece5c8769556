// Python's colons: blocks by indentation, `reset: V = E_L`, and a condition that ends with one.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import {
  BlockKeyword,
  Colon,
  Comparison,
  Extends,
  LBrace,
  Of,
  On,
  RBrace,
  Reset,
  Spike,
  Synapse,
} from "../../../grammar/tokens.ts";
import type { Token } from "../lexical.ts";
import { fix, insertBehind, onLine, readAs, replace, reread, statementEnd, told, written } from "./scene.ts";
import type { Recogniser, Scene } from "./scene.ts";
import { assigned } from "./statements.ts";

export const atColon: Recogniser = (scene, i) => {
  const { tokens, start, inner } = scene;
  const [head, colon] = [tokens[start], tokens[i]];
  if (colon?.tokenType !== Colon || head === undefined || inner > 0 || i === start || !onLine(head, colon)) return null;
  const endsLine = !onLine(tokens[i + 1], colon);
  if (head.tokenType === Spike && endsLine)
    return {
      diagnostic: told(scene, start, i + 1, "word:", fix("leave the colon out", replace(scene, i, i + 1, ""))),
      instead: [],
      next: i + 1,
    };
  const isBlock = opensModel(tokens, start, i);
  const isBody = (head.tokenType === Reset && i === start + 1) || (head.tokenType === On && i > start + 1);
  if (!isBlock && !isBody) return null;
  if (tokens[i + 1]?.tokenType === LBrace)
    return {
      diagnostic: told(scene, start, i + 1, "word:", fix("leave the colon out", replace(scene, i, i + 1, ""))),
      instead: [],
      next: i + 1,
    };
  if (!endsLine && isBody) return oneLine(scene, i);
  const end = dedent(tokens, head, i + 1);
  if (end <= i + 1) return null;
  const gap = (tokens[i - 1]?.endOffset ?? 0) + 1 === colon.startOffset ? " {" : "{";
  const last = tokens[end];
  // A brace at the margin of the head that closes nothing else closes the block.
  if (isBlock && last?.tokenType === RBrace && last.startColumn === head.startColumn)
    return {
      diagnostic: told(scene, start, i + 1, "word:", fix("write `{`", replace(scene, i, i + 1, gap))),
      instead: [readAs(colon, LBrace, "{")],
      next: i + 1,
    };
  const edits = [
    replace(scene, i, i + 1, gap),
    insertBehind(scene, end - 1, isBlock ? `\n${" ".repeat(head.startColumn - 1)}}` : " }"),
  ];
  return {
    diagnostic: told(scene, start, i + 1, "word:", fix("put the block in braces", ...edits)),
    instead: [readAs(colon, LBrace, "{")],
    next: i + 1,
    closeAt: end,
  };
};

/** `class Cell(LIF):` with its statements further in. */
export const pythonClass: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const head = tokens[i];
  if (head?.image !== "class") return null;
  let colon = i + 1;
  while (onLine(tokens[colon], head) && tokens[colon]?.tokenType !== Colon) colon++;
  const [, name, base] =
    /^class\s+([\p{L}_][\p{L}\p{N}_]*)\s*(?:\(\s*([\p{L}_][\p{L}\p{N}_]*)?\s*\))?$/u.exec(written(scene, i, colon)) ??
    [];
  if (name === undefined || !opensLines(tokens, colon)) return null;
  const isModel = tokens.some((t, k) => t.image === base && (k < i || k > colon));
  const opening = `neuron ${name}${isModel ? ` extends ${base ?? ""}` : ""} {`;
  const end = dedent(tokens, head, colon + 1);
  const closed = tokens[end]?.tokenType === RBrace;
  const edits = [replace(scene, i, colon + 1, opening), ...(closed ? [] : [insertBehind(scene, end - 1, "\n}")])];
  return {
    diagnostic: told(scene, i, colon + 1, "class cell:", fix(`write \`${opening}\` and close it by \`}\``, ...edits)),
    instead: reread(scene, i, colon + 1, opening),
    next: colon + 1,
    ...(closed ? {} : { closeAt: end }),
  };
};

/** A colon that ends its line. */
function opensLines(tokens: readonly Token[], k: number): boolean {
  return tokens[k]?.tokenType === Colon && !onLine(tokens[k + 1], tokens[k]);
}

/** `neuron LIF`, `experiment Step of LIF` */
function opensModel(tokens: readonly Token[], start: number, i: number): boolean {
  const head = tokens[start];
  if (
    head === undefined ||
    head.tokenType === Comparison ||
    (!tokenMatcher(head, BlockKeyword) && head.tokenType !== Synapse)
  )
    return false;
  return i === start + 2 || (i === start + 4 && [Extends, Of].some((type) => tokens[start + 2]?.tokenType === type));
}

/** `reset: V = E_L; w += b` */
function oneLine(scene: Scene, i: number): ReturnType<Recogniser> {
  const { tokens, start, source } = scene;
  const colon = tokens[i];
  let end = i + 1;
  while (end < tokens.length && onLine(tokens[end], colon) && tokens[end]?.tokenType !== RBrace)
    end = Math.max(end + 1, statementEnd(tokens, end));
  while (end > i + 1 && !onLine(tokens[end - 1], colon)) end--;
  const last = tokens[end - 1];
  if (colon === undefined || last === undefined) return null;
  const inside = source.text
    .slice(colon.endOffset + 1, last.endOffset + 1)
    .split(";")
    .map((s) => assigned(s))
    .filter((s) => s !== "" && s !== "pass");
  const text = `${written(scene, start, i).trimEnd()} { ${inside.join("; ")} }`;
  return {
    diagnostic: told(scene, start, i + 1, "word:", fix(`write \`${text}\``, replace(scene, start, end, text))),
    instead: [readAs(colon, LBrace, "{"), readAs(last, RBrace, "}")],
    next: end,
  };
}

/** Before the first line that is no further in than the head of the block. */
function dedent(tokens: readonly Token[], head: Token, from: number): number {
  for (let k = from; k < tokens.length; k++) {
    const token = tokens[k];
    if (token !== undefined && token.startLine !== tokens[k - 1]?.startLine && token.startColumn <= head.startColumn)
      return k;
  }
  return tokens.length;
}
