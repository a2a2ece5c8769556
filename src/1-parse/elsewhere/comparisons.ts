// Foreign ways of writing what a comparison says: `compare A vs B`, `models = [A, B]`, `A with C = 90 pF`, `rate of E`, `trials 5`.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import { Colon, Equals, Experiment, Identifier, LBrace, Name, RBrace } from "../../../grammar/tokens.ts";
import { COMPARISON_WORDS, MEASURE_WORDS } from "../../diagnostics/habits.ts";
import { closing, fix, insertBehind, onLine, replace, rewritten, statementEnd, told, written } from "./scene.ts";
import type { Finding, Recogniser, Scene } from "./scene.ts";
import { sweep } from "./sweeps.ts";

/** At the beginning of a statement of a comparison. */
export const inComparison: Recogniser = (scene, i) => {
  const { tokens, depth } = scene;
  const [word, next] = [tokens[i], tokens[i + 1]];
  if (depth !== 1 || word === undefined || !onLine(word, next)) return null;
  const behind = tokens[i + 2];
  if (
    word.tokenType === Experiment &&
    next?.tokenType === Identifier &&
    (behind?.tokenType === RBrace || !onLine(behind, word))
  )
    return rewritten(scene, i, i + 2, "compare a vs b", `under ${next.image}`);
  if (scene.block === "fit" && next?.image === "in" && word.tokenType === Identifier) return soughtBare(scene, i);
  if (!tokenMatcher(word, Name)) return null;
  const found = sweep(scene, i) ?? sought(scene, i);
  if (found !== null) return found;
  const keyword = COMPARISON_WORDS.get(word.image.toLowerCase());
  if (scene.block !== "fit" && /^(?:evaluations|test)$/u.test(keyword ?? "")) return null;
  if (keyword === undefined) {
    if (next?.tokenType === Colon) return labels(scene, i);
    const whole = written(scene, i, statementEnd(tokens, i));
    return /^[\p{L}_][\p{L}\p{N}_]*\s+(?:vs\.?|versus)\s+[\p{L}_][\p{L}\p{N}_]*$/u.test(whole)
      ? rewritten(scene, i, i + 3, "compare a vs b", `models ${word.image}, ${behind?.image ?? ""}`)
      : null;
  }
  // What is changed of a variant stands in braces, behind the end.
  const end =
    keyword === "models" && next?.tokenType === LBrace
      ? closing(tokens, i + 1)
      : Math.max(statementEnd(tokens, i + 1), i + 2);
  const text = written(scene, i + 1, end);
  const plain = text
    .replace(/^[=:]\s*/u, "")
    .replace(/^\{([^{}=]*)\}$/su, "$1")
    .replace(/^[[(]([^[\]()]*)[\])]$/su, "$1");
  const own =
    keyword === "models"
      ? plain
          .replace(/([\p{L}\p{N}_]+)\s*[([]\s*([\p{L}_][\p{L}\p{N}_.]*\s*=\s*[^()[\]{}]*?)\s*[)\]]/gu, "$1 { $2 }")
          .replace(/(?<=[\p{L}\p{N}_}])\s+("[^"]*")/gu, (whole, label: string, at: number, all: string) =>
            /\bas$/u.test(all.slice(0, at)) ? whole : ` as ${label}`,
          )
          .replace(/\bwith\s+([\p{L}_][\p{L}\p{N}_.]*\s*=\s*[^,{}"]+?)(?=\s*(?:,|as\b|$))/gu, "{ $1 }")
      : keyword === "measure"
        ? plain
            .replace(
              /\b[A-Za-z]+(?: [A-Za-z]+)+/gu,
              (words) => MEASURE_WORDS.get(words.toLowerCase().replaceAll(" ", "_")) ?? words,
            )
            .replace(
              /(?<![\p{L}\p{N}_])([\p{L}_][\p{L}\p{N}_]*)\s+(?:of|for)\s+([\p{L}_][\p{L}\p{N}_]*)/gu,
              "$1(of: $2)",
            )
        : plain.replace(/\s*,?\s*(?:with|and)?\s+seeds\s*=?\s*(\d+)$/u, "; seeds $1");
  if (keyword === "seeds") {
    const [, last, list_] = /^(?:\d+\s*(?:\.\.|to)\s*(\d+)|[[(]?(\d+(?:\s*,\s*\d+)+)[\])]?)$/su.exec(own) ?? [];
    const count = last ?? list_?.split(",").length.toString();
    if (count !== undefined) return rewritten(scene, i, end, "compare a vs b", `seeds ${count}`);
  }
  if (keyword === "reference" && /^["'][^"']*\.(?:csv|tsv|txt)["']$/u.test(own))
    return rewritten(scene, i, end, 'reference "cell.csv"', `reference recording("${own.slice(1, -1)}")`);
  // A reference may be a label, which stands in quotes.
  if (keyword === "measure") {
    const { what, a, b } = SPAN_BEHIND.exec(own)?.groups ?? SPAN_CALLED.exec(own)?.groups ?? {};
    if (what !== undefined && a !== undefined && b !== undefined)
      return rewritten(scene, i, end, "measure from to", `measure ${what}\nwindow ${a} .. ${b}`);
  }
  const list =
    keyword !== "reference" && QUOTED_NAMES.test(own)
      ? own.replace(/["']/gu, "")
      : own !== plain || /["']/u.test(own)
        ? own
        : own.replace(/\s+(?:vs\.?|versus|against|and|with|&)\s+/gu, ", ");
  if (keyword === word.image && list === text) return null;
  return rewritten(scene, i, end, scene.block === "fit" ? "minimize x" : "compare a vs b", `${keyword} ${list}`);
};

/** `a: LIF` line by line: one list, each with its label behind it. */
function labels(scene: Scene, i: number): Finding | null {
  const { tokens } = scene;
  const list: string[] = [];
  let end = i;
  while (tokens[end]?.tokenType === Identifier && tokens[end + 1]?.tokenType === Colon) {
    const next = Math.max(statementEnd(tokens, end + 2), end + 3);
    const model = written(scene, end + 2, next).replace(/[,;]$/u, "");
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(model)) return null;
    list.push(`${model} as "${tokens[end]?.image ?? ""}"`);
    end = next;
  }
  return list.length === 0 ? null : rewritten(scene, i, end, "a: lif", `models ${list.join(", ")}`);
}

/** `models LIF, small = LIF { C = 90 pF }`: a label stands behind what it is for. */
export const labelled: Recogniser = (scene, i) => {
  const { tokens, start, depth, block } = scene;
  const [label, sign, model] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (
    block !== "comparison" ||
    depth !== 1 ||
    label === undefined ||
    i === start ||
    !/^(?:models|networks)$/u.test(tokens[start]?.image ?? "") ||
    (sign?.tokenType !== Equals && sign?.tokenType !== Colon) ||
    model === undefined ||
    !tokenMatcher(model, Name)
  )
    return null;
  const last = tokens[i + 3]?.tokenType === LBrace ? closing(tokens, i + 3) - 1 : i + 2;
  const name = label.image.replace(/^["']|["']$/gu, "");
  const cut = {
    ...replace(scene, i, i + 2, ""),
    span: { ...replace(scene, i, i + 2, "").span, end: model.startOffset },
  };
  return {
    diagnostic: told(
      scene,
      i,
      i + 3,
      "small = lif",
      fix(`write \`${model.image} … as "${name}"\``, cut, insertBehind(scene, last, ` as "${name}"`)),
    ),
    instead: [],
    next: i + 2,
  };
};

const TIME = "-?[\\d.]+\\s*m?s";
/** `rate between 10 ms and 100 ms`, `rate(10 ms, 100 ms)` */
const [SPAN_BEHIND, SPAN_CALLED] = [
  new RegExp(
    `^(?<what>.+?)\\s+(?:between|from|in|during|over|for)\\s+(?:t\\s*=\\s*)?(?<a>${TIME})\\s*(?:and|to|until|\\.\\.|-|,)\\s*(?<b>${TIME})$`,
    "u",
  ),
  new RegExp(`^(?<what>[\\p{L}_]+)\\(\\s*(?<a>${TIME})\\s*(?:,|\\.\\.)\\s*(?<b>${TIME})\\s*\\)$`, "u"),
] as const;

/** `"A", "B"` */
const QUOTED_NAMES = /^(?:["'][\p{L}_][\p{L}\p{N}_]*["']\s*,?\s*)+$/u;

const BOUND = "-?[\\d.]+[^,\\[\\]()]*?";
/** `C from 50 pF to 400 pF`, `C in [50, 400] pF`, `C ~ uniform(50 pF, 400 pF)`, `C in 50 pF .. 400 pF log` */
const SOUGHT = new RegExp(
  `^(?<x>[^\\s,=~]+)\\s*(?:(?:\\bin\\b|\\bfrom\\b|\\bbetween\\b|\\bover\\b|=|:|~)\\s*(?<f>uniform|loguniform|log)?)\\s*[[(]?\\s*(?<a>${BOUND})\\s*(?:\\.\\.|,|\\bto\\b|\\band\\b)\\s*(?<b>${BOUND})\\s*[\\])]?\\s*(?<unit>\\p{L}[^\\s()\\[\\]]*?)?(?<log>\\s+log\\w*(?:\\s+scale)?)?$`,
  "su",
);

/** `C in 50 pF .. 400 pF`: `free` is missing. */
function soughtBare(scene: Scene, i: number): Finding | null {
  const end = Math.max(statementEnd(scene.tokens, i + 1), i + 2);
  const text = written(scene, i, end);
  return SOUGHT.test(text) ? rewritten(scene, i, end, "free from to", `free ${text}`) : null;
}

/** A number that a fit seeks. */
function sought(scene: Scene, i: number): Finding | null {
  const { tokens, block } = scene;
  const word = tokens[i]?.image ?? "";
  if (block !== "fit" || !/^(?:free|fit|vary|optimi[sz]e|parameter|bounds?)$/u.test(word)) return null;
  const end = Math.max(statementEnd(tokens, i + 1), i + 2);
  const text = written(scene, i + 1, end);
  const { x, f, a = "", b = "", unit, log } = SOUGHT.exec(text)?.groups ?? {};
  if (x === undefined) return null;
  const [low, high] = [a, b].map((v) => (unit === undefined || /\p{L}/u.test(v) ? v : `${v} ${unit}`));
  const meant = `free ${x} in ${low ?? ""} .. ${high ?? ""}${log !== undefined || /^log/u.test(f ?? "") ? " logarithmic" : ""}`;
  return meant.replace(/\s+/gu, "") === `${word}${text}`.replace(/\s+/gu, "")
    ? null
    : rewritten(scene, i, end, "free from to", meant);
}
