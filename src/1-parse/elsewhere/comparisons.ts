// Foreign ways of writing what a comparison says: `compare A vs B`, `models = [A, B]`, `A with C = 90 pF`, `rate of E`, `trials 5`.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import { Name } from "../../../grammar/tokens.ts";
import { COMPARISON_WORDS } from "../../diagnostics/habits.ts";
import { onLine, rewritten, statementEnd, written } from "./scene.ts";
import type { Recogniser } from "./scene.ts";

/** At the beginning of a statement of a comparison. */
export const inComparison: Recogniser = (scene, i) => {
  const { tokens, depth } = scene;
  const [word, next] = [tokens[i], tokens[i + 1]];
  if (depth !== 1 || word === undefined || !tokenMatcher(word, Name) || !onLine(word, next)) return null;
  const keyword = COMPARISON_WORDS.get(word.image.toLowerCase());
  if (keyword === undefined) return null;
  // What is changed of a variant stands in braces, behind the end.
  const end = Math.max(statementEnd(tokens, i + 1), i + 2);
  const text = written(scene, i + 1, end);
  const plain = text.replace(/^[=:]\s*/u, "").replace(/^[[(]([^[\]()]*)[\])]$/su, "$1");
  const own =
    keyword === "models"
      ? plain.replace(/\bwith\s+([\p{L}_][\p{L}\p{N}_.]*\s*=\s*[^,{}"]+?)(?=\s*(?:,|as\b|$))/gu, "{ $1 }")
      : keyword === "measure"
        ? plain.replace(/([\p{L}_][\p{L}\p{N}_]*)\s+(?:of|for)\s+([\p{L}_][\p{L}\p{N}_]*)/gu, "$1(of: $2)")
        : plain;
  // A reference may be a label, which stands in quotes.
  const list =
    keyword !== "reference" && QUOTED_NAMES.test(own)
      ? own.replace(/["']/gu, "")
      : own !== plain || /["']/u.test(own)
        ? own
        : own.replace(/\s+(?:vs\.?|versus|against|and|with|&)\s+/gu, ", ");
  if (keyword === word.image && list === text) return null;
  return rewritten(scene, i, end, "compare a vs b", `${keyword} ${list}`);
};

/** `"A", "B"` */
const QUOTED_NAMES = /^(?:["'][\p{L}_][\p{L}\p{N}_]*["']\s*,?\s*)+$/u;
