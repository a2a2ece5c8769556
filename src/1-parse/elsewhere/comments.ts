// Comments as other tools write them: `… ! a note`, `… ; a note`, and NEURON's `COMMENT … ENDCOMMENT`.
import { Bang, Identifier, Semicolon } from "../../../grammar/tokens.ts";
import { nearNames } from "../../base/nearNames.ts";
import { habitOf } from "../../diagnostics/habits.ts";
import type { Token } from "../lexical.ts";
import { endsOperand, fix, onLine, replace, told, written } from "./scene.ts";
import type { Finding, Recogniser, Scene } from "./scene.ts";

/** `param g = 1 nS ! leak` */
export const exclamation: Recogniser = (scene, i) => {
  const [before, sign, word] = [scene.tokens[i - 1], scene.tokens[i], scene.tokens[i + 1]];
  return sign?.tokenType === Bang && onLine(before, sign) && onLine(word, sign) && endsOperand(before)
    ? commented(scene, i, i, "! note")
    : null;
};

/** `param g = 1 nS ; the leak`: words that are no statement. */
export function remark(scene: Scene, i: number, openers: readonly string[]): Finding | null {
  const { tokens, declared } = scene;
  const [semicolon, word] = [tokens[i - 1], tokens[i]];
  if (semicolon?.tokenType !== Semicolon || word?.tokenType !== Identifier || !onLine(semicolon, word)) return null;
  const text = written(scene, i, lineEnd(tokens, i));
  const isWords = /^[\p{L}\p{N}\s.,/()-]+$/u.test(text) && !/^\S+\s*[-/(]/u.test(text) && !declared.has(word.image);
  return isWords && habitOf("statement", word.image) === null && nearNames(word.image, openers, 1).length === 0
    ? commented(scene, i - 1, i, "; note")
    : null;
}

/** `COMMENT … ENDCOMMENT` */
export const longComment: Recogniser = (scene, i) => {
  const { tokens } = scene;
  if (tokens[i]?.image !== "COMMENT") return null;
  const end = tokens.findIndex((t, k) => k > i && t.image === "ENDCOMMENT");
  if (end < 0) return null;
  const edits = [replace(scene, i, i + 1, "/*"), replace(scene, end, end + 1, "*/")];
  return {
    diagnostic: told(scene, i, end + 1, "comment endcomment", fix("write `/* … */`", ...edits)),
    instead: [],
    next: end + 1,
  };
};

/** The sign at `at` opens a comment; what stands behind it, from `from` on, is left out. */
function commented(scene: Scene, at: number, from: number, habit: string): Finding {
  const end = lineEnd(scene.tokens, from);
  return {
    diagnostic: told(scene, at, end, habit, fix("write `//`", replace(scene, at, at + 1, "//"))),
    instead: [],
    next: end,
  };
}

function lineEnd(tokens: readonly Token[], i: number): number {
  let end = i;
  while (end < tokens.length && onLine(tokens[end], tokens[i])) end++;
  return end;
}
